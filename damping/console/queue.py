"""The first page: who waits, most urgent first."""

import re
from typing import Any

from litestar import Response

from damping.console import filters
from damping.console.visit import HTML, Visit

_OPEN_ON_THE_PAGE = re.compile(r"/percakapan/([0-9a-f]{32})")


async def home(visit: Visit) -> Response[Any]:
    """The queue for officers on duty; a word of explanation for other roles."""
    if not visit.on_duty:
        return await visit.page("bukan_petugas.html")
    kabar = visit.request.query_params.get("kabar", "")
    return await visit.page("meja.html", opened=None, lihat="antrean", kabar=kabar, **await column(visit))


async def column(visit: Visit) -> dict[str, Any]:
    """The queue as it stands at the left of every page of the desk, filtered as the address says."""
    snapshot, wanted = await visit.desk.shared.now(visit.viewer), filters.asked(visit.request.query_params)
    return {
        "queue": filters.sift(snapshot, wanted, visit.viewer),
        "labels_on": snapshot.on,
        "labels": snapshot.labels,
        "places": filters.places(snapshot),
        "wanted": wanted,
    }


async def rows(visit: Visit) -> Response[Any]:
    """The queue alone, for a page that is open already; drawn once for all officers who see the same."""
    snapshot, wanted, viewer = await visit.desk.shared.shared(visit.viewer), filters.asked(visit.request.query_params), visit.viewer
    queue = filters.sift(snapshot, wanted, viewer)
    personal = viewer.officer if wanted.pemegang == filters.MINE or any(row.holder == viewer.officer for row in queue.rows) else ""
    told = {"queue": queue, "labels_on": snapshot.on, "wanted": wanted, "terbuka": ""}
    text = snapshot.draw((personal, wanted.query), lambda: visit.drawn("antrean.html", **told))
    shown = _OPEN_ON_THE_PAGE.search(visit.request.headers.get("hx-current-url", ""))
    if shown:
        row = f'data-buka="{shown.group(1)}"'
        text = text.replace(row, f'{row} aria-current="true"', 1)
    return Response(text, media_type=HTML)
