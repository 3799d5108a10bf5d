"""The desk's app, built from the route table alone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import quote

import structlog
from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from sqlalchemy.exc import OperationalError

from damping.casework.fixed import FixedTexts
from damping.console import doors, drill, headers, stream
from damping.console.annex import Annex
from damping.console.config import ConsoleConfig
from damping.console.doors import LOCK, Route
from damping.console.guarding import AnyRequest, Refused
from damping.console.pages import Pages
from damping.console.routes import ROUTES
from damping.console.strip import Strip
from damping.console.visit import HTML, Absent, Desk
from damping.store.context import Store
from damping.store.desk import NotFound
from damping.store.live import Live

log = structlog.get_logger()
_BODY_AT_MOST = 64_000


def create_app(
    config: ConsoleConfig,
    store: Store,
    live: Live,
    texts: FixedTexts,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    annexes: tuple[Annex, ...] = (),
) -> Litestar:
    """`live` is started and stopped with the app; `pause` waits out the delay of a guessed password."""
    desk = Desk(config, store, live, texts, Pages(*(annex.package for annex in annexes)), Strip(store), pause)
    table = (*ROUTES, *(route for annex in annexes for route in annex.routes))

    @contextlib.asynccontextmanager
    async def watching(_app: Litestar) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(live.run()), asyncio.create_task(drill.listen(desk))]
        yield
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return Litestar(
        [_handler(desk, route) for route in table],
        lifespan=[watching],
        before_send=[headers.secured(config.development)],
        exception_handlers=_answers(desk),
        request_max_body_size=_BODY_AT_MOST,
        openapi_config=None,
        logging_config=None,
        debug=False,
    )


def _handler(desk: Desk, route: Route) -> HTTPRouteHandler:
    async def enter(request: Request[Any, Any, Any]) -> Response[Any]:
        return await doors.enter(desk, route, request)

    return HTTPRouteHandler(route.path, http_method=[route.method], name=f"{route.method} {route.path}", status_code=200)(enter)


def _answers(desk: Desk) -> dict[int | type[Exception], Callable[[AnyRequest, Any], Response[Any]]]:
    """
    what went wrong          | status | what the officer reads
    nobody signed in, asleep |    303 | the sign-in page, or the next step of a sign-in
    missing or forbidden     |    404 | there is nothing here for you
    not from our page        |    403 | the page was open too long
    the database is busy     |    503 | nothing was changed, try again
    anything else            |    500 | nothing more is known; what to do
    """

    def absent(request: AnyRequest, wrong: Absent) -> Response[Any]:
        return _to_sign_in(desk, request, wrong)

    def http(request: AnyRequest, wrong: HTTPException) -> Response[Any]:
        told = {404: "tidak_ada", 405: "tidak_ada", 413: "terlalu_besar"}.get(wrong.status_code, "salah")
        return _error(desk, request, wrong.status_code if wrong.status_code != 405 else 404, told)

    def broken(request: AnyRequest, wrong: Exception) -> Response[Any]:
        log.error("desk_error", error=type(wrong).__name__, route=request.route_handler.name)
        return _error(desk, request, 500, "rusak")

    return {
        Absent: absent,
        NotFound: lambda request, _: _error(desk, request, 404, "tidak_ada"),
        Refused: lambda request, _: _error(desk, request, 403, "halaman_lama"),
        OperationalError: lambda request, _: _error(desk, request, 503, "sibuk"),
        HTTPException: http,
        Exception: broken,
    }


def _to_sign_in(desk: Desk, request: AnyRequest, absent: Absent) -> Response[Any]:
    if "text/event-stream" in request.headers.get("accept", ""):
        return stream.ended()
    if "hx-request" in request.headers:
        text = desk.pages.render("kabar.html", kabar="sesi_berakhir")
        # the page locks itself at this sign: what asked may be gone from it by then, so nothing is put anywhere
        sign = {"HX-Trigger": "kunci" if absent.locked else "selesai", "HX-Reswap": "none"}
        return Response(text, status_code=401, media_type=HTML, headers=sign)
    entrance = absent.where in ("/masuk", LOCK)
    onward = f"?lanjut={quote(request.url.path)}" if entrance and request.method == "GET" and request.url.path != "/" else ""
    return Response("", status_code=303, media_type=HTML, headers={"Location": f"{absent.where}{onward}"})


def _error(desk: Desk, request: AnyRequest, status: int, told: str) -> Response[Any]:
    if "hx-request" in request.headers:
        text = desk.pages.render("kabar.html", kabar=told)
        return Response(text, status_code=status, media_type=HTML, headers={"HX-Retarget": "#kabar", "HX-Reswap": "innerHTML"})
    return Response(desk.pages.render("galat.html", galat=told), status_code=status, media_type=HTML)
