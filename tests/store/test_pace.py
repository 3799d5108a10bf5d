"""How fast messages leave: never faster than the channel allows, in order, and no restart forgets it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from damping.casework.ids import ConversationId
from damping.casework.message import Author, Body, Channel, Delivery, Identity, Status
from damping.casework.pacing import Patience, Rates, may_speak_at, spoken
from damping.store import inbox, outbox
from damping.store.context import Store
from damping.store.tables import Conversation, Outbox
from damping.wiring.sending import Despatch
from rules.levels import Level
from tests.support import NIGHT, HeldClock, a_line

PACED = {Channel.WHATSAPP: Rates(timedelta(seconds=6), 3, timedelta(0), 0, timedelta(0))}


class Phone:
    """Takes everything and remembers when."""

    def __init__(self, clock: HeldClock) -> None:
        self.clock = clock
        self.got: list[tuple[str, float]] = []

    async def send(self, outbox_id: str, identities: Sequence[Identity], body: Body, last_person_at: datetime | None) -> str:
        self.got.append((body.text, (self.clock.now() - NIGHT).total_seconds()))
        return f"wamid.out.{outbox_id}"


@pytest.fixture
def phone(clock: HeldClock) -> Phone:
    return Phone(clock)


def say(store: Store, conversation: ConversationId, *texts: str) -> None:
    with store.database.write() as connection:
        for text in texts:
            outbox.put(connection, store, conversation, Author.BOT, Body(text=text))


async def settle(store: Store, phone: Phone) -> None:
    despatch = Despatch(store, {Channel.WHATSAPP: phone}, Patience())
    while await despatch.send_one():
        pass


def the_conversation(store: Store, sender: str = "6280000000001") -> ConversationId:
    return inbox.receive(store, [a_line(sender=sender)])[0]


@pytest.mark.parametrize(
    ("sent", "seconds_later", "expected"),
    [(0, 0, None), (2, 0, None), (3, 0, 6.0), (3, 5, 1.0), (3, 6, None), (4, 0, 12.0), (30, 600, None)],
)
def test_a_burst_is_lent_and_paid_back_at_the_channels_pace(sent: int, seconds_later: float, expected: float | None):
    every, caught_up = timedelta(seconds=6), None
    for _ in range(sent):
        caught_up = spoken(caught_up, every, NIGHT)

    now = NIGHT + timedelta(seconds=seconds_later)
    earliest = may_speak_at(caught_up, every, 3, now)

    assert expected == (None if earliest is None else (earliest - now).total_seconds())


async def test_one_person_gets_a_burst_and_then_one_message_in_six_seconds(store: Store, clock: HeldClock, phone: Phone):
    store.rates = PACED
    conversation = the_conversation(store)
    say(store, conversation, *"abcdef")

    for _ in range(20):
        await settle(store, phone)
        clock.forward(seconds=1)

    assert [("a", 0), ("b", 0), ("c", 0), ("d", 6), ("e", 12), ("f", 18)] == phone.got


async def test_a_person_in_danger_is_lent_nearly_all_that_the_channel_lends(store: Store, clock: HeldClock, phone: Phone):
    store.rates = {Channel.WHATSAPP: replace(PACED[Channel.WHATSAPP], urgent_burst=5)}
    conversation = inbox.receive(store, [a_line("dia bawa pisau", level=Level.MERAH, reasons=("pisau",))])[0]
    say(store, conversation, *"abcdef")

    await settle(store, phone)

    assert ["a", "b", "c", "d", "e"] == [text for text, _ in phone.got]


async def test_a_restart_forgets_nothing_of_the_pace(store: Store, clock: HeldClock, phone: Phone):
    store.rates = PACED
    conversation = the_conversation(store)
    say(store, conversation, *"abc")
    await settle(store, phone)

    again = Store(store.database, store.vault, clock, rates=PACED)
    say(again, conversation, "d")
    await settle(again, phone)

    assert ["a", "b", "c"] == [text for text, _ in phone.got]


async def test_others_do_not_wait_for_one_who_gets_many(store: Store, clock: HeldClock, phone: Phone):
    store.rates = PACED
    flooded, other = the_conversation(store), the_conversation(store, "6280000000002")
    say(store, flooded, *"abcdef")
    say(store, other, "x")

    await settle(store, phone)

    assert {"a", "b", "c", "x"} == {text for text, _ in phone.got}


async def test_one_number_speaks_no_faster_than_it_may_in_all(store: Store, clock: HeldClock, phone: Phone):
    store.rates = {Channel.WHATSAPP: Rates(timedelta(0), 0, timedelta(seconds=1), 2, timedelta(0))}
    for number in range(5):
        say(store, the_conversation(store, f"628000000010{number}"), f"{number}")

    await settle(store, phone)
    assert 2 == len(phone.got)
    clock.forward(seconds=1)
    await settle(store, phone)

    assert 3 == len(phone.got)


async def test_the_next_waits_a_moment_for_the_one_before_to_arrive(store: Store, clock: HeldClock, phone: Phone):
    store.rates = {Channel.WHATSAPP: Rates(timedelta(0), 0, timedelta(0), 0, timedelta(seconds=2))}
    conversation = the_conversation(store)
    say(store, conversation, "dulu", "lalu", "akhir")
    await settle(store, phone)
    assert ["dulu"] == [text for text, _ in phone.got]

    with store.database.read() as connection:
        first = connection.execute(select(Outbox.id).order_by(Outbox.seq)).scalars().first()
    outbox.apply_statuses(store, [Status(Channel.WHATSAPP, f"wamid.out.{first}", "", Delivery.DELIVERED)])
    await settle(store, phone)
    clock.forward(seconds=2)
    await settle(store, phone)

    assert [("dulu", 0), ("lalu", 0), ("akhir", 2)] == phone.got


async def test_word_of_an_arrival_does_not_cut_a_longer_wait_short(store: Store, clock: HeldClock, phone: Phone):
    store.rates = PACED
    conversation = the_conversation(store)
    say(store, conversation, *"abcd")
    await settle(store, phone)

    with store.database.read() as connection:
        third = connection.execute(select(Outbox.id).order_by(Outbox.seq).offset(2)).scalars().first()
        due = connection.execute(select(Conversation.send_due_at)).scalar_one()
    outbox.apply_statuses(store, [Status(Channel.WHATSAPP, f"wamid.out.{third}", "", Delivery.READ)])

    with store.database.read() as connection:
        assert due == connection.execute(select(Conversation.send_due_at)).scalar_one()
