"""The partner API: `/partner/v1`, described in `/partner/v1/openapi.json` and docs/partner.md.

The office relies on it that a partner reaches only its own people's threads, gets only what was said to that very person,
and is thanked only for what is stored. No address here gives out what a person wrote or what the office keeps of a case.
"""

import math
import re
from collections.abc import Callable
from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException, ValidationException
from litestar.handlers import BaseRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import FromPath, JSONBody, QueryParameter

from damping.casework.message import Body, Channel, Inbound, Kind
from damping.channels.intake import Intake
from damping.channels.partner.problems import REFUSALS, Problem, on_any, on_http, on_invalid, on_problem, on_too_deep
from damping.channels.partner.rates import Rates
from damping.channels.partner.replies import reply
from damping.channels.partner.shapes import CodeAsked, Opened, Opening, Place, Replies, ReportStanding, Stored, Written
from damping.channels.text import clean
from damping.store import partner_threads, partners
from damping.store.partners import Scope

PATH = "/partner/v1"
BODY_AT_MOST = 128 * 1024
_PAGE_AT_MOST = 100
_THREAD = re.compile(r"[0-9a-f]{32}")
_NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_Asked = Request[Any, Any, Any]
_Cursor = Annotated[int, QueryParameter(ge=0, le=2**62, description="`cursor` of the answer before; 0 at first")]
_Limit = Annotated[int, QueryParameter(ge=1, le=_PAGE_AT_MOST, description="replies at most")]

OPENAPI = OpenAPIConfig(
    title="Damping: partner API",
    version="1",
    description="Bring people from another app to the office's assistant and officers. See docs/partner.md.",
    path=PATH,
    render_plugins=[JsonRenderPlugin()],
    components=Components(security_schemes={"key": SecurityScheme(type="http", scheme="bearer")}),
)

_OPENING = REFUSALS | {200: ResponseSpec(Opened, generate_examples=False, description="This reference was opened before.")}


def router(intake: Intake, rates: Rates | None = None) -> Router:
    """All addresses under `/partner/v1`."""
    door = _Door(intake, rates or Rates())

    async def admit(
        request: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
    ) -> None:  # copied with the routes: holds nothing
        await door.admit(request, handler)

    @post("/conversations", status_code=201, summary="Open a conversation", scope=Scope.WRITE, responses=_OPENING)
    async def open_conversation(request: _Asked, data: JSONBody[Opening]) -> Response[Opened]:
        thread = await door.run(partner_threads.open_thread, intake.store, _partner(request), data.reference)
        opened = Opened(thread.id, thread.code, thread.opened_at)
        return Response(opened, status_code=201 if thread.fresh else 200, headers=_NO_STORE)

    @post(
        "/conversations/{conversation:str}/messages",
        status_code=202,
        summary="Bring a message of the person",
        scope=Scope.WRITE,
        responses=REFUSALS,
    )
    async def bring_message(request: _Asked, conversation: FromPath[str], data: JSONBody[Written]) -> Response[Stored]:
        await door.enter(request, conversation)
        return await door.keep(conversation, data.id, *await door.said(conversation, data))

    @post(
        "/conversations/{conversation:str}/location",
        status_code=202,
        summary="Hand over where the person is, with consent",
        scope=Scope.WRITE,
        responses=REFUSALS,
    )
    async def bring_place(request: _Asked, conversation: FromPath[str], data: JSONBody[Place]) -> Response[Stored]:
        await door.enter(request, conversation)
        if not data.consent:
            raise Problem(422, "no_consent", "a place is taken only where the person agreed to hand it over")
        place = {"latitude": data.latitude, "longitude": data.longitude}
        return await door.keep(conversation, data.id, Kind.LOCATION, Body(place=place, media={"type": "location"}))

    @get("/conversations/{conversation:str}/replies", summary="Fetch replies for the person", scope=Scope.READ, responses=REFUSALS)
    async def fetch_replies(request: _Asked, conversation: FromPath[str], after: _Cursor = 0, limit: _Limit = 50) -> Response[Replies]:
        await door.enter(request, conversation)
        found = await door.run(partner_threads.fetch, intake.store, conversation, after, limit)
        return Response(Replies([reply(letter) for letter in found], found[-1].number if found else after), headers=_NO_STORE)

    @post("/reports/status", status_code=200, summary="How a report stands, by the person's code", scope=Scope.STATUS, responses=REFUSALS)
    async def ask_status(request: _Asked, data: JSONBody[CodeAsked]) -> Response[ReportStanding]:
        found = await door.run(partner_threads.standing, intake.store, _partner(request), data.code)
        if found is None:
            raise Problem(404, "unknown_code", "no report of this app has this code")
        return Response(ReportStanding(found.value), headers=_NO_STORE)

    return Router(
        PATH,
        route_handlers=[open_conversation, bring_message, bring_place, fetch_replies, ask_status],
        exception_handlers={
            Problem: on_problem,
            ValidationException: on_invalid,
            HTTPException: on_http,
            RecursionError: on_too_deep,
            Exception: on_any,
        },
        request_max_body_size=BODY_AT_MOST,
        guards=[admit],
        security=[{"key": []}],
        tags=["partner"],
    )


