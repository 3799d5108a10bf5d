"""Sending through Twilio.

The office relies on it that a message which may have left is called `unknown`, never tried again blindly: Twilio knows
no idempotency key for messages. It must never follow a redirect, read a proxy from the environment, or log a number or a word.
"""

import json
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog

from damping.casework.clock import Clock, SystemClock
from damping.casework.ids import OutboxId
from damping.casework.message import Body, Identity
from damping.casework.sending import Mishap, NotSent
from damping.channels.twilio import render
from damping.channels.twilio.config import TwilioConfig
from damping.channels.twilio.errors import not_sent
from damping.channels.twilio.render import Unsendable
from damping.channels.whatsapp.reading import as_dict, as_id, as_list, as_text

WINDOW = timedelta(hours=24)  # for free text, from the person's last message
_WINDOW_CLOSED = 63016
_LIMITS = httpx.Timeout(connect=5, write=10, read=15, pool=5)
_ANSWER_AT_MOST = 2_000_000  # bytes; a page of contents is long
_REMEMBERED = 1_000
# Nothing was written yet: trying again cannot double a message.
_NOT_WRITTEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)

_log = structlog.get_logger()


class TwilioSender:
    """One number's way out: `damping.casework.sending.Sender` for WhatsApp by Twilio."""

    def __init__(self, config: TwilioConfig, clock: Clock | None = None, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`transport`: only for tests and the double."""
        self._config = config
        self._clock = clock or SystemClock()
        self._contents: dict[int, str] = {}  # number of choices -> Twilio's id
        self._gone: OrderedDict[str, int] = OrderedDict()  # parts of a long message that left before the rest was refused
        self._client = httpx.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            timeout=_LIMITS,
            transport=transport,
            auth=(config.account_sid, config.auth_token),
            headers={"User-Agent": "damping"},
        )

    async def send(self, outbox: OutboxId, identities: Sequence[Identity], body: Body, last_person_at: datetime | None) -> str:
        """Send one message; Twilio's id of it. Raises `NotSent`."""
        if last_person_at is None or self._clock.now() - last_person_at > WINDOW:
            raise NotSent(Mishap.WINDOW, _WINDOW_CLOSED)
        try:
            to, texts = render.recipient(identities), render.parts(body)
        except Unsendable as reason:
            raise NotSent(Mishap.REFUSED) from reason
        if render.fits_choices(body):
            sent = await self._with_choices(outbox, to, body)
            if sent:
                return sent
        return await self._as_text(outbox, to, texts)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _with_choices(self, outbox: OutboxId, to: str, body: Body) -> str:
        """By content; '' where Twilio refuses that way before anything left, so that the words can go as plain text."""
        content = await self._content(len(render.usable(body)))
        if not content:
            return ""
        try:
            return await self._message(outbox, to, {"ContentSid": content, "ContentVariables": render.variables(body)})
        except NotSent as refused:
            if refused.mishap is not Mishap.REFUSED:
                raise
            _log.warning("choices_refused", where="twilio", code=refused.code)
            return ""

    async def _as_text(self, outbox: OutboxId, to: str, texts: list[str]) -> str:
        gone = self._gone.pop(outbox, 0)
        for number, text in enumerate(texts[gone:-1], gone):
            try:
                await self._message(None, to, {"Body": text})
            except NotSent as trouble:
                self._remember(outbox, number if trouble.mishap is not Mishap.UNKNOWN else number + 1)
                raise
        try:
            return await self._message(outbox, to, {"Body": texts[-1]})
        except NotSent:
            self._remember(outbox, len(texts) - 1)
            raise

    def _remember(self, outbox: str, gone: int) -> None:
        self._gone[outbox] = gone
        if len(self._gone) > _REMEMBERED:
            self._gone.popitem(last=False)

    async def _message(self, outbox: OutboxId | None, to: str, content: dict[str, str]) -> str:
        fields = {"From": self._config.sender, "To": to, **content}
        if outbox is not None:
            fields["StatusCallback"] = f"{self._config.status_url}?pesan={outbox}"
        answer = await self._asked("POST", f"{self._config.account_url}/Messages.json", data=fields)
        sid = as_id(answer.get("sid"))
        if not sid:
            raise NotSent(Mishap.UNKNOWN)
        return sid

    async def _content(self, count: int) -> str:
        """The content with this many choices: known, found at Twilio, or laid down now; '' where none can be had."""
        if count not in self._contents:
            wanted = render.content(count, self._config.list_label)
            try:
                listed = await self._asked("GET", f"{self._config.content_url}/v1/Content", params={"PageSize": "500"})
                known = {
                    as_text(as_dict(one).get("friendly_name")): as_id(as_dict(one).get("sid")) for one in as_list(listed.get("contents"))
                }
                found = known.get(wanted["friendly_name"], "")
                if not found:
                    found = as_id((await self._asked("POST", f"{self._config.content_url}/v1/Content", json=wanted)).get("sid"))
            except NotSent as trouble:
                _log.warning("content_missing", where="twilio", mishap=trouble.mishap.value, code=trouble.code)
                return ""
            if not found:
                return ""
            self._contents[count] = found
        return self._contents[count]

    async def _asked(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        try:
            response = await self._client.request(method, url, **more)
        except _NOT_WRITTEN as trouble:
            raise NotSent(Mishap.RETRY) from trouble
        except httpx.LocalProtocolError as trouble:
            raise NotSent(Mishap.CHANNEL) from trouble
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as trouble:  # written, or in part: only a status can tell
            raise NotSent(Mishap.UNKNOWN) from trouble
        answer = _decoded(response.content)
        if not response.is_success:
            raise not_sent(response.status_code, answer)
        return answer


def _decoded(raw: bytes) -> dict[str, Any]:
    if len(raw) > _ANSWER_AT_MOST:
        return {}
    try:
        return as_dict(json.loads(raw))
    except (ValueError, RecursionError):
        return {}
