"""The journal of the office's data files: who changed what, what waits for a second person, what was taken back.

The file is written inside the transaction that writes the journal: a change that could not be written is not in the journal either.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from damping.casework.ids import OfficerId, new_id
from damping.store import audit, officers
from damping.store.context import Store, seal_json, unseal_json
from damping.store.desk import NotFound, Viewer
from damping.store.officers import Role
from damping.store.tables_workbench import DataChange

_AT_ONCE = 200
MAY_SETTLE = (Role.PELATIH, Role.SUPERVISOR)

type Write = Callable[[], None]


class SamePerson(Exception):
    """A second person must agree, not the one who proposed it."""


@dataclass(frozen=True)
class Told:
    """A change as it is written down: `kind` example, wording, word or landmark; `change` holds before and after."""

    kind: str
    topic: str
    place: str
    change: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One line of the journal, or one proposal."""

    id: str
    told: Told
    state: str
    made_by: OfficerId
    maker: str
    made_at: datetime
    settler: str
    settled_at: datetime | None


def make(store: Store, viewer: Viewer, told: Told, write: Write) -> str:
    """Write the file and the journal. Raises `NotFound` for others than trainers, and whatever `write` raises."""
    _must_train(viewer)
    with store.database.write() as connection:
        fresh = made_within(connection, store, viewer, told)
        write()
    return fresh


def made_within(connection: Connection, store: Store, viewer: Viewer, told: Told) -> str:
    """The journal's part of `make`, in a transaction that does more; the file is written after it."""
    fresh = _put(connection, store, viewer, told, "done")
    audit.record(connection, store, viewer.officer, "data_changed", fresh)
    return fresh


def propose(store: Store, viewer: Viewer, told: Told) -> str:
    """Keep it for a second person; nothing is changed yet. Raises `NotFound`."""
    _must_train(viewer)
    with store.database.write() as connection:
        fresh = _put(connection, store, viewer, told, "proposed")
        audit.record(connection, store, viewer.officer, "data_proposed", fresh)
    return fresh


def agree(store: Store, viewer: Viewer, change: str, write: Write) -> None:
    """The second person agrees and the file is written. Raises `NotFound`, `SamePerson`, and whatever `write` raises."""
    with store.database.write() as connection:
        row = _waiting(connection, viewer, change)
        if row.made_by == viewer.officer:
            raise SamePerson
        _settle(connection, store, viewer, change, "done")
        audit.record(connection, store, viewer.officer, "data_agreed", change)
        write()


def refuse(store: Store, viewer: Viewer, change: str) -> None:
    """Not done; who proposed it may take it back in the same way. Raises `NotFound`."""
    with store.database.write() as connection:
        _waiting(connection, viewer, change)
        _settle(connection, store, viewer, change, "refused")
        audit.record(connection, store, viewer.officer, "data_refused", change)


def undo(store: Store, viewer: Viewer, change: str, write: Write) -> None:
    """Take a change back. Raises `NotFound` for one that is not done, and whatever `write` raises."""
    _must_train(viewer)
    with store.database.write() as connection:
        done = update(DataChange).where(DataChange.id == change, DataChange.state == "done")
        if not connection.execute(done.values(state="undone", settled_by=viewer.officer, settled_at=store.now())).rowcount:
            raise NotFound
        audit.record(connection, store, viewer.officer, "data_undone", change)
        write()


def one(store: Store, viewer: Viewer, change: str) -> Change:
    """Raises `NotFound`."""
    found = _listed(store, viewer, DataChange.id == change)
    if not found:
        raise NotFound
    return found[0]


def waiting(store: Store, viewer: Viewer) -> tuple[Change, ...]:
    """Proposals, newest first. Raises `NotFound`."""
    return _listed(store, viewer, DataChange.state == "proposed")


def journal(store: Store, viewer: Viewer) -> tuple[Change, ...]:
    """What was done or settled, newest first. Raises `NotFound`."""
    return _listed(store, viewer, DataChange.state != "proposed")


def _listed(store: Store, viewer: Viewer, which: Any) -> tuple[Change, ...]:
    if viewer.role not in MAY_SETTLE:
        raise NotFound
    with store.database.read() as connection:
        known = officers.names(connection, store)
        wanted = select(DataChange.__table__).where(which).order_by(DataChange.made_at.desc(), DataChange.id).limit(_AT_ONCE)
        rows = connection.execute(wanted).all()
    return tuple(_change(store, known, row) for row in rows)


def _change(store: Store, known: Mapping[str, str], row: Row[Any]) -> Change:
    told = unseal_json(store.vault.office, "data_change.change", row.id, row.change, {})
    return Change(
        row.id,
        Told(row.kind, row.topic, row.place, told),
        row.state,
        OfficerId(row.made_by),
        known.get(row.made_by, ""),
        row.made_at,
        known.get(row.settled_by or "", ""),
        row.settled_at,
    )


def _put(connection: Connection, store: Store, viewer: Viewer, told: Told, state: str) -> str:
    fresh = new_id()
    sealed = seal_json(store.vault.office, "data_change.change", fresh, json.loads(json.dumps(told.change)))
    connection.execute(
        insert(DataChange).values(
            id=fresh,
            kind=told.kind,
            topic=told.topic,
            place=told.place,
            state=state,
            change=sealed,
            made_by=viewer.officer,
            made_at=store.now(),
        )
    )
    return fresh


def _waiting(connection: Connection, viewer: Viewer, change: str) -> Row[Any]:
    if viewer.role not in MAY_SETTLE:
        raise NotFound
    wanted = select(DataChange.made_by).where(DataChange.id == change, DataChange.state == "proposed").with_for_update()
    row = connection.execute(wanted).first()
    if row is None:
        raise NotFound
    return row


def _settle(connection: Connection, store: Store, viewer: Viewer, change: str, state: str) -> None:
    settled = {"state": state, "settled_by": viewer.officer, "settled_at": store.now()}
    connection.execute(update(DataChange).where(DataChange.id == change).values(**settled))


def _must_train(viewer: Viewer) -> None:
    if viewer.role is not Role.PELATIH:
        raise NotFound
