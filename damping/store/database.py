"""The database: SQLite (embedded default) or PostgreSQL, one transaction an act.

The store is synchronous and runs in threads (docs/decisions/0002): a whole transaction is one hop off the event loop.
SQLite: WAL with `synchronous=FULL`, so that what was acknowledged survives a power cut; its writers are led by `writers`.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from damping.store.writers import Writers

BUSY_SECONDS = 15.0


class Database:
    """Opens transactions; runs store functions off the event loop."""

    def __init__(self, url: str, busy_seconds: float = BUSY_SECONDS) -> None:
        """`url`: `sqlite:///path` or `postgresql+psycopg://…`; `busy_seconds`: how long a SQLite writer waits for another."""
        self.engine = (
            _sqlite(url, busy_seconds)
            if url.startswith("sqlite")
            else create_engine(url, pool_size=8, pool_pre_ping=True, hide_parameters=True)
        )
        self._writers = Writers(self.engine, busy_seconds) if self.is_sqlite else None
        self._threads = ThreadPoolExecutor(max_workers=16, thread_name_prefix="store")

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write; commits at the end, rolls back on any exception."""
        with self._writers.write() if self._writers else self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads and never waits for a writer."""
        with self.engine.connect().execution_options(damping_read=True) as connection, connection.begin():
            yield connection

    async def run[**P, R](self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a store function in a thread and wait for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: act(*args, **kwargs))

    def close(self) -> None:
        """Let go of threads and connections."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()
        if self._writers is not None:
            self._writers.close()


def _sqlite(url: str, busy_seconds: float) -> Engine:
    engine = create_engine(url, pool_size=20, hide_parameters=True, connect_args={"timeout": busy_seconds, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("damping_read", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
