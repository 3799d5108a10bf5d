"""Pages of what the assistant says: every sentence as it looks on a phone, with the rules of wording while one writes."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from litestar import Response

from damping.store.data_changes import Told
from damping.store.desk import NotFound
from damping.workbench import changing
from damping.workbench.bench import Bench
from damping.workbench.data_files import Changed, Unreadable
from damping.workbench.guest import Guest
from damping.workbench.spoken import placeholders
from damping.workbench.wording_files import Sentence
from rules.two_persons import for_wording
from rules.wording import Finding, Wording, findings

_WRONG = 422
_LONGEST = 1000
_FORBIDDEN = re.compile(r"[$\x00-\x08\x0b-\x1f\x7f]")
_SIGN = re.compile(r"<([a-z_]+)>|\{[a-z_]+\}")


@dataclass(frozen=True)
class Draft:
    """A sentence being written: as it is typed, as it will be read, and what is wrong with it."""

    text: str
    spoken: str
    findings: tuple[Finding, ...]
    unknown: tuple[str, ...]  # signs that nothing fills
    lost: tuple[str, ...]  # signs of the sentence before that are gone

    @property
    def stops(self) -> bool:
        """Whether it may not be saved."""
        return bool(self.findings or self.unknown or not self.text or _FORBIDDEN.search(self.text) or self.text.startswith("/"))


type Place = tuple[str, Sentence]  # the file and the sentence in it


@dataclass(frozen=True)
class Shown:
    """What stands in the form, and what is said above it."""

    text: str
    status: int = 200
    kabar: str = ""


async def overview(bench: Bench, guest: Guest) -> Response[Any]:
    """Every response of every topic, with its first sentence; sought by word."""
    topics = await guest.run(bench.wording.topics)
    sought = guest.query.get("cari", "").strip().lower()
    found = {
        topic: {
            response: sentences
            for response, sentences in responses.items()
            if not sought or any(sought in one.text.lower() for one in sentences) or sought in response
        }
        for topic, responses in topics.items()
    }
    return await guest.page("pelatih_kalimat.html", topics=found, sought=sought, kabar=guest.query.get("kabar", ""))


async def of_response(bench: Bench, guest: Guest) -> Response[Any]:
    """All sentences of one response, as bubbles."""
    topic, sentences = await _response(bench, guest)
    said = await guest.run(placeholders, bench.root)
    return await guest.page(
        "pelatih_tanggapan.html",
        topic=topic,
        response=guest.path["tanggapan"],
        sentences=[(one, _draft(one, one.text, said)) for one in sentences],
        two=for_wording(topic, guest.path["tanggapan"]),
        kabar=guest.query.get("kabar", ""),
    )


async def edit(bench: Bench, guest: Guest) -> Response[Any]:
    """One sentence with its preview."""
    topic, one = await _sentence(bench, guest)
    return await _edit(bench, guest, (topic, one), Shown(one.text))


async def check(bench: Bench, guest: Guest) -> Response[Any]:
    """Preview and findings alone, for a page whose box is being typed in."""
    topic, one = await _sentence(bench, guest)
    draft = _draft(one, _typed(guest), await guest.run(placeholders, bench.root))
    return guest.piece("pelatih_gelembung.html", sentence=one, draft=draft, two=for_wording(topic, one.response))


async def save(bench: Bench, guest: Guest) -> Response[Any]:
    """At once, or proposed where it is said in danger."""
    topic, one = await _sentence(bench, guest)
    text = _typed(guest)
    draft = _draft(one, text, await guest.run(placeholders, bench.root))
    back = f"/pelatih/kalimat/{topic}/{one.response}"
    if guest.form.get("semula") != one.text:
        return await _edit(bench, guest, (topic, one), Shown(text, _WRONG, "sudah_berubah"))
    if draft.stops:
        return await _edit(bench, guest, (topic, one), Shown(text, _WRONG))
    if text == one.text:
        return guest.go(f"{back}?kabar=sama_saja")
    where = {"topic": topic, "response": one.response, "number": one.number}
    told = Told("wording", topic, one.response, {"before": {**where, "text": one.text}, "after": {**where, "text": text}})
    try:
        kabar = await changing.submit(bench, guest, told, two=for_wording(topic, one.response))
    except Changed:
        return await _edit(bench, guest, (topic, one), Shown(text, _WRONG, "sudah_berubah"))
    except Unreadable:
        return await _edit(bench, guest, (topic, one), Shown(text, _WRONG, "berkas_rusak"))
    return guest.go(f"{back}?kabar={kabar}")


async def _edit(bench: Bench, guest: Guest, place: Place, shown: Shown) -> Response[Any]:
    topic, one = place
    draft = _draft(one, shown.text, await guest.run(placeholders, bench.root))
    context = {"topic": topic, "sentence": one, "draft": draft, "two": for_wording(topic, one.response), "kabar": shown.kabar}
    return await guest.page("pelatih_ubah_kalimat.html", shown.status, **context)


def _draft(one: Sentence, text: str, said: dict[str, str]) -> Draft:
    spoken = re.sub(r"\{[a-z_]+\}", "10", re.sub(r"<([a-z_]+)>", lambda match: said.get(match[1], "xxxx"), text))
    payloads = frozenset(payload for _, payload in one.buttons)
    wording = Wording(text, spoken, asks=one.response.startswith("utter_ask_"), buttons=payloads)
    old, new = (set(_SIGN.findall(words)) for words in (one.text, text))
    unknown = tuple(sorted(name for name in new if name and name not in said and name not in old))
    return Draft(text, spoken, tuple(findings(wording, one.excepted)), unknown, tuple(sorted(name for name in old - new if name)))


def _typed(guest: Guest) -> str:
    return " ".join(guest.form.get("kalimat", "").split())[:_LONGEST]


async def _response(bench: Bench, guest: Guest) -> tuple[str, tuple[Sentence, ...]]:
    topic, response = guest.path["topik"], guest.path["tanggapan"]
    try:
        found = await guest.run(partial(bench.wording.topic, topic))
    except Changed:
        raise NotFound from None
    if response not in found:
        raise NotFound
    return topic, found[response]


async def _sentence(bench: Bench, guest: Guest) -> tuple[str, Sentence]:
    topic, sentences = await _response(bench, guest)
    number = guest.path["nomor"]
    if not number.isdigit() or int(number) >= len(sentences):
        raise NotFound
    return topic, sentences[int(number)]
