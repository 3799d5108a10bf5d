"""SQLite's writers: one act at a time, and one commit for all acts that came meanwhile.

A commit on SQLite waits for the disk; while one thread's act is at work others arrive. Each act runs in a savepoint of one
shared transaction; the last in line commits for all, and no act returns before that commit. An act that fails takes back its
own savepoint only. Other processes are let in between by a lock file: SQLite's own waiting sleeps up to 100 ms between
looks and lets the unlucky starve. A process that dies lets go of lock and transaction.
"""

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

_LOOK_S = 0.002
_MOST_ACTS = 16


class Batch:
    """One transaction shared by several acts. `error`: why its commit failed."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.acts = 0
        self.done = threading.Event()
        self.error: BaseException | None = None


class Writers:
    """The door to SQLite's one writer; `patience_s`: how long other processes are waited for."""

    def __init__(self, engine: Engine, patience_s: float) -> None:
        self._engine = engine
        self._patience_s = patience_s
        self._file = os.open(f"{engine.url.database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._batch: Batch | None = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One act. Raises what the act raises, or what the commit raises; `OperationalError` after the patience ends."""
        end = time.monotonic() + self._patience_s
        self._queue(1)
        try:
            self._turn.acquire()
        finally:
            self._queue(-1)
        try:
            batch = self._batch = self._batch or self._open(end)
        except BaseException:
            self._turn.release()
            raise
        try:
            with batch.connection.begin_nested():
                yield batch.connection
        finally:
            batch.acts += 1
            self._leave(batch)
        batch.done.wait()
        if batch.error is not None:
            raise batch.error

    def close(self) -> None:
        """Let the lock file go."""
        os.close(self._file)

    def _queue(self, change: int) -> None:
        with self._counting:
            self._waiting += change

    def _leave(self, batch: Batch) -> None:
        """The last in line commits; whoever is waiting now will be that one.

        A full disk makes SQLite roll back the whole transaction, not the savepoint: then all of the batch have failed.
        """
        try:
            with self._counting:
                last = self._waiting == 0 or batch.acts >= _MOST_ACTS
            if not batch.connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]  # a sqlite3 connection
                self._end(batch, OperationalError("ROLLBACK", None, sqlite3.OperationalError("SQLite rolled the transaction back")))
            elif last:
                self._end(batch, None)
        finally:
            self._turn.release()

    def _open(self, end: float) -> Batch:
        self._lock(end)
        try:
            connection = self._engine.connect()
            connection.begin()
        except BaseException:
            fcntl.flock(self._file, fcntl.LOCK_UN)
            raise
        return Batch(connection)

    def _end(self, batch: Batch, error: BaseException | None) -> None:
        """Commit, or where `error` says why not, give up; every act of the batch learns which."""
        self._batch, batch.error = None, error
        try:
            if error is None:
                batch.connection.commit()
        except BaseException as failed:  # noqa: BLE001  raised again in every act of the batch
            batch.error = failed
        finally:
            try:
                batch.connection.close()
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)
                batch.done.set()

    def _lock(self, end: float) -> None:
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > end:
                    raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked")) from None
                time.sleep(_LOOK_S)
