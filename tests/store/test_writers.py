"""SQLite's writers share commits, and nothing else: each act stands or falls alone, and none returns before the disk has it."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from damping.store import events
from damping.store.context import Store
from damping.store.database import Database
from damping.store.tables import Event


@pytest.fixture(autouse=True)
def _only_sqlite(store: Store) -> None:
    if not store.database.is_sqlite:
        pytest.skip("PostgreSQL has writers of its own")


def kinds(store: Store) -> list[str]:
    with store.database.read() as connection:
        return list(connection.execute(select(Event.kind).order_by(Event.kind)).scalars())


def test_an_act_that_fails_takes_nobody_with_it(store: Store) -> None:
    start = threading.Barrier(12)

    def act(number: int) -> str:
        start.wait()
        try:
            with store.database.write() as connection:
                events.tell(connection, store, f"kind{number:02d}")
                if number % 3 == 0:
                    raise LookupError(number)
        except LookupError:
            return "failed"
        return "kept"

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(act, range(12)))

    assert ["failed" if n % 3 == 0 else "kept" for n in range(12)] == told
    assert [f"kind{n:02d}" for n in range(12) if n % 3] == kinds(store)


def test_what_was_written_is_on_disk_when_the_act_returns(store: Store, tmp_path: Path) -> None:
    def act(number: int) -> bool:
        with store.database.write() as connection:
            events.tell(connection, store, f"kind{number:02d}")
        outside = sqlite3.connect(tmp_path / "store.db")
        found = outside.execute("SELECT count(*) FROM event WHERE kind = ?", (f"kind{number:02d}",)).fetchone()[0]
        outside.close()
        return bool(found)

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(act, range(100)))


def test_a_commit_that_fails_fails_every_act_of_its_batch_and_the_next_batch_works(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Connection.commit
    monkeypatch.setattr(Connection, "commit", lambda _self: (_ for _ in ()).throw(OperationalError("COMMIT", None, OSError("disk full"))))
    with pytest.raises(OperationalError), store.database.write() as connection:
        connection.execute(insert(Event), {"kind": "lost", "at": store.now()})
    monkeypatch.setattr(Connection, "commit", real)

    with store.database.write() as connection:
        events.tell(connection, store, "kept")

    assert ["kept"] == kinds(store)


def test_a_full_disk_lets_no_act_return_as_if_it_were_kept(store: Store) -> None:
    """SQLite rolls the whole transaction back; the neighbours of the act that hit the limit must hear of it."""
    with store.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.rollback()

    @event.listens_for(store.database.engine, "begin")
    def small(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 4}")

    start = threading.Barrier(8)

    def act(number: int) -> bool:
        start.wait()
        try:
            with store.database.write() as connection:
                for _ in range(40):
                    events.tell(connection, store, f"kind{number}" + "x" * 20, "c" * 60)
        except SQLAlchemyError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(act, range(8)))

    found = {kind[4] for kind in kinds(store)}
    assert {str(number) for number, told in enumerate(kept) if told} == found
    assert not all(kept)


def test_two_processes_take_turns(store: Store) -> None:
    other = Store(Database(str(store.database.engine.url)), store.vault, store.clock)

    def act(number: int) -> None:
        with (store if number % 2 else other).database.write() as connection:
            events.tell(connection, store, f"kind{number:02d}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(60)))
    other.database.close()

    assert [f"kind{n:02d}" for n in range(60)] == kinds(store)
