"""In and out: the password with its growing delay, sign-out, and the one-time links that make or reopen an account.

The password alone opens nothing: it leads to the second step, or to setting one up.
"""

import asyncio
import re
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from damping.casework.ids import OfficerId
from damping.console import doors, guarding, proving
from damping.console.device import device_of
from damping.console.visit import Visit
from damping.store import factors, login_delay, officer_sessions, officers
from damping.store.desk import NotFound
from damping.store.officer_sessions import Stage
from damping.store.officers import AccountError, InvitationClosed, NewAccount

_OURS = re.compile(r"/(?:[a-z0-9-]+(?:/[a-z0-9-]+)*)?")
_TYPED_AT_MOST = 200


async def sign_in_page(visit: Visit) -> Response[Any]:
    """The form; an officer who is in already goes on to the desk."""
    onward = ours(visit.request.query_params.get("lanjut", "/"))
    return visit.go(onward) if visit.is_in else await _form(visit, 200, "", onward)


async def sign_in(visit: Visit) -> Response[Any]:
    """Look at a login and password, after the delay that earlier guesses earned; then the second step."""
    login, password = visit.form.get("nama", "")[:_TYPED_AT_MOST], visit.form.get("sandi", "")
    onward = ours(visit.form.get("lanjut", "/"))
    store = visit.desk.store
    lane = login_delay.lane(store, login, guarding.cookie_of(visit.desk.config, visit.request, guarding.DEVICE))
    try:
        officer, waited = await proving.guess(visit, lane, lambda: officers.verify(store, login, password))
    except proving.TooMany:
        return await _form(visit, 429, "masuk_ramai", onward)
    if officer is None:
        return await _form(visit, 401, "masuk_dijeda" if waited else "masuk_salah", onward)
    return await half_way(visit, officer, onward)


async def half_way(visit: Visit, officer: OfficerId, onward: str = "/") -> Response[Any]:
    """The password fits: a session that opens only the next step."""
    store, config = visit.desk.store, visit.desk.config
    known = await visit.run(factors.kept, store, officer)
    if not known:
        await visit.run(factors.begin_totp, store, officer)
    old = guarding.cookie_of(config, visit.request, guarding.SESSION)
    token = await visit.run(
        officer_sessions.begin,
        store,
        officer,
        old,
        stage=Stage.PASSWORD if known else Stage.ENROL,
        device=device_of(visit.request.headers.get("user-agent", "")),
    )
    where = f"{doors.SECOND_STEP}?lanjut={onward}" if known else doors.ENROLMENT
    return visit.go(where, (guarding.cookie(config, guarding.SESSION, token), guarding.cookie_gone(config, guarding.PRELUDE)))


async def whole(visit: Visit, officer: OfficerId, proved_by: str) -> tuple[Cookie, ...] | None:
    """The second factor fits: the cookies of a whole session; None where the half one is over."""
    store, config = visit.desk.store, visit.desk.config
    token = await visit.run(officer_sessions.complete, store, visit.token, proved_by)
    if token is None:
        return None
    sign = login_delay.sign(store, await visit.run(officers.login_of, store, officer))
    return (guarding.cookie(config, guarding.SESSION, token), guarding.cookie(config, guarding.DEVICE, sign))


async def sign_out(visit: Visit) -> Response[Any]:
    """End the session here and in the browser."""
    await visit.run(officer_sessions.end, visit.desk.store, visit.token, visit.officer.officer)
    return visit.go("/masuk", cookies=(guarding.cookie_gone(visit.desk.config, guarding.SESSION),))


async def still_here(_visit: Visit) -> Response[Any]:
    """The officer types or points: the door has counted it already."""
    return Response("", status_code=204)


async def invitation_page(visit: Visit) -> Response[Any]:
    """The form of an open invitation; 'not found' for any other."""
    return await _invitation_form(visit, "")


async def accept_invitation(visit: Visit) -> Response[Any]:
    """Make or reopen the account; its owner goes on to set up a second factor."""
    store, token, password = visit.desk.store, visit.request.path_params["token"], visit.form.get("sandi", "")
    account = NewAccount(
        login=visit.form.get("nama", "")[:_TYPED_AT_MOST], name=visit.form.get("panggilan", "")[:_TYPED_AT_MOST], password=password
    )
    try:
        back = (await visit.run(officers.look_at, store, token)).login
        act = (lambda: officers.come_back(store, token, password)) if back else (lambda: officers.accept(store, token, account))
        officer = await asyncio.to_thread(act)
    except InvitationClosed:
        raise NotFound from None
    except AccountError as refused:
        return await _invitation_form(visit, type(refused).__name__, 422)
    return await half_way(visit, officer)


def ours(path: str) -> str:
    """Only to pages of the desk itself."""
    return path if _OURS.fullmatch(path) else "/"


async def _form(visit: Visit, status: int, told: str, onward: str) -> Response[Any]:
    secret, cookies = _prelude(visit)
    typed = visit.form.get("nama", "")[:_TYPED_AT_MOST]
    return await visit.page("masuk.html", status, cookies, csrf=guarding.csrf_token(secret), kabar=told, lanjut=onward, nama=typed)


async def _invitation_form(visit: Visit, refused: str, status: int = 200) -> Response[Any]:
    token = visit.request.path_params["token"]
    try:
        invited = await visit.run(officers.look_at, visit.desk.store, token)
    except InvitationClosed:
        raise NotFound from None
    secret, cookies = _prelude(visit)
    return await visit.page(
        "undangan.html",
        status,
        cookies,
        csrf=guarding.csrf_token(secret),
        token=token,
        peran=invited.role.value,
        kembali=invited.login,
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
