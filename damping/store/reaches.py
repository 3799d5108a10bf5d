"""How officers are called away from the desk: their own numbers and addresses, sealed, given and taken back by themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Update, delete, insert, select, update

from damping.casework.duty import Way
from damping.casework.ids import OfficerId, new_id
from damping.store import audit
from damping.store.context import Store
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.tables_duty import Reach

ADDRESS_AT_MOST = 500
_BROWSERS_AT_MOST = 5
_ORDER = {Way.PUSH: 0, Way.WHATSAPP: 1, Way.TELEGRAM: 2, Way.EMAIL: 3}


@dataclass(frozen=True)
class Reached:
    """One way to an officer. The `repr` shows no address."""

    id: str
    officer: OfficerId
    way: Way
    address: str
    worked_at: datetime | None
    failed_at: datetime | None

    def __repr__(self) -> str:
        return f"<Reached {self.id} {self.way}>"

    @property
    def doubtful(self) -> bool:
        """Whether the last call did not leave."""
        return self.failed_at is not None and (self.worked_at is None or self.failed_at > self.worked_at)


def own(store: Store, viewer: Viewer) -> tuple[Reached, ...]:
    """An officer's own ways. Raises `NotFound` for a role that is never called."""
    _must_be_callable(viewer)
    with store.database.read() as connection:
        return of(connection, store, [viewer.officer])


def keep(store: Store, viewer: Viewer, way: Way, address: str) -> None:
    """Give a way; it takes the place of the earlier one of its kind, but that an officer may have several browsers."""
    _must_be_callable(viewer)
    fresh, office = new_id(), store.vault.office
    with store.database.write() as connection:
        known = [one for one in of(connection, store, [viewer.officer]) if one.way is way]
        if any(one.address == address for one in known):
            return
        spare = known if way is not Way.PUSH else known[: max(0, len(known) - _BROWSERS_AT_MOST + 1)]
        connection.execute(delete(Reach).where(Reach.id.in_([one.id for one in spare])))
        connection.execute(
            insert(Reach).values(
                id=fresh,
                officer_id=viewer.officer,
                way=way,
                address=office.seal_text("reach.address", fresh, address),
                made_at=store.now(),
            )
        )
        audit.record(connection, store, viewer.officer, "reach_changed", viewer.officer)


def forget(store: Store, viewer: Viewer, reach: str) -> None:
    """Take one of one's own ways back. Raises `NotFound`."""
    _must_be_callable(viewer)
    with store.database.write() as connection:
        if not connection.execute(delete(Reach).where(Reach.id == reach, Reach.officer_id == viewer.officer)).rowcount:
            raise NotFound
        audit.record(connection, store, viewer.officer, "reach_changed", viewer.officer)


def of(connection: Connection, store: Store, officers: Collection[str]) -> tuple[Reached, ...]:
    """The ways of some officers, the quickest first."""
    rows = connection.execute(select(Reach.__table__).where(Reach.officer_id.in_(officers)).order_by(Reach.made_at))
    return tuple(sorted((_reached(store, row) for row in rows), key=lambda one: _ORDER[one.way]))


def fared(store: Store, reach: str, *, well: bool, gone: bool = False) -> None:
    """Write down how a call by this way went; one that is gone is forgotten."""
    now = store.now()
    with store.database.write() as connection:
        if gone:
            connection.execute(delete(Reach).where(Reach.id == reach))
            return
        connection.execute(update(Reach).where(Reach.id == reach).values(worked_at=now) if well else _failed(reach, now))


def _failed(reach: str, now: datetime) -> Update:
    return update(Reach).where(Reach.id == reach).values(failed_at=now)


def _reached(store: Store, row: Row[Any]) -> Reached:
    address = store.vault.office.unseal_text("reach.address", row.id, row.address)
    return Reached(row.id, OfficerId(row.officer_id), Way(row.way), address, row.worked_at, row.failed_at)


def _must_be_callable(viewer: Viewer) -> None:
    if viewer.role not in ON_DUTY:
        raise NotFound
