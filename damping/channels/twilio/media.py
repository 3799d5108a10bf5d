"""A file that a person sent, fetched from Twilio by the account's own address.

The office relies on it that nothing is fetched but this account's media, that the account's password goes to Twilio alone, and
that a file too large is left before it is read.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from damping.casework.files import NotFetched, Refused, Why
from damping.channels.twilio.config import TwilioConfig
from damping.channels.whatsapp.reading import as_text

_ID = re.compile(r"[A-Z]{2}[0-9a-f]{32}/[A-Z]{2}[0-9a-f]{32}")
_KEPT_AT = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")  # where Twilio sends one on to
_LIMITS = httpx.Timeout(connect=5, write=10, read=30, pool=5)


class TwilioFetcher:
    """`damping.casework.files.Fetcher` for WhatsApp by Twilio."""

    def __init__(self, config: TwilioConfig, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`transport`: only for tests."""
        self._config = config
        self._client = httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=_LIMITS, transport=transport)

    async def fetch(self, told: Mapping[str, Any], at_most: int) -> bytes:
        """The file's bytes. Raises `NotFetched`, and `Refused` for one above `at_most` bytes."""
        name = as_text(told.get("id"))
        if not _ID.fullmatch(name):
            raise NotFetched(Why.GONE)
        message, _, media = name.partition("/")
        url = f"{self._config.account_url}/Messages/{message}/Media/{media}"
        try:
            found = await self._get(url, at_most, (self._config.account_sid, self._config.auth_token))
            return found if isinstance(found, bytes) else await self._sent_on(found, at_most)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as trouble:
            raise NotFetched from trouble

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _sent_on(self, url: str, at_most: int) -> bytes:
        host = urlsplit(url)
        if host.scheme != "https" or not (host.hostname or "").endswith(_KEPT_AT):
            raise NotFetched(code=302)
        found = await self._get(url, at_most, None)
        if not isinstance(found, bytes):
            raise NotFetched(code=302)
        return found

    async def _get(self, url: str, at_most: int, auth: tuple[str, str] | None) -> bytes | str:
        """The bytes, or the address that one is sent on to."""
        async with self._client.stream("GET", url, auth=auth) as answer:
            if answer.has_redirect_location:
                return answer.headers["location"]
            if answer.status_code in (404, 410):
                raise NotFetched(Why.GONE, answer.status_code)
            if not answer.is_success:
                raise NotFetched(code=answer.status_code)
            kept = bytearray()
            async for part in answer.aiter_bytes():
                kept += part
                if len(kept) > at_most:
                    raise Refused(Why.LARGE)
            return bytes(kept)