def _partner(request: _Asked) -> str:
    partner: str = request.state.partner
    return partner


class _Door:
    """Who may come in, and what is kept."""

    def __init__(self, intake: Intake, rates: Rates) -> None:
        self._intake = intake
        self._rates = rates

    async def admit(self, request: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        """Before anything of a request is read: whom it speaks for. Raises `Problem`."""
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        access = await self.run(partners.admit, self._intake.store, key) if kind.lower() == "bearer" else None
        if access is None:
            raise Problem(401, "key", "the key is missing, unknown or no longer valid", {"WWW-Authenticate": "Bearer"})
        wait_s = self._rates.wait_s(access.partner, access.per_minute)
        if wait_s:
            raise Problem(429, "too_many", "too many requests; send it again later", {"Retry-After": str(math.ceil(wait_s))})
        scope: Scope = handler.opt["scope"]
        if scope not in access.scopes:
            raise Problem(403, "scope", f"this key lacks the scope '{scope}'")
        request.state.partner = access.partner

    async def enter(self, request: _Asked, conversation: str) -> None:
        """One conversation: another partner's and none are alike. Raises `Problem`."""
        shaped = _THREAD.fullmatch(conversation) is not None
        if not shaped or not await self.run(partner_threads.is_of, self._intake.store, _partner(request), conversation):
            raise Problem(404, "unknown_conversation", "no conversation of this partner has this id")

    async def said(self, conversation: str, written: Written) -> tuple[Kind, Body]:
        """What a message says. Raises `Problem`."""
        if not written.choice:
            text = clean(written.text)
            if not text:
                raise Problem(422, "empty", "a message needs words or a choice")
            return Kind.TEXT, Body(text=text)
        offered = await self.run(partner_threads.offered, self._intake.store, conversation, written.choice)
        if offered is None:
            raise Problem(409, "not_offered", "this choice was not shown to the person lately")
        title = clean(offered.title)
        known = written.choice in self._intake.buttons
        return (Kind.BUTTON, Body(text=title, button=written.choice)) if known else (Kind.TEXT, Body(text=title))

    async def keep(self, conversation: str, own: str, kind: Kind, body: Body) -> Response[Stored]:
        """Store once, then thank."""
        store = self._intake.store
        sent_at = int(store.now().timestamp())
        names = (partner_threads.name_of(conversation),)
        await self._intake.keep([Inbound(Channel.PARTNER, f"{conversation}:{own}", names, kind, body, sent_at)])
        return Response(Stored(own), status_code=202, headers=_NO_STORE)

    async def run[**P, R](self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Off the event loop."""
        return await self._intake.store.database.run(act, *args, **kwargs)
