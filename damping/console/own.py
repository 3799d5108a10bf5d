"""'Akun saya': one's own devices, second factors, recovery codes and password. Nobody else's, whatever id is asked for."""

import asyncio
from typing import Any

from litestar import Response

from damping.console.visit import Visit
from damping.store import factors, officer_sessions, officers
from damping.store.desk import NotFound
from damping.store.factors import LastFactor
from damping.store.officers import WeakPassword


async def page(visit: Visit) -> Response[Any]:
    """What one's account opens with, and where it is open now."""
    return await _page(visit, 200, visit.request.query_params.get("kabar", ""))


async def end_session(visit: Visit) -> Response[Any]:
    """Sign out one of one's own browsers."""
    handle = visit.request.path_params["session"]
    if not await visit.run(officer_sessions.end_one, visit.desk.store, visit.officer.officer, handle):
        raise NotFound
    return visit.go("/saya?kabar=perangkat_keluar")


async def end_others(visit: Visit) -> Response[Any]:
    """Sign out everywhere but here."""
    officer = visit.officer.officer
    await visit.run(officer_sessions.end_all, visit.desk.store, officer, officer, visit.token)
    return visit.go("/saya?kabar=perangkat_keluar")


async def remove_factor(visit: Visit) -> Response[Any]:
    """Take off a second factor; one stays."""
    try:
        found = await visit.run(factors.end, visit.desk.store, visit.officer.officer, visit.request.path_params["factor"])
    except LastFactor:
        return await _page(visit, 409, "faktor_terakhir")
    if not found:
        raise NotFound
    return visit.go("/saya?kabar=faktor_dilepas")


async def new_codes(visit: Visit) -> Response[Any]:
    """Ten fresh recovery codes; the earlier ones are void."""
    codes = await visit.run(factors.make_codes, visit.desk.store, visit.officer.officer)
    return await visit.page("kode_pemulihan.html", codes=codes, baru=False)


async def change_password(visit: Visit) -> Response[Any]:
    """A new password; every other browser is signed out."""
    store, officer = visit.desk.store, visit.officer.officer
    try:
        await asyncio.to_thread(officers.change_password, store, officer, visit.form.get("sandi", ""))
    except WeakPassword:
        return await _page(visit, 422, "WeakPassword")
    await visit.run(officer_sessions.end_all, store, officer, officer, visit.token)
    return visit.go("/saya?kabar=sandi_diganti")


async def _page(visit: Visit, status: int, told: str) -> Response[Any]:
    store, officer = visit.desk.store, visit.officer.officer
    return await visit.page(
        "saya.html",
        status,
        kabar=told,
        perangkat=await visit.run(officer_sessions.open_ones, store, officer, visit.desk.config.limits, visit.token),
        faktor=await visit.run(factors.kept, store, officer),
        sisa_kode=await visit.run(factors.codes_left, store, officer),
        paling_sedikit=officers.PASSWORD_AT_LEAST,
    )
