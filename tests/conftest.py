"""Fixtures of the service's tests: a fresh store on SQLite, and on PostgreSQL where `DAMPING_TEST_POSTGRES` names a server."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

collect_ignore: list[str] = []
try:
    import sqlalchemy
    from sqlalchemy import create_engine, make_url, text
except ImportError:  # the engine's environment: only tests/engine and tests/rules run there
    sqlalchemy = None  # type: ignore[assignment]

if sqlalchemy is not None and sqlalchemy.__version__ >= "2":
    from damping.store import migrate
    from damping.store.context import Store
    from damping.store.database import Database
    from damping.store.sealing import Vault
    from tests.support import HeldClock

    POSTGRES = os.environ.get("DAMPING_TEST_POSTGRES", "")

    @pytest.fixture(scope="session")
    def migrated() -> Iterator[str]:
        """The name of a migrated PostgreSQL database, to be copied for each test."""
        name = f"damping_test_{secrets.token_hex(6)}"
        with _made(name):
            yield name

    @contextmanager
    def _made(name: str, template: str = "template1") -> Iterator[None]:
        server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        if template == "template1":
            first = Database(_url(name))
            migrate.upgrade(first)
            first.close()
        yield
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        server.dispose()

    def _url(name: str) -> str:
        return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)

    @pytest.fixture(params=["sqlite", "postgresql"])
    def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
        """A migrated, empty database."""
        if request.param == "sqlite":
            opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
            migrate.upgrade(opened)
            yield opened
            opened.close()
            return
        if not POSTGRES:
            pytest.skip("DAMPING_TEST_POSTGRES names no PostgreSQL server")
        name = f"damping_test_{secrets.token_hex(6)}"
        with _made(name, request.getfixturevalue("migrated")):
            opened = Database(_url(name))
            yield opened
            opened.close()

    @pytest.fixture
    def clock() -> HeldClock:
        """Stands still until moved."""
        return HeldClock()

    @pytest.fixture
    def store(database: Database, clock: HeldClock) -> Store:
        """A store with a throw-away master key and a held clock."""
        return Store(database, Vault(secrets.token_bytes(32)), clock)
