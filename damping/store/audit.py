"""Who did or read what: append only, each row chained to the one before by a hash.

Written in the transaction of the act or the read itself.
"""

import hashlib
import json
from datetime import datetime

from sqlalchemy import Connection, insert, select, text

from damping.store.context import Store
from damping.store.tables import Audit

_PG_LOCK = 4711  # one writer at a time extends the chain


def record(connection: Connection, store: Store, actor: str, act: str, object_id: str | None = None, reason: str = "") -> None:
    """Add one row. `act` is one word of a closed list: see `docs/glossary.md`."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _PG_LOCK})
    before = connection.execute(select(Audit.hash).order_by(Audit.seq.desc()).limit(1)).scalar() or b""
    at = store.now()
    sealed = store.vault.office.seal_text("audit.reason", f"{actor}|{at.isoformat()}", reason) if reason else None
    connection.execute(
        insert(Audit).values(
            at=at, actor=actor, act=act, object_id=object_id, reason=sealed, hash=_link(before, at, actor, act, object_id, sealed)
        )
    )


def first_broken(store: Store) -> int | None:
    """The number of the first row that does not fit the chain; None where all is whole."""
    before = b""
    with store.database.read() as connection:
        for row in connection.execute(select(Audit).order_by(Audit.seq)):
            before = _link(before, row.at, row.actor, row.act, row.object_id, row.reason)
            if before != row.hash:
                return int(row.seq)
    return None


def _link(before: bytes, at: datetime, actor: str, act: str, object_id: str | None, sealed: bytes | None) -> bytes:
    told = json.dumps([at.isoformat(), actor, act, object_id, (sealed or b"").hex()])
    return hashlib.sha256(before + told.encode()).digest()
