"""What the channel says of our messages: never backwards, never lost, never doubling a message."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from damping.casework.ids import ConversationId
from damping.casework.message import Author, Body, Channel, Delivery, Identity, Status
from damping.casework.pacing import Patience
from damping.store import inbox, outbox
from damping.store.context import Store
from damping.store.tables import Conversation, Notice, Outbox
from damping.store.tables_media import EarlyStatus
from damping.wiring.sending import Despatch
from tests.support import HeldClock, a_line


class Phone:
    def __init__(self) -> None:
        self.got: list[str] = []

    async def send(self, outbox_id: str, identities: Sequence[Identity], body: Body, last_person_at: datetime | None) -> str:
        self.got.append(body.text)
        return f"wamid.{len(self.got)}"


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def conversation(store: Store) -> ConversationId:
    found = inbox.receive(store, [a_line()])[0]
    with store.database.write() as connection:
        outbox.put(connection, store, found, Author.BOT, Body(text="kami di sini"))
    return found


async def settle(store: Store, phone: Phone) -> None:
    despatch = Despatch(store, {Channel.WHATSAPP: phone}, Patience())
    while await despatch.send_one():
        pass


def told(number: int, delivery: Delivery, *, code: int = 0, again: bool = False, ours: str = "") -> Status:
    return Status(Channel.WHATSAPP, f"wamid.{number}", ours, delivery, code, again)


def row(store: Store) -> tuple[str, int]:
    with store.database.read() as connection:
        found = connection.execute(select(Outbox.state, Outbox.error_code)).one()
        return found.state, found.error_code


def ours(store: Store) -> str:
    with store.database.read() as connection:
        return connection.execute(select(Outbox.id)).scalar_one()


async def test_a_status_that_comes_before_our_own_note_of_the_message_is_not_lost(store: Store, phone: Phone, conversation: ConversationId):
    outbox.apply_statuses(store, [told(1, Delivery.DELIVERED), told(1, Delivery.SENT)])

    await settle(store, phone)

    assert Delivery.DELIVERED == row(store)[0]
    with store.database.read() as connection:
        assert 0 == connection.execute(select(func.count()).select_from(EarlyStatus)).scalar_one()


async def test_statuses_of_strangers_messages_do_not_pile_up(store: Store, clock: HeldClock, conversation: ConversationId):
    outbox.apply_statuses(store, [told(number, Delivery.READ) for number in range(100, 120)])
    clock.forward(days=1, seconds=1)

    outbox.apply_statuses(store, [told(99, Delivery.READ)])

    with store.database.read() as connection:
        assert 1 == connection.execute(select(func.count()).select_from(EarlyStatus)).scalar_one()


@given(st.permutations([Delivery.SENT, Delivery.DELIVERED, Delivery.READ, Delivery.DELIVERED, Delivery.SENT]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_they_are_shuffled_the_furthest_stands(store: Store, order: list[Delivery]):
    conversation = inbox.receive(store, [a_line()])[0]
    with store.database.write() as connection:
        outbox.put(connection, store, conversation, Author.BOT, Body(text="x"))
        mine = connection.execute(select(Outbox.id).order_by(Outbox.seq.desc())).scalars().first() or ""
        connection.execute(update(Outbox).where(Outbox.id == mine).values(state="sending"))

    for delivery in order:
        outbox.apply_statuses(store, [Status(Channel.WHATSAPP, f"wamid.{mine}", mine, delivery)])

    with store.database.read() as connection:
        assert Delivery.READ == connection.execute(select(Outbox.state).where(Outbox.id == mine)).scalar_one()


async def test_what_failed_for_a_reason_that_passes_is_sent_once_more(
    store: Store, clock: HeldClock, phone: Phone, conversation: ConversationId
):
    await settle(store, phone)

    outbox.apply_statuses(store, [told(1, Delivery.FAILED, code=131000, again=True)])
    clock.forward(seconds=5)
    await settle(store, phone)

    assert ["kami di sini", "kami di sini"] == phone.got
    assert Delivery.SENT == row(store)[0]
    with store.database.read() as connection:
        assert [] == connection.execute(select(Notice.kind)).all()


async def test_word_of_that_failure_told_again_doubles_nothing(store: Store, clock: HeldClock, phone: Phone, conversation: ConversationId):
    await settle(store, phone)
    failure = told(1, Delivery.FAILED, code=131000, again=True, ours=ours(store))
    outbox.apply_statuses(store, [failure, failure])
    clock.forward(seconds=5)
    await settle(store, phone)

    outbox.apply_statuses(store, [failure])
    clock.forward(seconds=60)
    await settle(store, phone)

    assert 2 == len(phone.got)
    assert Delivery.SENT == row(store)[0]


async def test_after_four_tries_an_officer_is_told(store: Store, clock: HeldClock, phone: Phone, conversation: ConversationId):
    for number in range(1, 6):
        await settle(store, phone)
        outbox.apply_statuses(store, [told(number, Delivery.FAILED, code=131000, again=True)])
        clock.forward(minutes=10)

    assert 4 == len(phone.got)
    assert (Delivery.FAILED, 131000) == row(store)
    with store.database.read() as connection:
        assert ["send_failed"] == connection.execute(select(Notice.kind)).scalars().all()


async def test_the_assistants_words_are_not_sent_again_where_an_officer_has_the_word(
    store: Store, clock: HeldClock, phone: Phone, conversation: ConversationId
):
    await settle(store, phone)
    with store.database.write() as connection:
        connection.execute(update(Conversation).values(word="officer"))

    outbox.apply_statuses(store, [told(1, Delivery.FAILED, code=131000, again=True)])
    clock.forward(minutes=1)
    await settle(store, phone)

    assert 1 == len(phone.got)
    assert Delivery.FAILED == row(store)[0]


async def test_a_failure_that_does_not_pass_is_final(store: Store, clock: HeldClock, phone: Phone, conversation: ConversationId):
    await settle(store, phone)

    outbox.apply_statuses(store, [told(1, Delivery.FAILED, code=131026)])
    clock.forward(minutes=10)
    await settle(store, phone)

    assert 1 == len(phone.got)
    assert (Delivery.FAILED, 131026) == row(store)
