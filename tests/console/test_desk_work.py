"""What officers write: replies that can be undone, drafts, the sheet with its versions, promises, the number behind a press."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from damping.casework.ids import ConversationId, MessageId, OfficerId
from damping.casework.message import Author, Channel
from damping.store import desk, drafts, erasure, numbers, promises, sheet, takeover, waiting_replies
from damping.store.context import Store
from damping.store.desk import Viewer
from damping.store.drafts import Box
from damping.store.holders import NotTheHolder
from damping.store.numbers import ReasonNeeded
from damping.store.officers import Role
from damping.store.sheet import Edit, Edited
from damping.store.tables import Audit, Conversation, Message, Notice, Outbox
from damping.store.tables_desk import Draft, Promise, SheetChange, WaitingReply
from damping.store.window import WindowClosed
from rules.levels import Level
from tests.console.people import Office, tell_facts
from tests.support import HeldClock

WHO = "6281234567890"


@pytest.fixture
def rina(office: Office) -> OfficerId:
    return office.officer("rina")


@pytest.fixture
def budi(office: Office) -> OfficerId:
    return office.officer("budi")


@pytest.fixture
def conversation(office: Office, rina: OfficerId) -> ConversationId:
    """Held by Rina."""
    heard = office.hears("tolong kak", Level.KUNING, ("ditampar",), sender=WHO)
    takeover.claim(office.store, heard, rina)
    return heard


def opened(store: Store, who: OfficerId, conversation: ConversationId) -> desk.Opened:
    return desk.read(store, Viewer(who, Role.PETUGAS), conversation)


def said(store: Store, who: OfficerId, conversation: ConversationId) -> list[str]:
    return [line.body.text for line in opened(store, who, conversation).lines if line.author is Author.OFFICER]


# undo


def test_a_reply_can_be_taken_back_for_ten_seconds_and_then_leaves_once(
    store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId
) -> None:
    first = waiting_replies.hold(store, conversation, rina, "terlalu cepat")
    waiting_replies.hold(store, conversation, rina, "polisi berangkat")
    clock.forward(seconds=9)
    assert 0 == waiting_replies.send_due(store)
    assert waiting_replies.take_back(store, conversation, rina, first)

    clock.forward(seconds=1)
    with ThreadPoolExecutor(4) as workers:
        left = sum(workers.map(lambda _: waiting_replies.send_due(store), range(4)))

    assert 1 == left
    assert ["polisi berangkat"] == said(store, rina, conversation)
    assert "terlalu cepat" == opened(store, rina, conversation).work.drafts[Box.REPLY]
    assert not waiting_replies.take_back(store, conversation, rina, first)


def test_on_the_web_chat_too_it_is_nowhere_until_it_leaves(store: Store, office: Office, clock: HeldClock, rina: OfficerId) -> None:
    """A web chat's page reads the transcript itself: nothing may stand there early."""
    conversation = office.hears(channel=Channel.WEBCHAT, sender="sesi")
    takeover.claim(store, conversation, rina)
    waiting_replies.hold(store, conversation, rina, "halo")
    assert [] == said(store, rina, conversation)
    with store.database.read() as connection:
        assert [] == connection.execute(select(Outbox.id)).scalars().all()

    clock.forward(seconds=10)
    waiting_replies.send_due(store)

    assert ["halo"] == said(store, rina, conversation)


def test_the_clock_of_the_waiting_person_stops_when_the_reply_leaves_not_before(
    store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId
) -> None:
    def waits() -> bool:
        return opened(store, rina, conversation).about.waiting_since is not None

    waiting_replies.hold(store, conversation, rina, "halo")
    assert waits()

    clock.forward(seconds=10)
    waiting_replies.send_due(store)

    assert not waits()


