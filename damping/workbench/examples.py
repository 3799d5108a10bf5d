"""Pages of the examples: by meaning, one sentence at a time, with warnings while it is being written."""

from dataclasses import dataclass
from typing import Any

from litestar import Response

from damping.store.data_changes import Told
from damping.store.desk import NotFound
from damping.workbench import changing
from damping.workbench.bench import Bench
from damping.workbench.data_files import Changed
from damping.workbench.example import Example, told_marks
from damping.workbench.example_checks import FEWEST, Warned, Written
from damping.workbench.example_files import Doubled, Placed
from damping.workbench.guest import Guest
from rules.levels import Level
from rules.two_persons import for_example

_A_PAGE = 40
WRONG = 422
LEVELS = tuple(level.value for level in Level)


@dataclass(frozen=True)
class Typed:
    """What stands in the form, with what there is to say about it."""

    written: Written
    warned: tuple[Warned, ...] = ()
    status: int = 200


async def overview(bench: Bench, guest: Guest) -> Response[Any]:
    """Every meaning with the number of its examples."""
    topics = await guest.run(bench.examples.topics)
    most = max((len(examples) for topic in topics for examples in topic.intents.values()), default=1)
    return await guest.page("pelatih_contoh.html", topics=topics, most=most, fewest=FEWEST, kabar=guest.query.get("kabar", ""))


async def of_intent(bench: Bench, guest: Guest) -> Response[Any]:
    """The examples of one meaning, and a box to write another."""
    return await _of_intent(bench, guest, await _intent(bench, guest))


async def edit(bench: Bench, guest: Guest) -> Response[Any]:
    """One sentence to be changed, moved or deleted."""
    intent = await _intent(bench, guest)
    example = await _example(bench, guest, intent)
    if example is None:
        return guest.go(f"/pelatih/contoh/{intent}?kabar=sudah_berubah")
    return await _edit(bench, guest, Placed(intent, example), Typed(_written_of(intent, example)))


async def check(bench: Bench, guest: Guest) -> Response[Any]:
    """The warnings alone, for a page whose box is being typed in."""
    written = _written(guest, guest.form.get("arti", ""))
    found = await guest.run(_warnings, bench, written, guest.form.get("kunci", ""))
    two = for_example(written.intent, written.danger)
    return guest.piece("pelatih_peringatan.html", warned=found, two=two)


async def add(bench: Bench, guest: Guest) -> Response[Any]:
    """A new sentence."""
    intent = await _intent(bench, guest)
    written = _written(guest, intent)
    return await _save(bench, guest, None, written)


async def change(bench: Bench, guest: Guest) -> Response[Any]:
    """Another wording, level, marks or meaning."""
    intent = await _intent(bench, guest)
    example = await _example(bench, guest, intent)
    written = _written(guest, guest.form.get("arti") or intent)
    if example is None:
        return await _conflict(guest, intent, written)
    if written.intent not in await guest.run(bench.examples.intents):
        raise NotFound
    return await _save(bench, guest, Placed(intent, example), written)


async def remove(bench: Bench, guest: Guest) -> Response[Any]:
    """Take one away; the journal can bring it back."""
    intent = await _intent(bench, guest)
    example = await _example(bench, guest, intent)
    if example is None:
        return guest.go(f"/pelatih/contoh/{intent}?kabar=sudah_berubah")
    told = await _told(bench, guest, Placed(intent, example), None)
    kabar = await changing.submit(bench, guest, told, two=for_example(intent, example.danger))
    return guest.go(f"/pelatih/contoh/{intent}?kabar={kabar if kabar == 'diusulkan' else 'dihapus'}")


async def _save(bench: Bench, guest: Guest, before: Placed | None, written: Written) -> Response[Any]:
    warned = await guest.run(_warnings, bench, written, before.example.key if before else "")
    if any(one.stops for one in warned) or (warned and guest.form.get("tetap") != "1"):
        return await _again(bench, guest, before, Typed(written, warned, WRONG))
    after = written.placed(before.example.writer if before else writer_of(guest))
    if after == before:
        return guest.go(f"/pelatih/contoh/{after.intent}?kabar=sama_saja")
    two = any(for_example(one.intent, one.example.danger) for one in (before, after) if one is not None)
    try:
        kabar = await changing.submit(bench, guest, await _told(bench, guest, before, after), two=two)
    except Changed:
        return await _conflict(guest, before.intent if before else written.intent, written)
    except Doubled as doubled:
        return await _again(bench, guest, before, Typed(written, (Warned("beda_arti", str(doubled), stops=True),), WRONG))
    return guest.go(f"/pelatih/contoh/{after.intent}?kabar={kabar}")


