"""What every channel promises to the person who writes. A new channel joins `roads.ROADS` and passes, or does not serve."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from damping.casework.ids import ConversationId
from damping.casework.message import Author, Body
from damping.casework.pacing import Patience
from damping.casework.precautions import Precautions
from damping.store import inbox, outbox, takeover
from damping.store.context import Store, unseal_body
from damping.store.tables import Conversation, Escalation, Message, Notice
from damping.wiring.worker import Worker
from tests.channels.invented import conversations, rows
from tests.contracts.roads import ROADS, Road
from tests.contracts.test_turns import TEXTS, an_officer
from tests.support import HeldClock, ScriptedDialogue

PEOPLE = range(1, 4)


@pytest.fixture(params=ROADS, ids=lambda road: road.__name__)
async def road(request: pytest.FixtureRequest, store: Store) -> AsyncIterator[Road]:
    opened: Road = request.param(store)
    yield opened
    await opened.close()


@pytest.fixture
def engine() -> ScriptedDialogue:
    return ScriptedDialogue()


@pytest.fixture
def worker(store: Store, road: Road, engine: ScriptedDialogue) -> Worker:
    senders = {road.channel: road.way_out} if road.way_out is not None else {}
    return Worker(store, engine, senders, TEXTS, Patience())


async def settled(clock: HeldClock, worker: Worker, seconds: float = 5) -> None:
    clock.forward(seconds=seconds)
    await worker.settle()


def written(store: Store) -> dict[str, list[str]]:
    """Conversation -> what its person wrote, in order."""
    found: dict[str, list[str]] = {}
    with store.database.read() as connection:
        columns = select(Message.id, Message.conversation_id, Message.body).where(Message.author == Author.PERSON)
        for row in connection.execute(columns.order_by(Message.seq)).all():
            text = unseal_body(store.sealer(connection, row.conversation_id), row.id, row.body).text
            found.setdefault(row.conversation_id, []).append(text)
    return found


def the_conversation(store: Store) -> ConversationId:
    with store.database.read() as connection:
        return ConversationId(connection.execute(select(Conversation.id)).scalar_one())


async def test_a_message_sent_again_and_again_is_stored_once(road: Road, store: Store) -> None:
    assert [road.thanks] * 3 == [await road.bring(1, "a", "saya takut pulang") for _ in range(3)]

    assert [["saya takut pulang"]] == list(written(store).values())


async def test_shuffled_repeated_and_parallel_deliveries_lose_double_and_mix_nothing(road: Road, store: Store) -> None:
    deliveries = [(person, f"{person}-{n}", f"orang {person} baris {n}") for person in PEOPLE for n in range(8)] * 3
    random.shuffle(deliveries)

    answers = await asyncio.gather(*(road.bring(*delivery) for delivery in deliveries))

    assert {road.thanks} == set(answers)
    stored = written(store)
    assert len(PEOPLE) == len(stored) == conversations(store)
    for texts in stored.values():
        person = texts[0].split()[1]
        assert sorted(f"orang {person} baris {n}" for n in range(8)) == sorted(texts)


async def test_a_delivery_that_was_cut_is_not_thanked_and_leaves_no_row(road: Road, store: Store) -> None:
    assert road.thanks == await road.bring(1, "a", "halo")
    before = rows(store)

    answers = {await road.bring(1, "b", "ini terpotong", cut) for cut in (1, 7, 30)}

    assert road.thanks not in answers
    assert before == rows(store)
    assert road.thanks == await road.bring(1, "b", "ini terpotong")
    assert [["halo", "ini terpotong"]] == list(written(store).values())


async def test_nothing_is_thanked_that_is_not_stored(road: Road, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = inbox.receive
    away = True

    def receive(*given: Any) -> Any:
        if away:
            raise OperationalError("INSERT", {}, Exception("database is locked"))
        return real(*given)

    monkeypatch.setattr(inbox, "receive", receive)
    assert 503 == await road.bring(1, "a", "tolong")
    assert {} == written(store)

    away = False
    assert road.thanks == await road.bring(1, "a", "tolong")
    assert [["tolong"]] == list(written(store).values())


async def test_what_is_thanked_stands_in_the_database_at_that_moment(road: Road, store: Store) -> None:
    for n in range(5):
        assert road.thanks == await road.bring(1, f"{n}", f"baris {n}")

        assert f"baris {n}" == next(iter(written(store).values()))[-1]


async def test_replies_leave_once_and_in_order_whatever_the_channel_answers(
    road: Road, store: Store, clock: HeldClock, worker: Worker
) -> None:
    chance = random.Random(11)
    for n in range(6):
        await road.bring(1, f"{n}", f"baris {n}")
        if road.sends and chance.random() < 0.6:
            road.troubles = [httpx.Response(503), httpx.ConnectError("mati")][: chance.randint(1, 2)]
        await settled(clock, worker)
        await settled(clock, worker, 30)
        await settled(clock, worker, 90)

    assert [f"jawaban: baris {n}" for n in range(6)] == await road.screen(1)


async def test_a_worker_that_dies_between_two_replies_neither_loses_nor_repeats(
    road: Road, store: Store, clock: HeldClock, worker: Worker
) -> None:
    await road.bring(1, "a", "halo")
    await settled(clock, worker)
    conversation = the_conversation(store)
    with store.database.write() as connection:
        for n in range(3):
            outbox.put(connection, store, conversation, Author.BOT, Body(text=f"bagian {n}"))
    outbox.claim(store, Patience().send_lease)  # and then it is gone, before anything left

    await settled(clock, worker, 70)  # the lease ends: nobody knows whether it left
    await settled(clock, worker, 70)  # no status came: it goes out
    await settled(clock, worker, 1)

    assert ["jawaban: halo", "bagian 0", "bagian 1", "bagian 2"] == await road.screen(1)


async def test_nobody_sees_anothers_words(road: Road, store: Store, clock: HeldClock, worker: Worker) -> None:
    await asyncio.gather(*(road.bring(person, f"{person}", f"rahasia {person}") for person in PEOPLE))

    await settled(clock, worker)

    assert [[f"jawaban: rahasia {person}"] for person in PEOPLE] == [await road.screen(person) for person in PEOPLE]


async def test_danger_rings_before_it_is_thanked(road: Road, store: Store) -> None:
    await road.bring(1, "a", "dia bawa golok")

    with store.database.read() as connection:
        assert "merah" == connection.execute(select(Conversation.level)).scalar()
        assert 1 == len(connection.execute(select(Escalation)).all())


async def test_an_officer_who_takes_over_silences_the_bot_and_is_heard(
    road: Road, store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue
) -> None:
    await road.bring(1, "a", "halo")
    await settled(clock, worker)
    rina, conversation = an_officer(store, "rina"), the_conversation(store)

    takeover.claim(store, conversation, rina)
    await road.bring(1, "b", "masih di sana?")
    with store.database.write() as connection:
        outbox.put(connection, store, conversation, Author.OFFICER, Body(text="Saya Rina."), rina)
    await settled(clock, worker)

    assert "Saya Rina." == (await road.screen(1))[-1]
    assert "jawaban: masih di sana?" not in await road.screen(1)


async def test_after_the_stop_word_nothing_more_arrives(road: Road, store: Store, clock: HeldClock, worker: Worker) -> None:
    store.precautions = Precautions(safe_word="info kota", stop_word="maaf salah kirim")
    await road.bring(1, "a", "halo")
    await settled(clock, worker)
    before = await road.screen(1)

    await road.bring(1, "b", "maaf salah kirim")
    with store.database.write() as connection:
        outbox.put(connection, store, the_conversation(store), Author.BOT, Body(text="ini tidak boleh sampai"))
    await settled(clock, worker)

    assert "ini tidak boleh sampai" not in await road.screen(1)
    assert len(await road.screen(1)) <= len(before)


async def test_a_message_that_the_channel_never_takes_reaches_an_officer(
    road: Road, store: Store, clock: HeldClock, worker: Worker
) -> None:
    if not road.sends:
        pytest.skip("a page shows what was said to it: nothing is sent")
    await road.bring(1, "a", "halo")
    road.troubles = [httpx.Response(503)] * 50

    for _ in range(12):
        with store.database.write() as connection:
            connection.execute(Conversation.__table__.update().values(last_person_at=clock.now(), send_due_at=clock.now()))
        await settled(clock, worker)

    with store.database.read() as connection:
        assert "send_failed" in connection.execute(select(Notice.kind)).scalars().all()


async def test_a_long_outpouring_is_kept_whole(road: Road, store: Store) -> None:
    text = " ".join(f"kata{n}" for n in range(240))

    assert road.thanks == await road.bring(1, "a", text)

    assert text.split() == " ".join(next(iter(written(store).values()))).split()
