"""The hourly invented alarm as the desk hears it: the process by the fact, each open page by its script."""

import contextlib
from typing import Any

from litestar import Response
from sqlalchemy.exc import SQLAlchemyError

from damping.console.visit import Desk, Visit
from damping.store import drills

_PATIENCE_S = 60.0


async def listen(desk: Desk) -> None:
    """For as long as the process lives."""
    async with desk.live.listen() as listening:
        while True:
            fact = await listening.next(_PATIENCE_S)
            if fact is not None and fact.kind == drills.BEGUN:
                with contextlib.suppress(SQLAlchemyError):  # then the test says that the desk did not hear
                    await desk.store.database.run(drills.desk_heard, desk.store)


async def heard(visit: Visit) -> Response[Any]:
    """An open page heard it, with its sound on or off."""
    await visit.run(drills.page_heard, visit.desk.store, visit.officer.officer, loud=visit.form.get("suara") == "1")
    return Response("", status_code=204)
