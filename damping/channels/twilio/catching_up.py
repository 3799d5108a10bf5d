"""What Twilio took while nobody answered its webhook: asked for, and stored like any delivery.

Twilio by itself does not repeat a message. The office relies on it that a person's words are not lost when the gateway was down for
a while. A message that came by webhook too is known by its id and changes nothing.
"""

import asyncio
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import structlog
from sqlalchemy.exc import SQLAlchemyError

from damping.casework.message import Inbound
from damping.channels.intake import Intake
from damping.channels.twilio import parse
from damping.channels.twilio.config import TwilioConfig
from damping.channels.twilio.form import Form
from damping.channels.whatsapp.reading import as_dict, as_int, as_list, as_text

_EVERY_S = 120.0
_BACK = timedelta(minutes=30)
_BY_WEBHOOK = timedelta(minutes=2)  # a younger one may still come with its buttons and place
_PAGE = "200"
_log = structlog.get_logger()


class CatchUp:
    """Looks again and again, in one worker process or several."""

    def __init__(self, config: TwilioConfig, intake: Intake, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`transport`: only for tests."""
        self._config = config
        self._intake = intake
        auth = (config.account_sid, config.auth_token)
        self._client = httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=20, transport=transport, auth=auth)
        self._back = timedelta(days=1)  # at the start the machine may have been off for long

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                found = await self.look()
                self._back = _BACK
            except (httpx.HTTPError, SQLAlchemyError, ValueError) as trouble:
                _log.warning("not_caught_up", where="twilio", error=type(trouble).__name__)
                found = 0
            if found:
                _log.warning("caught_up", where="twilio", count=found)
            await asyncio.sleep(_EVERY_S)

    async def look(self) -> int:
        """Store what never came; how many conversations got something new."""
        now = self._intake.store.now()
        since = (now - self._back).strftime("%Y-%m-%dT%H:%M:%SZ")
        asked = {"To": self._config.sender, "DateSent>": since, "PageSize": _PAGE}
        answer = await self._ask("/Messages.json", asked)
        found: list[Inbound] = []
        for told in map(as_dict, as_list(answer.get("messages"))):
            sent = _sent_at(told)
            if told.get("direction") == "inbound" and sent is not None and now - sent > _BY_WEBHOOK:
                found += parse.messages(await self._form(told), int(sent.timestamp()), self._intake.buttons)
        found.sort(key=lambda one: one.sent_at)
        return len(await self._intake.keep(found))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _form(self, told: dict[str, Any]) -> Form:
        """As the webhook would have brought it, less what Twilio does not keep."""
        sid, count = as_text(told.get("sid")), as_int(told.get("num_media"))
        fields = {"MessageSid": sid, "From": as_text(told.get("from")), "Body": as_text(told.get("body")), "NumMedia": str(count)}
        if count:
            listed = as_list((await self._ask(f"/Messages/{sid}/Media.json", {})).get("media_list"))
            for number, one in enumerate(map(as_dict, listed)):
                fields[f"MediaUrl{number}"] = f"/Messages/{sid}/Media/{as_text(one.get('sid'))}"
                fields[f"MediaContentType{number}"] = as_text(one.get("content_type"))
        return Form({name: [value] for name, value in fields.items()})

    async def _ask(self, path: str, asked: dict[str, str]) -> dict[str, Any]:
        answer = await self._client.get(f"{self._config.account_url}{path}", params=asked)
        answer.raise_for_status()
        return as_dict(answer.json())


def _sent_at(told: dict[str, Any]) -> datetime | None:
    try:
        return parsedate_to_datetime(as_text(told.get("date_sent") or told.get("date_created")))
    except ValueError:
        return None
