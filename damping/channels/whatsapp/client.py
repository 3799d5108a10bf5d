"""Sending through Meta's Cloud API.

The office relies on it that a message which may have left is called `unknown`, never tried again blindly: Meta knows
no idempotency key. It must never follow a redirect, read a proxy from the environment, or log a number or a word.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog

from damping.casework.clock import Clock, SystemClock
from damping.casework.ids import OutboxId
from damping.casework.message import Body, Identity
from damping.casework.sending import Mishap, NotSent
from damping.channels.whatsapp.config import WhatsAppConfig
from damping.channels.whatsapp.errors import not_sent
from damping.channels.whatsapp.reading import as_dict, as_id, as_list
from damping.channels.whatsapp.render import Unsendable, render

WINDOW = timedelta(hours=24)  # for free text, from the person's last message
_WINDOW_CLOSED = 131047
_LIMITS = httpx.Timeout(connect=5, write=10, read=15, pool=5)
_ANSWER_AT_MOST = 200_000  # bytes
# Nothing was written yet: trying again cannot double a message.
_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)

_log = structlog.get_logger()


class CloudApiSender:
    """One number's way out: `damping.casework.sending.Sender` for WhatsApp."""

    def __init__(self, config: WhatsAppConfig, clock: Clock | None = None, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`transport`: only for tests and the double."""
        self._config = config
        self._clock = clock or SystemClock()
        self._client = httpx.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            timeout=_LIMITS,
            transport=transport,
            headers={"Authorization": f"Bearer {config.access_token}", "User-Agent": "damping"},
        )

    async def send(self, outbox: OutboxId, identities: Sequence[Identity], body: Body, last_person_at: datetime | None) -> str:
        """Send one message; Meta's id of it. Raises `NotSent`."""
        closed = last_person_at is None or self._clock.now() - last_person_at > WINDOW
        if closed and not body.template:
            raise NotSent(Mishap.WINDOW, _WINDOW_CLOSED)
        try:
            message = render(outbox, identities, body, self._config.list_label, self._config.languages)
        except Unsendable as reason:
            raise NotSent(Mishap.REFUSED) from reason
        answer = await self._post(message)
        sent = as_dict((as_list(answer.get("messages")) or [None])[0])
        provider_id = as_id(sent.get("id"))
        if not provider_id:
            raise NotSent(Mishap.UNKNOWN)
        return provider_id

    async def mark_read(self, message_id: str, *, typing: bool = True) -> bool:
        """Two blue ticks, and 'is typing' until a reply or 25 s. Best effort: False where Meta did not take it."""
        told: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
        if typing:
            told["typing_indicator"] = {"type": "text"}
        try:
            await self._post(told)
        except NotSent as mishap:
            _log.info("not_marked_read", mishap=mishap.mishap.value, code=mishap.code)
            return False
        return True

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _post(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            response = await self._client.post(self._config.messages_url, json=message)
        except _NOT_WRITTEN as trouble:
            raise NotSent(Mishap.RETRY) from trouble
        except httpx.LocalProtocolError as trouble:  # a token that is no header value
            raise NotSent(Mishap.CHANNEL) from trouble
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as trouble:  # written, or in part: only a status can tell
            raise NotSent(Mishap.UNKNOWN) from trouble
        answer = _decoded(response.content)
        if response.status_code != httpx.codes.OK or "error" in answer:
            raise not_sent(response.status_code, answer)
        return answer


def _decoded(content: bytes) -> dict[str, Any]:
    if len(content) > _ANSWER_AT_MOST:
        return {}
    try:
        return as_dict(json.loads(content))
    except (ValueError, RecursionError):
        return {}
