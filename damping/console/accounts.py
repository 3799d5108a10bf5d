"""The accounts page of supervisors and admins: invite, roles, sign out, lock out after a lost phone, let back in."""

from typing import Any

from litestar import Response

from damping.casework.ids import OfficerId
from damping.console.visit import Visit
from damping.store import accounts
from damping.store.accounts import LastManager
from damping.store.desk import NotFound
from damping.store.officers import Role
from rules.account_rights import may_manage


async def page(visit: Visit) -> Response[Any]:
    """Everybody, and whoever is expected."""
    return await _page(visit, 200, visit.request.query_params.get("kabar", ""))


async def invite(visit: Visit) -> Response[Any]:
    """A one-time link for a colleague, shown once."""
    token = await visit.run(accounts.invite, visit.desk.store, visit.viewer, _role(visit))
    return await _page(visit, 200, "", tautan=_link(visit, token), untuk="")


async def withdraw(visit: Visit) -> Response[Any]:
    """Close an invitation."""
    await visit.run(accounts.withdraw, visit.desk.store, visit.viewer, visit.request.path_params["invitation"])
    return visit.go("/akun?kabar=undangan_batal")


async def change_role(visit: Visit) -> Response[Any]:
    """Another role."""
    try:
        await visit.run(accounts.change_role, visit.desk.store, visit.viewer, _whom(visit), _role(visit))
    except LastManager:
        return await _page(visit, 409, "pengelola_terakhir")
    return visit.go("/akun?kabar=peran_diganti")


async def end_sessions(visit: Visit) -> Response[Any]:
    """Sign a colleague out everywhere."""
    await visit.run(accounts.end_sessions, visit.desk.store, visit.viewer, _whom(visit))
    return visit.go("/akun?kabar=akun_keluar")


async def lock_out(visit: Visit) -> Response[Any]:
    """A lost phone, or somebody who left."""
    try:
        await visit.run(accounts.lock_out, visit.desk.store, visit.viewer, _whom(visit))
    except LastManager:
        return await _page(visit, 409, "pengelola_terakhir")
    return visit.go("/akun?kabar=akun_dikunci")


async def let_back(visit: Visit) -> Response[Any]:
    """A one-time link for a colleague who was locked out, shown once."""
    officer = _whom(visit)
    token = await visit.run(accounts.let_back, visit.desk.store, visit.viewer, officer)
    return await _page(visit, 200, "", tautan=_link(visit, token), untuk=officer)


async def _page(visit: Visit, status: int, told: str, tautan: str = "", untuk: str = "") -> Response[Any]:
    staff = await visit.run(accounts.staff, visit.desk.store, visit.viewer, visit.desk.config.limits)
    roles = [role.value for role in Role if may_manage(visit.officer.role, role)]
    return await visit.page("akun.html", status, kabar=told, staff=staff, roles=roles, tautan=tautan, untuk=untuk)


def _whom(visit: Visit) -> OfficerId:
    return OfficerId(visit.request.path_params["officer"])


def _role(visit: Visit) -> Role:
    try:
        return Role(visit.form.get("peran", ""))
    except ValueError:
        raise NotFound from None


def _link(visit: Visit, token: str) -> str:
    config = visit.desk.config
    here = config.origins[0].rstrip("/") if config.origins else f"{visit.request.url.scheme}://{visit.request.headers.get('host', '')}"
    return f"{here}/undangan/{token}"
