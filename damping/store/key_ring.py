"""The keys that the master key wraps: that they open proves that a process was started with the right one.

What lies behind them never changes when the master key does: a change wraps every key anew, in one transaction, and the
old master key opens nothing of this database any more. Backups from before still need it.
"""

import secrets
from collections.abc import Mapping

from sqlalchemy import Connection, insert, inspect, select, update

from damping.store.database import Database
from damping.store.sealing import KEY_BYTES, Unsealable, Vault
from damping.store.tables import Conversation, Invitation, Officer, WebSession
from damping.store.tables_accounts import WrappedKey

_PLACE = "wrapped_key.value"
_DATA_KEY = "conversation.data_key"


class WrongMasterKey(Exception):
    """This master key is not the database's."""


def open_vault(database: Database, master: bytes) -> Vault:
    """What a master key opens of this database. Raises `WrongMasterKey`."""
    if not inspect(database.engine).has_table(WrappedKey.__tablename__):
        return Vault(master)
    with database.read() as connection:
        kept = _kept(connection)
    if not kept:
        return Vault(master)
    keys = _opened(master, kept)
    return Vault(master, keys["office"], keys["lookups"])


def fits(database: Database, master: bytes) -> bool:
    """Whether this is the database's master key."""
    try:
        open_vault(database, master)
    except WrongMasterKey:
        return False
    return True


def begin(database: Database, master: bytes) -> None:
    """Give a database its keys, once: random ones where it is empty, those derived from its master key where it was in use."""
    with database.write() as connection:
        if _kept(connection):
            return
        used = any(
            connection.execute(select(table.__table__).limit(1)).first() for table in (Conversation, Officer, Invitation, WebSession)
        )
        keys = Vault.derived(master) if used else {name: secrets.token_bytes(KEY_BYTES) for name in ("office", "lookups")}
        vault = Vault(master)
        connection.execute(insert(WrappedKey), [{"name": name, "value": vault.wrap(_PLACE, name, key)} for name, key in keys.items()])


def rotate(database: Database, old: bytes, new: bytes) -> int:
    """Wrap every key with a new master key, all or none; how many there were. Raises `WrongMasterKey`, `Unsealable` for a damaged one."""
    begin(database, old)
    before, after = Vault(old), Vault(new)
    with database.write() as connection:
        keys = _opened(old, _kept(connection))
        for name, key in keys.items():
            connection.execute(update(WrappedKey).where(WrappedKey.name == name).values(value=after.wrap(_PLACE, name, key)))
        rows = connection.execute(select(Conversation.id, Conversation.data_key).with_for_update()).all()
        for row in rows:
            key = before.unwrap(_DATA_KEY, row.id, row.data_key)
            wrapped = after.wrap(_DATA_KEY, row.id, key)
            connection.execute(update(Conversation).where(Conversation.id == row.id).values(data_key=wrapped))
    return len(keys) + len(rows)


def _kept(connection: Connection) -> dict[str, bytes]:
    return {row.name: row.value for row in connection.execute(select(WrappedKey.name, WrappedKey.value))}


def _opened(master: bytes, kept: Mapping[str, bytes]) -> dict[str, bytes]:
    vault = Vault(master)
    try:
        return {name: vault.unwrap(_PLACE, name, value) for name, value in kept.items()}
    except Unsealable:
        raise WrongMasterKey from None
