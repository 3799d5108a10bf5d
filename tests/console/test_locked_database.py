"""A writer that holds the database: the desk waits, then says so; nothing is half done."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from damping.store import desk, login_delay, migrate, officer_sessions, officers
from damping.store.context import Store
from damping.store.database import Database
from damping.store.desk import Viewer
from damping.store.notices import NoticeKind
from damping.store.officer_sessions import Limits
from damping.store.officers import NewAccount, Role
from damping.store.sealing import Vault
from tests.console.people import PASSWORD, Browser, Office, said
from tests.support import HeldClock


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """SQLite that loses patience quickly."""
    opened = Database(f"sqlite:///{tmp_path / 'store.db'}", busy_seconds=0.1)
    migrate.upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database, clock: HeldClock) -> Store:
    return Store(database, Vault(b"k" * 32), clock)


@contextmanager
def locked(tmp_path: Path) -> Iterator[None]:
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_every_writing_act_of_the_desk_fails_whole_and_reading_goes_on(store: Store, office: Office, tmp_path: Path) -> None:
    rina = office.officer("rina")
    conversation = office.hears()
    viewer = Viewer(rina, Role.PETUGAS)
    token = officer_sessions.begin(store, rina)
    before = office.acts()
    acts: list[Callable[[], object]] = [
        lambda: desk.read(store, viewer, conversation),
        lambda: desk.settle_notice(store, viewer, conversation, NoticeKind.HUSH),
        lambda: officers.invite(store, Role.PETUGAS),
        lambda: officers.add(store, NewAccount("budi", "Budi", PASSWORD), Role.PETUGAS),
        lambda: officers.accept(store, "x", NewAccount("budi", "Budi", PASSWORD)),
        lambda: officer_sessions.begin(store, rina),
        lambda: officer_sessions.end(store, token, rina),
        lambda: officer_sessions.end_all(store, rina, "x"),
        lambda: login_delay.count(store, b"x"),
        lambda: login_delay.forget(store, b"x"),
    ]

    with locked(tmp_path):
        for act in acts:
            with pytest.raises(OperationalError):
                act()
        assert 1 == len(desk.queue(store, viewer).rows)
        assert officer_sessions.look(store, token, Limits(), touch=False) is not None
        assert rina == officers.verify(store, "rina", PASSWORD)

    assert before == office.acts()


async def test_the_officer_is_told_and_keeps_what_was_typed(browser: Callable[[], Browser], office: Office, tmp_path: Path) -> None:
    office.officer("rina")
    conversation = office.hears()
    rina = await browser().as_("rina")

    with locked(tmp_path):
        answer = await rina.post(f"/percakapan/{conversation}/catatan", {"HX-Request": "true"}, teks="penting")

    assert (503, "#kabar") == (answer.status_code, answer.headers["hx-retarget"])
    assert "Tidak ada yang berubah; tulisan Anda masih ada." in said(answer)
