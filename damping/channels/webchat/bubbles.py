"""What was said, as the page shows it: in the HTML and, for the script, as JSON text that is never markup. Pure."""

from collections.abc import Sequence
from datetime import timedelta, timezone
from typing import Any

from damping.casework.message import Author, Choice, Kind
from damping.store.websessions import Transcript, WebLine

WIB = timezone(timedelta(hours=7), "WIB")
_SIDES = {Author.PERSON: "saya", Author.OFFICER: "petugas"}
Bubble = dict[str, Any]


def bubble(line: WebLine) -> Bubble:
    """`n` its number, `dari` whose it is (saya, petugas, asisten), `teks`, `berkas` the kind of a file (image, audio), `jam`."""
    at = line.at.astimezone(WIB)
    return {
        "n": line.seq,
        "dari": _SIDES.get(line.author, "asisten"),
        "teks": line.body.text,
        "berkas": (line.body.media or {}).get("type", "") if line.kind is Kind.MEDIA else "",
        "jam": f"{at:%H.%M}",
        "pilihan": [{"id": choice.id, "judul": choice.title} for choice in line.body.choices],
    }


def news(transcript: Transcript) -> dict[str, Any]:
    """What the script is told: new bubbles, or that the page must begin anew."""
    return {"ulang": True, "pesan": []} if transcript.gap else {"pesan": [bubble(line) for line in transcript.lines]}


def pressed(lines: Sequence[WebLine], button: str) -> Choice | None:
    """The choice that was offered under this id, newest first; None where it never was."""
    return next((choice for line in reversed(lines) for choice in line.body.choices if choice.id == button), None)
