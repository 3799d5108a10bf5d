"""Officers' accounts and the one-time invitations that make them.

The office relies on it that a password is never kept, that an invitation works once and ends by itself, and that
nothing here tells whether an account exists: unknown and wrong take the same way and the same time.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.ids import OfficerId, new_id
from damping.store import audit, events
from damping.store.context import Store
from damping.store.tables import Invitation, Officer

INVITATION_LASTS = timedelta(hours=24)
PASSWORD_AT_LEAST = 12
PASSWORD_AT_MOST = 256
_TOKEN_BYTES = 32  # 256 random bits

HASHER = PasswordHasher()  # argon2id with RFC 9106's low-memory choice


class Role(StrEnum):
    """What an account may do. See `damping.console.routes`."""

    PETUGAS = "petugas"  # officer on duty: reads and answers
    SUPERVISOR = "supervisor"  # all that an officer may, and more later
    PELATIH = "pelatih"  # trainer: never sees a conversation
    ADMIN = "admin"  # accounts and machines: never sees a conversation


class AccountError(Exception):
    """An account could not be made."""


class InvitationClosed(AccountError):
    """Unknown, used or too old; nobody learns which."""


class LoginTaken(AccountError):
    """Another account has this login."""


class WeakPassword(AccountError):
    """Too short, too long, or the login itself."""


class EmptyName(AccountError):
    """Login and name must be given."""


@dataclass(frozen=True)
class NewAccount:
    """What a person chooses for an account. The `repr` shows nothing of it."""

    login: str
    name: str
    password: str

    def __repr__(self) -> str:
        return "<NewAccount>"


@dataclass(frozen=True)
class Invited:
    """What an open invitation is for; `login` where it opens an account that exists."""

    role: Role
    login: str


def anybody(store: Store) -> bool:
    """Whether there is an account at all; false at first start."""
    with store.database.read() as connection:
        return connection.execute(select(Officer.id).limit(1)).first() is not None


def invite(store: Store, role: Role, lasts: timedelta = INVITATION_LASTS, by: str = "wiring") -> str:
    """Make a one-time invitation; the token for `/undangan/<token>`, which is kept nowhere."""
    with store.database.write() as connection:
        token = insert_invitation(connection, store, Role(role), by, lasts=lasts)
        audit.record(connection, store, by, "officer_invited", Role(role))
    return token


def insert_invitation(
    connection: Connection, store: Store, role: Role, by: str, officer: OfficerId | None = None, lasts: timedelta = INVITATION_LASTS
) -> str:
    """The row of an invitation, in a transaction at hand; `officer`: whose account it opens again."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    values = {"role": role, "expires_at": store.now() + lasts, "officer_id": officer, "invited_by": by}
    connection.execute(insert(Invitation).values(token_hash=_invitation_hash(store, token), **values))
    return token


def invited_as(store: Store, token: str) -> Role:
    """The role that an open invitation gives. Raises `InvitationClosed`."""
    return look_at(store, token).role


def look_at(store: Store, token: str) -> Invited:
    """What an open invitation is for. Raises `InvitationClosed`."""
    with store.database.read() as connection:
        row = connection.execute(
            select(Invitation.role, Invitation.officer_id, Officer.login)
            .outerjoin(Officer, Officer.id == Invitation.officer_id)
            .where(*_open_invitation(store, token))
        ).first()
    if row is None:
        raise InvitationClosed
    login = "" if row.officer_id is None else store.vault.office.unseal_text("officer.login", row.officer_id, row.login)
    return Invited(Role(row.role), login)


def accept(store: Store, token: str, account: NewAccount) -> OfficerId:
    """Make the invited account and close the invitation, both or neither.

    Raises `InvitationClosed`, `WeakPassword`, `EmptyName`, `LoginTaken`.
    """
    _check(account)
    hashed = HASHER.hash(account.password)
    with _login_unique(), store.database.write() as connection:
        role = connection.execute(
            update(Invitation)
            .where(*_open_invitation(store, token), Invitation.officer_id.is_(None))
            .values(used_at=store.now())
            .returning(Invitation.role)
        ).scalar()
        if role is None:
            raise InvitationClosed
        return _insert(connection, store, account, Role(role), hashed)


def come_back(store: Store, token: str, password: str) -> OfficerId:
    """Open an existing account again by its one-time link, with a new password. Raises `InvitationClosed`, `WeakPassword`."""
    login = look_at(store, token).login
    if not login:
        raise InvitationClosed
    _check(NewAccount(login, login, password))
    hashed = HASHER.hash(password)
    with store.database.write() as connection:
        officer = connection.execute(
            update(Invitation).where(*_open_invitation(store, token)).values(used_at=store.now()).returning(Invitation.officer_id)
        ).scalar()
        if officer is None:
            raise InvitationClosed
        connection.execute(update(Officer).where(Officer.id == officer).values(password_hash=hashed, disabled_at=None))
        audit.record(connection, store, officer, "account_reopened", officer)
        events.tell(connection, store, "account_reopened")
    return OfficerId(officer)


