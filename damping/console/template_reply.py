"""A neutral text for a person whose WhatsApp window has closed; who may send one, and when, the store decides."""

from typing import Any

from litestar import Response

from damping.console.conversation import done, reached
from damping.console.visit import Visit
from damping.store import templates
from damping.store.holders import NotTheHolder
from damping.store.templates import NotNow, Unsafe

_CONFLICT, _WRONG = 409, 422


async def send(visit: Visit) -> Response[Any]:
    """Send the chosen one."""
    conversation = await reached(visit)
    chosen = next((one for one in visit.desk.config.templates if one.name == visit.form.get("templat")), None)
    if chosen is None:
        return await done(visit, "templat_salah", _WRONG)
    try:
        await visit.run(templates.send, visit.desk.store, conversation, visit.officer.officer, chosen)
    except NotTheHolder:
        return await done(visit, "bukan_pemegang", _CONFLICT)
    except Unsafe:
        return await done(visit, "templat_tidak_aman", _CONFLICT)
    except NotNow:
        return await done(visit, "templat_tidak_perlu", _CONFLICT)
    return await done(visit, "templat_dikirim")
