"""The pages by which a person comes back, beside the transcript.

path     | what
/kode    | asks for a code, with a warning; POST: shows it, once
/kembali | a place to type it; POST: opens the conversation again
/riwayat | POST: shows what was said before

The office relies on it that wrong, old, used and unreadable codes are answered alike, and that guessing is slow.
"""

import asyncio
import ipaddress
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from litestar import Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from damping.channels.webchat import code_words
from damping.channels.webchat.config import WebchatConfig
from damping.channels.webchat.guard import Guard, new_token
from damping.channels.webchat.page import Pages, accepts_zip, data, redirect
from damping.store import returning
from damping.store.context import Store
from damping.store.returning import Fresh

_FROM_ONE_ADDRESS = 4  # codes that wait to be looked at
_FROM_ALL = 100
_TYPED_AT_MOST = 200
_log = structlog.get_logger()
_Asked = Request[Any, Any, Any]
_Answer = Response[Any]
Sleep = Callable[[float], Awaitable[None]]


@dataclass
class Beside:
    """What stands behind the addresses."""

    config: WebchatConfig
    store: Store
    pages: Pages
    sleep: Sleep = asyncio.sleep
    _waiting: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._guard = Guard(self.config, self.store)

    async def ask(self, request: _Asked) -> _Answer:
        """The warning before a code is shown."""
        token = self._guard.token(request)
        return self._code_page(request, token, can=await self._can(token))

    async def show(self, request: _Asked) -> _Answer:
        """A new code, this once."""
        if not self._guard.is_ours(request):
            return data({"galat": "asal"}, status=403)
        token, fields = self._guard.token(request), await _fields(request)
        if not self._guard.is_sealed(token, fields.get("segel", "")):
            return self._code_page(request, token, can=await self._can(token), trouble="segel", status=400)
        words = code_words.new_code()
        fresh = Fresh(code_words.key(words), self.config.codes_last)
        try:
            made = await self.store.database.run(returning.make, self.store, token, self.config.idle, fresh)
        except Exception as error:  # noqa: BLE001  a locked or full database: the page says so
            _log.error("code_not_made", where="webchat", error=type(error).__name__)
            return self._code_page(request, token, can=True, trouble="simpan", status=503)
        return self._code_page(request, token, words=words if made else ())

    async def door(self, request: _Asked) -> _Answer:
        """Where a code is typed."""
        return self._door(request, self._guard.token(request))

    async def come_back(self, request: _Asked) -> _Answer:
        """Open the conversation of a code; every refusal looks the same."""
        if not self._guard.is_ours(request):
            return data({"galat": "asal"}, status=403)
        token, fields = self._guard.token(request), await _fields(request)
        typed = fields.get("kode", "")[:_TYPED_AT_MOST]
        if not token:
            return self._door(request, "", typed, "kuki", 400)
        if not self._guard.is_sealed(token, fields.get("segel", "")):
            return self._door(request, token, typed, "segel", 400)
        try:
            trouble, status, fresh = await self._tried(_address(request), typed)
        except Exception as error:  # noqa: BLE001  a locked or full database: the page says so, the code stays in the box
            _log.error("code_not_read", where="webchat", error=type(error).__name__)
            trouble, status, fresh = "simpan", 503, ""
        if trouble:
            return self._door(request, token, typed, trouble, status)
        return redirect(self.config.path, cookies=[self._guard.cookie(fresh)])

    async def earlier(self, request: _Asked) -> _Answer:
        """What was said before; or the neutral question."""
        token, fields = self._guard.token(request), await _fields(request)
        if not self._guard.is_ours(request):
            return data({"galat": "asal"}, status=403)
        if self._guard.is_sealed(token, fields.get("segel", "")):
            await self.store.database.run(returning.show_earlier, self.store, token, self.config.idle, self.config.check)
        return redirect(self.config.path)

    async def _tried(self, address: str, typed: str) -> tuple[str, int, str]:
        """Trouble, status, and the cookie of the opened conversation."""
        if self._waiting[address] >= _FROM_ONE_ADDRESS or self._waiting.total() >= _FROM_ALL:
            return "ramai", 429, ""
        self._waiting[address] += 1
        try:
            run = self.store.database.run
            tried = await run(returning.count, self.store, address)
            if tried.wait_s:
                await self.sleep(tried.wait_s)
            fresh = new_token()
            if not await run(returning.redeem, self.store, code_words.read(typed), fresh):
                return "kode", 400, ""
            await run(returning.forgive, self.store, tried)
            return "", 303, fresh
        finally:
            self._waiting[address] -= 1
            self._waiting += Counter()  # drops what is zero

    async def _can(self, token: str) -> bool:
        return bool(token) and await self.store.database.run(returning.may_make, self.store, token, self.config.idle)

    def _code_page(
        self, request: _Asked, token: str, *, can: bool = False, words: tuple[str, ...] = (), trouble: str = "", status: int = 200
    ) -> _Answer:
        shown: dict[str, Any] = {"seal": self._guard.seal(token), "can": can, "words": words, "trouble": trouble}
        return self.pages.beside("kode", zipped=_zipped(request), status=status, **shown)

    def _door(self, request: _Asked, token: str, typed: str = "", trouble: str = "", status: int = 200) -> _Answer:
        held = token or new_token()
        cookies = [] if token else [self._guard.cookie(held)]
        shown: dict[str, Any] = {"seal": self._guard.seal(held), "typed": typed, "trouble": trouble}
        return self.pages.beside("kembali", zipped=_zipped(request), status=status, cookies=cookies, **shown)


def handlers(beside: Beside) -> list[HTTPRouteHandler]:
    """The addresses; none where the office gives no codes."""

    @get("/kode")
    async def ask(request: _Asked) -> _Answer:
        """The warning before a code is shown."""
        return await beside.ask(request)

    @post("/kode", status_code=200)
    async def show(request: _Asked) -> _Answer:
        """A new code, this once."""
        return await beside.show(request)

    @get("/kembali")
    async def door(request: _Asked) -> _Answer:
        """Where a code is typed."""
        return await beside.door(request)

    @post("/kembali", status_code=200)
    async def come_back(request: _Asked) -> _Answer:
        """Open the conversation of a code."""
        return await beside.come_back(request)

    @post("/riwayat", status_code=200)
    async def earlier(request: _Asked) -> _Answer:
        """What was said before."""
        return await beside.earlier(request)

    return [ask, show, door, come_back, earlier] if beside.config.codes_last else []


async def _fields(request: _Asked) -> dict[str, str]:
    """The form's texts; nothing of a form that cannot be read."""
    try:
        form = await request.form()
    except (HTTPException, ValueError, UnicodeError):
        return {}
    return {key: value for key, value in form.items() if isinstance(value, str)}


def _address(request: _Asked) -> str:
    """By what tries are counted: an IPv4 address, or the network of an IPv6 one."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(found) if found.version == 4 else str(ipaddress.ip_network(f"{found}/64", strict=False))


def _zipped(request: _Asked) -> bool:
    return accepts_zip(request.headers.get("accept-encoding", ""))
