"""Signed-in browsers of officers: a random token in a cookie, its keyed hash here, ended by time or by word.

A sign-in has stages: the password alone opens nothing but the next step. A session that nobody touched for a while sleeps:
it opens no page any more, but its desk still hears the alarm until the session's end, because a tired officer who only
listens must not miss a merah case. A password or second factor wakes it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Update, insert, select, update

from damping.casework.ids import OfficerId
from damping.store import audit
from damping.store.context import Store
from damping.store.officers import Role
from damping.store.tables import Officer, OfficerSession

_TOKEN_BYTES = 32  # 256 random bits
_TOUCH_EVERY = timedelta(seconds=20)  # how exactly activity is kept: a page asks for many pieces at once
_CHALLENGE_LASTS = timedelta(minutes=5)
ATTEMPTS_AT_MOST = 5  # wrong second factors before the password is asked for again


class Stage(StrEnum):
    """How far a sign-in has come."""

    PASSWORD = "password"  # noqa: S105  the password fitted, the second factor is still to come
    ENROL = "enrol"  # the account has no second factor yet: it must get one first
    FULL = "full"  # signed in


@dataclass(frozen=True)
class Limits:
    """How long a session lives."""

    idle: timedelta = timedelta(minutes=5)
    absolute: timedelta = timedelta(hours=8)
    half: timedelta = timedelta(minutes=10)  # a sign-in that stops half way
    fresh: timedelta = timedelta(minutes=10)  # how long a proof of who one is counts for changing how one signs in


@dataclass(frozen=True)
class SignedIn:
    """The officer behind a live session. `asleep`: only the alarm may be heard. `fresh`: they have just shown who they are."""

    officer: OfficerId
    name: str
    role: Role
    asleep: bool
    ends_at: datetime
    stage: Stage = Stage.FULL
    fresh: bool = False


@dataclass(frozen=True)
class OpenSession:
    """A session as its owner sees it in the list; the handle names it and opens nothing."""

    handle: str
    device: str
    created_at: datetime
    seen_at: datetime
    this_one: bool


def begin(store: Store, officer: OfficerId, instead_of: str = "", *, stage: Stage = Stage.FULL, device: str = "") -> str:
    """A fresh session's token; the browser's earlier session, if it had one, ends."""
    with store.database.write() as connection:
        if instead_of:
            connection.execute(_ending(store, instead_of))
        token = _insert(connection, store, officer, stage, device)
        audit.record(connection, store, officer, "signed_in" if stage is Stage.FULL else "password_accepted", officer)
    return token


def complete(store: Store, token: str, proved_by: str) -> str | None:
    """The second factor came: the half session ends, a whole one begins with a new token. None where it was no half session."""
    with store.database.write() as connection:
        row = connection.execute(
            update(OfficerSession)
            .where(
                OfficerSession.token_hash == _hash(store, token),
                OfficerSession.ended_at.is_(None),
                OfficerSession.stage != Stage.FULL,
            )
            .values(ended_at=store.now())
            .returning(OfficerSession.officer_id, OfficerSession.device)
        ).first()
        if row is None:
            return None
        device = "" if row.device is None else _device(store, token, row.device)
        fresh = _insert(connection, store, OfficerId(row.officer_id), Stage.FULL, device)
        audit.record(connection, store, row.officer_id, "signed_in", row.officer_id, proved_by)
    return fresh


def look(store: Store, token: str, limits: Limits, *, touch: bool) -> SignedIn | None:
    """Who holds the token, or None where it is unknown, ended, too old or its account is disabled.

    `touch` counts the look as the officer's own activity; a page that refreshes itself must not.
    """
    now = store.now()
    wanted = (OfficerSession.officer_id, OfficerSession.created_at, OfficerSession.seen_at, OfficerSession.stage, OfficerSession.proved_at)
    with store.database.read() as connection:
        row = connection.execute(
            select(*wanted, Officer.name, Officer.role)
            .join(Officer, Officer.id == OfficerSession.officer_id)
            .where(OfficerSession.token_hash == _hash(store, token), OfficerSession.ended_at.is_(None), Officer.disabled_at.is_(None))
        ).first()
    if row is None:
        return None
    stage = Stage(row.stage)
    ends_at = row.created_at + (limits.absolute if stage is Stage.FULL else limits.half)
    if now >= ends_at:
        return None
    asleep = stage is Stage.FULL and now >= row.seen_at + limits.idle
    if touch and not asleep and now - row.seen_at >= _TOUCH_EVERY:
        with store.database.write() as connection:
            connection.execute(update(OfficerSession).where(OfficerSession.token_hash == _hash(store, token)).values(seen_at=now))
    name = store.vault.office.unseal_text("officer.name", row.officer_id, row.name)
    fresh = row.proved_at is not None and now < row.proved_at + limits.fresh
    return SignedIn(OfficerId(row.officer_id), name, Role(row.role), asleep, ends_at, stage, fresh)


def wake(store: Store, token: str, officer: OfficerId, proved_by: str) -> None:
    """Its officer showed who they are: the session is awake and fresh."""
    now = store.now()
    with store.database.write() as connection:
        whose = (OfficerSession.token_hash == _hash(store, token), OfficerSession.officer_id == officer)
        values = {"seen_at": now, "proved_at": now, "attempts": 0}
        if connection.execute(update(OfficerSession).where(*whose, OfficerSession.ended_at.is_(None)).values(values)).rowcount:
            audit.record(connection, store, officer, "unlocked", officer, proved_by)


def attempt(store: Store, token: str) -> bool:
    """Count a try at the second step before it is looked at; False ends the session: the password is asked for again."""
    with store.database.write() as connection:
        live = (OfficerSession.token_hash == _hash(store, token), OfficerSession.ended_at.is_(None))
        tries = connection.execute(
            update(OfficerSession).where(*live).values(attempts=OfficerSession.attempts + 1).returning(OfficerSession.attempts)
        ).scalar()
        if tries is not None and tries <= ATTEMPTS_AT_MOST:
            return True
        connection.execute(_ending(store, token))
    return False


def set_challenge(store: Store, token: str, challenge: bytes) -> None:
    """What a passkey must sign next in this browser."""
    with store.database.write() as connection:
        connection.execute(
            update(OfficerSession)
            .where(OfficerSession.token_hash == _hash(store, token))
            .values(challenge=challenge, challenge_until=store.now() + _CHALLENGE_LASTS)
        )


def take_challenge(store: Store, token: str) -> bytes | None:
    """The challenge that was set, once; None where there is none or it is too old."""
    with store.database.write() as connection:
        whose = (OfficerSession.token_hash == _hash(store, token), OfficerSession.ended_at.is_(None))
        row = connection.execute(select(OfficerSession.challenge, OfficerSession.challenge_until).where(*whose).with_for_update()).first()
        connection.execute(update(OfficerSession).where(*whose).values(challenge=None, challenge_until=None))
    if row is None or row.challenge is None or row.challenge_until is None or store.now() >= row.challenge_until:
        return None
    return bytes(row.challenge)


def open_ones(store: Store, officer: OfficerId, limits: Limits, token: str = "") -> list[OpenSession]:
    """The live sessions of an officer, newest activity first. `token`: the asker's own."""
    now = store.now()
    with store.database.read() as connection:
        rows = connection.execute(
            select(OfficerSession.__table__)
            .where(
                OfficerSession.officer_id == officer,
                OfficerSession.ended_at.is_(None),
                OfficerSession.stage == Stage.FULL,
                OfficerSession.created_at > now - limits.absolute,
            )
            .order_by(OfficerSession.seen_at.desc())
        ).all()
    own = _hash(store, token) if token else b""
    return [
        OpenSession(
            handle=row.token_hash.hex(),
            device="" if row.device is None else store.vault.office.unseal_text("officer_session.device", row.token_hash.hex(), row.device),
            created_at=row.created_at,
            seen_at=row.seen_at,
            this_one=row.token_hash == own,
        )
        for row in rows
    ]


