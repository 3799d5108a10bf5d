"""Two models' answers to the same messages: figures side by side, and every message whose answer changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.compare.sets import Sets
from engine.evaluate.figures import Calibration, Rate, Score, rate
from engine.evaluate.gold import Gold
from engine.evaluate.intents import Pair, said
from engine.evaluate.measure import GRAVEST_INTENTS, Measured, measure
from rules.levels import Level

Parsed = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Side:
    """One model's figures on one set."""

    accuracy: Rate
    macro_f1: float
    fallback: Rate
    calibration: Calibration
    by_intent: list[Score]
    confused: list[Pair]
    labels: list[str]
    matrix: list[list[int]]


@dataclass(frozen=True)
class Recall:
    """How many of the grave messages each model found. `what`: a level (this or graver) or an intent, on a set."""

    what: str
    set: str
    before: Rate | None
    after: Rate


@dataclass(frozen=True)
class Answer:
    """What one model made of a message."""

    intent: str
    certainty: float
    danger: str


@dataclass(frozen=True)
class Change:
    """A message whose answer changed. `verdict`: better, worse, or other where both are right or both wrong."""

    text: str
    set: str
    intent: str
    danger: str
    before: Answer
    after: Answer
    verdict: str


@dataclass(frozen=True)
class Missed:
    """A message that was not found grave enough, or not harmless enough."""

    text: str
    wanted: str
    said: str
    before: str | None


@dataclass(frozen=True)
class Checked:
    """A set on which every message counts: how many there are, and which went wrong."""

    of: int
    wrong: list[Missed]
    wrong_before: int | None


@dataclass(frozen=True)
class Compared:
    """Everything that two models' answers tell. `before` is missing where nothing served."""

    golden_before: Side | None
    golden: Side
    spoiled_before: Side | None
    spoiled: Side
    recalls: list[Recall]
    never_miss: Checked
    look_alike: Checked
    changes: list[Change]


@dataclass(frozen=True)
class _Part:
    name: str
    gold: list[Gold]
    before: Parsed | None
    after: Parsed


def compare(sets: Sets, before: Parsed | None, after: Parsed) -> Compared:
    """`before` and `after`: parse data of all messages of the sets, in the order of `sets.all()`."""
    golden, spoiled, never_miss, look_alike = _parts(sets, before, after)
    clean, rough = _sides(golden), _sides(spoiled)
    return Compared(
        golden_before=clean[0],
        golden=clean[1],
        spoiled_before=rough[0],
        spoiled=rough[1],
        recalls=[*_recalls(golden), *_recalls(spoiled)],
        never_miss=_checked(never_miss, lambda gold, level: level.rank < Level(gold.danger).rank),
        look_alike=_checked(look_alike, lambda _, level: level is not Level.HIJAU),
        changes=[change for part in (never_miss, golden, spoiled, look_alike) for change in _changes(part)],
    )


def _parts(sets: Sets, before: Parsed | None, after: Parsed) -> Iterator[_Part]:
    at = 0
    for name, gold in (("emas", sets.golden), ("rusak", sets.spoiled), ("wajib", sets.never_miss), ("mirip", sets.look_alike)):
        until = at + len(gold)
        yield _Part(name, gold, None if before is None else before[at:until], after[at:until])
        at = until


def _sides(part: _Part) -> tuple[Side | None, Side]:
    return None if part.before is None else _side(measure(part.gold, part.before)), _side(measure(part.gold, part.after))


def _side(measured: Measured) -> Side:
    found = measured.intents
    return Side(
        accuracy=found.accuracy,
        macro_f1=found.macro_f1,
        fallback=found.fallback,
        calibration=found.calibration,
        by_intent=found.by_intent,
        confused=found.confused,
        labels=found.labels,
        matrix=found.matrix,
    )


def _recalls(part: _Part) -> list[Recall]:
    """Of the merah, of everything grave, and of the merah of each of the gravest intents."""
    grave = [gold.danger for gold in part.gold]
    rows = [
        (Level.MERAH.value, Level.MERAH, [d == Level.MERAH.value for d in grave]),
        (Level.KUNING.value, Level.KUNING, [d is not None and d != Level.HIJAU.value for d in grave]),
        *((name, Level.MERAH, [g.intent == name and g.danger == Level.MERAH.value for g in part.gold]) for name in GRAVEST_INTENTS),
    ]
    return [
        Recall(what, part.name, None if part.before is None else _found(part.before, level, meant), _found(part.after, level, meant))
        for what, level, meant in rows
        if any(meant)
    ]


def _found(parsed: Parsed, level: Level, meant: list[bool]) -> Rate:
    wanted = [Level(one["danger"]).rank >= level.rank for one, counts in zip(parsed, meant, strict=True) if counts]
    return rate(sum(wanted), len(wanted))


def _checked(part: _Part, is_wrong: Any) -> Checked:
    before = part.before or [None] * len(part.gold)
    wrong = [
        Missed(gold.text, str(gold.danger), now["danger"], then["danger"] if then else None)
        for gold, then, now in zip(part.gold, before, part.after, strict=True)
        if is_wrong(gold, Level(now["danger"]))
    ]
    earlier = (
        None
        if part.before is None
        else sum(is_wrong(gold, Level(then["danger"])) for gold, then in zip(part.gold, part.before, strict=True))
    )
    return Checked(len(part.gold), wrong, earlier)


def _changes(part: _Part) -> list[Change]:
    """Only what a person would notice: another intent or another level."""
    if part.before is None:
        return []
    pairs = ((gold, _answer(then), _answer(now)) for gold, then, now in zip(part.gold, part.before, part.after, strict=True))
    by_intent = part.name in ("emas", "rusak")  # the other two sets are about danger alone
    return [
        Change(gold.text, part.name, gold.intent, str(gold.danger), then, now, _verdict(gold, then, now, by_intent))
        for gold, then, now in pairs
        if then.danger != now.danger or (by_intent and then.intent != now.intent)
    ]


def _answer(parsed: dict[str, Any]) -> Answer:
    return Answer(said(parsed), round(float(parsed["intent"]["confidence"] or 0.0), 3), parsed["danger"])


def _verdict(gold: Gold, then: Answer, now: Answer, by_intent: bool) -> str:
    """Danger speaks first: nearer to the right level is better, whatever became of the intent."""
    if gold.danger is not None and then.danger != now.danger:
        right = Level(gold.danger).rank
        nearer = abs(Level(then.danger).rank - right) - abs(Level(now.danger).rank - right)
        if nearer:
            return "better" if nearer > 0 else "worse"
    if not by_intent or (then.intent == gold.intent) == (now.intent == gold.intent):
        return "other"
    return "better" if now.intent == gold.intent else "worse"
