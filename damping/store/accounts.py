"""The office's accounts: who is there, who is invited, and what supervisors and admins may change about them.

Who may manage whom stands in `rules.account_rights`; missing and forbidden look alike (`NotFound`). A locked account is
out everywhere at the next look at its sessions, live streams included: ten seconds at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from damping.casework.ids import OfficerId
from damping.store import audit, events, factors, officer_sessions, officers
from damping.store.context import Store
from damping.store.desk import NotFound, Viewer
from damping.store.factors import Kind
from damping.store.officer_sessions import Limits, Stage
from damping.store.officers import Role
from damping.store.tables import Invitation, Officer, OfficerSession
from damping.store.tables_accounts import Factor, RecoveryCode
from rules.account_rights import MANAGERS, may_change_role, may_manage


class LastManager(Exception):
    """Somebody must stay who can let others in."""


@dataclass(frozen=True)
class Account:
    """An account as those who manage accounts see it."""

    officer: OfficerId
    name: str
    login: str
    role: Role
    disabled_at: datetime | None
    apps: int
    passkeys: int
    codes_left: int
    sessions: int
    seen_at: datetime | None
    yours: bool  # whether the asker may change it


@dataclass(frozen=True)
class OpenInvitation:
    """A link that nobody has used yet; `name` where it lets somebody back in."""

    handle: str
    role: Role
    name: str
    invited_by: str
    expires_at: datetime


@dataclass(frozen=True)
class Staff:
    """Everybody, and whoever is still expected."""

    accounts: tuple[Account, ...]
    invitations: tuple[OpenInvitation, ...]


def staff(store: Store, viewer: Viewer, limits: Limits) -> Staff:
    """All accounts and open invitations. Audited. Raises `NotFound` for a role that manages none."""
    _must_manage(viewer)
    with store.database.write() as connection:
        audit.record(connection, store, viewer.officer, "accounts_read")
        accounts = _accounts(connection, store, viewer, limits)
        names = {account.officer: account.name for account in accounts}
        invitations = _expected(connection, store, names)
    accounts.sort(key=lambda account: (account.disabled_at is not None, account.name.casefold()))
    return Staff(tuple(accounts), tuple(invitations))


def _accounts(connection: Connection, store: Store, viewer: Viewer, limits: Limits) -> list[Account]:
    apps, passkeys = (_count(connection, Factor.officer_id, *_working(kind)) for kind in (Kind.TOTP, Kind.PASSKEY))
    codes = _count(connection, RecoveryCode.officer_id, RecoveryCode.used_at.is_(None))
    young = OfficerSession.created_at > store.now() - limits.absolute
    sessions = _count(connection, OfficerSession.officer_id, OfficerSession.ended_at.is_(None), OfficerSession.stage == Stage.FULL, young)
    last = select(OfficerSession.officer_id, func.max(OfficerSession.seen_at).label("seen")).where(OfficerSession.stage == Stage.FULL)
    seen = {row.officer_id: row.seen for row in connection.execute(last.group_by(OfficerSession.officer_id))}
    office = store.vault.office
    return [
        Account(
            officer=OfficerId(row.id),
            name=office.unseal_text("officer.name", row.id, row.name),
            login=office.unseal_text("officer.login", row.id, row.login),
            role=Role(row.role),
            disabled_at=row.disabled_at,
            apps=apps.get(row.id, 0),
            passkeys=passkeys.get(row.id, 0),
            codes_left=codes.get(row.id, 0),
            sessions=sessions.get(row.id, 0),
            seen_at=seen.get(row.id),
            yours=row.id != viewer.officer and may_manage(viewer.role, row.role),
        )
        for row in connection.execute(select(Officer.__table__))
    ]


def _expected(connection: Connection, store: Store, names: Mapping[OfficerId, str]) -> list[OpenInvitation]:
    wanted = select(Invitation.__table__).where(Invitation.used_at.is_(None), Invitation.expires_at > store.now())
    return [
        OpenInvitation(
            handle=row.token_hash.hex(),
            role=Role(row.role),
            name=names.get(row.officer_id, ""),
            invited_by=names.get(row.invited_by, ""),
            expires_at=row.expires_at,
        )
        for row in connection.execute(wanted.order_by(Invitation.expires_at))
    ]


def invite(store: Store, viewer: Viewer, role: Role) -> str:
    """A one-time link's token for a colleague. Raises `NotFound` for a role that is not the viewer's to give."""
    if not may_manage(viewer.role, role):
        raise NotFound
    return officers.invite(store, role, by=viewer.officer)


def withdraw(store: Store, viewer: Viewer, handle: str) -> None:
    """Close an open invitation. Raises `NotFound`."""
    _must_manage(viewer)
    try:
        wanted = bytes.fromhex(handle)
    except ValueError:
        raise NotFound from None
    with store.database.write() as connection:
        row = connection.execute(select(Invitation.role).where(Invitation.token_hash == wanted, Invitation.used_at.is_(None))).first()
        if row is None or not may_manage(viewer.role, row.role):
            raise NotFound
        connection.execute(update(Invitation).where(Invitation.token_hash == wanted).values(used_at=store.now()))
        audit.record(connection, store, viewer.officer, "invitation_withdrawn", row.role)


def change_role(store: Store, viewer: Viewer, officer: OfficerId, role: Role) -> None:
    """Another role, from the next look at the sessions on. Raises `NotFound`, `LastManager`."""
    with store.database.write() as connection:
        row = _managed(connection, viewer, officer)
        if not may_change_role(viewer.role, row.role, role):
            raise NotFound
        connection.execute(update(Officer).where(Officer.id == officer).values(role=role))
        _somebody_manages(connection)
        audit.record(connection, store, viewer.officer, "role_changed", officer, f"{row.role} -> {role.value}")
        events.tell(connection, store, "role_changed")


def end_sessions(store: Store, viewer: Viewer, officer: OfficerId) -> int:
    """Sign a colleague out everywhere; how many sessions there were. Raises `NotFound`."""
    with store.database.write() as connection:
        _managed(connection, viewer, officer)
        return officer_sessions.end_all_in(connection, store, officer, viewer.officer)


def lock_out(store: Store, viewer: Viewer, officer: OfficerId) -> None:
    """A lost phone, or somebody who left: no session, second factor, recovery code or password opens the account any more.

    Raises `NotFound`, `LastManager`.
    """
    with store.database.write() as connection:
        _managed(connection, viewer, officer)
        connection.execute(update(Officer).where(Officer.id == officer).values(disabled_at=store.now()))
        _somebody_manages(connection)
        officer_sessions.end_all_in(connection, store, officer, viewer.officer)
        factors.end_all_in(connection, store, officer)
        connection.execute(update(Invitation).where(Invitation.officer_id == officer).values(used_at=store.now()))
        audit.record(connection, store, viewer.officer, "account_locked", officer)
        events.tell(connection, store, "account_locked")


def let_back(store: Store, viewer: Viewer, officer: OfficerId) -> str:
    """A one-time link's token with which a locked-out colleague chooses a new password and second factor. Raises `NotFound`."""
    with store.database.write() as connection:
        row = _managed(connection, viewer, officer)
        if row.disabled_at is None:
            raise NotFound
        connection.execute(update(Invitation).where(Invitation.officer_id == officer).values(used_at=store.now()))
        token = officers.insert_invitation(connection, store, Role(row.role), viewer.officer, officer)
        audit.record(connection, store, viewer.officer, "way_back_given", officer)
    return token


def _must_manage(viewer: Viewer) -> None:
    if viewer.role not in MANAGERS:
        raise NotFound


def _managed(connection: Connection, viewer: Viewer, officer: OfficerId) -> Row[str, datetime | None]:
    """The colleague's role, where the viewer may manage it; never the own account."""
    row = connection.execute(select(Officer.role, Officer.disabled_at).where(Officer.id == officer).with_for_update()).first()
    if row is None or officer == viewer.officer or not may_manage(viewer.role, row.role):
        raise NotFound
    return row


def _somebody_manages(connection: Connection) -> None:
    left = select(Officer.id).where(Officer.role.in_(MANAGERS), Officer.disabled_at.is_(None)).limit(1)
    if connection.execute(left).first() is None:
        raise LastManager


def _working(kind: Kind) -> tuple[ColumnElement[bool], ...]:
    return (Factor.kind == kind, Factor.confirmed_at.is_not(None), Factor.ended_at.is_(None))


def _count(connection: Connection, whose: InstrumentedAttribute[str], *which: ColumnElement[bool]) -> dict[str, int]:
    rows = connection.execute(select(whose.label("officer"), func.count().label("many")).where(*which).group_by(whose))
    return {row.officer: row.many for row in rows}
