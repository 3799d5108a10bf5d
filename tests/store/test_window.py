"""After WhatsApp's day is over: no free words, one neutral text where contact is safe, none where it is not."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from damping.casework.ids import ConversationId, OfficerId
from damping.casework.message import Body, Channel
from damping.casework.precautions import Contact, Hold
from damping.casework.templates import Template, telling
from damping.store import inbox, outbox, safety, takeover, templates, waiting_replies, window
from damping.store.context import Store, unseal_body
from damping.store.holders import NotTheHolder
from damping.store.tables import Conversation, Message, Outbox
from damping.store.templates import NotNow, Unsafe
from damping.store.window import Window, WindowClosed
from tests.contracts.test_turns import an_officer
from tests.support import HeldClock, a_line

NEUTRAL = Template("pembaruan_layanan", "id", "Ada pembaruan", "Ada pembaruan layanan. Balas bila sudah aman.")
ANY_TIME = Contact(way="chat", hours="kapan saja")


@pytest.fixture
def rina(store: Store) -> OfficerId:
    return an_officer(store, "rina")


@pytest.fixture
def conversation(store: Store, rina: OfficerId) -> ConversationId:
    found = inbox.receive(store, [a_line("saya takut")])[0]
    takeover.claim(store, found, rina)
    return found


def agree(store: Store, conversation: ConversationId, contact: Contact) -> None:
    with store.database.write() as connection:
        sealer = store.sealer(connection, conversation)
        connection.execute(update(Conversation).values(**safety.arrange(sealer, conversation, contact, store.now())))


def now(store: Store) -> Window:
    with store.database.read() as connection:
        return window.of(connection, store, connection.execute(select(Conversation.__table__)).one())


def test_free_words_are_refused_by_the_store_on_every_way(store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId):
    clock.forward(hours=23, minutes=59)
    waiting_replies.hold(store, conversation, rina, "halo", timedelta(0))
    assert now(store).open
    clock.forward(minutes=1)

    with pytest.raises(WindowClosed):
        waiting_replies.hold(store, conversation, rina, "halo lagi", timedelta(0))
    with pytest.raises(WindowClosed):
        takeover.reply(store, conversation, rina, "halo lagi")

    inbox.receive(store, [a_line("saya di sini")])
    takeover.reply(store, conversation, rina, "syukurlah")


@pytest.mark.parametrize("code", [131047, 63016])
def test_where_the_channel_says_it_is_closed_it_is_closed_until_the_person_writes(
    store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId, code: int
):
    takeover.reply(store, conversation, rina, "halo")
    clock.forward(hours=2)
    with store.database.write() as connection:
        connection.execute(update(Outbox).values(state="failed", error_code=code, changed_at=store.now()))
    assert not now(store).open

    clock.forward(minutes=1)
    inbox.receive(store, [a_line("ya?")])

    assert now(store).open


def test_a_neutral_text_leaves_once_until_the_person_writes(store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId):
    agree(store, conversation, ANY_TIME)
    clock.forward(hours=25)

    message = templates.send(store, conversation, rina, NEUTRAL)
    with pytest.raises(NotNow):
        templates.send(store, conversation, rina, NEUTRAL)

    with store.database.read() as connection:
        row = connection.execute(select(Message.__table__).where(Message.id == message)).one()
        body = unseal_body(store.sealer(connection, conversation), message, row.body)
        assert ("template", "officer", Body(text=NEUTRAL.text, template=NEUTRAL.name)) == (row.kind, row.author, body)
    assert now(store).asked
    inbox.receive(store, [a_line("sudah aman")])
    assert now(store).open


@pytest.mark.parametrize(
    ("contact", "why"),
    [
        (None, Hold.NO_SAFE_TIME),
        (Contact(way="jangan"), Hold.NO_CONTACT),
        (Contact(way="telepon", number="0811"), Hold.PHONE_ONLY),
        (Contact(way="chat", hours="kalau dia kerja"), Hold.HOURS_UNCLEAR),
    ],
)
def test_nothing_is_sent_where_contact_was_not_agreed_to_be_safe(
    store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId, contact: Contact | None, why: Hold
):
    if contact is not None:
        agree(store, conversation, contact)
    clock.forward(hours=25)

    assert why is now(store).unsafe
    with pytest.raises(Unsafe):
        templates.send(store, conversation, rina, NEUTRAL)


def test_nothing_is_sent_into_a_chat_that_was_silenced(store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId):
    agree(store, conversation, ANY_TIME)
    with store.database.write() as connection:
        connection.execute(update(Conversation).values(stopped_at=store.now()))
    clock.forward(hours=25)

    with pytest.raises(Unsafe):
        templates.send(store, conversation, rina, NEUTRAL)


def test_outside_the_chosen_hours_it_waits_for_them(store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId):
    agree(store, conversation, Contact(way="chat", hours="jam 9 sampai 11 pagi"))
    clock.forward(hours=25)

    assert now(store).from_ is not None
    templates.send(store, conversation, rina, NEUTRAL)

    assert outbox.claim(store, timedelta(minutes=1)) is None
    with store.database.read() as connection:
        assert "held" == connection.execute(select(Outbox.state).order_by(Outbox.seq.desc()).limit(1)).scalar_one()


def test_only_the_holder_sends_one_and_only_when_it_is_needed(
    store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId
):
    agree(store, conversation, ANY_TIME)
    with pytest.raises(NotNow):
        templates.send(store, conversation, rina, NEUTRAL)
    clock.forward(hours=25)

    with pytest.raises(NotTheHolder):
        templates.send(store, conversation, an_officer(store, "tari"), NEUTRAL)


def test_a_web_chat_has_no_window(store: Store, clock: HeldClock):
    inbox.receive(store, [a_line(channel=Channel.WEBCHAT, sender="s1")])
    clock.forward(days=3)

    assert Window() == now(store)


@pytest.mark.parametrize("text", ["Petugas menunggu Anda", "Tentang laporan Anda", "Dari UPTD PPA", "Kasus KDRT"])
def test_a_text_that_tells_a_stranger_something_is_known(text: str):
    assert telling(text)
    assert not telling(NEUTRAL.text)
