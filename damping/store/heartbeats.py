"""Which process said when that it lives."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select

from damping.store.context import Store
from damping.store.tables import Heartbeat


def beat(store: Store, states: Mapping[str, str]) -> None:
    """Write the states of some processes, as of now."""
    with store.database.write() as connection:
        connection.execute(delete(Heartbeat).where(Heartbeat.process.in_(states)))
        connection.execute(insert(Heartbeat), [{"process": name, "at": store.now(), "state": state} for name, state in states.items()])


def last(store: Store) -> dict[str, tuple[datetime, str]]:
    """Process -> (when, state)."""
    with store.database.read() as connection:
        return {row.process: (row.at, row.state) for row in connection.execute(select(Heartbeat.process, Heartbeat.at, Heartbeat.state))}
