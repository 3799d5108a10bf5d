"""Breaking the glass: reading a conversation that is not before the team, with a reason; and the supervisor's look at it."""

from typing import Any

from litestar import Response

from damping.console.visit import Visit
from damping.store import glass
from damping.store.desk import NotFound

_REASON_AT_LEAST = 15
_REASON_AT_MOST = 1000
_SIGN_AT_MOST = 64


async def page(visit: Visit) -> Response[Any]:
    """The form."""
    return await visit.page("kaca.html", kabar="", kode="", alasan="")


async def break_it(visit: Visit) -> Response[Any]:
    """Open the conversation for an hour; the reason is kept."""
    sign, reason = visit.form.get("kode", "")[:_SIGN_AT_MOST], visit.form.get("alasan", "").strip()
    if not _REASON_AT_LEAST <= len(reason) <= _REASON_AT_MOST:
        return await visit.page("kaca.html", 422, kabar="alasan_pendek", kode=sign, alasan=reason)
    who = visit.officer
    conversation = await visit.run(glass.break_it, visit.desk.store, who.officer, who.role, sign, reason)
    if conversation is None:
        return await visit.page("kaca.html", 404, kabar="tidak_ada", kode=sign, alasan=reason)
    return visit.go(f"/percakapan/{conversation}")


async def review(visit: Visit) -> Response[Any]:
    """For the supervisor: who read what outside their right, and why."""
    return await visit.page("kaca_dibuka.html", kabar="", dibuka=await visit.run(glass.listed, visit.desk.store))


async def look_at(visit: Visit) -> Response[Any]:
    """The supervisor has looked at one."""
    if not await visit.run(glass.look_at, visit.desk.store, visit.officer.officer, visit.request.path_params["glass"]):
        raise NotFound
    return visit.go("/kaca/dibuka")
