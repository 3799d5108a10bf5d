"""The word goes from hand to hand: lease, transfer, release, a supervisor's hand, and the watch over officers who fell silent."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from damping.casework.ids import ConversationId, OfficerId
from damping.casework.message import Author, Body
from damping.casework.turn import TurnOutcome
from damping.store import courses, desk, inbox, officers, presence, takeover, turns, waiting_replies
from damping.store.context import Store
from damping.store.desk import Viewer
from damping.store.holders import NotTheHolder
from damping.store.officers import Role
from damping.store.tables import Conversation, Escalation, Message, Officer, Outbox
from damping.store.tables_desk import WordCourse
from damping.store.takeover import Handing, NotAtDesk
from rules.levels import Level
from rules.word import BotMay
from tests.console.people import Office
from tests.support import HeldClock, a_line

WHO = "6281200000001"


@pytest.fixture
def rina(office: Office) -> OfficerId:
    return office.officer("rina")


@pytest.fixture
def budi(office: Office) -> OfficerId:
    return office.officer("budi")


@pytest.fixture
def ratna(office: Office) -> OfficerId:
    return office.officer("ratna", Role.SUPERVISOR)


def held(office: Office, by: OfficerId, level: Level = Level.MERAH) -> ConversationId:
    """A conversation that an officer has taken."""
    reasons = ("menyebut golok",) if level is not Level.HIJAU else ()
    conversation = office.hears("tolong", level, reasons, sender=WHO)
    assert takeover.claim(office.store, conversation, by)
    return conversation


def row_of(store: Store, conversation: ConversationId) -> tuple[str, str | None, bool]:
    with store.database.read() as connection:
        wanted = select(Conversation.word, Conversation.holder, Conversation.wants_officer).where(Conversation.id == conversation)
        return tuple(connection.execute(wanted).one())  # type: ignore[return-value]


def rings(store: Store) -> int:
    with store.database.read() as connection:
        return len(connection.execute(select(Escalation.id).where(Escalation.acknowledged_at.is_(None))).all())


def notes(store: Store, viewer: OfficerId, conversation: ConversationId) -> list[str]:
    opened = desk.read(store, Viewer(viewer, Role.SUPERVISOR), conversation)
    return [line.body.text for line in opened.lines if line.author is Author.NOTE]


# silence


@pytest.mark.parametrize(("level", "minutes", "bells"), [(Level.MERAH, 3, 1), (Level.KUNING, 15, 0), (Level.HIJAU, 30, 0)])
def test_who_falls_silent_before_a_waiting_person_loses_the_word_and_a_merah_one_rings(
    level: Level, minutes: int, bells: int, store: Store, office: Office, clock: HeldClock, rina: OfficerId
) -> None:
    conversation = held(office, rina, level)
    clock.forward(minutes=minutes, seconds=-1)
    assert [] == takeover.end_silent(store)

    clock.forward(seconds=1)
    assert [conversation] == takeover.end_silent(store)

    assert ("bot", None, True) == row_of(store, conversation)
    assert bells == rings(store)
    assert [("worker", "word_lapsed", conversation)] == office.acts("word_lapsed")
    [row] = desk.queue(store, Viewer(rina, Role.PETUGAS)).rows
    assert (True, "Rina", True) == (row.unattended, row.left_by_name, row.course.gone_silent)
    assert [] == takeover.end_silent(store)


def test_every_sign_in_the_conversation_renews_the_lease(store: Store, office: Office, clock: HeldClock, rina: OfficerId) -> None:
    conversation = held(office, rina)
    viewer = Viewer(rina, Role.PETUGAS)
    signs = [
        lambda: desk.look(store, viewer, conversation),
        lambda: takeover.note(store, conversation, rina, "menelepon polisi"),
        lambda: presence.tell(store, rina, conversation, types=True),
        lambda: waiting_replies.hold(store, conversation, rina, "saya di sini"),
    ]

    for sign in signs:
        clock.forward(minutes=2, seconds=50)
        sign()
        assert [] == takeover.end_silent(store)
    clock.forward(minutes=2, seconds=50)
    presence.tell(store, rina, None)
    clock.forward(seconds=11)

    assert [conversation] == takeover.end_silent(store), "a sign elsewhere at the desk is no sign here"


def test_another_officers_looking_on_does_not_renew_it(
    store: Store, office: Office, clock: HeldClock, rina: OfficerId, budi: OfficerId
) -> None:
    conversation = held(office, rina)
    clock.forward(minutes=3)
    presence.tell(store, budi, conversation, types=True)

    assert [conversation] == takeover.end_silent(store)


def test_who_answered_and_waits_for_the_person_keeps_it_longer(store: Store, office: Office, clock: HeldClock, rina: OfficerId) -> None:
    conversation = held(office, rina)
    takeover.reply(store, conversation, rina, "polisi berangkat")
    clock.forward(minutes=19)
    assert [] == takeover.end_silent(store)
    office.hears("dia sudah pergi", sender=WHO)
    clock.forward(minutes=2)
    assert [] == takeover.end_silent(store)

    clock.forward(minutes=1)

    assert [conversation] == takeover.end_silent(store)


def test_a_conversation_held_since_before_leases_were_kept_begins_its_time_now(
    store: Store, office: Office, clock: HeldClock, rina: OfficerId
) -> None:
    conversation = held(office, rina)
    with store.database.write() as connection:
        connection.execute(delete(WordCourse))
    clock.forward(hours=5)

    assert [] == takeover.end_silent(store)
    clock.forward(minutes=3)
    assert [conversation] == takeover.end_silent(store)


def test_what_a_silent_officer_had_just_sent_becomes_a_draft_and_is_not_said(
    store: Store, office: Office, clock: HeldClock, rina: OfficerId
) -> None:
    conversation = held(office, rina)
    waiting_replies.hold(store, conversation, rina, "sebentar ya", timedelta(minutes=30))
    clock.forward(minutes=21)

    assert [conversation] == takeover.end_silent(store)
    clock.forward(minutes=30)
    assert 0 == waiting_replies.send_due(store)

    opened = desk.read(store, Viewer(rina, Role.PETUGAS), conversation)
    assert "sebentar ya" == opened.work.drafts["balasan"]  # type: ignore[index]
    assert "sebentar ya" not in [line.body.text for line in opened.lines]


# the bell while somebody holds


@pytest.mark.parametrize(
    ("silent_for", "reason", "bells"),
    [(10, "menyebut golok", 0), (10, "dicekik", 1), (70, "menyebut golok", 1), (70, "dicekik", 1)],
)
def test_new_danger_rings_also_while_an_officer_holds_the_conversation(
    silent_for: int, reason: str, bells: int, store: Store, office: Office, clock: HeldClock, rina: OfficerId
) -> None:
    conversation = held(office, rina)
    clock.forward(seconds=silent_for)

    office.hears("lagi", Level.MERAH, (reason,), sender=WHO)

    assert bells == rings(store)
    assert takeover.claim(store, conversation, rina)
    assert 0 == rings(store)


# from hand to hand


def test_a_transfer_carries_a_note_and_leaves_nobody_else_the_word(store: Store, office: Office, rina: OfficerId, budi: OfficerId) -> None:
    conversation = held(office, rina)
    presence.tell(store, budi, None)
    waiting_replies.hold(store, conversation, rina, "rekan saya meneruskan")

    takeover.transfer(store, conversation, Handing(rina, budi, "polisi sudah di jalan"))

    assert ("officer", budi, True) == row_of(store, conversation)
    assert ["polisi sudah di jalan"] == notes(store, budi, conversation)
    with pytest.raises(NotTheHolder):
        takeover.reply(store, conversation, rina, "masih saya?")
    takeover.reply(store, conversation, budi, "saya Budi")
    with store.database.read() as connection:
        said = connection.execute(select(Message.officer_id).where(Message.author == "officer").order_by(Message.seq)).scalars().all()
    assert [rina, budi] == said, "what the holder had sent leaves before the word does"
    assert [(rina, "word_transferred", conversation)] == office.acts("word_transferred")


def test_an_urgent_person_is_not_given_to_an_empty_chair(
    store: Store, office: Office, clock: HeldClock, rina: OfficerId, budi: OfficerId
) -> None:
    conversation = held(office, rina)
    presence.tell(store, budi, None)
    clock.forward(minutes=4)
    presence.tell(store, rina, conversation)

    with pytest.raises(NotAtDesk):
        takeover.transfer(store, conversation, Handing(rina, budi, "tolong"))

    assert ("officer", rina, True) == row_of(store, conversation)
    kuning = office.hears("ditampar", Level.KUNING, ("ditampar",), sender="2")
    takeover.claim(store, kuning, rina)
    takeover.transfer(store, kuning, Handing(rina, budi, "besok pagi"))
    assert budi == row_of(store, kuning)[1]


@pytest.mark.parametrize("role", [Role.PELATIH, Role.ADMIN])
def test_nobody_without_a_queue_is_given_a_conversation(role: Role, store: Store, office: Office, rina: OfficerId) -> None:
    other = office.officer("lain", role)
    conversation = held(office, rina, Level.HIJAU)

    for to in (other, rina, OfficerId("tidak ada")):
        with pytest.raises(NotAtDesk):
            takeover.transfer(store, conversation, Handing(rina, to, "x"))


def test_a_released_merah_conversation_rings_and_the_next_officer_reads_the_note(
    store: Store, office: Office, rina: OfficerId, budi: OfficerId
) -> None:
    conversation = held(office, rina)

    takeover.release(store, conversation, rina, "ia di rumah nenek")

    assert ("bot", None, True) == row_of(store, conversation)
    assert 1 == rings(store)
    assert takeover.claim(store, conversation, budi)
    assert ["ia di rumah nenek"] == notes(store, budi, conversation)
    with pytest.raises(NotTheHolder):
        takeover.release(store, conversation, rina)


def test_a_supervisor_takes_the_word_with_a_reason_and_then_answers(
    store: Store, office: Office, rina: OfficerId, ratna: OfficerId
) -> None:
    conversation = held(office, rina)
    waiting_replies.hold(store, conversation, rina, "belum berangkat")
    with pytest.raises(NotTheHolder):
        takeover.reply(store, conversation, ratna, "terlalu dini")

    takeover.assign(store, conversation, Handing(ratna, ratna, "Rina sedang di jalan"))

    takeover.reply(store, conversation, ratna, "saya Ratna")
    assert ("officer", ratna, True) == row_of(store, conversation)
    assert [(ratna, "word_assigned", conversation)] == office.acts("word_assigned")
    assert ["Rina sedang di jalan"] == notes(store, ratna, conversation)
    with store.database.read() as connection:
        texts = connection.execute(select(Message.officer_id).where(Message.author == "officer")).scalars().all()
    assert [ratna] == texts
    assert "belum berangkat" == desk.read(store, Viewer(rina, Role.PETUGAS), conversation).work.drafts["balasan"]  # type: ignore[index]


def test_only_a_supervisor_may(store: Store, office: Office, rina: OfficerId, budi: OfficerId, ratna: OfficerId) -> None:
    conversation = held(office, rina)

    with pytest.raises(NotTheHolder):
        takeover.assign(store, conversation, Handing(budi, budi, "saya mau"))
    with pytest.raises(NotTheHolder):
        takeover.assign(store, conversation, Handing(ratna, rina, "sudah padanya"))

    assert ("officer", rina, True) == row_of(store, conversation)


def test_a_conversation_that_nobody_holds_is_assigned_and_the_bell_rings_on_until_the_officer_hears_it(
    store: Store, office: Office, budi: OfficerId, ratna: OfficerId
) -> None:
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",), sender=WHO)
    presence.tell(store, budi, None)

    takeover.assign(store, conversation, Handing(ratna, budi, "tolong Budi"))

    assert ("officer", budi, True) == row_of(store, conversation)
    assert 1 == rings(store)
    takeover.claim(store, conversation, budi)
    assert 0 == rings(store)


# what the assistant may say afterwards


@pytest.mark.parametrize("may", list(BotMay))
def test_the_assistant_keeps_to_what_the_officer_left_it(
    may: BotMay, store: Store, office: Office, clock: HeldClock, rina: OfficerId
) -> None:
    conversation = held(office, rina, Level.KUNING)
    takeover.hand_back(store, conversation, rina, None, may)
    inbox.receive(store, [a_line("makasih", sender=WHO, sent_at=clock.now())])
    clock.forward(seconds=5)
    claimed = turns.claim(store, timedelta(seconds=30))
    assert claimed is not None
    replies = (Body(text="sama-sama", response="utter_terima_kasih"), Body(text="di mana?", response="utter_ask_kecamatan"))

    assert turns.finish(store, claimed, TurnOutcome(replies=replies, noted=Body(text="tersimpan")))

    said = [line.body.text for line in desk.read(store, Viewer(rina, Role.PETUGAS), conversation).lines if line.author is Author.BOT]
    assert {BotMay.ALL: ["sama-sama\n\ndi mana?"], BotMay.ANSWERS: ["sama-sama"], BotMay.NOTES: ["tersimpan"]}[may] == said
    with store.database.read() as connection:
        assert may is courses.of(connection, [conversation])[conversation].bot_may


def test_that_somebody_will_read_is_said_once_in_a_while(store: Store, office: Office, clock: HeldClock, rina: OfficerId) -> None:
    conversation = held(office, rina, Level.KUNING)
    takeover.release(store, conversation, rina)
    for number, minutes in enumerate((1, 1, 14)):
        clock.forward(minutes=minutes)
        inbox.receive(store, [a_line(f"halo {number}", sender=WHO, sent_at=clock.now())])
        clock.forward(seconds=5)
        claimed = turns.claim(store, timedelta(seconds=30))
        assert claimed is not None
        turns.finish(store, claimed, TurnOutcome(replies=(Body(text="di mana?", response="utter_ask_x"),), noted=Body(text="tersimpan")))

    with store.database.read() as connection:
        assert 2 == len(connection.execute(select(Outbox.id).where(Outbox.author == "bot")).all())


# who is here


def test_colleagues_see_who_looks_and_who_types(store: Store, office: Office, clock: HeldClock, rina: OfficerId, budi: OfficerId) -> None:
    conversation = office.hears(sender=WHO)
    viewer = Viewer(rina, Role.PETUGAS)
    presence.tell(store, rina, conversation)
    presence.tell(store, budi, conversation, types=True)

    assert [("Budi", True)] == [(one.name, one.types) for one in desk.readers(store, viewer, conversation)]
    clock.forward(seconds=9)
    assert [("Budi", False)] == [(one.name, one.types) for one in desk.readers(store, viewer, conversation)]
    clock.forward(minutes=3)
    assert () == desk.readers(store, viewer, conversation)
    presence.tell(store, budi, None)
    assert () == desk.readers(store, viewer, conversation)
    assert [] == office.acts("conversation_read")


def test_a_colleague_whose_account_is_closed_is_not_offered(store: Store, office: Office, rina: OfficerId, budi: OfficerId) -> None:
    conversation = held(office, rina)
    with store.database.write() as connection:
        connection.execute(update(Officer).where(Officer.id == budi).values(disabled_at=store.now()))
        assert "Budi" in officers.names(connection, store).values()

    opened = desk.read(store, Viewer(rina, Role.PETUGAS), conversation)
    assert () == opened.work.colleagues
    with pytest.raises(NotAtDesk):
        takeover.transfer(store, conversation, Handing(rina, budi, "x"))
