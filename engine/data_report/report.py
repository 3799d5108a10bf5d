"""The whole report on a set of examples, as plain dataclasses."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from engine.data_report import rules, twins
from engine.data_report.curve import Step, curve
from engine.data_report.rules import Finding
from engine.evaluate.gold import Gold

FEWEST = 30  # examples an intent needs
_MOST = 25  # pairs shown of each kind


@dataclass(frozen=True)
class Twins:
    """Two examples that are the same (`near` 100) or nearly so."""

    near: float
    first: str
    second: str
    labels: tuple[str, str]  # intent/danger of each


@dataclass(frozen=True)
class Pairs:
    """`count` of a kind, and the nearest of them."""

    count: int
    shown: list[Twins]


@dataclass(frozen=True)
class Sameness:
    """How much a writer repeats themself: distinct among 2-grams of words in equally many of them for everybody."""

    writer: str
    distinct: float
    openings: list[tuple[str, int]]


@dataclass(frozen=True)
class Report:
    """Everything found. `clashes`: equal texts with different labels; `near_clashes`: nearly equal ones (often rightly so: look)."""

    examples: int
    by_intent: dict[str, int]
    few: list[str]
    by_danger: dict[str, int]
    by_writer: dict[str, int]
    merah_by_writer: dict[str, int]
    curve: list[Step]
    clashes: Pairs
    near_clashes: Pairs
    copies: Pairs
    near_copies: Pairs
    sameness: list[Sameness]
    openings: list[tuple[str, int]]
    personal: list[Finding]
    signs: list[Finding]

    @property
    def sound(self) -> bool:
        """Whether the examples may be trained on: nobody's data in them, and no text that means two things."""
        return not self.clashes.count and not self.personal


def report(golds: Sequence[Gold], files: Sequence[Path] = (), with_curve: bool = True) -> Report:
    """`files` are read once more for quotes, which a parsed text no longer shows."""
    bares = [twins.bare(gold.text) for gold in golds]
    equal = [(a, b, 100.0) for group in twins.same(bares) for a, b in pairwise(group)]
    near = twins.near(bares)
    writers = Counter(gold.writer or "-" for gold in golds)
    intents = Counter(gold.intent for gold in golds)
    return Report(
        examples=len(golds),
        by_intent=dict(intents.most_common()),
        few=sorted(name for name, count in intents.items() if count < FEWEST),
        by_danger=dict(Counter(gold.danger or "-" for gold in golds).most_common()),
        by_writer=dict(writers.most_common()),
        merah_by_writer=dict(Counter(gold.writer or "-" for gold in golds if gold.danger == "merah").most_common()),
        curve=curve(golds) if with_curve else [],
        clashes=_pairs(golds, equal, clash=True),
        near_clashes=_pairs(golds, near, clash=True),
        copies=_pairs(golds, equal, clash=False),
        near_copies=_pairs(golds, near, clash=False),
        sameness=_sameness(golds, bares),
        openings=_openings(bares),
        personal=[found for gold in golds for found in rules.personal(gold.text)],
        signs=[found for gold in golds for found in rules.signs(gold.text)] + list(rules.unquoted(files)),
    )


def _label(gold: Gold) -> str:
    return f"{gold.intent}/{gold.danger or '-'}"


def _pairs(golds: Sequence[Gold], found: Sequence[tuple[int, int, float]], clash: bool) -> Pairs:
    kept = [(a, b, ratio) for a, b, ratio in found if clash == (_label(golds[a]) != _label(golds[b]))]
    shown = [Twins(ratio, golds[a].text, golds[b].text, (_label(golds[a]), _label(golds[b]))) for a, b, ratio in kept[:_MOST]]
    return Pairs(len(kept), shown)


def _openings(bares: Sequence[str], most: int = 10) -> list[tuple[str, int]]:
    heads = Counter(" ".join(text.split()[:2]) for text in bares if len(text.split()) > 2)
    return heads.most_common(most)


def _sameness(golds: Sequence[Gold], bares: Sequence[str]) -> list[Sameness]:
    """Most repetitive first. The more one writes the more one repeats: so everybody is measured on the shortest writer's length."""
    texts: dict[str, list[str]] = {}
    for gold, text in zip(golds, bares, strict=True):
        texts.setdefault(gold.writer or "-", []).append(text)
    grams = {name: [pair for text in own for pair in pairwise(text.split())] for name, own in texts.items()}
    length = min((len(own) for own in grams.values() if own), default=0)
    found = [
        Sameness(name, round(len(set(own[:length])) / length, 3), _openings(texts[name], 3))
        for name, own in grams.items()
        if own and length
    ]
    return sorted(found, key=lambda one: one.distinct)
