"""Which question comes next: the office's order, as a pure function of what is already known.

Nothing that was said is asked again, whether it was answered or poured out unasked; what was skipped stays skipped. Somebody in
danger, a child and a person who hits get shorter orders. One question at a time; none at all is a fine answer too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules import readback, risk_items
from rules.buttons import kecamatan_id
from rules.levels import Level
from rules.paths import path_of
from rules.risk_items import SLOTS

Facts = Mapping[str, object]

# What an assessment holds; the engine hands these to the service.
FACTS: tuple[str, ...] = (
    "consent", "safe_now", "abuser_near", "kind", "victim", "writer", "relation", "abuser_in_force", "weapon", "injury", "children",
    "when", "ended", "age", "kecamatan", "kelurahan", "company", "trusted_adult", "crisis", *SLOTS, "help_wanted",
    "contact_way", "contact_number", "contact_hours", "contact_name", "contact_cover", "style_changed", "level", "level_reasons",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One question: the fact it asks for and the choices it shows, in the order of its buttons ('2' means the second)."""

    slot: str
    choices: tuple[str, ...] = ()

    @property
    def response(self) -> str:
        """The name of its wording in data/responses."""
        return f"utter_ask_{self.slot}"


QUESTIONS: dict[str, Question] = {
    question.slot: question
    for question in (
        Question("safe_now", ("aman", "tidak")),
        Question("abuser_near", ("ya", "tidak")),
        Question("consent", ("ya", "tidak")),
        Question("readback", ("benar", "salah")),
        Question("kind", ("fisik", "psikis", "seksual", "kbgo", "penelantaran", "tppo")),
        Question("victim", ("diri", "anak", "dewasa_lain")),
        Question("when", ("3 hari terakhir", "lebih dari 3 hari", "sudah lama")),
        Question("relation", ("pasangan", "mantan", "keluarga", "orang lain")),
        *(Question(slot, ("ya", "tidak")) for slot in SLOTS),
        Question("kecamatan"),
        Question("company"),
        Question("trusted_adult"),
        Question("help_wanted", ("psikolog", "hukum", "medis", "rumah_aman", "sosial", "saran")),
        Question("contact_way", ("chat", "telepon", "jangan")),
        Question("contact_number", ("nomor ini",)),
        Question("contact_hours", ("kapan saja", "pagi", "siang", "sore", "malam")),
        Question("contact_name"),
        Question("contact_cover", ("salah sambung", "urusan kelurahan", "tutup saja")),
    )
}

# Somebody whose life may be at stake is asked where they are before anything else is left; `abuser_near` only follows a 'no'.
_UNSAFE = {"tidak", "tidak_tahu"}


def order(facts: Facts) -> tuple[str, ...]:
    """The order of questions on the path that the facts lead to (`rules.paths`)."""
    return path_of(facts).order


def next_question(facts: Facts) -> Question | None:
    """The next question to put, or None where nothing is left to ask or the person wanted to stop."""
    if facts.get("paused"):
        return None
    settled = facts.get("asked")
    left = set(settled) if isinstance(settled, (list, tuple)) else set()
    for slot in order(facts):
        if slot not in left and not _known(facts, slot) and _fits(facts, slot):
            return QUESTIONS[slot]
    return None


def _known(facts: Facts, slot: str) -> bool:
    return facts.get(slot) not in (None, "", [], ())


def _fits(facts: Facts, slot: str) -> bool:
    """
    abuser_near     | only after 'not safe' or 'do not know', and not for a person in a crisis of their own
    consent         | not while a life may be at stake: helping comes first
    readback        | only where several facts were told at once (`rules.readback`)
    risk_...        | by the table of `rules.risk_items`
    contact_number  | only where a call is wished; so are the name to ask for and the word for somebody else who answers
    contact_hours   | only where contact of any kind is wished
    """
    if slot == "abuser_near":
        return facts.get("safe_now") in _UNSAFE and not facts.get("crisis")
    if slot == "consent":
        return facts.get("level") != Level.MERAH.value
    if slot == "readback":
        return readback.due(facts)
    if slot in SLOTS:
        return risk_items.fits(facts, slot)
    if slot in {"contact_number", "contact_name", "contact_cover"}:
        return facts.get("contact_way") == "telepon"
    if slot == "contact_hours":
        return facts.get("contact_way") in {"telepon", "chat"}
    return True


def tone(facts: Facts, again: bool) -> str:
    """
    The voice in which questions are put; `data/responses` may hold a wording of its own for each.

    asked again after an unclear answer | ulang
    perhaps danger, or perhaps not      | ragu (`rules.doubt`), where it would be biasa
    thoughts of suicide, of the writer  | krisis
    the writer hits                     | pelaku
    the writer is a child               | anak
    the abuser is police or military    | aparat: 110 is not offered first
    somebody else is the victim         | saksi
    level merah                         | darurat
    else                                | biasa
    """
    if again:
        return "ulang"
    if facts.get("crisis") == "diri":
        return "krisis"
    if facts.get("writer") in {"pelaku", "anak"}:
        return str(facts["writer"])
    if facts.get("abuser_in_force"):
        return "aparat"
    if facts.get("victim") in {"anak", "dewasa_lain"}:
        return "saksi"
    return "darurat" if facts.get("level") == Level.MERAH.value else "biasa"


def put_again(facts: Facts, slot: str) -> dict[str, int]:
    """How often each question was put, this time included."""
    puts = facts.get("put")
    counted = dict(puts) if isinstance(puts, Mapping) else {}
    return {**counted, slot: int(counted.get(slot, 0)) + 1}


def kecamatan_buttons(candidates: Sequence[str]) -> list[dict[str, str]]:
    """Buttons to choose among kecamatan that share a name; titles fit a list of WhatsApp."""
    return [
        {"title": name.replace("Tanjungkarang", "Tjk.").replace("Telukbetung", "Tlk. Betung"), "payload": kecamatan_id(name)}
        for name in candidates[:6]
    ] + _WAYS_OUT


_WAYS_OUT = [
    {"title": "Petugas", "payload": "petugas"},
    {"title": "Lewati", "payload": "lewati"},
    {"title": "Berhenti dulu", "payload": "berhenti"},
]