def test_only_its_own_officer_takes_a_reply_back(store: Store, rina: OfficerId, budi: OfficerId, conversation: ConversationId) -> None:
    waiting = waiting_replies.hold(store, conversation, rina, "halo")

    assert not waiting_replies.take_back(store, conversation, budi, waiting)

    assert [waiting] == [one.id for one in opened(store, budi, conversation).work.waiting]


def test_a_reply_of_one_who_has_lost_the_word_is_not_said(
    store: Store, office: Office, clock: HeldClock, rina: OfficerId, conversation: ConversationId
) -> None:
    waiting_replies.hold(store, conversation, rina, "halo")
    other = office.officer("lain")
    with store.database.write() as connection:  # however it was lost
        connection.execute(update(Conversation).values(holder=other))
    clock.forward(seconds=10)

    assert 0 == waiting_replies.send_due(store)

    assert [] == said(store, rina, conversation)
    assert "halo" == opened(store, rina, conversation).work.drafts[Box.REPLY]


def test_handing_back_sends_what_was_sent_first(store: Store, rina: OfficerId, conversation: ConversationId) -> None:
    waiting_replies.hold(store, conversation, rina, "sampai besok")

    takeover.hand_back(store, conversation, rina)

    assert ["sampai besok"] == said(store, rina, conversation)
    assert () == opened(store, rina, conversation).work.waiting


def test_only_the_holder_writes_and_only_inside_whatsapps_day(
    store: Store, office: Office, clock: HeldClock, rina: OfficerId, budi: OfficerId, conversation: ConversationId
) -> None:
    with pytest.raises(NotTheHolder):
        waiting_replies.hold(store, conversation, budi, "halo")
    chat = office.hears(channel=Channel.WEBCHAT, sender="sesi")
    takeover.claim(store, chat, rina)
    clock.forward(hours=24)

    with pytest.raises(WindowClosed):
        waiting_replies.hold(store, conversation, rina, "halo")
    assert waiting_replies.hold(store, chat, rina, "halo")


def test_a_damaged_reply_is_told_and_does_not_stop_the_others(
    store: Store, clock: HeldClock, rina: OfficerId, conversation: ConversationId
) -> None:
    broken = waiting_replies.hold(store, conversation, rina, "rusak")
    waiting_replies.hold(store, conversation, rina, "sehat")
    with store.database.write() as connection:
        connection.execute(update(WaitingReply).where(WaitingReply.id == broken).values(text=b"\x01" + b"x" * 60))
    clock.forward(seconds=10)

    assert 1 == waiting_replies.send_due(store)

    assert ["sehat"] == said(store, rina, conversation)
    with store.database.read() as connection:
        assert "send_failed" in connection.execute(select(Notice.kind)).scalars().all()


# drafts


def test_a_draft_is_its_officers_own_and_sealed(store: Store, rina: OfficerId, budi: OfficerId, conversation: ConversationId) -> None:
    drafts.keep(store, conversation, rina, Box.REPLY, "belum selesai menulis")
    drafts.keep(store, conversation, rina, Box.NOTE, "catatan saya")

    assert {Box.REPLY: "belum selesai menulis", Box.NOTE: "catatan saya"} == opened(store, rina, conversation).work.drafts
    assert {} == opened(store, budi, conversation).work.drafts
    with store.database.read() as connection:
        assert not any(b"selesai" in text for text in connection.execute(select(Draft.text)).scalars())
    drafts.keep(store, conversation, rina, Box.REPLY, " ")
    waiting_replies.hold(store, conversation, rina, "x")
    assert {Box.NOTE: "catatan saya"} == opened(store, rina, conversation).work.drafts


def test_a_reply_taken_back_stands_before_what_was_typed_since(store: Store, rina: OfficerId, conversation: ConversationId) -> None:
    waiting = waiting_replies.hold(store, conversation, rina, "pertama")
    drafts.keep(store, conversation, rina, Box.REPLY, "kedua")

    waiting_replies.take_back(store, conversation, rina, waiting)

    assert "pertama\nkedua" == opened(store, rina, conversation).work.drafts[Box.REPLY]


