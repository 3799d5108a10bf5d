"""In and out: sign-in with a growing delay, sign-out, and the one-time invitation that makes an account."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from damping.casework.ids import OfficerId
from damping.console import guarding
from damping.console.visit import Desk, Visit
from damping.store import login_delay, officer_sessions, officers
from damping.store.desk import NotFound
from damping.store.officers import AccountError, InvitationClosed, NewAccount

_OURS = re.compile(r"/(?:percakapan/[0-9a-f]{32}|pesan-gagal)?")
_TYPED_AT_MOST = 200
_GUESSES_AT_ONCE = 5  # waiting at the same moment for one lane; more are sent away unread


class _TooMany(Exception):
    """Other guesses for this login are still waiting."""


async def sign_in_page(visit: Visit) -> Response[Any]:
    """The form; an officer who is in already goes on to the desk."""
    if visit.signed is not None and not visit.signed.asleep:
        return visit.go(_onward(visit.request.query_params.get("lanjut", "/")))
    return await _form(visit, 200, "", _onward(visit.request.query_params.get("lanjut", "/")))


async def sign_in(visit: Visit) -> Response[Any]:
    """Look at a login and password, after the delay that earlier guesses earned."""
    login, password = visit.form.get("nama", "")[:_TYPED_AT_MOST], visit.form.get("sandi", "")
    onward = _onward(visit.form.get("lanjut", "/"))
    store = visit.desk.store
    sign = guarding.cookie_of(visit.desk.config, visit.request, guarding.DEVICE)
    lane = login_delay.lane(store, login, sign)
    try:
        with _waiting(visit.desk, lane):
            wait = await visit.run(login_delay.count, store, lane)
            if wait:
                await visit.desk.pause(wait)
            officer = await asyncio.to_thread(officers.verify, store, login, password)
    except _TooMany:
        return await _form(visit, 429, "masuk_ramai", onward)
    if officer is None:
        return await _form(visit, 401, "masuk_dijeda" if wait else "masuk_salah", onward)
    await visit.run(login_delay.forget, store, lane)
    old = guarding.cookie_of(visit.desk.config, visit.request, guarding.SESSION)
    return await _welcome(visit, officer, login, onward, old)


async def sign_out(visit: Visit) -> Response[Any]:
    """End the session here and in the browser."""
    config = visit.desk.config
    token = guarding.cookie_of(config, visit.request, guarding.SESSION)
    await visit.run(officer_sessions.end, visit.desk.store, token, visit.officer.officer)
    return visit.go("/masuk", cookies=(guarding.cookie_gone(config, guarding.SESSION),))


async def still_here(_visit: Visit) -> Response[Any]:
    """The officer types or points: the door has counted it already."""
    return Response("", status_code=204)


async def invitation_page(visit: Visit) -> Response[Any]:
    """The form of an open invitation; 'not found' for any other."""
    return await _invitation_form(visit, "")


async def accept_invitation(visit: Visit) -> Response[Any]:
    """Make the account and let its owner in."""
    token = visit.request.path_params["token"]
    account = NewAccount(
        login=visit.form.get("nama", "")[:_TYPED_AT_MOST],
        name=visit.form.get("panggilan", "")[:_TYPED_AT_MOST],
        password=visit.form.get("sandi", ""),
    )
    try:
        officer = await asyncio.to_thread(officers.accept, visit.desk.store, token, account)
    except InvitationClosed:
        raise NotFound from None
    except AccountError as refused:
        return await _invitation_form(visit, type(refused).__name__, 422)
    return await _welcome(visit, officer, account.login, "/", "")


async def _welcome(visit: Visit, officer: OfficerId, login: str, onward: str, old: str) -> Response[Any]:
    desk = visit.desk
    token = await visit.run(officer_sessions.begin, desk.store, officer, old)
    cookies = (
        guarding.cookie(desk.config, guarding.SESSION, token),
        guarding.cookie(desk.config, guarding.DEVICE, login_delay.sign(desk.store, login)),
        guarding.cookie_gone(desk.config, guarding.PRELUDE),
    )
    return visit.go(onward, cookies)


async def _form(visit: Visit, status: int, told: str, onward: str) -> Response[Any]:
    """A locked desk gets the sentence only: its form is on the page already, and the drafts behind it must stay."""
    if visit.piecewise:
        return visit.piece("kabar.html", status, {"HX-Retarget": "#kabar-masuk", "HX-Reswap": "innerHTML"}, kabar=told)
    secret, cookies = _prelude(visit)
    typed = visit.form.get("nama", "")[:_TYPED_AT_MOST]
    return await visit.page("masuk.html", status, cookies, csrf=guarding.csrf_token(secret), kabar=told, lanjut=onward, nama=typed)


async def _invitation_form(visit: Visit, refused: str, status: int = 200) -> Response[Any]:
    token = visit.request.path_params["token"]
    try:
        role = await visit.run(officers.invited_as, visit.desk.store, token)
    except InvitationClosed:
        raise NotFound from None
    secret, cookies = _prelude(visit)
    return await visit.page(
        "undangan.html",
        status,
        cookies,
        csrf=guarding.csrf_token(secret),
        token=token,
        peran=role.value,
        kabar=refused,
        nama=visit.form.get("nama", "")[:_TYPED_AT_MOST],
        panggilan=visit.form.get("panggilan", "")[:_TYPED_AT_MOST],
        paling_sedikit=officers.PASSWORD_AT_LEAST,
    )


def _prelude(visit: Visit) -> tuple[str, tuple[Cookie, ...]]:
    """The secret that the form's token hangs on, and the cookie that keeps it."""
    config = visit.desk.config
    held = guarding.cookie_of(config, visit.request, guarding.PRELUDE)
    secret = held or guarding.fresh_secret()
    return secret, (() if held else (guarding.cookie(config, guarding.PRELUDE, secret),))


@contextmanager
def _waiting(desk: Desk, lane: bytes) -> Iterator[None]:
    if desk.guessing.get(lane, 0) >= _GUESSES_AT_ONCE:
        raise _TooMany
    desk.guessing[lane] = desk.guessing.get(lane, 0) + 1
    try:
        yield
    finally:
        desk.guessing[lane] -= 1
        if not desk.guessing[lane]:
            del desk.guessing[lane]


def _onward(path: str) -> str:
    """Only to pages of the desk itself."""
    return path if _OURS.fullmatch(path) else "/"
