"""Pages of the doubts: what made the assistant unsure, most valuable first, and what a trainer says it means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from litestar import Response
from rapidfuzz import fuzz

from damping.store import doubt_labels, review
from damping.store import doubts as kept
from damping.store.data_changes import Told
from damping.store.desk import NotFound
from damping.store.doubt_labels import Label
from damping.store.doubts import DoubtShown
from damping.store.review import LessonShown
from damping.workbench import changing, guesses
from damping.workbench.bench import Bench
from damping.workbench.example_checks import Warned, Written
from damping.workbench.example_files import Doubled
from damping.workbench.examples import LEVELS, WRONG, writer_of
from damping.workbench.guesses import Guess
from damping.workbench.guest import Guest
from rules.levels import Level
from rules.two_persons import for_example

_ALIKE = 85.0
_SHOWN = 60
_CODE = re.compile(r"\(?(\w+)\)?\s*$")


@dataclass(frozen=True)
class Group:
    """Sentences that are nearly the same; the first stands for all."""

    first: DoubtShown
    others: tuple[DoubtShown, ...]


@dataclass(frozen=True)
class Asked:
    """What the labelling page is about: a doubt or a lesson; `action` is where the answer goes."""

    sentence: str
    source: str
    danger: Level
    action: str
    is_doubt: bool


async def inbox(bench: Bench, guest: Guest) -> Response[Any]:
    """The list, with the lessons of the review board on top."""
    found = await guest.run(kept.inbox, bench.store, guest.viewer)
    lessons = [one for one in await guest.run(review.lessons, bench.store, guest.viewer) if one.used_at is None]
    return await guest.page(
        "pelatih_keraguan.html",
        groups=grouped(found)[:_SHOWN],
        number=len(found),
        lessons=lessons,
        standing=await guest.run(doubt_labels.standing, bench.store, guest.viewer),
        agreement=await guest.run(doubt_labels.agreement, bench.store, guest.viewer),
        kabar=guest.query.get("kabar", ""),
    )


def grouped(found: Sequence[DoubtShown]) -> list[Group]:
    """Near-duplicates behind the most valuable of them, in the order of value."""
    groups: list[list[DoubtShown]] = []
    for one in found:
        home = next((group for group in groups if fuzz.ratio(group[0].sentence.lower(), one.sentence.lower()) >= _ALIKE), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return [Group(group[0], tuple(group[1:])) for group in groups]


async def doubt(bench: Bench, guest: Guest) -> Response[Any]:
    """One doubt to be labelled."""
    found = await _doubt(bench, guest)
    return await _ask(bench, guest, _asked(found)) if found else guest.go("/pelatih/keraguan?kabar=keraguan_hilang")


async def label(bench: Bench, guest: Guest) -> Response[Any]:
    """What it means, as this trainer sees it."""
    found = await _doubt(bench, guest)
    if found is None:
        return guest.go("/pelatih/keraguan?kabar=keraguan_hilang")
    written, warned = await _typed(bench, guest)
    if _not_yet(guest, warned):
        return await _ask(bench, guest, _asked(found), written, warned)
    placed = written.placed(writer_of(guest))
    told = Told("example", await guest.run(bench.examples.topic_of, written.intent), written.intent, {"before": None, "after": placed.told})
    answer = Label(written.intent, Level(written.danger), placed.example.marked)
    example = (told, partial(bench.examples.swap, None, placed))
    try:
        outcome = await guest.run(doubt_labels.put, bench.store, guest.viewer, found.id, answer, example)
    except Doubled as doubled:
        return await _ask(bench, guest, _asked(found), written, (Warned("beda_arti", str(doubled), stops=True),))
    except NotFound:
        return guest.go("/pelatih/keraguan?kabar=keraguan_hilang")
    if outcome is doubt_labels.Outcome.DIFFERS:
        return guest.go(f"/pelatih/keraguan/{found.id}?kabar={outcome.value}")
    return guest.go(f"/pelatih/keraguan?kabar={outcome.value}")


async def unsure(bench: Bench, guest: Guest) -> Response[Any]:
    """A colleague is asked."""
    nothing = (Told("example", "", "", {"before": None, "after": None}), _nothing)
    answer = Label("", Level.HIJAU, "", unsure=True)
    outcome = await guest.run(doubt_labels.put, bench.store, guest.viewer, guest.path["keraguan"], answer, nothing)
    return guest.go(f"/pelatih/keraguan?kabar={outcome.value}")


async def drop(bench: Bench, guest: Guest) -> Response[Any]:
    """Useless, or something personal is still in it."""
    await guest.run(kept.drop, bench.store, guest.viewer, guest.path["keraguan"])
    return guest.go("/pelatih/keraguan?kabar=dibuang")


async def lesson(bench: Bench, guest: Guest) -> Response[Any]:
    """A supervisor's invented sentence that the assistant should have understood."""
    return await _ask(bench, guest, _asked_lesson(await _lesson(bench, guest)))