# the sheet


def learn(store: Store, conversation: ConversationId, before: dict[str, object], after: dict[str, object]) -> dict[str, object]:
    """A turn of the assistant."""
    with store.database.write() as connection:
        source = connection.execute(select(Message.id).where(Message.author == "person").order_by(Message.seq.desc())).scalars().first()
        sealer = store.sealer(connection, conversation)
        kept = sheet.learnt(connection, store, sealer, conversation, before, after, source)
    tell_facts(store, conversation, **kept)
    return kept


def test_every_value_knows_its_message(store: Store, rina: OfficerId, conversation: ConversationId) -> None:
    learn(store, conversation, {}, {"kecamatan": "Kedaton", "kind": ["fisik"], "level": "kuning"})

    page = opened(store, rina, conversation)

    assert {"kecamatan", "kind"} == set(page.work.sheet.standing)
    assert page.lines[0].seq == page.work.sheet.standing["kecamatan"].source
    assert 1 == page.work.sheet.version


def test_a_conflicting_edit_is_kept_beside_what_stands_and_an_officer_decides(
    store: Store, rina: OfficerId, conversation: ConversationId
) -> None:
    learn(store, conversation, {}, {"kecamatan": "Kedaton"})
    seen = opened(store, rina, conversation).work.sheet.standing["kecamatan"].seq
    assert Edited.KEPT is sheet.edit(store, conversation, rina, Edit("kecamatan", "Panjang", seen))

    late = sheet.edit(store, conversation, rina, Edit("kecamatan", "Kemiling", seen))

    assert Edited.DIFFERS is late
    page = opened(store, rina, conversation)
    assert ("Panjang", ["Kemiling"]) == (page.facts["kecamatan"], [one.value for one in page.work.sheet.differing])
    [differing] = page.work.sheet.differing
    assert sheet.settle(store, conversation, rina, differing.id, take=True)
    assert not sheet.settle(store, conversation, rina, differing.id, take=False)
    page = opened(store, rina, conversation)
    assert ("Kemiling", ()) == (page.facts["kecamatan"], page.work.sheet.differing)
    assert Edited.SAME is sheet.edit(store, conversation, rina, Edit("kecamatan", "Kemiling", 0))


def test_the_assistant_never_overwrites_what_an_officer_wrote(store: Store, rina: OfficerId, conversation: ConversationId) -> None:
    learn(store, conversation, {}, {"kecamatan": "Kedaton", "age": "30"})
    seen = opened(store, rina, conversation).work.sheet.standing["kecamatan"].seq
    sheet.edit(store, conversation, rina, Edit("kecamatan", "Panjang", seen))
    before = {"kecamatan": "Panjang", "age": "30"}

    kept = learn(store, conversation, before, {"kecamatan": "Kemiling", "age": "31"})
    learn(store, conversation, kept, {"kecamatan": "Kemiling", "age": "31"})

    page = opened(store, rina, conversation)
    assert {"kecamatan": "Panjang", "age": "31"} == page.facts
    assert [(None, "Kemiling")] == [(one.officer, one.value) for one in page.work.sheet.differing], "told once"
    [differing] = page.work.sheet.differing
    sheet.settle(store, conversation, rina, differing.id, take=False)
    learn(store, conversation, kept, {"kecamatan": "Kemiling", "age": "31"})
    assert () == opened(store, rina, conversation).work.sheet.differing, "what an officer decided against is not told again"


def test_an_emptied_value_is_unknown_again(store: Store, rina: OfficerId, conversation: ConversationId) -> None:
    learn(store, conversation, {}, {"kind": ["fisik"], "age": "30"})
    standing = opened(store, rina, conversation).work.sheet.standing

    sheet.edit(store, conversation, rina, Edit("kind", [], standing["kind"].seq))

    assert {"age": "30"} == opened(store, rina, conversation).facts


