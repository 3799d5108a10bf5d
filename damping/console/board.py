"""The supervisors' board: what happens now, how long people waited, and the same figures as a file."""

import csv
import io
from datetime import timedelta
from typing import Any

from litestar import Response

from damping.console.charts import bars, hours
from damping.console.visit import Visit
from damping.store import board, service_times
from damping.store.service_times import Figures
from rules.small_cells import hidden

_DAYS = (1, 7, 30, 90)
_FILE_AT_MOST_DAYS = 366
_LEFT_OUT = ("kurang", "", "", "")


async def page(visit: Visit) -> Response[Any]:
    """The whole board."""
    return await visit.page("papan.html", **await _told(visit))


async def piece(visit: Visit) -> Response[Any]:
    """The board again, for a page that is open."""
    return visit.piece("papan_isi.html", strip=await visit.desk.strip.now(), **await _told(visit))


async def as_csv(visit: Visit) -> Response[Any]:
    """The figures of the period by level and by hour; what is about fewer than five people is left out."""
    days, now = _days(visit, _FILE_AT_MOST_DAYS), visit.desk.store.now()
    found = await visit.run(service_times.waits, visit.desk.store, visit.viewer, now - timedelta(days=days), now, taken_out=True)
    report = service_times.report(found, visit.desk.config.duty.calendar.zone)
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(("menurut", "nilai", "orang", "median_menit", "sembilan_dari_sepuluh_menit", "tepat_waktu_persen"))
    by_level = [(level.value, figures) for level, figures in report.by_level]
    by_hour = [(f"{hour:02d}", figures) for hour, figures in enumerate(report.by_hour)]
    for name, rows in (("tingkat", by_level), ("jam_mulai", by_hour)):
        left_out = hidden([figures.judged for _, figures in rows])
        for (value, figures), away in zip(rows, left_out, strict=True):
            table.writerow((name, value, *(_LEFT_OUT if away else _cells(figures))))
    headers = {"Content-Disposition": f'attachment; filename="waktu-tunggu-{days}-hari.csv"'}
    return Response(written.getvalue(), media_type="text/csv", headers=headers)


def _cells(figures: Figures) -> tuple[object, ...]:
    minutes = ("" if seconds is None else f"{seconds / 60:.1f}" for seconds in (figures.median, figures.p90))
    return (figures.judged, *minutes, "" if figures.share is None else round(figures.share * 100))


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
