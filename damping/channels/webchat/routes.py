"""The web chat's few addresses.

path      | what
/         | before the first use a short word on leaving; then the page; POST: a message from it
/baru     | new bubbles, for pages whose live line is broken
/alir     | the live line
/tetap    | a sign of life
/keluar   | the exit: ends the session, forgets, leads elsewhere
/petunjuk | advice on safe use, for everybody

The addresses for coming back by a code stand in `beside`, the one for files in `attaching`.

The office relies on it that the exit works as a plain link, that a page without a live session shows nothing earlier,
and that what could not be stored is never called sent.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from litestar import Request, Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException
from litestar.response import ServerSentEvent

from damping.channels.intake import Intake
from damping.channels.webchat import attaching, beside
from damping.channels.webchat.attaching import Attaching
from damping.channels.webchat.beside import Beside, Sleep
from damping.channels.webchat.bubbles import Bubble, bubble, news
from damping.channels.webchat.config import WebchatConfig
from damping.channels.webchat.guard import Guard, new_token
from damping.channels.webchat.pacing import Pace
from damping.channels.webchat.page import HEADERS, Pages, View, accepts_zip, data, redirect
from damping.channels.webchat.sending import Desk, Form, Trouble, number
from damping.channels.webchat.stream import Lines, Watch
from damping.store import websessions
from damping.store.live import Live
from damping.store.websessions import Standing, Transcript

_BODY_AT_MOST = 128 * 1024
_WAITS_FOR = timedelta(seconds=40)  # how long a page without script asks by itself for the answer
_RETRY_MS = 3000
_log = structlog.get_logger()
_Asked = Request[Any, Any, Any]
_Answer = Response[Any]


def router(config: WebchatConfig, intake: Intake, live: Live, pace: Pace | None = None, sleep: Sleep = asyncio.sleep) -> Router:
    """The page under `config.path`; `live` must run in this process. `sleep`: how guesses of codes are slowed down."""
    chat = _Chat(config, intake, live, pace or Pace())

    @get("/")
    async def page(request: _Asked) -> _Answer:
        """The page; a cookie that is over is exchanged."""
        return await chat.page(request)

    @post("/", status_code=200)
    async def send(request: _Asked) -> _Answer:
        """A message, from the form or from the script."""
        return await chat.send(request)

    @get("/baru")
    async def poll(request: _Asked) -> _Answer:
        """New bubbles as JSON; 410 without a live session."""
        return await chat.poll(request)

    @get("/alir")
    async def line(request: _Asked) -> _Answer:
        """The live line; 204 tells the browser not to come back."""
        return await chat.line(request)

    @post("/tetap", status_code=200)
    async def stay(request: _Asked) -> _Answer:
        """The person is still there."""
        return await chat.stay(request)

    @get("/keluar")
    async def leave(request: _Asked) -> _Answer:
        """The exit."""
        return await chat.leave(request)

    @get("/petunjuk")
    async def advice(request: _Asked) -> _Answer:
        """Advice on safe use; nobody needs a session for it."""
        return chat.advice(request)

    handlers = [page, send, poll, line, stay, leave, advice, *beside.handlers(Beside(config, intake.store, chat.pages, sleep))]
    handlers += attaching.handlers(Attaching(config, intake.store, chat.pages))
    return Router(config.path, route_handlers=handlers, include_in_schema=False, request_max_body_size=_BODY_AT_MOST)


class _Chat:
    """What stands behind the addresses."""

    def __init__(self, config: WebchatConfig, intake: Intake, live: Live, pace: Pace) -> None:
        self._config = config
        self._store = intake.store
        self._live = live
        self._guard = Guard(config, intake.store)
        self.pages = Pages(config)
        self._desk = Desk(config, intake, pace)
        self._lines = Lines()

    async def page(self, request: _Asked) -> _Answer:
        token = self._guard.token(request)
        if token and "mulai" in request.query_params:
            return redirect(self._config.path)  # one address only in the browser's history
        try:
            if token and await self._touched(token) is not Standing.OVER:
                return await self._shown(request, token)
        except Exception as error:  # noqa: BLE001  the numbers and the box are there even where nothing can be read
            _log.error("page_not_read", where="webchat", error=type(error).__name__)
            return self._page(request, View(self._guard.seal(token), status=503, trouble="baca"))
        if token:  # over: nothing earlier is shown
            return await self._shown(request, new_token(), fresh=True)
        return self._before(request)

    def _before(self, request: _Asked) -> _Answer:
        """The first visit. Whoever went on from there and brings no cookie back has a browser that refuses it."""
        token = new_token()
        cookies = [self._guard.cookie(token)]
        if "mulai" in request.query_params:
            return self._page(request, View(self._guard.seal(token), trouble=Trouble.COOKIE, cookies=cookies))
        return self.pages.beside("sebelum", zipped=_zipped(request), cookies=cookies)

    def advice(self, request: _Asked) -> _Answer:
        return self.pages.beside("petunjuk", zipped=_zipped(request))

    async def send(self, request: _Asked) -> _Answer:
        try:
            fields = await request.form()
        except (HTTPException, ValueError, UnicodeError):
            return data({"galat": "badan"}, status=413)
        form = Form.read({key: value for key, value in fields.items() if isinstance(value, str)})
        if not self._guard.is_ours(request):
            return data({"galat": "asal"}, status=403)
        token = self._guard.token(request)
        if not token:
            return await self._failed(request, new_token(), form, Trouble.COOKIE, fresh=True)
        if not self._guard.is_sealed(token, form.seal):
            return await self._failed(request, token, form, Trouble.SEAL)
        return await self._take(request, token, form)

    async def _take(self, request: _Asked, token: str, form: Form) -> _Answer:
        cookies: list[Cookie] = []
        trouble: Trouble | None
        try:
            if not await self._run(websessions.open_for_writing, self._store, token, self._config.idle):
                token = new_token()  # over: nothing earlier is shown, and these words begin anew
                cookies = [self._guard.cookie(token)]
                await self._run(websessions.open_for_writing, self._store, token, self._config.idle)
        except Exception:  # noqa: BLE001  a locked or full database: the words go back into the box
            trouble = Trouble.STORE
        else:
            trouble = await self._desk.take(token, form)
        if trouble is not None:
            return await self._failed(request, token, form, trouble, fresh=bool(cookies))
        if not _by_script(request):
            return redirect(self._config.path, cookies=cookies)
        if cookies:
            return data({"ulang": True, "pesan": []}, cookies=cookies)
        return data(news(await self._run(websessions.transcript, self._store, token, form.known)))

    async def poll(self, request: _Asked) -> _Answer:
        token = self._guard.token(request)
        if not token or await self._standing(token) is not Standing.LIVE:
            return data({}, status=410)
        found = await self._run(websessions.transcript, self._store, token, _since(request))
        return data(news(found), zipped=_zipped(request))

    async def line(self, request: _Asked) -> _Answer:
        token = self._guard.token(request)
        if not token or await self._standing(token) is not Standing.LIVE:
            return Response(None, status_code=204, headers=HEADERS)
        if not self._lines.has_room(websessions.name_of(self._store, token).value):
            return Response(None, status_code=204, headers=HEADERS)
        watch = Watch(self._store, self._live, token, self._config.idle, self._lines)
        headers = HEADERS | {"X-Accel-Buffering": "no"}
        return ServerSentEvent(watch.events(_since(request)), retry_duration=_RETRY_MS, headers=headers)

    async def stay(self, request: _Asked) -> _Answer:
        token = self._guard.token(request)
        fields = await request.form()
        if not self._guard.is_ours(request) or not self._guard.is_sealed(token, str(fields.get("segel", ""))):
            return data({"galat": "asal"}, status=403)
        live = await self._touched(token) is Standing.LIVE
        return Response(None, status_code=204 if live else 410, headers=HEADERS)

    async def leave(self, request: _Asked) -> _Answer:
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return redirect(self._config.exit_url)  # another site's link: leads out, ends nothing
        token = self._guard.token(request)
        if token:
            try:
                await self._run(websessions.end, self._store, token)
            except Exception as error:  # noqa: BLE001  the exit leads out whatever happens; the cookie goes in any case
                _log.error("session_not_ended", where="webchat", error=type(error).__name__)
        return redirect(self._config.exit_url, cookies=[self._guard.no_cookie()], clear=True)

    async def _shown(self, request: _Asked, token: str, *, fresh: bool = False) -> _Answer:
        found = Transcript() if fresh else await self._transcript(token)
        cookies = [self._guard.cookie(token)] if fresh else []
        shown = View(
            self._guard.seal(token),
            _bubbles(found),
            waiting=self._waits(found),
            begun=found.conversation is not None,
            earlier=found.earlier,
            disguised=found.disguised,
            cookies=cookies,
        )
        return self._page(request, shown)

    def _page(self, request: _Asked, view: View) -> _Answer:
        return self.pages.page(view, zipped=_zipped(request))

    async def _failed(self, request: _Asked, token: str, form: Form, trouble: Trouble, *, fresh: bool = False) -> _Answer:
        """The page again, with the words in the box and a sentence that says they were not sent."""
        status = 503 if trouble is Trouble.STORE else 400
        cookies = [self._guard.cookie(token)] if fresh else []
        seal = self._guard.seal(token)
        if _by_script(request):
            return data({"galat": trouble.value, "segel": seal}, status=status, cookies=cookies)
        try:
            live = not fresh and await self._standing(token) is Standing.LIVE
            found = await self._transcript(token) if live else Transcript()
        except Exception:  # noqa: BLE001  even the reading fails: the words matter more than the transcript
            found = Transcript()
        kept = form.number if trouble is Trouble.STORE else ""
        shown = View(seal, _bubbles(found), status, form.text, kept, trouble.value, disguised=found.disguised, cookies=cookies)
        return self._page(request, shown)

    async def _transcript(self, token: str) -> Transcript:
        return await self._run(websessions.transcript, self._store, token)

    def _waits(self, found: Transcript) -> bool:
        if not found.lines:
            return found.disguised
        return found.lines[-1].author == "person" and self._store.now() - found.lines[-1].at < _WAITS_FOR

    async def _touched(self, token: str) -> Standing:
        return await self._run(websessions.touch, self._store, token, self._config.idle)

    async def _standing(self, token: str) -> Standing:
        return await self._run(websessions.standing, self._store, token, self._config.idle)

    async def _run[**P, R](self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await self._store.database.run(act, *args, **kwargs)


def _bubbles(found: Transcript) -> list[Bubble]:
    return [bubble(line) for line in found.lines]


def _by_script(request: _Asked) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _zipped(request: _Asked) -> bool:
    return accepts_zip(request.headers.get("accept-encoding", ""))


def _since(request: _Asked) -> int:
    return number(str(request.headers.get("last-event-id") or request.query_params.get("sejak", "")))
