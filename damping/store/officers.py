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
from sqlalchemy import Connection, insert, select, update
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


def anybody(store: Store) -> bool:
    """Whether there is an account at all; false at first start."""
    with store.database.read() as connection:
        return connection.execute(select(Officer.id).limit(1)).first() is not None


def invite(store: Store, role: Role, lasts: timedelta = INVITATION_LASTS, by: str = "wiring") -> str:
    """Make a one-time invitation; the token for `/undangan/<token>`, which is kept nowhere."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with store.database.write() as connection:
        connection.execute(
            insert(Invitation).values(token_hash=_invitation_hash(store, token), role=Role(role), expires_at=store.now() + lasts)
        )
        audit.record(connection, store, by, "officer_invited", Role(role))
    return token


def invited_as(store: Store, token: str) -> Role:
    """The role that an open invitation gives. Raises `InvitationClosed`."""
    with store.database.read() as connection:
        row = connection.execute(
            select(Invitation.role).where(
                Invitation.token_hash == _invitation_hash(store, token),
                Invitation.used_at.is_(None),
                Invitation.expires_at > store.now(),
            )
        ).first()
    if row is None:
        raise InvitationClosed
    return Role(row.role)


def accept(store: Store, token: str, account: NewAccount) -> OfficerId:
    """Make the invited account and close the invitation, both or neither.

    Raises `InvitationClosed`, `WeakPassword`, `EmptyName`, `LoginTaken`.
    """
    _check(account)
    hashed = HASHER.hash(account.password)
    with _login_unique(), store.database.write() as connection:
        role = connection.execute(
            update(Invitation)
            .where(
                Invitation.token_hash == _invitation_hash(store, token),
                Invitation.used_at.is_(None),
                Invitation.expires_at > store.now(),
            )
            .values(used_at=store.now())
            .returning(Invitation.role)
        ).scalar()
        if role is None:
            raise InvitationClosed
        return _insert(connection, store, account, Role(role), hashed)


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
    kept = _nobodys_hash() if row is None else row.password_hash
    if not _matches(kept, password) or row is None:
        return None
    if HASHER.check_needs_rehash(kept):
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


def _matches(kept: str, password: str) -> bool:
    try:
        return len(password) <= PASSWORD_AT_MOST and HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


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


def _invitation_hash(store: Store, token: str) -> bytes:
    return store.vault.lookup("invitation", token)


@contextmanager
def _login_unique() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise LoginTaken from None  # the database's own words would repeat what was typed
