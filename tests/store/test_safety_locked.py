"""What keeps a conversation safe is all or nothing: a locked database leaves everything as it was."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from damping.casework.message import Body
from damping.casework.precautions import Precautions
from damping.casework.turn import TurnOutcome
from damping.store import inbox, outbox, turns
from damping.store.context import Store
from damping.store.database import Database
from damping.store.tables import Conversation, Inbox
from tests.support import HeldClock, a_line


@pytest.fixture
def impatient(store: Store, clock: HeldClock) -> Store:
    """The same database, waited for only a moment."""
    if not store.database.is_sqlite:
        pytest.skip("SQLite's lock")
    return Store(
        Database(str(store.database.engine.url), busy_seconds=0.1), store.vault, clock, precautions=Precautions("info kota", "salah kirim")
    )


def locked(store: Store) -> sqlite3.Connection:
    blocker = sqlite3.connect(Path(str(store.database.engine.url.database)), isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    return blocker


def hidden(store: Store) -> bool:
    with store.database.read() as connection:
        return connection.execute(select(Conversation.disguised_at)).scalar() is not None


def test_a_safe_word_that_could_not_be_stored_works_once_it_can(store: Store, impatient: Store) -> None:
    inbox.receive(impatient, [a_line("halo")])
    word = a_line("info kota")
    blocker = locked(store)
    with pytest.raises(OperationalError):
        inbox.receive(impatient, [word])
    blocker.close()
    assert not hidden(store)

    inbox.receive(impatient, [word])
    inbox.receive(impatient, [word])  # the channel repeats itself: not opened again by its own copy

    assert hidden(store)


def test_a_neutral_answer_that_could_not_be_stored_leaves_the_line_waiting(store: Store, impatient: Store, clock: HeldClock) -> None:
    inbox.receive(impatient, [a_line("info kota")])
    clock.forward(seconds=5)
    claimed = turns.claim(impatient, timedelta(seconds=30))
    assert claimed is not None
    blocker = locked(store)
    with pytest.raises(OperationalError):
        turns.answer_neutrally(impatient, claimed, Body(text="Info kota."), TurnOutcome())
    blocker.close()
    with store.database.read() as connection:
        assert "pending" == connection.execute(select(Inbox.state)).scalar_one()

    assert turns.answer_neutrally(impatient, claimed, Body(text="Info kota."), TurnOutcome())
    assert outbox.claim(impatient, timedelta(seconds=30)) is not None


def test_a_neutral_answer_after_the_lease_changes_nothing(store: Store, impatient: Store, clock: HeldClock) -> None:
    inbox.receive(impatient, [a_line("info kota")])
    clock.forward(seconds=5)
    late = turns.claim(impatient, timedelta(seconds=30))
    assert late is not None
    clock.forward(seconds=31)
    assert turns.claim(impatient, timedelta(seconds=30)) is not None

    assert not turns.answer_neutrally(impatient, late, Body(text="Info kota."), TurnOutcome())
    assert None is outbox.claim(impatient, timedelta(seconds=30))
