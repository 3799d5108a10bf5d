"""Every route has a door, and one function lets people through all of them: nothing is reached past it.

door   | who comes in                         | others
OPEN   | anybody                              |
LISTEN | an officer, also one whose session sleeps | sent to sign in
SIGNED | an officer                           | sent to sign in
DUTY   | petugas and supervisor               | not signed in: sent to sign in; another role: 'not found'
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from litestar import Response

from damping.console import guarding
from damping.console.guarding import AnyRequest
from damping.console.visit import Absent, Desk, Visit
from damping.store import officer_sessions
from damping.store.desk import ON_DUTY, NotFound
from damping.store.officer_sessions import SignedIn


class Door(StrEnum):
    """Who may come in."""

    OPEN = "open"
    LISTEN = "listen"
    SIGNED = "signed"
    DUTY = "duty"


type Handler = Callable[[Visit], Awaitable[Response[Any]]]


@dataclass(frozen=True)
class Route:
    """One line of the table in `routes.py`. `by_itself`: pages ask for it unprompted, which is no sign of an officer."""

    method: Literal["GET", "POST"]
    path: str
    door: Door
    handler: Handler
    by_itself: bool = False


async def enter(desk: Desk, route: Route, request: AnyRequest) -> Response[Any]:
    """Let one request through its door. Raises `Absent`, `NotFound`, `Refused`."""
    session = guarding.cookie_of(desk.config, request, guarding.SESSION)
    prelude = guarding.cookie_of(desk.config, request, guarding.PRELUDE)
    signed = await _who(desk, session, touch=not route.by_itself and route.door is not Door.OPEN)
    _must_fit(route.door, signed)
    form: dict[str, str] = {}
    if request.method == "POST":
        form = await guarding.form_of(request)
        held = (session, prelude) if route.door is Door.OPEN else (session,)
        guarding.check_change(desk.config, request, form, held)
    secret = prelude if route.door is Door.OPEN else session
    return await route.handler(Visit(desk, request, signed, guarding.csrf_token(secret), form))


async def _who(desk: Desk, session: str, *, touch: bool) -> SignedIn | None:
    if not session:
        return None
    store = desk.store
    return await store.database.run(officer_sessions.look, store, session, desk.config.limits, touch=touch)


def _must_fit(door: Door, signed: SignedIn | None) -> None:
    if door is Door.OPEN:
        return
    if signed is None or (signed.asleep and door is not Door.LISTEN):
        raise Absent
    if door is Door.DUTY and signed.role not in ON_DUTY:
        raise NotFound
