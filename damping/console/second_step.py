"""The second step of a sign-in, and the lock of a desk that nobody touched: a code, a passkey, or a recovery code.

A locked desk opens with the password too: its session was whole before. What was typed there stays on the page.
"""

from typing import Any

from litestar import Response

from damping.console import guarding, passkeys, proving
from damping.console.signing import ours, whole
from damping.console.visit import Visit
from damping.store import factors, officer_sessions
from damping.store.factors import Kind

_JSON = "application/json"


async def page(visit: Visit) -> Response[Any]:
    """Ask for the second factor."""
    return await _second(visit, 200, "", ours(visit.request.query_params.get("lanjut", "/")))


async def prove(visit: Visit) -> Response[Any]:
    """Look at a code or a passkey's signature; five wrong ones and the password is asked for again."""
    onward = ours(visit.form.get("lanjut", "/"))
    if not await visit.run(officer_sessions.attempt, visit.desk.store, visit.token):
        return visit.go("/masuk", (guarding.cookie_gone(visit.desk.config, guarding.SESSION),))
    try:
        proved_by, waited = await proving.second_factor(visit, visit.officer)
    except proving.TooMany:
        return await _second(visit, 429, "masuk_ramai", onward)
    if proved_by is None:
        return await _second(visit, 401, "kode_dijeda" if waited else "kode_salah", onward)
    cookies = await whole(visit, visit.officer.officer, proved_by)
    if cookies is None:
        return visit.go("/masuk")
    return visit.go("/saya?kabar=kode_terpakai" if proved_by == "recovery" else onward, cookies)


async def challenge(visit: Visit) -> Response[Any]:
    """What a passkey shall sign."""
    here = passkeys.site(visit.desk.config, visit.request)
    known = await visit.run(factors.passkeys, visit.desk.store, visit.officer.officer)
    if here is None or not known:
        return Response("{}", status_code=409, media_type=_JSON)
    return Response(passkeys.to_sign(here, await proving.challenge(visit), known), status_code=200, media_type=_JSON)


async def lock_page(visit: Visit) -> Response[Any]:
    """A locked desk, or a door that wants to see again who asks."""
    if visit.officer.asleep:
        return await _lock(visit, 200, "", ours(visit.request.query_params.get("lanjut", "/")))
    return await _lock(visit, 200, "", ours(visit.request.query_params.get("lanjut", "/saya")))


async def unlock(visit: Visit) -> Response[Any]:
    """Wake the session."""
    onward = ours(visit.form.get("lanjut", "/"))
    store, token = visit.desk.store, visit.token
    if not await visit.run(officer_sessions.attempt, store, token):
        gone = (guarding.cookie_gone(visit.desk.config, guarding.SESSION),)
        return visit.go("/masuk", gone)
    try:
        proved_by, waited = await proving.password_or_factor(visit, visit.officer)
    except proving.TooMany:
        return await _lock(visit, 429, "masuk_ramai", onward)
    if proved_by is None:
        return await _lock(visit, 401, "buka_dijeda" if waited else "buka_salah", onward)
    await visit.run(officer_sessions.wake, store, token, visit.officer.officer, proved_by)
    return visit.go(onward)


async def _second(visit: Visit, status: int, told: str, onward: str) -> Response[Any]:
    return await visit.page("langkah_kedua.html", status, kabar=told, lanjut=onward, **await _ways(visit))


async def _lock(visit: Visit, status: int, told: str, onward: str) -> Response[Any]:
    """A locked desk gets the sentence only: its form is on the page already, and the drafts behind it must stay."""
    if visit.piecewise:
        return visit.piece("kabar.html", status, {"HX-Retarget": "#kabar-masuk", "HX-Reswap": "innerHTML"}, kabar=told)
    return await visit.page("terkunci.html", status, kabar=told, lanjut=onward, **await _ways(visit))


async def _ways(visit: Visit) -> dict[str, Any]:
    known = {factor.kind for factor in await visit.run(factors.kept, visit.desk.store, visit.officer.officer)}
    here = passkeys.site(visit.desk.config, visit.request)
    return {"ada_aplikasi": Kind.TOTP in known, "ada_kunci": Kind.PASSKEY in known and here is not None}
