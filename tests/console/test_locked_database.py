"""A writer that holds the database: the desk waits, then says so; nothing is half done."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from damping.casework.ids import MessageId
from damping.store import (
    accounts,
    desk,
    drafts,
    factors,
    glass,
    login_delay,
    migrate,
    numbers,
    officer_sessions,
    officers,
    presence,
    promises,
    sheet,
    takeover,
    waiting_replies,
)
from damping.store.context import Store
from damping.store.database import Database
from damping.store.desk import Viewer
from damping.store.notices import NoticeKind
from damping.store.officer_sessions import Limits
from damping.store.officers import NewAccount, Role
from damping.store.sealing import Vault
from damping.store.tables import Conversation
from damping.store.tables_desk import WordCourse
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
    code = factors.make_codes(store, rina)[0]
    admin, dewi = office.officer("adi", Role.ADMIN), office.officer("dewi")
    manager = Viewer(admin, Role.ADMIN)
    accounts.lock_out(store, manager, dewi)
    back = accounts.let_back(store, manager, dewi)
    held = office.hears(sender="2")
    takeover.claim(store, held, rina)
    waiting_replies.hold(store, held, rina, "x", timedelta(0) - timedelta(seconds=1))
    with store.database.write() as connection:
        connection.execute(update(WordCourse).values(active_at=store.now() - timedelta(days=1)))
        connection.execute(update(Conversation).where(Conversation.id == held).values(waiting_since=None))
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
        lambda: takeover.claim(store, conversation, rina),
        lambda: takeover.hand_back(store, conversation, rina),
        lambda: takeover.release(store, conversation, rina),
        lambda: takeover.transfer(store, conversation, takeover.Handing(rina, dewi, "x")),
        lambda: takeover.assign(store, conversation, takeover.Handing(rina, dewi, "x")),
        lambda: takeover.end_silent(store),
        lambda: takeover.reply(store, conversation, rina, "x"),
        lambda: takeover.note(store, conversation, rina, "x"),
        lambda: waiting_replies.hold(store, conversation, rina, "x"),
        lambda: waiting_replies.take_back(store, conversation, rina, "x"),
        lambda: waiting_replies.send_due(store),
        lambda: drafts.keep(store, conversation, rina, drafts.Box.NOTE, "x"),
        lambda: presence.tell(store, rina, conversation),
        lambda: sheet.edit(store, conversation, rina, sheet.Edit("age", "30", 0)),
        lambda: sheet.settle(store, conversation, rina, "x", take=True),
        lambda: promises.make(store, conversation, rina, MessageId("x")),
        lambda: promises.keep(store, conversation, rina, MessageId("x")),
        lambda: numbers.show(store, conversation, rina, "x"),
        lambda: login_delay.count(store, b"x"),
        lambda: login_delay.forget(store, b"x"),
        lambda: officer_sessions.complete(store, token, "totp"),
        lambda: officer_sessions.wake(store, token, rina, "totp"),
        lambda: officer_sessions.attempt(store, token),
        lambda: officer_sessions.set_challenge(store, token, b"x"),
        lambda: officer_sessions.take_challenge(store, token),
        lambda: officer_sessions.end_one(store, rina, "00"),
        lambda: factors.begin_totp(store, rina),
        lambda: factors.confirm_totp(store, rina, "000000", "HP"),
        lambda: factors.spend_totp(store, rina, "000000"),
        lambda: factors.add_passkey(store, rina, b"x", b"x", 0, "HP"),
        lambda: factors.end(store, rina, "x"),
        lambda: factors.make_codes(store, rina),
        lambda: factors.spend_code(store, rina, code),
        lambda: officers.change_password(store, rina, PASSWORD),
        lambda: officers.come_back(store, back, PASSWORD),
        lambda: accounts.staff(store, manager, Limits()),
        lambda: accounts.invite(store, manager, Role.PETUGAS),
        lambda: accounts.withdraw(store, manager, "00"),
        lambda: accounts.change_role(store, manager, rina, Role.PELATIH),
        lambda: accounts.end_sessions(store, manager, rina),
        lambda: accounts.lock_out(store, manager, rina),
        lambda: accounts.let_back(store, manager, dewi),
        lambda: glass.break_it(store, rina, Role.PETUGAS, conversation, "alasan yang cukup"),
        lambda: glass.look_at(store, admin, "x"),
    ]

    with locked(tmp_path):
        for act in acts:
            with pytest.raises(OperationalError):
                act()
        assert 2 == len(desk.queue(store, viewer).rows)
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
