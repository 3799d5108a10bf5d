"""Twilio's door: messages and statuses.

The office relies on it that a delivery is thanked only after everything in it is stored, and that an unsigned one
leaves no row. It must never log a word, a name or a number.
"""

from typing import Any

import structlog
from litestar import Request, Response, Router, post
from litestar.enums import MediaType
from litestar.exceptions import HTTPException

from damping.channels.intake import Intake
from damping.channels.twilio import parse
from damping.channels.twilio.config import TwilioConfig
from damping.channels.twilio.form import SIGNATURE_HEADER, SIGNATURE_SETTINGS_HEADER, Form, Unreadable, is_genuine, read
from damping.store import outbox

BODY_AT_MOST = 256 * 1024  # a WhatsApp text of 65,536 signs, each as nine letters, does not come by Twilio: it stops at 1,600
_log = structlog.get_logger()
_NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def router(config: TwilioConfig, intake: Intake) -> Router:
    """The webhook and the status callback under `config.webhook_path`."""

    @post("/", status_code=200, media_type=MediaType.XML)
    async def deliver(request: Request[Any, Any, Any]) -> Response[str]:
        """Twilio brings a message."""
        form = await _form(request, config, config.message_url)
        return form if isinstance(form, Response) else await _message(form, intake)

    @post("/status", status_code=200, media_type=MediaType.XML)
    async def told(request: Request[Any, Any, Any]) -> Response[str]:
        """Twilio tells how far a message of ours has come."""
        form = await _form(request, config, config.status_url)
        return form if isinstance(form, Response) else await _status(form, request.query_params.get("pesan", ""), intake)

    return Router(config.webhook_path, route_handlers=[deliver, told], include_in_schema=False, request_max_body_size=BODY_AT_MOST)


async def _form(request: Request[Any, Any, Any], config: TwilioConfig, url: str) -> Form | Response[str]:
    """The genuine form, or the refusal."""
    try:
        raw = await request.body()
        form = read(raw)
    except HTTPException as refused:
        return _answer(refused.status_code)
    except Unreadable:
        return _answer(400)
    query = request.scope["query_string"].decode("ascii", "replace")
    signed = f"{url}?{query}" if query else url
    headers = request.headers
    if not is_genuine(config.auth_token, signed, form, headers.get(SIGNATURE_HEADER), headers.get(SIGNATURE_SETTINGS_HEADER)):
        return _answer(403)
    return form


async def _message(form: Form, intake: Intake) -> Response[str]:
    found = parse.messages(form, int(intake.store.now().timestamp()), intake.buttons)
    if not found:
        _log.warning("delivery_fault", where="twilio", kind="not_whatsapp")
        return _answer(400)  # Twilio's console shows it to whoever set up the number
    try:
        await intake.keep(found)
    except Exception as error:  # noqa: BLE001  outermost loop: nothing is thanked that is not stored
        _log.error("delivery_not_stored", where="twilio", error=type(error).__name__, count=len(found))
        return _answer(503)
    return _answer(200)


async def _status(form: Form, ours: str, intake: Intake) -> Response[str]:
    found = parse.status(form, ours)
    if found is None:
        return _answer(200)
    try:
        await intake.store.database.run(outbox.apply_statuses, intake.store, [found])
    except Exception as error:  # noqa: BLE001  outermost loop: Twilio sees that it was not taken
        _log.error("status_not_stored", where="twilio", error=type(error).__name__)
        return _answer(503)
    return _answer(200)


def _answer(status: int) -> Response[str]:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return Response(_NOTHING_TO_SAY if status == 200 else "", status_code=status, media_type=MediaType.XML, headers=headers)
