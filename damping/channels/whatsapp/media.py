"""Fetching a file from Meta: an id (valid seven days) gives an address (five minutes), the address gives the bytes.

The office relies on it that our token goes to Meta's own machines only, that a file is what Meta's signed delivery said it
is, and that a huge one is refused before it fills memory.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from damping.casework.files import NotFetched, Refused, Why
from damping.channels.whatsapp.config import WhatsAppConfig
from damping.channels.whatsapp.reading import as_dict, as_id, as_int, as_text

_LIMITS = httpx.Timeout(connect=5, write=10, read=30, pool=5)
_METAS = (".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net")
_NO_SUCH = (33, 100, 131009)  # the id is no file, or no longer
_ANSWER_AT_MOST = 200_000  # bytes


class CloudApiFetcher:
    """`damping.casework.files.Fetcher` for one number at Meta."""

    def __init__(self, config: WhatsAppConfig, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`transport`: only for tests and the double."""
        self._config = config
        headers = {"Authorization": f"Bearer {config.access_token}", "User-Agent": "damping"}
        self._client = httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=_LIMITS, transport=transport, headers=headers)

    async def fetch(self, told: Mapping[str, Any], at_most: int, /) -> bytes:
        """The bytes of the file that a delivery told of. Raises `NotFetched`, `Refused`."""
        media = as_id(told.get("id"))
        if not media:
            raise NotFetched(Why.GONE)
        try:
            try:
                content = await self._bytes(await self._address(media, at_most), at_most)
            except _Expired:  # the address was older than five minutes, or never good
                content = await self._bytes(await self._address(media, at_most), at_most)
        except (_Expired, httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as trouble:
            raise NotFetched from trouble
        if not _is_the_one(content, as_text(told.get("sha256"))):
            raise NotFetched
        return content

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _address(self, media: str, at_most: int) -> str:
        if "/" in media or "?" in media or "." in media:  # one part of an address, never another address
            raise NotFetched(Why.GONE)
        url = f"{self._config.base_url}/{self._config.api_version}/{media}"
        answer = await self._client.get(url, params={"phone_number_id": self._config.phone_number_id})
        told = _decoded(answer.content)
        if answer.status_code != httpx.codes.OK:
            code = as_int(as_dict(told.get("error")).get("code"))
            raise NotFetched(Why.GONE if code in _NO_SUCH else None, code or answer.status_code)
        if as_int(told.get("file_size")) > at_most:
            raise Refused(Why.LARGE)
        address = as_text(told.get("url"))
        if not self._is_metas(address):
            raise NotFetched
        return address

    async def _bytes(self, address: str, at_most: int) -> bytes:
        content = bytearray()
        async with self._client.stream("GET", address) as answer:
            if answer.status_code in (httpx.codes.NOT_FOUND, httpx.codes.GONE, httpx.codes.FORBIDDEN):
                raise _Expired
            if answer.status_code != httpx.codes.OK:
                raise NotFetched(code=answer.status_code)
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > at_most:
                    raise Refused(Why.LARGE)
        return bytes(content)

    def _is_metas(self, address: str) -> bool:
        """Our token is shown to nobody else."""
        found, ours = urlsplit(address), urlsplit(self._config.base_url)
        if (found.scheme, found.netloc) == (ours.scheme, ours.netloc):
            return True
        host = found.hostname or ""
        return found.scheme == "https" and not found.username and found.port in (None, 443) and host.endswith(_METAS)


class _Expired(Exception):
    """The address does not lead to the file."""


def _is_the_one(content: bytes, told: str) -> bool:
    """Meta tells the hash in base64; nothing told is nothing to compare."""
    digest = hashlib.sha256(content)
    return not told or told in (b64encode(digest.digest()).decode(), digest.hexdigest())


def _decoded(content: bytes) -> dict[str, Any]:
    if len(content) > _ANSWER_AT_MOST:
        return {}
    try:
        return as_dict(json.loads(content))
    except (ValueError, RecursionError):
        return {}
