"""Charts of the board as numbers for the templates, which draw them as SVG: bars from zero, labelled where they stand."""

from dataclasses import dataclass
from datetime import timedelta

from damping.store.service_times import Report
from rules.levels import Level
from rules.office_calendar import ServiceTimes

WHOLE = 100.0


@dataclass(frozen=True)
class Bar:
    """One level: where median, 90th percentile and limit stand between 0 and 100; seconds for their labels."""

    level: Level
    answered: int
    in_time: int
    judged: int
    median_s: float
    p90_s: float
    limit_s: float
    median: float
    p90: float
    limit: float


@dataclass(frozen=True)
class Column:
    """One hour of the day: height of the median out of 100."""

    hour: int
    median_s: float | None
    answered: int
    height: float


def bars(report: Report, times: ServiceTimes) -> tuple[Bar, ...]:
    """Each level on a scale of its own, on which its limit is drawn: merah waits minutes, hijau days."""
    limits = {Level.MERAH: times.merah, Level.KUNING: times.kuning, Level.HIJAU: timedelta(days=times.hijau_days)}
    found = []
    for level, figures in report.by_level:
        median, p90, limit = figures.median or 0.0, figures.p90 or 0.0, limits[level].total_seconds()
        scale = max(p90, limit)
        places = (_part(median, scale), _part(p90, scale), _part(limit, scale))
        found.append(Bar(level, figures.answered, figures.in_time, figures.judged, median, p90, limit, *places))
    return tuple(found)


def hours(report: Report) -> tuple[Column, ...]:
    """The 24 hours against the longest of them."""
    longest = max((figures.median or 0.0 for figures in report.by_hour), default=0.0)
    return tuple(
        Column(hour, figures.median, figures.answered, _part(figures.median or 0.0, longest)) for hour, figures in enumerate(report.by_hour)
    )


def _part(value: float, whole: float) -> float:
    return round(WHOLE * value / whole, 1) if whole else 0.0
