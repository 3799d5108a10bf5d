"""The database: SQLite (embedded default) or PostgreSQL, one transaction an act.

The store is synchronous and runs in threads (docs/decisions/0002): a whole transaction is one hop off the event loop.
SQLite: WAL with `synchronous=FULL`, so that what was acknowledged survives a power cut; writers take the lock at once
and wait for each other up to `BUSY_SECONDS`.
"""

import asyncio
import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError

BUSY_SECONDS = 15.0
_LOOK_S = 0.002


class Database:
    """Opens transactions; runs store functions off the event loop."""

    def __init__(self, url: str, busy_seconds: float = BUSY_SECONDS) -> None:
        """`url`: `sqlite:///path` or `postgresql+psycopg://…`; `busy_seconds`: how long a SQLite writer waits for another."""
        self._turnstile = _Turnstile(make_url(url).database, busy_seconds) if url.startswith("sqlite") else None
        self.engine = _sqlite(url, busy_seconds) if url.startswith("sqlite") else create_engine(url, pool_size=8, pool_pre_ping=True)
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="store")

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write; commits at the end, rolls back on any exception."""
        with self._turnstile or nullcontext(), self.engine.begin() as connection:
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
        if self._turnstile is not None:
            self._turnstile.close()


class _Turnstile:
    """Lets SQLite's writers in one after the other.

    SQLite's own waiting sleeps up to 100 ms between looks and lets the unlucky starve; here a thread waits for the
    threads of its process by a lock and for other processes by a lock file, looking every two milliseconds.
    A process that dies lets go of both.
    """

    def __init__(self, database: str | None, busy_seconds: float) -> None:
        self._file = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._own = threading.Lock()
        self._patience_s = busy_seconds

    def __enter__(self) -> None:
        """Raises `OperationalError` after the patience ends."""
        end = time.monotonic() + self._patience_s
        if not self._own.acquire(timeout=self._patience_s):
            raise _locked()
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > end:
                    self._own.release()
                    raise _locked() from None
                time.sleep(_LOOK_S)

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._own.release()

    def close(self) -> None:
        """Let the lock file go."""
        os.close(self._file)


def _locked() -> OperationalError:
    return OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))


def _sqlite(url: str, busy_seconds: float) -> Engine:
    engine = create_engine(url, pool_size=8, connect_args={"timeout": busy_seconds, "check_same_thread": False})

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
