"""The few statistics that every part of an evaluation speaks in: shares with intervals, precision and recall, calibration."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_Z = 1.959964  # 95 %
_BINS = 10


@dataclass(frozen=True)
class Rate:
    """A share with its Wilson 95 % interval; `share` is None where there was nothing to count."""

    hits: int
    of: int
    share: float | None
    low: float
    high: float


def rate(hits: int, of: int) -> Rate:
    """Wilson's interval holds for few messages and for shares near 0 and 1, where the usual one does not."""
    if not of:
        return Rate(0, 0, None, 0.0, 1.0)
    share = hits / of
    middle = share + _Z**2 / (2 * of)
    width = _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    scale = 1 + _Z**2 / of
    return Rate(hits, of, round(share, 4), round(max(0.0, (middle - width) / scale), 4), round(min(1.0, (middle + width) / scale), 4))


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of one label; `support` is how often it was wanted."""

    name: str
    support: int
    precision: float
    recall: float
    f1: float


def score(name: str, hits: int, said: int, wanted: int) -> Score:
    """A label that was never said has a precision of 0."""
    precision, recall = hits / said if said else 0.0, hits / wanted if wanted else 0.0
    f1 = 2 * hits / (said + wanted) if said + wanted else 0.0
    return Score(name, wanted, round(precision, 4), round(recall, 4), round(f1, 4))


def mean(values: Iterable[float]) -> float:
    """0 of nothing."""
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


@dataclass(frozen=True)
class Bin:
    """Answers of about the same certainty: how certain the model was, and how often it was right."""

    low: float
    high: float
    count: int
    certainty: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """`error`: expected calibration error, the mean distance of certainty from truth, weighted by messages."""

    error: float
    bins: list[Bin]


def calibration(certain: Sequence[float], right: Sequence[bool]) -> Calibration:
    """Ten bins of equal width; empty ones are left out."""
    bins: list[Bin] = []
    for number in range(_BINS):
        inside = [i for i, c in enumerate(certain) if min(int(c * _BINS), _BINS - 1) == number]
        if inside:
            low, high = number / _BINS, (number + 1) / _BINS
            bins.append(Bin(low, high, len(inside), mean(certain[i] for i in inside), mean(float(right[i]) for i in inside)))
    distance = sum(b.count * abs(b.certainty - b.right) for b in bins)
    return Calibration(round(distance / len(certain), 4) if certain else 0.0, bins)
