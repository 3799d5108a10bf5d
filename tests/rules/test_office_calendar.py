"""Office hours, working days, and by when a person must have heard from a human."""

from datetime import date, datetime, time, timedelta

import pytest

from rules.levels import Level
from rules.office_calendar import Calendar, ServiceTimes
from rules.waiting_time import percentile, typical_minutes

HOLIDAY = date(2026, 12, 25)  # a Friday
CALENDAR = Calendar(holidays=frozenset({HOLIDAY}))


def wib(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CALENDAR.zone)


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        (wib(24, 8), True),  # Tuesday
        (wib(24, 7, 59), False),
        (wib(24, 15, 29), True),
        (wib(24, 15, 30), False),
        (wib(28, 10), False),  # Saturday
        (wib(25, 10, month=12), False),
    ],
)
def test_it_is_open_in_its_hours_but_on_no_holiday(at: datetime, wanted: bool) -> None:
    assert wanted == CALENDAR.is_open(at)


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        (wib(24, 6), wib(24, 8)),
        (wib(24, 8), wib(24, 8)),
        (wib(24, 9), wib(25, 8)),
        (wib(27, 20), wib(30, 8)),  # Friday evening: Monday
        (wib(24, 20, month=12), wib(28, 8, month=12)),  # over a holiday and a weekend
    ],
)
def test_the_next_opening(at: datetime, wanted: datetime) -> None:
    assert wanted == CALENDAR.opens_next(at)


@pytest.mark.parametrize(
    ("since", "wanted"),
    [
        (wib(24, 10), wib(27, 15, 30)),  # Tuesday: Wednesday, Thursday, Friday
        (wib(24, 15, 30), wib(30, 15, 30)),  # after closing: counts from Wednesday
        (wib(28, 10), wib(3, 15, 30, month=12)),  # Saturday: counts from Monday
        (wib(23, 10, month=12), wib(29, 15, 30, month=12)),  # over holiday and weekend
    ],
)
def test_working_days_do_not_count_nights_weekends_and_holidays(since: datetime, wanted: datetime) -> None:
    assert wanted == CALENDAR.working_days_later(since, 3)


def test_each_level_has_its_clock() -> None:
    times = ServiceTimes()
    saturday_night = wib(28, 23)

    assert saturday_night + timedelta(minutes=5) == times.due(Level.MERAH, saturday_night, CALENDAR)
    assert saturday_night + timedelta(hours=6) == times.due(Level.KUNING, saturday_night, CALENDAR)
    assert wib(3, 15, 30, month=12) == times.due(Level.HIJAU, saturday_night, CALENDAR)


def test_an_office_that_never_opens_still_has_deadlines() -> None:
    closed = Calendar(weekly={})

    assert closed.opens_next(wib(24, 10)) is None
    assert datetime.combine(date(2026, 11, 28), time(15, 30), closed.zone) == closed.working_days_later(wib(24, 10), 3)


@pytest.mark.parametrize(
    ("seconds", "wanted"),
    [
        ([30] * 4, None),
        ([30] * 5, 1),
        ([60, 60, 60, 240, 600], 5),
        ([61] * 8, 2),
        ([90_000] * 5, 2880),
    ],
)
def test_a_waiting_time_is_told_only_where_it_was_measured_and_never_too_short(seconds: list[float], wanted: int | None) -> None:
    assert wanted == typical_minutes(seconds)


def test_a_percentile_is_a_value_that_occurred() -> None:
    assert 9 == percentile(list(range(10)), 99)
    assert 4 == percentile(list(range(10)), 50)
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)
