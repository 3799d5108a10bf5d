"""Meta's door: verification of the address, and deliveries.

The office relies on it that a delivery is thanked only after everything in it is stored, and that an unsigned one
leaves no row. It must never log a word, a name or a number.
"""

import hmac
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from litestar import Request, Response, Router, get, post
from litestar.background_tasks import BackgroundTask
from litestar.enums import MediaType
from litestar.exceptions import HTTPException

from damping.casework.message import Channel
from damping.channels.intake import Intake
from damping.channels.whatsapp.config import WhatsAppConfig
from damping.channels.whatsapp.parse import Batch, Unreadable, parse
from damping.channels.whatsapp.signature import HEADER, is_genuine
from damping.store import echoes, identities, outbox

BODY_AT_MOST = 3 * 1024 * 1024  # Meta's batches of up to 1,000 updates
_CHALLENGE = re.compile(r"[\x21-\x7e]{1,200}")
_log = structlog.get_logger()

AfterStored = Callable[[Sequence[str]], Awaitable[None]]


def router(config: WhatsAppConfig, intake: Intake, after_stored: AfterStored | None = None) -> Router:
    """The webhook under `config.webhook_path`.

    `after_stored` is called, once Meta has its 200, with the ids of the last message of each writer of a delivery
    that brought something new: for read marks.
    """

    @get("/", media_type=MediaType.TEXT, sync_to_thread=False)
    def verify(request: Request[Any, Any, Any]) -> Response[str]:
        """Meta asks whether this address is ours."""
        asked = request.query_params
        challenge = asked.get("hub.challenge", "")
        token = asked.get("hub.verify_token", "")
        ours = hmac.compare_digest(config.verify_token.encode(), token.encode("utf-8", "replace"))
        if asked.get("hub.mode") != "subscribe" or not ours or not _CHALLENGE.fullmatch(challenge):
            return _answer(403)
        return _answer(200, challenge)

    @post("/", status_code=200, media_type=MediaType.TEXT)
    async def deliver(request: Request[Any, Any, Any]) -> Response[str]:
        """Meta brings messages and statuses."""
        try:
            raw = await request.body()
        except HTTPException as refused:
            return _answer(refused.status_code)
        if not is_genuine(config.app_secret, raw, request.headers.get(HEADER)):
            return _answer(403)
        try:
            batch = parse(raw, int(intake.store.now().timestamp()), intake.buttons)
        except Unreadable:
            _log.error("delivery_unreadable", where="whatsapp", count=len(raw))
            return _answer(400)
        return await _stored(batch, intake, after_stored)

    return Router(config.webhook_path, route_handlers=[verify, deliver], include_in_schema=False, request_max_body_size=BODY_AT_MOST)


async def _stored(batch: Batch, intake: Intake, after_stored: AfterStored | None) -> Response[str]:
    for fault in batch.faults:
        _log.warning("delivery_fault", kind=fault.kind, code=fault.code)
    try:
        new = await intake.keep(batch.messages)
        await intake.store.database.run(_apply, intake, batch)
    except Exception as error:  # noqa: BLE001  outermost loop: Meta brings it again, nothing is thanked that is not stored
        _log.error("delivery_not_stored", where="whatsapp", error=type(error).__name__, count=len(batch.messages))
        return _answer(503)
    if not new or after_stored is None:
        return _answer(200)
    latest = {message.identities[0]: message.external_id for message in batch.messages}
    return _answer(200, background=BackgroundTask(after_stored, list(latest.values())))


def _apply(intake: Intake, batch: Batch) -> None:
    for change in batch.renamed:
        identities.rename(intake.store, Channel.WHATSAPP, change.external_id, change.before, change.after)
    for names in batch.new_phones:
        identities.doubt(intake.store, Channel.WHATSAPP, names)
    if batch.echoes:
        echoes.keep(intake.store, batch.echoes)
    if batch.statuses:
        outbox.apply_statuses(intake.store, batch.statuses)


def _answer(status: int, text: str = "", background: BackgroundTask | None = None) -> Response[str]:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return Response(text, status_code=status, media_type=MediaType.TEXT, headers=headers, background=background)
