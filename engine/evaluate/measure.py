"""All figures of one model on one set of messages, as plain dataclasses that `dataclasses.asdict` turns into JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.evaluate import danger as dangers
from engine.evaluate import intents as meanings
from engine.evaluate import spans
from engine.evaluate.figures import Rate, rate
from engine.evaluate.gold import FALLBACK, Gold
from rules.levels import Level

# What a model without a danger classifier says about danger: these intents are as grave as can be
GRAVEST_INTENTS = ("ancaman_nyawa", "darurat_sekarang", "krisis_bunuh_diri", "lapor_tppo")


@dataclass(frozen=True)
class Slice:
    """One kind of writing: how often the intent was understood, and how often the assistant said that it did not understand."""

    name: str
    accuracy: Rate
    fallback: Rate


@dataclass(frozen=True)
class Measured:
    """Everything that is known of a model's understanding on `messages` messages."""

    messages: int
    intents: meanings.Intents
    slices: list[Slice]
    outside: list[meanings.Beyond]
    yes_no: meanings.YesNo
    danger: dangers.Danger | None
    entities: spans.Entities


def measure(gold: Sequence[Gold], parsed: Sequence[dict[str, Any]]) -> Measured:
    """Figures of parse data against what people said, message by message in the same order."""
    return Measured(
        messages=len(gold),
        intents=meanings.intents(gold, parsed),
        slices=_slices(gold, parsed),
        outside=meanings.outside(gold, parsed),
        yes_no=meanings.yes_no(gold, parsed),
        danger=dangers.danger(gold, parsed),
        entities=spans.entities(gold, parsed),
    )


def _slices(gold: Sequence[Gold], parsed: Sequence[dict[str, Any]]) -> list[Slice]:
    found = []
    for name in sorted({g.slice for g in gold if g.slice}):
        answers = [(g.intent, meanings.said(p)) for g, p in zip(gold, parsed, strict=True) if g.slice == name]
        right, unsure = sum(a == b for a, b in answers), sum(b == FALLBACK for _, b in answers)
        found.append(Slice(name, rate(right, len(answers)), rate(unsure, len(answers))))
    return found


def danger_from_intent(parsed: dict[str, Any]) -> dict[str, Any]:
    """Parse data of a model that knows no danger, read as generously as its intents allow."""
    level = Level.MERAH if meanings.said(parsed) in GRAVEST_INTENTS else Level.HIJAU
    return {**parsed, "danger": level.value, "danger_by": []}
