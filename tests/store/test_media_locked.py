"""Files, templates, echoes and statuses are all or nothing: a locked database leaves everything as it was, and the next try is whole."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from damping.casework.files import FileLimits, FileState, Prepared, Why
from damping.casework.ids import ConversationId, OfficerId
from damping.casework.message import Author, Body, Channel, Delivery, Identity, Inbound, Kind, Status
from damping.casework.precautions import Contact
from damping.casework.templates import Template
from damping.store import echoes, identities, inbox, media, media_view, outbox, safety, takeover, templates
from damping.store.context import Store
from damping.store.database import Database
from damping.store.desk import Viewer
from damping.store.inbox import Arrival
from damping.store.officers import Role
from damping.store.tables import Audit, Conversation, Message, Outbox
from damping.store.tables_media import EarlyStatus, Media, MediaPart
from rules.levels import Level
from tests.contracts.test_turns import an_officer
from tests.support import HeldClock

LIMITS = FileLimits(kept=timedelta(days=30))
VOICE = Prepared(b"OggS" + b"x" * 900_000, "audio/ogg")
NAMES = (Identity("wa_id", "6280000000001"),)
NEUTRAL = Template("sapa", "id", "Sapa", "Balas bila sudah aman.")


@pytest.fixture
def impatient(store: Store, clock: HeldClock) -> Store:
    """The same database, waited for only a moment."""
    if not store.database.is_sqlite:
        pytest.skip("SQLite's lock")
    return Store(Database(str(store.database.engine.url), busy_seconds=0.1), store.vault, clock)


@pytest.fixture
def rina(store: Store) -> OfficerId:
    return an_officer(store, "rina")


def arrival(file: Prepared | None = None, number: int = 1) -> Arrival:
    body = Body(media={"type": "audio", "id": f"{number}"})
    return Arrival(Inbound(Channel.WHATSAPP, f"wamid.{number}", NAMES, Kind.MEDIA, body, 1), Level.HIJAU, (), file)


def refused(store: Store, act: Callable[[], object]) -> None:
    """The act fails while the database is locked, and leaves no trace."""
    before = counts(store)
    blocker = sqlite3.connect(Path(str(store.database.engine.url.database)), isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OperationalError):
        act()
    blocker.close()
    assert before == counts(store)


def counts(store: Store) -> list[int]:
    tables = (Message, Media, MediaPart, Outbox, Audit, EarlyStatus)
    with store.database.read() as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def the_file(store: Store) -> str:
    with store.database.read() as connection:
        return connection.execute(select(Media.id)).scalar_one()


def state(store: Store) -> str:
    with store.database.read() as connection:
        return connection.execute(select(Media.state)).scalar_one()


def test_a_message_with_its_file_is_stored_whole_or_not_at_all(store: Store, impatient: Store) -> None:
    refused(store, lambda: inbox.receive(impatient, [arrival(VOICE)]))

    inbox.receive(impatient, [arrival(VOICE)])
    inbox.receive(impatient, [arrival(VOICE)])

    assert [1, 1, 2, 0, 0, 0] == counts(store)
    assert FileState.KEPT == state(store)


def test_a_fetched_file_is_kept_by_the_next_try(store: Store, impatient: Store) -> None:
    inbox.receive(impatient, [arrival()])
    refused(store, lambda: media.claim(impatient, timedelta(minutes=5), LIMITS))
    wanted = media.claim(impatient, timedelta(minutes=5), LIMITS)
    assert wanted is not None
    refused(store, lambda: media.keep(impatient, wanted, VOICE))
    refused(store, lambda: media.again(impatient, wanted, timedelta(0)))
    refused(store, lambda: media.give_up(impatient, wanted, FileState.LOST, Why.GONE))

    assert media.keep(impatient, wanted, VOICE)
    assert FileState.KEPT == state(store)


def test_no_file_is_shown_that_could_not_be_written_down_as_seen(store: Store, impatient: Store, rina: OfficerId) -> None:
    [conversation] = inbox.receive(impatient, [arrival(VOICE)])
    viewer, file = Viewer(rina, Role.PETUGAS), the_file(store)

    refused(store, lambda: media_view.look(impatient, viewer, conversation, file))
    refused(store, lambda: media_view.save(impatient, viewer, conversation, file))
    refused(store, lambda: media_view.keep_as_evidence(impatient, viewer, conversation, file))

    assert VOICE.content == media_view.look(impatient, viewer, conversation, file).content


def test_removal_after_its_time_is_taken_up_again(store: Store, impatient: Store, clock: HeldClock) -> None:
    inbox.receive(impatient, [arrival(VOICE)])
    clock.forward(days=31)
    refused(store, lambda: media.remove_old(impatient, LIMITS))

    assert 1 == media.remove_old(impatient, LIMITS)


def test_a_neutral_text_is_sent_once_after_all(store: Store, impatient: Store, clock: HeldClock, rina: OfficerId) -> None:
    [conversation] = inbox.receive(impatient, [arrival()])
    takeover.claim(impatient, conversation, rina)
    agree(store, conversation)
    clock.forward(hours=25)
    refused(store, lambda: templates.send(impatient, conversation, rina, NEUTRAL))

    templates.send(impatient, conversation, rina, NEUTRAL)

    with store.database.read() as connection:
        assert 1 == connection.execute(select(func.count()).select_from(Message).where(Message.kind == Kind.TEMPLATE)).scalar_one()


def test_echoes_statuses_and_doubts_are_taken_by_the_next_delivery(store: Store, impatient: Store) -> None:
    [conversation] = inbox.receive(impatient, [arrival()])
    echo = Inbound(Channel.WHATSAPP, "wamid.gema", NAMES, Kind.TEXT, Body(text="kami di jalan"), 1)
    with store.database.write() as connection:
        outbox.put(connection, store, conversation, Author.BOT, Body(text="halo"))
        ours = connection.execute(select(Outbox.id)).scalar_one()
        connection.execute(update(Outbox).values(state=Delivery.SENDING))
    early, late = Status(Channel.WHATSAPP, "wamid.lain", "", Delivery.READ), Status(Channel.WHATSAPP, "wamid.x", ours, Delivery.READ)
    refused(store, lambda: echoes.keep(impatient, [echo]))
    refused(store, lambda: outbox.apply_statuses(impatient, [early, late]))
    refused(store, lambda: identities.doubt(impatient, Channel.WHATSAPP, NAMES))

    assert 1 == echoes.keep(impatient, [echo])
    assert 0 == echoes.keep(impatient, [echo])
    outbox.apply_statuses(impatient, [early, late])
    with store.database.read() as connection:
        assert Delivery.READ == connection.execute(select(Outbox.state)).scalar_one()
        assert 1 == connection.execute(select(func.count()).select_from(EarlyStatus)).scalar_one()


def agree(store: Store, conversation: ConversationId) -> None:
    with store.database.write() as connection:
        chosen = safety.arrange(store.sealer(connection, conversation), conversation, Contact("chat", hours="kapan saja"), store.now())
        connection.execute(update(Conversation).values(**chosen))
