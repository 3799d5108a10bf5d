"""The duty roster: a week at a time, with its gaps; supervisors change it, all on duty read it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from litestar import Response

from damping.casework.ids import OfficerId
from damping.console.visit import Visit
from damping.store import roster
from damping.store.desk import NotFound
from damping.store.officers import Role
from damping.store.roster import Holiday, WrongShift
from rules.ladder import Duty, Shift, uncovered

_WEEK = timedelta(days=7)
_REPEATS_AT_MOST = 31
_WRONG = 422


async def page(visit: Visit) -> Response[Any]:
    """The week that is asked for, or this one."""
    return await _shown(visit, visit.request.query_params.get("kabar", ""))


async def add(visit: Visit) -> Response[Any]:
    """One line, or the same on some days in a row."""
    try:
        shifts = _typed(visit)
        await visit.run(roster.add, visit.desk.store, visit.viewer, shifts)
    except (WrongShift, ValueError, OverflowError):
        return await _shown(visit, "giliran_salah", _WRONG)
    return visit.go(f"/jadwal?minggu={visit.form.get('tanggal', '')}&kabar=giliran_ditambah")


async def remove(visit: Visit) -> Response[Any]:
    """A line less."""
    await visit.run(roster.remove, visit.desk.store, visit.viewer, visit.request.path_params["shift"])
    return _back(visit, "giliran_dihapus")


async def substitute(visit: Visit) -> Response[Any]:
    """Somebody else comes, or nobody any more."""
    who = OfficerId(visit.form.get("pengganti", "")) or None
    try:
        await visit.run(roster.substitute, visit.desk.store, visit.viewer, visit.request.path_params["shift"], who)
    except WrongShift:
        return await _shown(visit, "giliran_salah", _WRONG)
    return _back(visit, "pengganti_disimpan")


async def copy_week(visit: Visit) -> Response[Any]:
    """The week that is shown, once more a week later."""
    monday = _monday(visit)
    await visit.run(roster.copy_week, visit.desk.store, visit.viewer, _midnight(visit, monday))
    return visit.go(f"/jadwal?minggu={monday + _WEEK}&kabar=minggu_disalin")


async def add_holiday(visit: Visit) -> Response[Any]:
    """The office is closed on a day."""
    try:
        holiday = Holiday(date.fromisoformat(visit.form.get("tanggal", "")), visit.form.get("nama", ""))
        await visit.run(roster.add_holiday, visit.desk.store, visit.viewer, holiday)
    except (WrongShift, ValueError):
        return await _shown(visit, "libur_salah", _WRONG)
    return _back(visit, "libur_disimpan")


async def remove_holiday(visit: Visit) -> Response[Any]:
    """It is open after all."""
    try:
        day = date.fromisoformat(visit.request.path_params["day"])
    except ValueError:
        raise NotFound from None
    await visit.run(roster.remove_holiday, visit.desk.store, visit.viewer, day)
    return _back(visit, "libur_dihapus")


async def _shown(visit: Visit, kabar: str, status: int = 200) -> Response[Any]:
    store, monday, zone = visit.desk.store, _monday(visit), visit.desk.config.duty.calendar.zone
    begin = _midnight(visit, monday)
    end = _midnight(visit, monday + _WEEK)
    planned = await visit.run(roster.planned, store, visit.viewer, begin, end)
    holidays = await visit.run(roster.holidays, store, visit.viewer)
    from_now = max(begin, store.now())
    days = [monday + timedelta(days=n) for n in range(7)]
    return await visit.page(
        "jadwal.html",
        status,
        days=[
            (
                day,
                [
                    one
                    for one in planned
                    if one.shift.starts_at.astimezone(zone).date() == day or (day == monday and one.shift.starts_at < begin)
                ],
            )
            for day in days
        ],
        monday=monday,
        before=monday - _WEEK,
        after=monday + _WEEK,
        today=store.now().astimezone(zone).date(),
        holidays=holidays,
        gaps=uncovered([one.shift for one in planned], Duty.ON_CALL, from_now, end) if from_now < end else (),
        colleagues=await visit.run(roster.colleagues, store, visit.viewer),
        duties=[duty.value for duty in Duty],
        leads=visit.officer.role is Role.SUPERVISOR,
        hours=visit.desk.config.duty.calendar,
        typed=visit.form,
        kabar=kabar,
    )


def _typed(visit: Visit) -> list[Shift]:
    form, zone = visit.form, visit.desk.config.duty.calendar.zone
    day = date.fromisoformat(form.get("tanggal", ""))
    begins, ends = (time.fromisoformat(form.get(name, "")) for name in ("mulai", "selesai"))
    duty, officer = Duty(form.get("tugas", "")), form.get("petugas", "")
    repeats = min(int(form.get("hari", "1")), _REPEATS_AT_MOST)
    shifts = []
    for ahead in range(repeats):
        first = day + timedelta(days=ahead)
        last = first if ends > begins else first + timedelta(days=1)  # over midnight
        shifts.append(Shift(duty, officer, datetime.combine(first, begins, zone), datetime.combine(last, ends, zone)))
    return shifts


def _monday(visit: Visit) -> date:
    told = str(visit.form.get("minggu") or visit.request.query_params.get("minggu") or "")
    try:
        day = date.fromisoformat(told)
        return day - timedelta(days=day.weekday())
    except (ValueError, OverflowError):
        today = visit.desk.store.now().astimezone(visit.desk.config.duty.calendar.zone).date()
        return today - timedelta(days=today.weekday())


def _midnight(visit: Visit, day: date) -> datetime:
    return datetime.combine(day, time(0), visit.desk.config.duty.calendar.zone)


def _back(visit: Visit, kabar: str) -> Response[Any]:
    return visit.go(f"/jadwal?minggu={_monday(visit)}&kabar={kabar}")
