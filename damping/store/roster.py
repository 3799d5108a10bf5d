"""The duty roster: who is at the desk, on call, supervising; substitutes and holidays. Changed by supervisors only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from damping.casework.ids import OfficerId, new_id
from damping.store import audit, events, officers
from damping.store.context import Store
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.officers import Role
from damping.store.tables import Officer
from damping.store.tables_duty import HolidayRow, ShiftRow
from rules.ladder import Duty, Shift
from rules.office_calendar import Calendar

LONGEST = timedelta(hours=24)
NAME_AT_MOST = 60


class WrongShift(Exception):
    """It ends before it begins, lasts more than a day, or names somebody who is not on duty."""


@dataclass(frozen=True)
class Planned:
    """A line of the roster with the names for the page."""

    id: str
    shift: Shift
    name: str
    substitute_name: str


@dataclass(frozen=True)
class Holiday:
    """A day on which the office is closed."""

    day: date
    name: str


def planned(store: Store, viewer: Viewer, begin: datetime, end: datetime) -> tuple[Planned, ...]:
    """The lines that touch a stretch of time, earliest first. Raises `NotFound`."""
    _must_read(viewer)
    with store.database.read() as connection:
        known = officers.names(connection, store)
        rows = connection.execute(_standing(begin, end)).all()
    return tuple(Planned(row.id, _shift(row), known.get(row.officer_id, ""), known.get(row.substitute_id or "", "")) for row in rows)


def shifts_at(connection: Connection, at: datetime) -> tuple[Shift, ...]:
    """The shifts that run at a moment."""
    return shifts_between(connection, at, at + timedelta(microseconds=1))


def shifts_between(connection: Connection, begin: datetime, end: datetime) -> tuple[Shift, ...]:
    """The shifts that touch a stretch of time."""
    return tuple(_shift(row) for row in connection.execute(_standing(begin, end)))


def supervisors(connection: Connection) -> tuple[str, ...]:
    """Every supervisor with an open account."""
    found = select(Officer.id).where(Officer.role == Role.SUPERVISOR, Officer.disabled_at.is_(None)).order_by(Officer.created_at)
    return tuple(connection.execute(found).scalars())


def colleagues(store: Store, viewer: Viewer) -> tuple[tuple[OfficerId, str, Role], ...]:
    """Everybody who can be on duty: id, name, role. Raises `NotFound`."""
    _must_read(viewer)
    with store.database.read() as connection:
        known = officers.names(connection, store)
        wanted = select(Officer.id, Officer.role).where(Officer.disabled_at.is_(None), Officer.role.in_(sorted(ON_DUTY)))
        rows = connection.execute(wanted).all()
    return tuple(sorted(((OfficerId(row.id), known[row.id], Role(row.role)) for row in rows), key=lambda found: found[1].casefold()))


def add(store: Store, viewer: Viewer, shifts: Sequence[Shift]) -> None:
    """Put lines on the roster, all or none. Raises `WrongShift`, `NotFound`."""
    _must_lead(viewer)
    with store.database.write() as connection:
        for shift in shifts:
            _must_be_right(connection, shift)
            _insert(connection, viewer, shift)
        _changed(connection, store, viewer)


def remove(store: Store, viewer: Viewer, shift: str) -> None:
    """Take a line off. Raises `NotFound`."""
    _must_lead(viewer)
    with store.database.write() as connection:
        gone = update(ShiftRow).where(ShiftRow.id == shift, ShiftRow.removed_at.is_(None)).values(removed_at=store.now())
        if not connection.execute(gone).rowcount:
            raise NotFound
        _changed(connection, store, viewer)


def substitute(store: Store, viewer: Viewer, shift: str, officer: OfficerId | None) -> None:
    """Somebody else comes instead, or nobody any more. Raises `NotFound`, `WrongShift`."""
    _must_lead(viewer)
    with store.database.write() as connection:
        row = connection.execute(select(ShiftRow.__table__).where(ShiftRow.id == shift, ShiftRow.removed_at.is_(None))).first()
        if row is None:
            raise NotFound
        _must_be_right(connection, replace(_shift(row), substitute=officer))
        connection.execute(update(ShiftRow).where(ShiftRow.id == shift).values(substitute_id=officer))
        _changed(connection, store, viewer)


def copy_week(store: Store, viewer: Viewer, begin: datetime) -> int:
    """Repeat the seven days from `begin` one week later, without substitutes; lines that stand there already stay. How many came."""
    _must_lead(viewer)
    week = timedelta(days=7)
    with store.database.write() as connection:
        old = [_shift(row) for row in connection.execute(_standing(begin, begin + week)) if row.starts_at >= begin]
        following = [_shift(row) for row in connection.execute(_standing(begin + week, begin + 2 * week))]
        there = {replace(shift, substitute=None) for shift in following}
        moved = [replace(s, starts_at=s.starts_at + week, ends_at=s.ends_at + week, substitute=None) for s in old]
        fresh = [shift for shift in moved if shift not in there and _may_serve(connection, shift.officer)]
        for shift in fresh:
            _insert(connection, viewer, shift)
        _changed(connection, store, viewer)
    return len(fresh)


def holidays(store: Store, viewer: Viewer) -> tuple[Holiday, ...]:
    """All that are kept, earliest first. Raises `NotFound`."""
    _must_read(viewer)
    with store.database.read() as connection:
        return tuple(Holiday(row.day, row.name) for row in connection.execute(select(HolidayRow).order_by(HolidayRow.day)))


def add_holiday(store: Store, viewer: Viewer, holiday: Holiday) -> None:
    """Keep a day, or give it another name. Raises `WrongShift` without a name, `NotFound`."""
    _must_lead(viewer)
    name = holiday.name.strip()[:NAME_AT_MOST]
    if not name:
        raise WrongShift
    with store.database.write() as connection:
        connection.execute(delete(HolidayRow).where(HolidayRow.day == holiday.day))
        connection.execute(insert(HolidayRow).values(day=holiday.day, name=name, made_by=viewer.officer))
        _changed(connection, store, viewer)


def remove_holiday(store: Store, viewer: Viewer, day: date) -> None:
    """The office is open on that day after all. Raises `NotFound`."""
    _must_lead(viewer)
    with store.database.write() as connection:
        if not connection.execute(delete(HolidayRow).where(HolidayRow.day == day)).rowcount:
            raise NotFound
        _changed(connection, store, viewer)


def calendar(connection: Connection, hours: Calendar) -> Calendar:
    """The office's hours with the holidays that are kept."""
    return replace(hours, holidays=hours.holidays | frozenset(connection.execute(select(HolidayRow.day)).scalars()))


