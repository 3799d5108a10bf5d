"""Entities found: exactly as people marked them, or at least at the same place with the same label."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.evaluate.figures import Score, score
from engine.evaluate.gold import Gold, Span


@dataclass(frozen=True)
class Entities:
    """`all` over every span of every label, then label by label; labels that nobody marked count against `all` only."""

    strict_all: Score
    overlap_all: Score
    strict: list[Score]
    overlap: list[Score]


def entities(gold: Sequence[Gold], parsed: Sequence[dict[str, Any]]) -> Entities:
    """Empty scores where nothing was marked."""
    wanted: Counter[str] = Counter()
    said: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    near: Counter[str] = Counter()
    for one, answer in zip(gold, parsed, strict=True):
        found = {Span(e["start"], e["end"], e["entity"]) for e in answer["entities"] if e.get("start") is not None}
        marked = set(one.entities)
        wanted.update(s.label for s in marked)
        said.update(s.label for s in found)
        exact.update(s.label for s in marked & found)
        near.update(_touching(sorted(marked, key=_place), sorted(found, key=_place)))
    return Entities(
        score("semua", exact.total(), said.total(), wanted.total()),
        score("semua", near.total(), said.total(), wanted.total()),
        [score(label, exact[label], said[label], wanted[label]) for label in sorted(wanted)],
        [score(label, near[label], said[label], wanted[label]) for label in sorted(wanted)],
    )


def _place(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.label


def _touching(marked: list[Span], found: list[Span]) -> list[str]:
    """Labels of the marked spans that have a found one of the same label on them; a found one serves once."""
    left, labels = list(found), []
    for span in marked:
        for other in left:
            if other.label == span.label and other.start < span.end and span.start < other.end:
                left.remove(other)
                labels.append(span.label)
                break
    return labels
