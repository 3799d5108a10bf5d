"""Every route has a door, and one function lets people through all of them: nothing is reached past it.

door     | who comes in                                            | others
OPEN     | anybody                                                 |
SECOND   | whose password fitted, second factor to come            | sent to sign in; who is in already: to the desk
ENROL    | who must get a second factor first, or FRESH            | sent to sign in, or to show again who they are
FRESH    | an officer who has just shown who they are              | sent to sign in, or to show it again
LISTEN   | an officer, also one whose session sleeps               | sent to sign in
SIGNED   | an officer                                              | sent to sign in; asleep: to the lock
DUTY     | petugas and supervisor                                  | as above; another role: 'not found'
LEAD     | supervisor                                              | as above; another role: 'not found'
ACCOUNTS | supervisor and admin                                    | as above; another role: 'not found'
LESSONS  | supervisor and pelatih                                  | as above; another role: 'not found'
TRAINER  | pelatih                                                 | as above; another role: 'not found'
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
from damping.store.officer_sessions import SignedIn, Stage
from damping.store.officers import Role
from rules.account_rights import MANAGERS


class Door(StrEnum):
    """Who may come in."""

    OPEN = "open"
    SECOND = "second"
    ENROL = "enrol"
    FRESH = "fresh"
    LISTEN = "listen"
    SIGNED = "signed"
    DUTY = "duty"
    LEAD = "lead"
    ACCOUNTS = "accounts"
    LESSONS = "lessons"
    TRAINER = "trainer"


_ROLES: dict[Door, frozenset[str]] = {
    Door.DUTY: frozenset(ON_DUTY),
    Door.LEAD: frozenset({Role.SUPERVISOR}),
    Door.ACCOUNTS: MANAGERS,
    Door.LESSONS: frozenset({Role.SUPERVISOR, Role.PELATIH}),
    Door.TRAINER: frozenset({Role.PELATIH}),
}
LOCK = "/masuk/terkunci"
SECOND_STEP = "/masuk/langkah-kedua"
ENROLMENT = "/masuk/pasang"


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
    told = desk.live.told
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
    return await route.handler(Visit(desk, request, signed, guarding.csrf_token(secret), form, told))


async def _who(desk: Desk, session: str, *, touch: bool) -> SignedIn | None:
    if not session:
        return None
    store = desk.store
    return await store.database.run(officer_sessions.look, store, session, desk.config.limits, touch=touch)


def _must_fit(door: Door, signed: SignedIn | None) -> None:
    if door is Door.OPEN:
        return
    if signed is None:
        raise Absent
    if signed.stage is not Stage.FULL:
        fits = {Stage.PASSWORD: Door.SECOND, Stage.ENROL: Door.ENROL}[signed.stage]
        if door is not fits:
            raise Absent(SECOND_STEP if signed.stage is Stage.PASSWORD else ENROLMENT)
        return
    if door is Door.SECOND:
        raise Absent("/")
    if signed.asleep and door is not Door.LISTEN:
        raise Absent(LOCK, locked=True)
    if door in (Door.ENROL, Door.FRESH) and not signed.fresh:
        raise Absent(LOCK)
    if door in _ROLES and signed.role not in _ROLES[door]:
        raise NotFound
