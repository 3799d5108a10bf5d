"""Setting up a second factor: an authenticator app or a passkey. Always one's own, never by an id from outside.

A new account must have one before it opens anything; an account that has one may add more after showing who asks.
The first one brings ten recovery codes, shown once.
"""

from typing import Any
from urllib.parse import quote

import segno
from litestar import Response

from damping.console import doors, passkeys, proving
from damping.console.device import device_of
from damping.console.signing import whole
from damping.console.visit import Visit
from damping.store import factors, officer_sessions, officers
from damping.store.factors import CredentialTaken
from damping.store.officer_sessions import Stage

_NAME_AT_MOST = 40
_JSON = "application/json"
_SECRET_STEP = 4


async def page(visit: Visit) -> Response[Any]:
    """Both ways, with the square to scan where an app is being set up."""
    return await _page(visit, 200, "")


async def begin_app(visit: Visit) -> Response[Any]:
    """A fresh secret for an app."""
    await visit.run(factors.begin_totp, visit.desk.store, visit.officer.officer)
    return visit.go(doors.ENROLMENT)


async def confirm_app(visit: Visit) -> Response[Any]:
    """The first code of the app."""
    store, officer = visit.desk.store, visit.officer.officer
    good = await visit.run(factors.confirm_totp, store, officer, visit.form.get("kode", "")[:20], _name(visit))
    return await _added(visit, "totp") if good else await _page(visit, 422, "kode_salah")


async def challenge(visit: Visit) -> Response[Any]:
    """What a new passkey shall sign."""
    store, officer = visit.desk.store, visit.officer.officer
    here = passkeys.site(visit.desk.config, visit.request)
    if here is None:
        return Response("{}", status_code=409, media_type=_JSON)
    known, login = await visit.run(factors.passkeys, store, officer), await visit.run(officers.login_of, store, officer)
    return Response(passkeys.to_make(here, await proving.challenge(visit), officer, login, known), status_code=200, media_type=_JSON)


async def confirm_passkey(visit: Visit) -> Response[Any]:
    """The new passkey."""
    store = visit.desk.store
    here = passkeys.site(visit.desk.config, visit.request)
    asked = await visit.run(officer_sessions.take_challenge, store, visit.token)
    made = passkeys.made(here, asked, visit.form.get("jawaban", "")) if here and asked else None
    if made is None:
        return await _page(visit, 422, "kunci_gagal")
    try:
        await visit.run(factors.add_passkey, store, visit.officer.officer, made.credential, made.public_key, made.count, _name(visit))
    except CredentialTaken:
        return await _page(visit, 422, "kunci_terpakai")
    return await _added(visit, "passkey")


async def _added(visit: Visit, kind: str) -> Response[Any]:
    officer = visit.officer
    if officer.stage is Stage.FULL:
        return visit.go("/saya?kabar=faktor_ditambah")
    cookies = await whole(visit, officer.officer, kind)
    if cookies is None:
        return visit.go("/masuk")
    codes = await visit.run(factors.make_codes, visit.desk.store, officer.officer)
    return await visit.page("kode_pemulihan.html", 200, cookies, codes=codes, baru=True)


async def _page(visit: Visit, status: int, told: str) -> Response[Any]:
    store, officer = visit.desk.store, visit.officer
    secret = await visit.run(factors.pending_totp, store, officer.officer)
    login = await visit.run(officers.login_of, store, officer.officer)
    return await visit.page(
        "pasang.html",
        status,
        kabar=told,
        wajib=officer.stage is Stage.ENROL,
        rahasia=_grouped(secret) if secret else "",
        kotak=_square(secret, login) if secret else None,
        bisa_kunci=passkeys.site(visit.desk.config, visit.request) is not None,
        perangkat=device_of(visit.request.headers.get("user-agent", "")),
    )


def _square(secret: str, login: str) -> dict[str, object]:
    """A picture that an app scans: its width in modules, and its dark ones as an SVG path. The secret is sent to nobody."""
    code = segno.make(f"otpauth://totp/Damping:{quote(login)}?secret={secret}&issuer=Damping", error="m")
    rows = list(code.matrix_iter(border=4))
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return {"lebar": len(rows), "gelap": dark}


def _grouped(secret: str) -> str:
    return " ".join(secret[at : at + _SECRET_STEP] for at in range(0, len(secret), _SECRET_STEP))


def _name(visit: Visit) -> str:
    return visit.form.get("perangkat", "").strip()[:_NAME_AT_MOST] or device_of(visit.request.headers.get("user-agent", ""))