def test_only_the_holder_changes_the_sheet_marks_promises_and_sees_the_number(
    store: Store, office: Office, rina: OfficerId, budi: OfficerId, conversation: ConversationId
) -> None:
    message = takeover.reply(store, conversation, rina, "saya telepon pukul dua")
    before = [act for act in office.acts() if act[0] == budi]
    acts: list[Callable[[], object]] = [
        lambda: sheet.edit(store, conversation, budi, Edit("age", "30", 0)),
        lambda: sheet.settle(store, conversation, budi, "x", take=True),
        lambda: promises.make(store, conversation, budi, message),
        lambda: promises.keep(store, conversation, budi, message),
        lambda: numbers.show(store, conversation, budi, "perlu"),
    ]

    for act in acts:
        with pytest.raises(NotTheHolder):
            act()

    assert before == [act for act in office.acts() if act[0] == budi]


# promises and numbers


def test_a_promise_is_a_mark_on_the_message_and_open_until_kept(store: Store, rina: OfficerId, conversation: ConversationId) -> None:
    message = takeover.reply(store, conversation, rina, "saya telepon pukul dua")
    person = opened(store, rina, conversation).lines[0].message

    assert promises.make(store, conversation, rina, message)
    assert not promises.make(store, conversation, rina, person), "what the person said is no promise of ours"

    assert [("saya telepon pukul dua", None)] == [(one.text, one.kept_at) for one in opened(store, rina, conversation).work.promises]
    assert promises.keep(store, conversation, rina, message)
    assert not promises.keep(store, conversation, rina, message)
    assert opened(store, rina, conversation).work.promises[0].kept_at is not None
    assert promises.make(store, conversation, rina, message)
    assert () == opened(store, rina, conversation).work.promises
    assert not promises.keep(store, conversation, rina, MessageId("x"))


def test_the_number_is_covered_until_the_holder_asks_and_that_is_written_down(
    store: Store, office: Office, rina: OfficerId, conversation: ConversationId
) -> None:
    tell_facts(store, conversation, contact_number="081299988877", contact_way="telepon")

    hidden = opened(store, rina, conversation).work.numbers
    shown = numbers.show(store, conversation, rina)

    assert ["•••••••••877", "••••••••••890"] == [number.digits for number in hidden]
    assert ["081299988877", WHO] == [number.digits for number in shown]
    assert [(rina, "number_shown", conversation)] == office.acts("number_shown")
    assert WHO not in repr(shown)


@pytest.mark.parametrize("way", ["chat", "jangan", None])
def test_who_did_not_choose_to_be_called_is_called_only_with_a_reason(
    way: str | None, store: Store, rina: OfficerId, conversation: ConversationId
) -> None:
    tell_facts(store, conversation, contact_way=way)

    for reason in ("", "  "):
        with pytest.raises(ReasonNeeded):
            numbers.show(store, conversation, rina, reason)

    assert numbers.show(store, conversation, rina, "tidak menjawab, pelaku di rumah")
    with store.database.read() as connection:
        [kept] = connection.execute(select(Audit.reason).where(Audit.act == "number_shown")).scalars().all()
    assert kept is not None
    assert b"pelaku" not in kept


# erasure


def test_erasure_takes_what_officers_wrote_with_it(store: Store, rina: OfficerId, conversation: ConversationId) -> None:
    message = takeover.reply(store, conversation, rina, "saya telepon pukul dua")
    promises.make(store, conversation, rina, message)
    learn(store, conversation, {}, {"kecamatan": "Kedaton"})
    drafts.keep(store, conversation, rina, Box.NOTE, "catatan")
    waiting_replies.hold(store, conversation, rina, "halo")

    with store.database.write() as connection:
        erasure.erase_words(connection, store, conversation)

    with store.database.read() as connection:
        for table in (Draft, WaitingReply, SheetChange, Promise):
            assert [] == connection.execute(select(table)).all()
    assert {} == opened(store, rina, conversation).work.drafts
