"""Signed-in browsers of officers: a random token in a cookie, its keyed hash here, ended by time or by word.

A session that nobody touched for a while sleeps: it opens no page any more, but its desk still hears the alarm until the
session's end, because a tired officer who only listens must not miss a merah case.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update, insert, select, update

from damping.casework.ids import OfficerId
from damping.store import audit
from damping.store.context import Store
from damping.store.officers import Role
from damping.store.tables import Officer, OfficerSession

_TOKEN_BYTES = 32  # 256 random bits
_TOUCH_EVERY = timedelta(seconds=20)  # how exactly activity is kept: a page asks for many pieces at once


@dataclass(frozen=True)
class Limits:
    """How long a session lives."""

    idle: timedelta = timedelta(minutes=15)
    absolute: timedelta = timedelta(hours=8)


@dataclass(frozen=True)
class SignedIn:
    """The officer behind a live session. `asleep`: only the alarm may be heard."""

    officer: OfficerId
    name: str
    role: Role
    asleep: bool
    ends_at: datetime


def begin(store: Store, officer: OfficerId, instead_of: str = "") -> str:
    """A fresh session's token; the browser's earlier session, if it had one, ends."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = store.now()
    with store.database.write() as connection:
        if instead_of:
            connection.execute(_ending(store, instead_of))
        connection.execute(insert(OfficerSession).values(token_hash=_hash(store, token), officer_id=officer, created_at=now, seen_at=now))
        audit.record(connection, store, officer, "signed_in", officer)
    return token


def look(store: Store, token: str, limits: Limits, *, touch: bool) -> SignedIn | None:
    """Who holds the token, or None where it is unknown, ended, too old or its account is disabled.

    `touch` counts the look as the officer's own activity; a page that refreshes itself must not.
    """
    now = store.now()
    with store.database.read() as connection:
        row = connection.execute(
            select(OfficerSession.officer_id, OfficerSession.created_at, OfficerSession.seen_at, Officer.name, Officer.role)
            .join(Officer, Officer.id == OfficerSession.officer_id)
            .where(OfficerSession.token_hash == _hash(store, token), OfficerSession.ended_at.is_(None), Officer.disabled_at.is_(None))
        ).first()
    if row is None or now >= row.created_at + limits.absolute:
        return None
    asleep = now >= row.seen_at + limits.idle
    if touch and not asleep and now - row.seen_at >= _TOUCH_EVERY:
        with store.database.write() as connection:
            connection.execute(update(OfficerSession).where(OfficerSession.token_hash == _hash(store, token)).values(seen_at=now))
    name = store.vault.office.unseal_text("officer.name", row.officer_id, row.name)
    return SignedIn(OfficerId(row.officer_id), name, Role(row.role), asleep, row.created_at + limits.absolute)


def end(store: Store, token: str, officer: OfficerId) -> None:
    """Sign out."""
    with store.database.write() as connection:
        if connection.execute(_ending(store, token)).rowcount:
            audit.record(connection, store, officer, "signed_out", officer)


def end_all(store: Store, officer: OfficerId, by: str) -> int:
    """End every session of an officer, such as after a lost phone; how many there were."""
    with store.database.write() as connection:
        ended = connection.execute(
            update(OfficerSession)
            .where(OfficerSession.officer_id == officer, OfficerSession.ended_at.is_(None))
            .values(ended_at=store.now())
        ).rowcount
        audit.record(connection, store, by, "sessions_ended", officer)
    return ended


def _ending(store: Store, token: str) -> Update:
    return (
        update(OfficerSession)
        .where(OfficerSession.token_hash == _hash(store, token), OfficerSession.ended_at.is_(None))
        .values(ended_at=store.now())
    )


def _hash(store: Store, token: str) -> bytes:
    return store.vault.lookup("officer session", token)