async def _again(bench: Bench, guest: Guest, before: Placed | None, typed: Typed) -> Response[Any]:
    if before is None:
        return await _of_intent(bench, guest, typed.written.intent, typed)
    return await _edit(bench, guest, before, typed)


async def _conflict(guest: Guest, intent: str, written: Written) -> Response[Any]:
    """Somebody else changed or moved the sentence meanwhile: nothing is overwritten, what was typed is kept."""
    return await guest.page("pelatih_bentrok.html", 409, intent=intent, written=written, kabar="")


async def _of_intent(bench: Bench, guest: Guest, intent: str, typed: Typed | None = None) -> Response[Any]:
    examples = (await guest.run(bench.examples.intents))[intent]
    sought, level = guest.query.get("cari", "").strip().lower(), guest.query.get("tingkat", "")
    found = [one for one in examples if sought in one.plain.lower() and level in ("", one.danger)]
    page = int(number) if (number := guest.query.get("hal", "0")).isdigit() else 0
    typed = typed or Typed(Written("", "", intent, _usual(examples)))
    return await guest.page(
        "pelatih_arti.html",
        typed.status,
        intent=intent,
        examples=found[page * _A_PAGE : (page + 1) * _A_PAGE],
        whole=len(examples),
        page=page,
        pages=-(-len(found) // _A_PAGE),
        sought=sought,
        level=level,
        levels={name: sum(one.danger == name for one in examples) for name in LEVELS},
        written=typed.written,
        warned=typed.warned,
        two=for_example(intent, typed.written.danger),
        kabar=guest.query.get("kabar", ""),
    )


async def _edit(bench: Bench, guest: Guest, before: Placed, typed: Typed) -> Response[Any]:
    return await guest.page(
        "pelatih_ubah.html",
        typed.status,
        intent=before.intent,
        example=before.example,
        written=typed.written,
        warned=typed.warned,
        intents=sorted(await guest.run(bench.examples.intents)),
        two=for_example(before.intent, before.example.danger) or for_example(typed.written.intent, typed.written.danger),
        kabar="",
    )


async def _intent(bench: Bench, guest: Guest) -> str:
    intent = guest.path["arti"]
    if intent not in await guest.run(bench.examples.intents):
        raise NotFound
    return intent


async def _example(bench: Bench, guest: Guest, intent: str) -> Example | None:
    examples = (await guest.run(bench.examples.intents))[intent]
    return next((one for one in examples if one.key == guest.path["kunci"]), None)


async def _told(bench: Bench, guest: Guest, before: Placed | None, after: Placed | None) -> Told:
    intent = (after or before).intent  # type: ignore[union-attr]  # one of them is there
    topic = await guest.run(bench.examples.topic_of, intent)
    return Told("example", topic, intent, {"before": before and before.told, "after": after and after.told})


def _warnings(bench: Bench, written: Written, own: str) -> tuple[Warned, ...]:
    return bench.checks.warnings(written, own)


def _written(guest: Guest, intent: str) -> Written:
    form = guest.form
    danger = form.get("tingkat", "")
    plain = " ".join(form.get("kalimat", "").split())
    return Written(plain, form.get("tanda", "").strip(), intent, danger if danger in LEVELS else Level.HIJAU.value)


def _written_of(intent: str, example: Example) -> Written:
    return Written(example.plain, told_marks(example.marks, example.plain), intent, example.danger)


def _usual(examples: tuple[Example, ...]) -> str:
    levels = [one.danger for one in examples]
    return max(LEVELS, key=levels.count) if levels else Level.HIJAU.value


def writer_of(guest: Guest) -> str:
    """A sign under which a trainer's sentences are held out together when a model is measured; no name."""
    return f"p{guest.viewer.officer[:5]}"
