"""What the review board taught, for the trainers: invented sentences with the level that they should have had."""

from typing import Any

from litestar import Response

from damping.console.visit import Visit
from damping.store import review
from damping.store.officers import Role


async def page(visit: Visit) -> Response[Any]:
    """The list."""
    found = await visit.run(review.lessons, visit.desk.store, visit.viewer)
    trains = visit.officer.role is Role.PELATIH
    return await visit.page("pelajaran.html", lessons=found, trains=trains, kabar=visit.request.query_params.get("kabar", ""))


async def used(visit: Visit) -> Response[Any]:
    """A trainer has taken one into the examples."""
    await visit.run(review.mark_used, visit.desk.store, visit.viewer, visit.request.path_params["lesson"])
    return visit.go("/pelajaran?kabar=pelajaran_dipakai")