def add(store: Store, account: NewAccount, role: Role) -> OfficerId:
    """Make an account at once: for the command line. Raises `WeakPassword`, `EmptyName`, `LoginTaken`."""
    _check(account)
    hashed = HASHER.hash(account.password)
    with _login_unique(), store.database.write() as connection:
        return _insert(connection, store, account, Role(role), hashed)


def verify(store: Store, login: str, password: str) -> OfficerId | None:
    """The account that login and password open, or None. Takes as long for an unknown login as for a wrong password."""
    with store.database.read() as connection:
        row = connection.execute(
            select(Officer.id, Officer.password_hash).where(Officer.login_hash == login_hash(store, login), Officer.disabled_at.is_(None))
        ).first()
    kept = None if row is None else row.password_hash
    if not fits(kept, password) or row is None:
        return None
    if HASHER.check_needs_rehash(row.password_hash):
        with store.database.write() as connection:
            connection.execute(update(Officer).where(Officer.id == row.id).values(password_hash=HASHER.hash(password)))
    return OfficerId(row.id)


def login_hash(store: Store, login: str) -> bytes:
    """By what an account is found: capitals and outer blanks do not matter."""
    return store.vault.lookup("login", login.strip().casefold())


def names(connection: Connection, store: Store) -> dict[str, str]:
    """Every officer's name by id."""
    rows = connection.execute(select(Officer.id, Officer.name))
    return {row.id: store.vault.office.unseal_text("officer.name", row.id, row.name) for row in rows}


def login_of(store: Store, officer: OfficerId) -> str:
    """An account's sign-in name."""
    with store.database.read() as connection:
        sealed_login = connection.execute(select(Officer.login).where(Officer.id == officer)).scalar_one()
    return store.vault.office.unseal_text("officer.login", officer, sealed_login)


def verify_own(store: Store, officer: OfficerId, password: str) -> bool:
    """Whether this is the password of an account that is known already."""
    with store.database.read() as connection:
        kept = connection.execute(select(Officer.password_hash).where(Officer.id == officer, Officer.disabled_at.is_(None))).scalar()
    return fits(kept, password)


def change_password(store: Store, officer: OfficerId, password: str) -> None:
    """A new password for one's own account. Raises `WeakPassword`."""
    login = login_of(store, officer)
    _check(NewAccount(login, login, password))
    hashed = HASHER.hash(password)
    with store.database.write() as connection:
        connection.execute(update(Officer).where(Officer.id == officer).values(password_hash=hashed))
        audit.record(connection, store, officer, "password_changed", officer)


def fits(kept: str | None, secret: str) -> bool:
    """Whether a secret is the one behind a kept hash; where there is none it is False after as long a look."""
    try:
        good = len(secret) <= PASSWORD_AT_MOST and HASHER.verify(kept or _nobodys_hash(), secret)
    except (VerificationError, InvalidHashError):
        return False
    return good and kept is not None


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return HASHER.hash(secrets.token_hex(16))


def _check(account: NewAccount) -> None:
    if not account.login.strip() or not account.name.strip():
        raise EmptyName
    long_enough = PASSWORD_AT_LEAST <= len(account.password) <= PASSWORD_AT_MOST
    if not long_enough or account.password.strip().casefold() == account.login.strip().casefold():
        raise WeakPassword


def _insert(connection: Connection, store: Store, account: NewAccount, role: Role, hashed: str) -> OfficerId:
    officer = OfficerId(new_id())
    office = store.vault.office
    connection.execute(
        insert(Officer).values(
            id=officer,
            login_hash=login_hash(store, account.login),
            login=office.seal_text("officer.login", officer, account.login.strip()),
            name=office.seal_text("officer.name", officer, account.name.strip()),
            role=role,
            password_hash=hashed,
            created_at=store.now(),
        )
    )
    audit.record(connection, store, officer, "account_made", officer)
    events.tell(connection, store, "account_made")
    return officer


def _open_invitation(store: Store, token: str) -> tuple[ColumnElement[bool], ...]:
    return (Invitation.token_hash == _invitation_hash(store, token), Invitation.used_at.is_(None), Invitation.expires_at > store.now())


def _invitation_hash(store: Store, token: str) -> bytes:
    return store.vault.lookup("invitation", token)


@contextmanager
def _login_unique() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise LoginTaken from None  # the database's own words would repeat what was typed
