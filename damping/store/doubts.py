"""Sentences that the assistant was unsure of, as trainers find them; `damping.store.doubt_keeping` says what is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from damping.store import audit
from damping.store.context import Store
from damping.store.desk import NotFound, Viewer
from damping.store.officers import Role
from damping.store.tables_workbench import Doubt, DoubtLabel
from rules.levels import Level

_AT_ONCE = 400


@dataclass(frozen=True)
class DoubtShown:
    """One sentence as a trainer sees it."""

    id: str
    day: date
    source: str
    worth: int
    intent: str
    danger: Level
    sentence: str


def inbox(store: Store, viewer: Viewer) -> tuple[DoubtShown, ...]:
    """Open ones, most valuable first. Raises `NotFound`."""
    must_see(viewer)
    with store.database.read() as connection:
        wanted = select(Doubt.__table__).where(Doubt.state == "open").order_by(Doubt.worth.desc(), Doubt.day.desc(), Doubt.id)
        return tuple(_shown(store, row) for row in connection.execute(wanted.limit(_AT_ONCE)))


def one(store: Store, viewer: Viewer, doubt: str) -> DoubtShown:
    """An open one. Raises `NotFound`."""
    must_see(viewer)
    with store.database.read() as connection:
        row = connection.execute(select(Doubt.__table__).where(Doubt.id == doubt, Doubt.state == "open")).first()
    if row is None:
        raise NotFound
    return _shown(store, row)


def use(connection: Connection, store: Store, viewer: Viewer, doubt: str) -> None:
    """It has become an example. Raises `NotFound` where it is open no more."""
    done = update(Doubt).where(Doubt.id == doubt, Doubt.state == "open").values(state="used", settled_at=store.now())
    if not connection.execute(done).rowcount:
        raise NotFound
    audit.record(connection, store, viewer.officer, "doubt_used", doubt)


def drop(store: Store, viewer: Viewer, doubt: str) -> None:
    """Useless, or still personal: its words are destroyed. Raises `NotFound`."""
    must_train(viewer)
    with store.database.write() as connection:
        empty = store.vault.office.seal_text("doubt.sentence", doubt, "")
        gone = update(Doubt).where(Doubt.id == doubt, Doubt.state == "open")
        if not connection.execute(gone.values(state="dropped", settled_at=store.now(), sentence=empty)).rowcount:
            raise NotFound
        connection.execute(delete(DoubtLabel).where(DoubtLabel.doubt_id == doubt))
        audit.record(connection, store, viewer.officer, "doubt_dropped", doubt)


def must_see(viewer: Viewer) -> None:
    """Raises `NotFound` for others than trainers and supervisors."""
    if viewer.role not in (Role.PELATIH, Role.SUPERVISOR):
        raise NotFound


def must_train(viewer: Viewer) -> None:
    """Raises `NotFound` for others than trainers."""
    if viewer.role is not Role.PELATIH:
        raise NotFound


def _shown(store: Store, row: Row[Any]) -> DoubtShown:
    sentence = store.vault.office.unseal_text("doubt.sentence", row.id, row.sentence)
    return DoubtShown(row.id, row.day, row.source, row.worth, row.intent, Level(row.danger), sentence)
