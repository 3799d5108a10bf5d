"""Who has the word: bot or officer. A fact in our database with a version fence, changed only here.

Claiming is atomic: of fifty officers pressing at once, one wins. It silences the bot at once, also for an answer that is
being computed, and stops the bell. Only the holder can send; that is checked in the transaction that sends.
"""

from sqlalchemy import Connection, insert, select, update

from damping.casework.ids import ConversationId, MessageId, OfficerId, new_id
from damping.casework.message import Author, Body, Kind
from damping.store import audit, escalations, events, notices, outbox
from damping.store.context import Store, seal_body
from damping.store.notices import NoticeKind
from damping.store.tables import Conversation, Message
from rules.levels import Level


class NotTheHolder(Exception):
    """Another has the word in this conversation, or nobody."""


def claim(store: Store, conversation: ConversationId, officer: OfficerId, greeting: Body | None = None) -> bool:
    """Take the word; False where another officer has it. Claiming what one holds already only stops the bell."""
    with store.database.write() as connection:
        taken = connection.execute(
            update(Conversation)
            .where(Conversation.id == conversation, Conversation.holder.is_(None))
            .values(word="officer", holder=officer, version=Conversation.version + 1, wants_officer=True, closed_at=None)
        ).rowcount
        if not taken and not _holds(connection, conversation, officer):
            return False
        escalations.acknowledge(connection, store, conversation, officer)
        if taken:
            outbox.cancel_bot(connection, store, conversation)
            notices.resolve(connection, store, conversation, NoticeKind.CALL_OFFICER, NoticeKind.ENGINE_DOWN, NoticeKind.TURN_FAILED)
            if greeting is not None:
                outbox.put(connection, store, conversation, Author.SERVICE, greeting)
            audit.record(connection, store, officer, "word_taken", conversation)
            events.tell(connection, store, "word_taken", conversation)
        return True


def hand_back(store: Store, conversation: ConversationId, officer: OfficerId, farewell: Body | None = None) -> None:
    """Give the word back to the bot, which starts afresh with the facts on record. Raises `NotTheHolder`."""
    with store.database.write() as connection:
        _must_hold(connection, conversation, officer)
        connection.execute(
            update(Conversation)
            .where(Conversation.id == conversation)
            .values(word="bot", holder=None, version=Conversation.version + 1, state=None, wants_officer=False, waiting_since=None)
        )
        notices.resolve(connection, store, conversation, NoticeKind.HUSH)
        if farewell is not None:
            outbox.put(connection, store, conversation, Author.SERVICE, farewell)
        audit.record(connection, store, officer, "word_given_back", conversation)
        events.tell(connection, store, "word_given_back", conversation)


def reply(store: Store, conversation: ConversationId, officer: OfficerId, text: str) -> MessageId:
    """Say something to the person. Raises `NotTheHolder`."""
    with store.database.write() as connection:
        _must_hold(connection, conversation, officer)
        message = outbox.put(connection, store, conversation, Author.OFFICER, Body(text=text), officer)
        connection.execute(update(Conversation).where(Conversation.id == conversation).values(waiting_since=None))
        audit.record(connection, store, officer, "reply_sent", conversation)
        return message


def note(store: Store, conversation: ConversationId, officer: OfficerId, text: str) -> MessageId:
    """Write a note that only officers see; anybody on duty may."""
    message = MessageId(new_id())
    with store.database.write() as connection:
        now = store.now()
        key = select(Conversation.data_key).where(Conversation.id == conversation).with_for_update(key_share=True)
        sealer = store.opened(conversation, connection.execute(key).scalar_one())  # locked: an erasure may be changing the key
        connection.execute(
            insert(Message).values(
                id=message,
                conversation_id=conversation,
                author=Author.NOTE,
                officer_id=officer,
                kind=Kind.TEXT,
                body=seal_body(sealer, message, Body(text=text)),
                sent_at=now,
                stored_at=now,
            )
        )
        audit.record(connection, store, officer, "note_written", conversation)
        events.tell(connection, store, "note_written", conversation)
    return message


def lower_level(store: Store, conversation: ConversationId, officer: OfficerId, level: Level, reason: str) -> None:
    """The only way down, by a named officer. Raises `NotTheHolder`, and `ValueError` without a reason."""
    if not reason.strip():
        raise ValueError("a level is lowered only with a reason")
    with store.database.write() as connection:
        _must_hold(connection, conversation, officer)
        connection.execute(update(Conversation).where(Conversation.id == conversation).values(level=level))
        audit.record(connection, store, officer, "level_lowered", conversation, reason)
        events.tell(connection, store, "level_lowered", conversation)


def _holds(connection: Connection, conversation: str, officer: str) -> bool:
    row = connection.execute(
        select(Conversation.holder, Conversation.word).where(Conversation.id == conversation).with_for_update(key_share=True)
    ).first()
    return row is not None and row.word == "officer" and row.holder == officer


def _must_hold(connection: Connection, conversation: str, officer: str) -> None:
    if not _holds(connection, conversation, officer):
        raise NotTheHolder
