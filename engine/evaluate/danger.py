"""How many grave messages are found, by whom, at what price, and which ones are not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.evaluate.figures import Rate, rate
from engine.evaluate.gold import Gold
from rules.levels import Level

WORDS, MODEL = "kata", "model"
_THRESHOLDS = [n / 100 for n in (0.5, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 98, 99.5)]


@dataclass(frozen=True)
class Heard:
    """A message of the measuring set on which people and assistant disagree."""

    text: str
    wanted: str
    said: str
    intent: str
    slice: str | None
    by: list[str]  # reasons given by whoever spoke
    chance: float | None  # the trained voice's, where the model gives one


@dataclass(frozen=True)
class Point:
    """Word list OR model from this threshold on; `alarms`: the share of hijau messages for which the bell would ring."""

    threshold: float
    recall: Rate
    precision: Rate
    alarms: Rate


@dataclass(frozen=True)
class Detection:
    """One question (is it merah; is it at least kuning) put to every message. `voices`: of the messages meant, who found how many."""

    level: str
    recall: Rate
    precision: Rate
    alarms: Rate
    voices: dict[str, int]
    curve: list[Point]
    missed: list[Heard]
    false: list[Heard]


@dataclass(frozen=True)
class DangerSlice:
    """The same in one kind of writing: merah found, and merah said of messages that are not."""

    name: str
    found: Rate
    false: Rate


@dataclass(frozen=True)
class Danger:
    """`matrix[wanted][said]` in the order hijau, kuning, merah."""

    merah: Detection
    at_least_kuning: Detection
    matrix: list[list[int]]
    slices: list[DangerSlice]


Case = tuple[Gold, dict[str, Any]]


def danger(gold: Sequence[Gold], parsed: Sequence[dict[str, Any]]) -> Danger | None:
    """None where nobody noted how grave the messages are, or the model says nothing of it."""
    cases = [(g, p) for g, p in zip(gold, parsed, strict=True) if g.danger and "danger" in p]
    if not cases:
        return None
    counted = Counter((g.danger, p["danger"]) for g, p in cases)
    order = [level.value for level in Level]
    return Danger(
        merah=_detection(cases, Level.MERAH),
        at_least_kuning=_detection(cases, Level.KUNING),
        matrix=[[counted[wanted, said] for said in order] for wanted in order],
        slices=_slices(cases),
    )


def _detection(cases: list[Case], level: Level) -> Detection:
    meant = [Level(g.danger).rank >= level.rank for g, _ in cases]
    said = [Level(p["danger"]).rank >= level.rank for _, p in cases]
    recall, precision, alarms = _rates(cases, meant, said)
    found = [_voices(p, level) for (_, p), is_meant in zip(cases, meant, strict=True) if is_meant]
    return Detection(
        level.value,
        recall,
        precision,
        alarms,
        dict(Counter("+".join(sorted(voices)) or "-" for voices in found)),
        _curve(cases, meant, level),
        [_heard(case, level) for case, m, s in zip(cases, meant, said, strict=True) if m and not s],
        [_heard(case, level) for case, m, s in zip(cases, meant, said, strict=True) if s and not m],
    )


def _rates(cases: list[Case], meant: Sequence[bool], said: Sequence[bool]) -> tuple[Rate, Rate, Rate]:
    both = sum(m and s for m, s in zip(meant, said, strict=True))
    harmless = [s for (g, _), s in zip(cases, said, strict=True) if g.danger == Level.HIJAU.value]
    return rate(both, sum(meant)), rate(both, sum(said)), rate(sum(harmless), len(harmless))


def _voices(parsed: dict[str, Any], level: Level) -> set[str]:
    return {voice["voice"] for voice in parsed.get("danger_by") or () if Level(voice["level"]).rank >= level.rank}


def _chance(parsed: dict[str, Any], level: Level) -> float | None:
    found = (parsed.get("danger_chances") or {}).get(level.value)
    return None if found is None else float(found)


def _curve(cases: list[Case], meant: Sequence[bool], level: Level) -> list[Point]:
    """Empty where the model gives no chances. Rules beside the threshold, such as the one for very short texts, are not in it."""
    chances = [_chance(p, level) for _, p in cases]
    if all(chance is None for chance in chances):
        return []
    words = [WORDS in _voices(p, level) for _, p in cases]
    return [Point(t, *_rates(cases, meant, [w or (c or 0.0) >= t for w, c in zip(words, chances, strict=True)])) for t in _THRESHOLDS]


def _heard(case: Case, level: Level) -> Heard:
    gold, parsed = case
    reasons = [f"{voice['voice']}: {voice['reason']}" for voice in parsed.get("danger_by") or ()]
    intent = str(parsed["intent"].get("name"))
    return Heard(gold.text, str(gold.danger), parsed["danger"], intent, gold.slice, reasons, _chance(parsed, level))


def _slices(cases: list[Case]) -> list[DangerSlice]:
    merah = Level.MERAH.value
    found = []
    for name in sorted({g.slice for g, _ in cases if g.slice}):
        answers = [(g.danger == merah, p["danger"] == merah) for g, p in cases if g.slice == name]
        of_meant, of_others = [s for m, s in answers if m], [s for m, s in answers if not m]
        found.append(DangerSlice(name, rate(sum(of_meant), len(of_meant)), rate(sum(of_others), len(of_others))))
    return found
