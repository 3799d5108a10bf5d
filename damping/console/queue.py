"""The first page: who waits, most urgent first."""

import re
from typing import Any

from litestar import Response

from damping.console.visit import Visit
from damping.store import desk

_OPEN_ON_THE_PAGE = re.compile(r"/percakapan/([0-9a-f]{32})")


async def home(visit: Visit) -> Response[Any]:
    """The queue for officers on duty; a word of explanation for other roles."""
    if not visit.on_duty:
        return await visit.page("bukan_petugas.html")
    queue = await visit.run(desk.queue, visit.desk.store, visit.viewer)
    return await visit.page("meja.html", queue=queue, opened=None, lihat="antrean", kabar=visit.request.query_params.get("kabar", ""))


async def rows(visit: Visit) -> Response[Any]:
    """The queue alone, for a page that is open already."""
    queue = await visit.run(desk.queue, visit.desk.store, visit.viewer)
    shown = _OPEN_ON_THE_PAGE.search(visit.request.headers.get("hx-current-url", ""))
    return visit.piece("antrean.html", queue=queue, terbuka=shown.group(1) if shown else "")
