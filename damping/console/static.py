"""Style sheets, scripts and icons: the same for everybody, kept by the browser for ever because their address changes."""

from typing import Any

from litestar import Response

from damping.console.visit import Visit
from damping.store.desk import NotFound


async def asset(visit: Visit) -> Response[Any]:
    """One file, by the digest of what is in it."""
    told = visit.request.path_params
    found = visit.desk.pages.assets.find(told["digest"], told["name"])
    if found is None:
        raise NotFound
    return Response(found.content, media_type=found.media_type, headers={"Cache-Control": "public, max-age=31536000, immutable"})
