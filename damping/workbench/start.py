"""The first page: what a trainer can do here, one door beside the other."""

from typing import Any

from litestar import Response

from damping.workbench.bench import Bench
from damping.workbench.guest import Guest


async def page(_bench: Bench, guest: Guest) -> Response[Any]:
    """The menu as cards."""
    return await guest.page("pelatih_mulai.html", kabar="")
