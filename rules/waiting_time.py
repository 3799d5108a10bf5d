"""How long people really wait for a human: measured, and never told better than it was.

The office relies on it that a person who asks is told an honest figure, or none where too little was measured.
"""

import math
from collections.abc import Sequence

SAMPLES_AT_LEAST = 5
_STEPS = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440)


def typical_minutes(waits_s: Sequence[float]) -> int | None:
    """Three of four waited no longer than this many minutes, rounded up to a figure that one says; None for fewer than five."""
    if len(waits_s) < SAMPLES_AT_LEAST:
        return None
    minutes = percentile(waits_s, 75) / 60
    return next((step for step in _STEPS if minutes <= step), math.ceil(minutes / 1440) * 1440)


def percentile(values: Sequence[float], percent: float) -> float:
    """By nearest rank: a value that really occurred. Raises `ValueError` for no values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
