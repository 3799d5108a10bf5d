"""An office with its desk, and browsers of invented officers."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from httpx import ASGITransport, AsyncClient
from litestar import Litestar

from damping.console.app import create_app
from damping.console.config import ConsoleConfig
from damping.store import officers
from damping.store.context import Store
from damping.store.live import Live
from damping.wiring import workbench
from damping.workbench.bench import Bench
from tests.console.open_desk import TEXTS, chromium, desk, limits, sign_in, undo
from tests.console.people import ORIGIN, Browser, Office
from tests.workbench.bench import a_bench

__all__ = ["TEXTS", "chromium", "desk", "limits", "sign_in", "undo"]


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What a browser sees does not depend on the database: those tests run on SQLite, the store's own on both."""
    if "browser" in metafunc.fixturenames:
        metafunc.definition.add_marker(pytest.mark.parametrize("database", ["sqlite"], indirect=True))


@pytest.fixture(autouse=True)
def insecure_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real thing with the smallest cost, so that tests do not wait for it."""
    monkeypatch.setattr(officers, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    officers._nobodys_hash.cache_clear()


@pytest.fixture
def office(store: Store) -> Office:
    """Accounts and conversations are made through it."""
    return Office(store)


@pytest.fixture
def paused() -> list[float]:
    """The seconds that guessed passwords had to wait."""
    return []


@pytest.fixture
def bench(store: Store, tmp_path: Path) -> Bench:
    """What the trainers' pages work with."""
    return a_bench(store, tmp_path / "kantor")


@pytest.fixture
def app(store: Store, paused: list[float], bench: Bench) -> Litestar:
    """The desk as in production, but that a delay is only written down."""

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    config = ConsoleConfig(origins=(ORIGIN,), office="Kantor contoh", undo=timedelta(0))
    return create_app(config, store, Live(store), TEXTS, pause, (workbench.annex(bench),))


@pytest.fixture
async def browser(app: Litestar, store: Store) -> AsyncIterator[Callable[[], Browser]]:
    """Opens fresh browsers at the desk's address."""
    opened: list[Browser] = []

    def fresh() -> Browser:
        opened.append(Browser(AsyncClient(transport=ASGITransport(app), base_url=ORIGIN), store))
        return opened[-1]

    yield fresh
    for one in opened:
        await one.client.aclose()
