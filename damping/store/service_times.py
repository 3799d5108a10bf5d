"""How long people waited for a human, and how many within their time: figures for supervisors, without a name or a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import select

from damping.store import audit
from damping.store.context import Store
from damping.store.desk import NotFound, Viewer
from damping.store.officers import Role
from damping.store.tables_duty import Wait
from rules.levels import Level
from rules.waiting_time import percentile

LEVELS = (Level.MERAH, Level.KUNING, Level.HIJAU)


@dataclass(frozen=True)
class Waited:
    """One wait that has ended, or is late."""

    level: Level
    since: datetime
    due_at: datetime
    answered_at: datetime | None
    late: bool

    @property
    def seconds(self) -> float | None:
        """Until a human answered; None where nobody has."""
        return (self.answered_at - self.since).total_seconds() if self.answered_at is not None else None


@dataclass(frozen=True)
class Figures:
    """Seconds to the first human answer; `in_time` and `judged` count the waits whose time is decided."""

    answered: int
    median: float | None
    p90: float | None
    in_time: int
    judged: int

    @property
    def share(self) -> float | None:
        """In time, 0 to 1."""
        return self.in_time / self.judged if self.judged else None


@dataclass(frozen=True)
class Report:
    """By level, and by hour of the day in the office's time zone."""

    by_level: tuple[tuple[Level, Figures], ...]
    by_hour: tuple[Figures, ...]  # 24
    everything: Figures


def waits(store: Store, viewer: Viewer, begin: datetime, end: datetime, *, taken_out: bool = False) -> tuple[Waited, ...]:
    """Waits that began in a stretch of time, oldest first. `taken_out`: as a file, which is audited. Raises `NotFound`."""
    if viewer.role is not Role.SUPERVISOR:
        raise NotFound
    wanted = select(Wait.level, Wait.since, Wait.due_at, Wait.answered_at, Wait.late).where(Wait.since >= begin, Wait.since < end)
    wanted = wanted.where(Wait.answered_at.is_not(None) | Wait.late).order_by(Wait.since)
    if taken_out:
        with store.database.write() as connection:
            audit.record(connection, store, viewer.officer, "figures_exported")
            rows = connection.execute(wanted).all()
    else:
        with store.database.read() as connection:
            rows = connection.execute(wanted).all()
    return tuple(Waited(Level(row.level), row.since, row.due_at, row.answered_at, row.late) for row in rows)


def report(found: Sequence[Waited], zone: tzinfo) -> Report:
    """The figures of some waits."""
    hours = [[one for one in found if one.since.astimezone(zone).hour == hour] for hour in range(24)]
    return Report(
        by_level=tuple((level, _figures([one for one in found if one.level is level])) for level in LEVELS),
        by_hour=tuple(map(_figures, hours)),
        everything=_figures(found),
    )


def _figures(found: Sequence[Waited]) -> Figures:
    took = [one.seconds for one in found if one.seconds is not None]
    return Figures(
        answered=len(took),
        median=percentile(took, 50) if took else None,
        p90=percentile(took, 90) if took else None,
        in_time=sum(not one.late for one in found),
        judged=len(found),
    )
