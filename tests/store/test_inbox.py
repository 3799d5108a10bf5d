"""The way in: once, in order, sealed, screened."""

import random
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from damping.casework.message import Body, Channel, Identity, Inbound, Kind
from damping.store import inbox
from damping.store.context import Store
from damping.store.database import Database
from damping.store.inbox import Arrival
from damping.store.tables import Address, Conversation, Escalation, Inbox, Message
from rules.levels import Level
from tests.support import NIGHT, a_line


def count(store: Store, table: type) -> int:
    with store.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_repeated_delivery_changes_nothing(store: Store) -> None:
    line = a_line("tolong", external_id="wamid.sama")

    first = inbox.receive(store, [line])
    again = inbox.receive(store, [line, line])

    assert len(first) == 1
    assert again == []
    assert 1 == count(store, Message) == count(store, Inbox)


def test_copies_arriving_at_the_same_moment_are_stored_once(store: Store) -> None:
    lines = [a_line(f"pesan {n}", external_id=f"wamid.bareng{n}") for n in range(10)]
    copies = lines * 5
    random.Random(7).shuffle(copies)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda line: inbox.receive(store, [line]), copies))

    assert count(store, Message) == 10
    assert count(store, Conversation) == 1


def test_one_person_has_one_conversation_under_all_their_names(store: Store) -> None:
    phone, bsuid = Identity("wa_id", "6280000000009"), Identity("bsuid", "ID.abc")

    def says(names: tuple[Identity, ...], number: int) -> str:
        inbound = Inbound(Channel.WHATSAPP, f"wamid.nama{number}", names, Kind.TEXT, Body(text="halo"), 1_790_000_000)
        return inbox.receive(store, [Arrival(inbound, Level.HIJAU, ())])[0]

    by_phone = says((phone,), 1)
    by_both = says((bsuid, phone), 2)
    by_bsuid = says((bsuid,), 3)

    assert by_phone == by_both == by_bsuid
    assert count(store, Address) == 2


def test_nothing_a_person_wrote_stands_in_the_file_in_clear(store: Store, tmp_path: Path) -> None:
    if not store.database.is_sqlite:
        pytest.skip("reads the SQLite file")
    inbox.receive(store, [a_line("kenari-rahasia-7791", sender="6280000007791", level=Level.MERAH, reasons=("menyebut kenari-golok",))])

    content = b"".join(path.read_bytes() for path in tmp_path.glob("store.db*"))

    for secret in (b"kenari", b"7791"):
        assert secret not in content


def test_danger_on_arrival_rings_in_the_same_transaction(store: Store) -> None:
    [conversation] = inbox.receive(store, [a_line("dia bawa golok", level=Level.MERAH, reasons=("menyebut golok",))])

    with store.database.read() as connection:
        level = connection.execute(select(Conversation.level).where(Conversation.id == conversation)).scalar_one()
        ringing = connection.execute(select(Escalation.conversation_id)).scalars().all()
    assert level == Level.MERAH
    assert [conversation] == ringing


def test_the_level_never_falls_by_itself(store: Store) -> None:
    [conversation] = inbox.receive(store, [a_line("dia bawa golok", level=Level.MERAH, reasons=("menyebut golok",))])
    inbox.receive(store, [a_line("eh ga jadi", level=Level.HIJAU)])
    inbox.receive(store, [a_line("dia mukul", level=Level.KUNING, reasons=("dipukul",))])

    with store.database.read() as connection:
        assert connection.execute(select(Conversation.level).where(Conversation.id == conversation)).scalar_one() == "merah"


def test_reactions_and_edits_are_kept_but_the_bot_is_not_asked(store: Store) -> None:
    inbox.receive(store, [a_line("👍", kind=Kind.REACTION), a_line("maksudnya di rumah", kind=Kind.EDIT)])

    with store.database.read() as connection:
        assert connection.execute(select(Inbox.state)).scalars().all() == ["done", "done"]
        assert connection.execute(select(Conversation.turn_due_at)).scalar_one() is None


def test_a_line_that_follows_quickly_is_waited_for_but_not_for_ever(store: Store) -> None:
    clock = store.clock
    inbox.receive(store, [a_line("kak")])
    for _ in range(6):
        clock.forward(seconds=0.9)  # type: ignore[attr-defined]
        inbox.receive(store, [a_line("lanjut")])

    with store.database.read() as connection:
        due = connection.execute(select(Conversation.turn_due_at)).scalar_one()
    assert due == NIGHT + store.pace.settle_at_most


def test_a_locked_database_refuses_aloud_and_keeps_nothing_half(store: Store, tmp_path: Path) -> None:
    if not store.database.is_sqlite:
        pytest.skip("PostgreSQL waits for the row instead")
    blocker = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    impatient = Database(str(store.database.engine.url), busy_seconds=0.05)

    with pytest.raises(OperationalError):
        inbox.receive(Store(impatient, store.vault, store.clock), [a_line("tolong", external_id="wamid.kunci")])
    impatient.close()
    blocker.execute("COMMIT")
    blocker.close()

    assert len(inbox.receive(store, [a_line("tolong", external_id="wamid.kunci")])) == 1


def test_two_conversations_do_not_wait_for_each_other(store: Store) -> None:
    done = threading.Barrier(4)

    def one(number: int) -> None:
        done.wait()
        for n in range(5):
            inbox.receive(store, [a_line(f"p{n}", sender=f"628000000{number}", external_id=f"wamid.{number}.{n}")])

    threads = [threading.Thread(target=one, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert count(store, Conversation) == 4
    assert count(store, Inbox) == 20