async def learn(bench: Bench, guest: Guest) -> Response[Any]:
    """It becomes an example."""
    found = await _lesson(bench, guest)
    written, warned = await _typed(bench, guest)
    if _not_yet(guest, warned):
        return await _ask(bench, guest, _asked_lesson(found), written, warned)
    placed = written.placed(writer_of(guest))
    told = Told("example", await guest.run(bench.examples.topic_of, written.intent), written.intent, {"before": None, "after": placed.told})
    kabar = await changing.submit(bench, guest, told, two=for_example(written.intent, written.danger))
    await guest.run(review.mark_used, bench.store, guest.viewer, found.id)
    return guest.go(f"/pelatih/keraguan?kabar={kabar}")


async def _ask(bench: Bench, guest: Guest, asked: Asked, written: Written | None = None, warned: tuple[Warned, ...] = ()) -> Response[Any]:
    guess = await guesses.of(bench, asked.sentence) or Guess()
    answers = await guest.run(doubt_labels.given, bench.store, guest.viewer, guest.path.get("keraguan", ""))
    intents = sorted(await guest.run(bench.examples.intents))
    return await guest.page(
        "pelatih_label.html",
        WRONG if warned else 200,
        asked=asked,
        guess=guess,
        intents=intents,
        written=written,
        warned=warned,
        answers=answers,
        two=written is not None and for_example(written.intent, written.danger),
        kabar=guest.query.get("kabar", ""),
    )


async def _typed(bench: Bench, guest: Guest) -> tuple[Written, tuple[Warned, ...]]:
    form = guest.form
    typed = _CODE.search(form.get("arti_lain", ""))
    intent = typed[1] if typed else form.get("arti", "")
    danger = form.get("tingkat", "")
    written = Written(
        " ".join(form.get("kalimat", "").split()), form.get("tanda", "").strip(), intent, danger if danger in LEVELS else Level.HIJAU.value
    )
    if intent not in await guest.run(bench.examples.intents):
        return written, (Warned("tanpa_arti", stops=True),)
    if danger not in LEVELS:
        return written, (Warned("tanpa_tingkat", stops=True),)
    return written, await guest.run(_warnings, bench, written)


def _warnings(bench: Bench, written: Written) -> tuple[Warned, ...]:
    return bench.checks.warnings(written)


def _not_yet(guest: Guest, warned: Sequence[Warned]) -> bool:
    return any(one.stops for one in warned) or (bool(warned) and guest.form.get("tetap") != "1")


async def _doubt(bench: Bench, guest: Guest) -> DoubtShown | None:
    try:
        return await guest.run(kept.one, bench.store, guest.viewer, guest.path["keraguan"])
    except NotFound:
        return None


async def _lesson(bench: Bench, guest: Guest) -> LessonShown:
    found = await guest.run(review.lessons, bench.store, guest.viewer)
    for one in found:
        if one.id == guest.path["pelajaran"] and one.used_at is None:
            return one
    raise NotFound


def _asked(found: DoubtShown) -> Asked:
    return Asked(found.sentence, found.source, found.danger, f"/pelatih/keraguan/{found.id}", is_doubt=True)


def _asked_lesson(found: LessonShown) -> Asked:
    return Asked(found.sentence, "pelajaran", found.level, f"/pelatih/pelajaran/{found.id}", is_doubt=False)


def _nothing() -> None:
    """Nobody is sure yet: no example is written."""
