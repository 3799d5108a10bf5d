"""Partners and their keys: who may bring people to the office from another app.

The office relies on it that a key is never kept, that a revoked one opens nothing from that moment on, and that rotating
leaves no minute without a working key. Every change is an audit row.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from damping.casework.ids import new_id
from damping.store import audit
from damping.store.context import Store
from damping.store.tables_partner import Partner, PartnerKey

_KEY = re.compile(r"damping_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
_USED_EVERY = timedelta(hours=1)


class Scope(StrEnum):
    """What a key may do."""

    WRITE = "write"  # open conversations, bring messages and places
    READ = "read"  # fetch replies
    STATUS = "status"  # ask how a report stands, by the person's code


ALL_SCOPES = frozenset(Scope)


class NoSuchPartner(Exception):
    """No partner or key has this id."""


@dataclass(frozen=True)
class NewKey:
    """A key as it is shown once. `signing`: signs what is brought to the partner's webhook."""

    partner: str
    key: str
    signing: str

    def __repr__(self) -> str:
        return "<NewKey>"


@dataclass(frozen=True)
class Access:
    """Whom a key speaks for, and what it may do."""

    partner: str
    key: str
    scopes: frozenset[Scope]
    per_minute: int


@dataclass(frozen=True)
class KeyListed:
    """One key in the operator's list."""

    id: str
    scopes: str
    created_at: datetime
    ends_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None


@dataclass(frozen=True)
class PartnerListed:
    """One partner in the operator's list."""

    id: str
    name: str
    webhook: str
    per_minute: int
    revoked_at: datetime | None
    keys: tuple[KeyListed, ...]


@dataclass(frozen=True)
class Webhook:
    """Where a partner's replies are brought, and what signs them; '' for a partner that asks for them."""

    url: str
    signing: tuple[str, ...]

    def __repr__(self) -> str:
        return "<Webhook>"


def add(store: Store, name: str, webhook: str = "", scopes: frozenset[Scope] = ALL_SCOPES, per_minute: int = 600) -> NewKey:
    """A new partner with its first key."""
    partner = new_id()
    with store.database.write() as connection:
        connection.execute(
            insert(Partner).values(
                id=partner,
                name=name,
                webhook=store.vault.office.seal_text("partner.webhook", partner, webhook) if webhook else None,
                per_minute=per_minute,
                created_at=store.now(),
            )
        )
        audit.record(connection, store, "operator", "partner_added", partner)
        return _new_key(connection, store, partner, scopes)


def rotate(store: Store, partner: str, overlap: timedelta) -> NewKey:
    """A new key with the scopes of the newest; the old ones work for `overlap` longer. Raises `NoSuchPartner`."""
    now = store.now()
    with store.database.write() as connection:
        live = _live_keys(connection, store, partner)
        if not live or not _exists(connection, partner):
            raise NoSuchPartner
        connection.execute(
            update(PartnerKey)
            .where(PartnerKey.partner_id == partner, PartnerKey.revoked_at.is_(None), PartnerKey.ends_at.is_(None))
            .values(ends_at=now + overlap)
        )
        audit.record(connection, store, "operator", "partner_key_rotated", partner)
        return _new_key(connection, store, partner, frozenset(map(Scope, live[-1].scopes.split())))


def revoke(store: Store, which: str) -> None:
    """A partner with all its keys, or one key by its own id: works no more from now on. Raises `NoSuchPartner`."""
    now = store.now()
    with store.database.write() as connection:
        whole = connection.execute(update(Partner).where(Partner.id == which, Partner.revoked_at.is_(None)).values(revoked_at=now)).rowcount
        keys = connection.execute(
            update(PartnerKey)
            .where((PartnerKey.partner_id == which) | (PartnerKey.id == which), PartnerKey.revoked_at.is_(None))
            .values(revoked_at=now)
        ).rowcount
        if not whole and not keys:
            raise NoSuchPartner
        audit.record(connection, store, "operator", "partner_revoked", which)


def listed(store: Store) -> list[PartnerListed]:
    """All partners, the oldest first."""
    with store.database.read() as connection:
        rows = connection.execute(select(Partner.__table__).order_by(Partner.created_at)).all()
        return [
            PartnerListed(row.id, row.name, _webhook(store, row.id, row.webhook), row.per_minute, row.revoked_at, _keys(connection, row.id))
            for row in rows
        ]


def admit(store: Store, key: str) -> Access | None:
    """Whom this key speaks for; None for one that is unknown, ended or revoked."""
    if not _KEY.fullmatch(key):
        return None
    with store.database.read() as connection:
        row = connection.execute(
            select(PartnerKey.__table__, Partner.per_minute)
            .join(Partner, Partner.id == PartnerKey.partner_id)
            .where(PartnerKey.key_hash == _hash(store, key), PartnerKey.revoked_at.is_(None), Partner.revoked_at.is_(None))
        ).first()
    now = store.now()
    if row is None or (row.ends_at is not None and row.ends_at <= now):
        return None
    if row.used_at is None or now - row.used_at > _USED_EVERY:
        with store.database.write() as connection:
            connection.execute(update(PartnerKey).where(PartnerKey.id == row.id).values(used_at=now))
    return Access(row.partner_id, row.id, frozenset(map(Scope, row.scopes.split())), row.per_minute)


def webhook_of(connection: Connection, store: Store, partner: str) -> Webhook | None:
    """None for a revoked partner."""
    row = connection.execute(select(Partner.webhook).where(Partner.id == partner, Partner.revoked_at.is_(None))).first()
    if row is None:
        return None
    keys = _live_keys(connection, store, partner)
    return Webhook(_webhook(store, partner, row.webhook), tuple(_signing(store, key.id) for key in keys)) if keys else None


def _new_key(connection: Connection, store: Store, partner: str, scopes: frozenset[Scope]) -> NewKey:
    key_id = secrets.token_hex(6)
    key = f"damping_{key_id}_{secrets.token_urlsafe(32)}"
    connection.execute(
        insert(PartnerKey).values(
            id=key_id, partner_id=partner, key_hash=_hash(store, key), scopes=" ".join(sorted(scopes)), created_at=store.now()
        )
    )
    return NewKey(partner, key, _signing(store, key_id))


def _live_keys(connection: Connection, store: Store, partner: str) -> list[KeyListed]:
    now = store.now()
    return [key for key in _keys(connection, partner) if key.revoked_at is None and (key.ends_at is None or key.ends_at > now)]


def _keys(connection: Connection, partner: str) -> tuple[KeyListed, ...]:
    rows = connection.execute(select(PartnerKey.__table__).where(PartnerKey.partner_id == partner).order_by(PartnerKey.created_at)).all()
    return tuple(KeyListed(row.id, row.scopes, row.created_at, row.ends_at, row.revoked_at, row.used_at) for row in rows)


def _exists(connection: Connection, partner: str) -> bool:
    return connection.execute(select(Partner.id).where(Partner.id == partner, Partner.revoked_at.is_(None))).first() is not None


def _webhook(store: Store, partner: str, sealed: bytes | None) -> str:
    return store.vault.office.unseal_text("partner.webhook", partner, sealed) if sealed is not None else ""


def _hash(store: Store, key: str) -> bytes:
    return store.vault.lookup("partner key", key)


def _signing(store: Store, key_id: str) -> str:
    """Made from the office's look-up key, so that it need not be kept."""
    return store.vault.lookup("partner signing", key_id).hex()
