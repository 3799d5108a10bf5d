"""The supervisors' board: what happens now, how long people waited, and the same figures as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

from litestar import Response

from damping.console.charts import bars, hours
from damping.console.visit import Visit
from damping.store import board, service_times

_DAYS = (1, 7, 30, 90)
_FILE_AT_MOST_DAYS = 366


async def page(visit: Visit) -> Response[Any]:
    """The whole board."""
    return await visit.page("papan.html", **await _told(visit))


async def piece(visit: Visit) -> Response[Any]:
    """The board again, for a page that is open."""
    return visit.piece("papan_isi.html", strip=await visit.desk.strip.now(), **await _told(visit))


async def as_csv(visit: Visit) -> Response[Any]:
    """Every wait of the period: times and levels, no conversation and no name."""
    days, now = _days(visit, _FILE_AT_MOST_DAYS), visit.desk.store.now()
    found = await visit.run(service_times.waits, visit.desk.store, visit.viewer, now - timedelta(days=days), now, taken_out=True)
    zone = visit.desk.config.duty.calendar.zone
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(("mulai_menunggu", "tingkat", "batas", "dijawab", "menit", "tepat_waktu"))
    for one in found:
        answered = one.answered_at.astimezone(zone).isoformat(timespec="seconds") if one.answered_at else ""
        minutes = f"{one.seconds / 60:.1f}" if one.seconds is not None else ""
        since, due = (at.astimezone(zone).isoformat(timespec="seconds") for at in (one.since, one.due_at))
        table.writerow((since, one.level.value, due, answered, minutes, "tidak" if one.late else "ya"))
    headers = {"Content-Disposition": 'attachment; filename="waktu-tunggu.csv"'}
    return Response(written.getvalue(), media_type="text/csv", headers=headers)


async def _told(visit: Visit) -> dict[str, Any]:
    store, now, rules = visit.desk.store, visit.desk.store.now(), visit.desk.config.duty
    days = _days(visit, _DAYS[-1])
    live = await visit.run(board.board, store, visit.viewer, rules)
    found = await visit.run(service_times.waits, store, visit.viewer, now - timedelta(days=days), now)
    report = service_times.report(found, rules.calendar.zone)
    return {
        "board": live,
        "report": report,
        "bars": bars(report, rules.times),
        "hours": hours(report),
        "days": days,
        "choices": _DAYS,
        "times": rules.times,
        "ways": [way.value for way in visit.desk.config.callers],
    }


def _days(visit: Visit, most: int) -> int:
    told = visit.request.query_params.get("hari", "")
    return min(max(1, int(told)), most) if told.isdecimal() and len(told) < 4 else 7