def end(store: Store, token: str, officer: OfficerId) -> None:
    """Sign out."""
    with store.database.write() as connection:
        if connection.execute(_ending(store, token)).rowcount:
            audit.record(connection, store, officer, "signed_out", officer)


def end_one(store: Store, officer: OfficerId, handle: str) -> bool:
    """End one of the officer's own sessions by its handle; False where there is no such one of theirs."""
    try:
        wanted = bytes.fromhex(handle)
    except ValueError:
        return False
    with store.database.write() as connection:
        whose = (OfficerSession.officer_id == officer, OfficerSession.token_hash == wanted, OfficerSession.ended_at.is_(None))
        if not connection.execute(update(OfficerSession).where(*whose).values(ended_at=store.now())).rowcount:
            return False
        audit.record(connection, store, officer, "session_ended", officer)
    return True


def end_all(store: Store, officer: OfficerId, by: str, but: str = "") -> int:
    """End every session of an officer, such as after a lost phone; `but` is the token of one that stays. How many there were."""
    with store.database.write() as connection:
        return end_all_in(connection, store, officer, by, _hash(store, but) if but else b"")


def end_all_in(connection: Connection, store: Store, officer: OfficerId, by: str, but_hash: bytes = b"") -> int:
    """`end_all` in a transaction at hand."""
    ended = connection.execute(
        update(OfficerSession)
        .where(OfficerSession.officer_id == officer, OfficerSession.ended_at.is_(None), OfficerSession.token_hash != but_hash)
        .values(ended_at=store.now())
    ).rowcount
    audit.record(connection, store, by, "sessions_ended", officer)
    return ended


def _insert(connection: Connection, store: Store, officer: OfficerId, stage: Stage, device: str) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now, hashed = store.now(), _hash(store, token)
    connection.execute(
        insert(OfficerSession).values(
            token_hash=hashed,
            officer_id=officer,
            created_at=now,
            seen_at=now,
            stage=stage,
            device=store.vault.office.seal_text("officer_session.device", hashed.hex(), device) if device else None,
            proved_at=now if stage is Stage.FULL else None,
        )
    )
    return token


def _device(store: Store, token: str, sealed_device: bytes) -> str:
    return store.vault.office.unseal_text("officer_session.device", _hash(store, token).hex(), sealed_device)


def _ending(store: Store, token: str) -> Update:
    return (
        update(OfficerSession)
        .where(OfficerSession.token_hash == _hash(store, token), OfficerSession.ended_at.is_(None))
        .values(ended_at=store.now())
    )


def _hash(store: Store, token: str) -> bytes:
    return store.vault.lookup("officer session", token)
