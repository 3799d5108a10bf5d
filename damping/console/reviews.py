"""The review board: what the assistant did not hear and what was answered too late, until a supervisor has found out why."""

from typing import Any

from litestar import Response

from damping.console.visit import Visit
from damping.store import review
from damping.store.review import Finding, NoFinding, Verdict
from rules.levels import Level

_WRONG = 422


async def page(visit: Visit) -> Response[Any]:
    """The open tickets, or the closed ones."""
    return await _shown(visit, visit.request.query_params.get("kabar", ""))


async def close(visit: Visit) -> Response[Any]:
    """With a finding; a sentence for the trainers where there is one."""
    form = visit.form
    try:
        found = Finding(
            Verdict(form.get("putusan", "")),
            form.get("temuan", ""),
            form.get("contoh", ""),
            Level(form.get("tingkat") or Level.MERAH.value),
        )
        await visit.run(review.close, visit.desk.store, visit.viewer, visit.request.path_params["ticket"], found)
    except (NoFinding, ValueError):
        return await _shown(visit, "temuan_kosong", _WRONG)
    return visit.go("/tinjauan?kabar=tinjauan_selesai")


async def _shown(visit: Visit, kabar: str, status: int = 200) -> Response[Any]:
    closed = visit.request.query_params.get("selesai") == "1"
    tickets = await visit.run(review.tickets, visit.desk.store, visit.viewer, closed=closed)
    verdicts = [verdict.value for verdict in Verdict]
    return await visit.page("tinjauan.html", status, tickets=tickets, closed=closed, verdicts=verdicts, typed=visit.form, kabar=kabar)