def _standing(begin: datetime, end: datetime) -> Select[*tuple[Any, ...]]:
    touching = (ShiftRow.removed_at.is_(None), ShiftRow.starts_at < end, ShiftRow.ends_at > begin)
    return select(ShiftRow.__table__).where(*touching).order_by(ShiftRow.starts_at, ShiftRow.duty)


def _shift(row: Row[Any]) -> Shift:
    return Shift(Duty(row.duty), row.officer_id, row.starts_at, row.ends_at, row.substitute_id)


def _insert(connection: Connection, viewer: Viewer, shift: Shift) -> None:
    connection.execute(
        insert(ShiftRow).values(
            id=new_id(),
            duty=shift.duty.value,
            officer_id=shift.officer,
            substitute_id=shift.substitute,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            made_by=viewer.officer,
        )
    )


def _must_be_right(connection: Connection, shift: Shift) -> None:
    if not timedelta(0) < shift.ends_at - shift.starts_at <= LONGEST:
        raise WrongShift
    for officer in (shift.officer, *([shift.substitute] if shift.substitute else [])):
        if not _may_serve(connection, officer):
            raise WrongShift


def _may_serve(connection: Connection, officer: str) -> bool:
    found = select(Officer.role).where(Officer.id == officer, Officer.disabled_at.is_(None))
    return connection.execute(found).scalar() in ON_DUTY


def _changed(connection: Connection, store: Store, viewer: Viewer) -> None:
    audit.record(connection, store, viewer.officer, "roster_changed")
    events.tell(connection, store, "roster_changed")


def _must_read(viewer: Viewer) -> None:
    if viewer.role not in ON_DUTY:
        raise NotFound


def _must_lead(viewer: Viewer) -> None:
    if viewer.role is not Role.SUPERVISOR:
        raise NotFound
