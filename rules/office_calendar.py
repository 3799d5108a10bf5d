"""When the office is open, and by when a person must have heard from a human.

The office relies on it that a clock which counts working days stands still at night, on weekends and on holidays, and that
the clock of merah and kuning never does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.levels import Level

_LOOK_AHEAD = 60  # days; an office that is closed longer than this has no next opening
_MORNING = time(8, 0)
_AFTERNOON = time(15, 30)


@dataclass(frozen=True)
class Calendar:
    """Opening hours by weekday (0 is Monday), local time, and the days on which it is closed all the same."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    weekly: Mapping[int, tuple[time, time]] = field(default_factory=lambda: dict.fromkeys(range(5), (_MORNING, _AFTERNOON)))
    holidays: frozenset[date] = frozenset()

    def hours_on(self, day: date) -> tuple[datetime, datetime] | None:
        """Opening and closing, or None on a day off."""
        hours = self.weekly.get(day.weekday())
        if hours is None or day in self.holidays:
            return None
        return (datetime.combine(day, hours[0], self.zone), datetime.combine(day, hours[1], self.zone))

    def is_open(self, at: datetime) -> bool:
        """Whether officers are in the office at this moment."""
        hours = self.hours_on(at.astimezone(self.zone).date())
        return hours is not None and hours[0] <= at < hours[1]

    def opens_next(self, at: datetime) -> datetime | None:
        """The next opening at or after `at`; None where there is none for two months."""
        today = at.astimezone(self.zone).date()
        for ahead in range(_LOOK_AHEAD):
            hours = self.hours_on(today + timedelta(days=ahead))
            if hours is not None and hours[0] >= at:
                return hours[0]
        return None

    def working_days_later(self, start: datetime, days: int) -> datetime:
        """
        Closing time of the `days`-th working day after the one on which the clock starts.

        starts                                | the clock's first day
        before closing on a working day       | that day
        after closing, on a weekend or holiday | the next working day
        """
        day = start.astimezone(self.zone).date()
        hours = self.hours_on(day)
        if hours is None or start >= hours[1]:
            day = self._next_working_day(day)
        for _ in range(days):
            day = self._next_working_day(day)
        hours = self.hours_on(day)
        return hours[1] if hours is not None else datetime.combine(day, _AFTERNOON, self.zone)

    def _next_working_day(self, day: date) -> date:
        for ahead in range(1, _LOOK_AHEAD):
            if self.hours_on(day + timedelta(days=ahead)) is not None:
                return day + timedelta(days=ahead)
        return day + timedelta(days=1)  # no working day in sight: days pass all the same


@dataclass(frozen=True)
class ServiceTimes:
    """Within which time a person should hear from a human, by level."""

    merah: timedelta = timedelta(minutes=5)  # 'at once', as a clock can measure it
    kuning: timedelta = timedelta(hours=6)
    hijau_days: int = 3  # working days

    def due(self, level: Level, since: datetime, calendar: Calendar) -> datetime:
        """
        level  | the clock runs
        merah  | day and night
        kuning | day and night
        hijau  | on working days
        """
        if level is Level.MERAH:
            return since + self.merah
        if level is Level.KUNING:
            return since + self.kuning
        return calendar.working_days_later(since, self.hijau_days)
