"""Who has the word: bot or officer. A fact in our database with a version fence, changed only here.

Claiming is atomic: of fifty officers pressing at once, one wins. It silences the bot at once, also for an answer that is
being computed, and stops the bell. Only the holder can send; that is checked in the transaction that sends. A supervisor
sends by taking the word from its holder, which is written down with the reason.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from damping.casework.ids import ConversationId, MessageId, OfficerId, new_id
from damping.casework.message import Author, Body, Kind
from damping.store import audit, courses, escalations, events, notices, outbox, presence, waiting_replies
from damping.store.context import Store, seal_body
from damping.store.holders import NotTheHolder, holds, locked, must_hold
from damping.store.notices import NoticeKind
from damping.store.officers import Role
from damping.store.tables import Conversation, Message, Officer
from rules.levels import Level
from rules.word import GONE_SILENT, BotMay, is_silent

_SPEAKERS = (Role.PETUGAS, Role.SUPERVISOR)


class NotAtDesk(Exception):
    """The colleague is no officer on duty, or an urgent person would be given to an empty chair."""


@dataclass(frozen=True)
class Handing:
    """From whom to whom, and what the next one should know."""

    officer: OfficerId
    to: OfficerId
    note: str


def claim(store: Store, conversation: ConversationId, officer: OfficerId, greeting: Body | None = None) -> bool:
    """Take the word; False where another officer has it. Claiming what one holds already only stops the bell."""
    with store.database.write() as connection:
        taken = connection.execute(
            update(Conversation)
            .where(Conversation.id == conversation, Conversation.holder.is_(None))
            .values(word="officer", holder=officer, version=Conversation.version + 1, wants_officer=True, closed_at=None)
        ).rowcount
        if not taken and not holds(connection, conversation, officer):
            return False
        escalations.acknowledge(connection, store, conversation, officer)
        presence.sign(connection, store, officer, conversation)
        if taken:
            courses.begin(connection, store, conversation)
            outbox.cancel_bot(connection, store, conversation)
            notices.resolve(connection, store, conversation, NoticeKind.CALL_OFFICER, NoticeKind.ENGINE_DOWN, NoticeKind.TURN_FAILED)
            if greeting is not None:
                outbox.put(connection, store, conversation, Author.SERVICE, greeting)
            audit.record(connection, store, officer, "word_taken", conversation)
            events.tell(connection, store, "word_taken", conversation)
        return True


def hand_back(
    store: Store, conversation: ConversationId, officer: OfficerId, farewell: Body | None = None, bot_may: BotMay = BotMay.ALL
) -> None:
    """Give the word back to the bot, which starts afresh with the facts on record. Raises `NotTheHolder`."""
    with store.database.write() as connection:
        must_hold(connection, conversation, officer)
        waiting_replies.send_all(connection, store, conversation, officer)
        _to_bot(connection, conversation, wants_officer=False, waiting_since=None, veiled_at=None)  # the officer knows who writes
        courses.leave(connection, store, conversation, bot_may)
        notices.resolve(connection, store, conversation, NoticeKind.HUSH)
        if farewell is not None:
            outbox.put(connection, store, conversation, Author.SERVICE, farewell)
        audit.record(connection, store, officer, "word_given_back", conversation)
        events.tell(connection, store, "word_given_back", conversation)


def release(store: Store, conversation: ConversationId, officer: OfficerId, remark: str = "") -> None:
    """Put a conversation back into the queue for another officer; the assistant only says that one will read.

    A merah one rings. `remark`: a note for the next officer. Raises `NotTheHolder`.
    """
    with store.database.write() as connection:
        row = must_hold(connection, conversation, officer)
        waiting_replies.send_all(connection, store, conversation, officer)
        if remark:
            _write_note(connection, store, row, officer, remark)
        _to_queue(connection, store, row, officer, silent=False)
        audit.record(connection, store, officer, "word_released", conversation)
        events.tell(connection, store, "word_released", conversation)


def transfer(store: Store, conversation: ConversationId, handing: Handing) -> None:
    """Give the word to a colleague. The bell stays as it is; a colleague who does nothing loses the word like any holder.

    Raises `NotTheHolder`, and `NotAtDesk` for somebody who is not on duty, or not at the desk where the level is merah.
    """
    with store.database.write() as connection:
        row = must_hold(connection, conversation, handing.officer)
        _must_be_able(connection, store, handing, Level(row.level))
        waiting_replies.send_all(connection, store, conversation, handing.officer)
        _to_officer(connection, store, conversation, handing.to, given_by=handing.officer)
        _write_note(connection, store, row, handing.officer, handing.note)
        audit.record(connection, store, handing.officer, "word_transferred", conversation)
        events.tell(connection, store, "word_transferred", conversation)


def assign(store: Store, conversation: ConversationId, handing: Handing) -> None:
    """A supervisor gives a conversation, held or not, to an officer, also to the supervisor; the note says why.

    What the holder was about to send becomes a draft again. Raises `NotTheHolder` where no supervisor asks or the officer has
    it already, `NotAtDesk` as `transfer`.
    """
    with store.database.write() as connection:
        row = locked(connection, conversation)
        asks = connection.execute(select(Officer.role).where(Officer.id == handing.officer, Officer.disabled_at.is_(None))).scalar()
        if row is None or asks != Role.SUPERVISOR or row.holder == handing.to:
            raise NotTheHolder
        if handing.to != handing.officer:
            _must_be_able(connection, store, handing, Level(row.level))
        waiting_replies.take_back_all(connection, store, conversation)
        if row.holder is None:
            outbox.cancel_bot(connection, store, conversation)
        _to_officer(connection, store, conversation, handing.to, given_by=handing.officer)
        _write_note(connection, store, row, handing.officer, handing.note)
        if handing.to == handing.officer:
            escalations.acknowledge(connection, store, conversation, handing.officer)
        audit.record(connection, store, handing.officer, "word_assigned", conversation, handing.note)
        events.tell(connection, store, "word_assigned", conversation)


def end_silent(store: Store) -> list[ConversationId]:
    """Conversations whose holder has given no sign for too long go back to the queue; a merah one rings. Which they were."""
    held = select(Conversation.id, Conversation.level, Conversation.waiting_since).where(Conversation.holder.is_not(None))
    with store.database.read() as connection:
        rows = connection.execute(held).all()
        known = courses.of(connection, [row.id for row in rows])
    silent = [row.id for row in rows if row.id not in known or _is_silent(store, row, known[row.id])]
    return [ConversationId(conversation) for conversation in silent if _end_silent(store, conversation)]


def _end_silent(store: Store, conversation: str) -> bool:
    with store.database.write() as connection:
        row = locked(connection, conversation)
        course = courses.of(connection, [conversation]).get(conversation)
        if row is None or row.holder is None:
            return False
        if course is None:  # held since before courses were kept: its time begins now
            courses.begin(connection, store, conversation)
            return False
        if not _is_silent(store, row, course):
            return False
        waiting_replies.take_back_all(connection, store, conversation)
        _to_queue(connection, store, row, row.holder, silent=True)
        audit.record(connection, store, "worker", "word_lapsed", conversation)
        events.tell(connection, store, "word_lapsed", conversation)
        return True


def _is_silent(store: Store, row: Any, course: courses.Course) -> bool:
    return course.active_at is not None and is_silent(Level(row.level), row.waiting_since, course.active_at, store.now())


def reply(store: Store, conversation: ConversationId, officer: OfficerId, text: str) -> MessageId:
    """Say something to the person at once. Raises `NotTheHolder`."""
    with store.database.write() as connection:
        must_hold(connection, conversation, officer)
        return waiting_replies.send(connection, store, conversation, officer, text)


def note(store: Store, conversation: ConversationId, officer: OfficerId, text: str) -> MessageId:
    """Write a note that only officers see; anybody on duty may. Raises `NotTheHolder` where there is no such conversation."""
    with store.database.write() as connection:
        row = locked(connection, conversation)  # an erasure may be changing the key
        if row is None:
            raise NotTheHolder
        message = _write_note(connection, store, row, officer, text)
        presence.sign(connection, store, officer, conversation)
        audit.record(connection, store, officer, "note_written", conversation)
        events.tell(connection, store, "note_written", conversation)
    return message


def lower_level(store: Store, conversation: ConversationId, officer: OfficerId, level: Level, reason: str) -> None:
    """The only way down, by a named officer. Raises `NotTheHolder`, and `ValueError` without a reason."""
    if not reason.strip():
        raise ValueError("a level is lowered only with a reason")
    with store.database.write() as connection:
        must_hold(connection, conversation, officer)
        connection.execute(update(Conversation).where(Conversation.id == conversation).values(level=level))
        audit.record(connection, store, officer, "level_lowered", conversation, reason)
        events.tell(connection, store, "level_lowered", conversation)


def _must_be_able(connection: Connection, store: Store, handing: Handing, level: Level) -> None:
    role = connection.execute(select(Officer.role).where(Officer.id == handing.to, Officer.disabled_at.is_(None))).scalar()
    if role not in _SPEAKERS or handing.to == handing.officer:
        raise NotAtDesk
    if level is Level.MERAH and handing.to not in presence.at_desk(connection, store):
        raise NotAtDesk


def _to_officer(connection: Connection, store: Store, conversation: str, to: OfficerId, given_by: OfficerId) -> None:
    connection.execute(
        update(Conversation)
        .where(Conversation.id == conversation)
        .values(word="officer", holder=to, version=Conversation.version + 1, wants_officer=True, closed_at=None)
    )
    courses.begin(connection, store, conversation, given_by)


def _to_queue(connection: Connection, store: Store, row: Row[Any], left_by: str, *, silent: bool) -> None:
    _to_bot(connection, row.id, wants_officer=True)
    courses.leave(connection, store, row.id, BotMay.NOTES, left_by, silent=silent)
    if Level(row.level) is Level.MERAH:
        sealer = store.opened(row.id, row.data_key)
        escalations.escalate(connection, store, sealer, row.id, Level.MERAH, [GONE_SILENT] if silent else [])


def _to_bot(connection: Connection, conversation: str, **values: Any) -> None:
    connection.execute(
        update(Conversation)
        .where(Conversation.id == conversation)
        .values(word="bot", holder=None, version=Conversation.version + 1, state=None, **values)
    )


def _write_note(connection: Connection, store: Store, row: Row[Any], officer: OfficerId, text: str) -> MessageId:
    message, now = MessageId(new_id()), store.now()
    connection.execute(
        insert(Message).values(
            id=message,
            conversation_id=row.id,
            author=Author.NOTE,
            officer_id=officer,
            kind=Kind.TEXT,
            body=seal_body(store.opened(row.id, row.data_key), message, Body(text=text)),
            level=Level.HIJAU,
            sent_at=now,
            stored_at=now,
        )
    )
    return message
