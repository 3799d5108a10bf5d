"""Replies that may still be taken back: for some seconds they wait here, then they leave, in the transaction that checks who speaks.

A reply is in one place at a time: here, as a draft, or said. So a crash, a second worker or a late click neither loses nor doubles it.
Where its officer has lost the word meanwhile it becomes a draft again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from damping.casework.ids import ConversationId, MessageId, OfficerId, new_id
from damping.casework.message import Author, Body
from damping.store import audit, drafts, events, notices, outbox, presence, window
from damping.store.context import Store
from damping.store.holders import holds, locked, must_hold
from damping.store.notices import NoticeKind
from damping.store.sealing import Sealer, Unsealable
from damping.store.tables import Conversation
from damping.store.tables_desk import WaitingReply
from rules.word import UNDO

_AT_ONCE = 50


@dataclass(frozen=True)
class Waiting:
    """One reply that has not left."""

    id: str
    officer: OfficerId
    text: str
    due_at: datetime


def hold(store: Store, conversation: ConversationId, officer: OfficerId, text: str, undo: timedelta = UNDO) -> str:
    """Say something in a few seconds; its id, to take it back. Raises `NotTheHolder`, `WindowClosed`."""
    fresh = new_id()
    with store.database.write() as connection:
        row = must_hold(connection, conversation, officer)
        now = store.now()
        window.must_be_open(connection, store, conversation)
        connection.execute(
            insert(WaitingReply).values(
                id=fresh,
                conversation_id=conversation,
                officer_id=officer,
                text=store.opened(row.id, row.data_key).seal_text("waiting_reply.text", fresh, text),
                stored_at=now,
                due_at=now + undo,
            )
        )
        drafts.forget(connection, conversation, officer, drafts.Box.REPLY)
        if not undo:
            _leave(connection, store, conversation, officer, fresh)
            return fresh
        presence.sign(connection, store, officer, conversation)
        audit.record(connection, store, officer, "reply_written", conversation)
        events.tell(connection, store, "reply_waiting", conversation)
    return fresh


def take_back(store: Store, conversation: ConversationId, officer: OfficerId, waiting: str) -> bool:
    """Undo: it becomes a draft again, in front of what was typed since. False where it has left, or is another's."""
    with store.database.write() as connection:
        here = locked(connection, conversation)
        if here is None:
            return False
        mine = (WaitingReply.id == waiting, WaitingReply.conversation_id == conversation, WaitingReply.officer_id == officer)
        row = connection.execute(delete(WaitingReply).where(*mine).returning(WaitingReply.text)).first()
        if row is None:
            return False
        sealer = store.opened(here.id, here.data_key)
        drafts.put_back(connection, store, sealer, conversation, officer, sealer.unseal_text("waiting_reply.text", waiting, row.text))
        presence.sign(connection, store, officer, conversation)
        audit.record(connection, store, officer, "reply_undone", conversation)
        events.tell(connection, store, "reply_undone", conversation)
        return True


def send_due(store: Store) -> int:
    """Send those whose time has come; how many left."""
    with store.database.read() as connection:
        due = select(WaitingReply.id, WaitingReply.conversation_id, WaitingReply.officer_id).where(WaitingReply.due_at <= store.now())
        rows = connection.execute(due.order_by(WaitingReply.seq).limit(_AT_ONCE)).all()
    return sum(_send_or_drop(store, ConversationId(row.conversation_id), OfficerId(row.officer_id), row.id) for row in rows)


def send_all(connection: Connection, store: Store, conversation: ConversationId, officer: OfficerId) -> None:
    """The holder gives the word away: what the holder has sent leaves first. The caller holds the row's lock."""
    for row in _of(connection, conversation):
        if row.officer_id == officer:
            _leave(connection, store, conversation, officer, row.id)


def take_back_all(connection: Connection, store: Store, conversation: str) -> None:
    """The word was taken from its holder: what waits becomes that officer's draft. The caller holds the row's lock."""
    which = ConversationId(conversation)
    for row in _of(connection, conversation):
        text = _take(connection, store.sealer(connection, which), row.id)
        if text is not None:
            drafts.put_back(connection, store, store.sealer(connection, which), which, OfficerId(row.officer_id), text)


def waiting(connection: Connection, sealer: Sealer, conversation: str) -> tuple[Waiting, ...]:
    """What waits in a conversation, oldest first."""
    return tuple(
        Waiting(row.id, OfficerId(row.officer_id), sealer.unseal_text("waiting_reply.text", row.id, row.text), row.due_at)
        for row in _of(connection, conversation)
    )


def send(connection: Connection, store: Store, conversation: ConversationId, officer: OfficerId, text: str) -> MessageId:
    """Say it now. The caller has checked that this officer has the word, and holds the row's lock. Raises `WindowClosed`."""
    window.must_be_open(connection, store, conversation)
    message = outbox.put(connection, store, conversation, Author.OFFICER, Body(text=text), officer)
    connection.execute(update(Conversation).where(Conversation.id == conversation).values(waiting_since=None))
    presence.sign(connection, store, officer, conversation)
    audit.record(connection, store, officer, "reply_sent", conversation)
    return message


def _send_or_drop(store: Store, conversation: ConversationId, officer: OfficerId, waiting: str) -> bool:
    try:
        return _send_one(store, conversation, officer, waiting)
    except Unsealable:  # damaged: officers are told, the others leave
        with store.database.write() as connection:
            connection.execute(delete(WaitingReply).where(WaitingReply.id == waiting))
            notices.raise_notice(connection, store, NoticeKind.SEND_FAILED, conversation)
        return False


def _send_one(store: Store, conversation: ConversationId, officer: OfficerId, waiting: str) -> bool:
    with store.database.write() as connection:
        if holds(connection, conversation, officer):
            return _leave(connection, store, conversation, officer, waiting)
        text = _take(connection, store.sealer(connection, conversation), waiting)
        if text is not None:
            drafts.put_back(connection, store, store.sealer(connection, conversation), conversation, officer, text)
            events.tell(connection, store, "reply_undone", conversation)
        return False


def _leave(connection: Connection, store: Store, conversation: ConversationId, officer: OfficerId, waiting: str) -> bool:
    text = _take(connection, store.sealer(connection, conversation), waiting)
    if text is None:
        return False
    outbox.put(connection, store, conversation, Author.OFFICER, Body(text=text), officer)
    connection.execute(update(Conversation).where(Conversation.id == conversation).values(waiting_since=None))
    audit.record(connection, store, officer, "reply_sent", conversation)
    return True


def _take(connection: Connection, sealer: Sealer, waiting: str) -> str | None:
    row = connection.execute(delete(WaitingReply).where(WaitingReply.id == waiting).returning(WaitingReply.text)).first()
    return None if row is None else sealer.unseal_text("waiting_reply.text", waiting, row.text)


def _of(connection: Connection, conversation: str) -> list[WaitingReply]:
    found = select(WaitingReply.__table__).where(WaitingReply.conversation_id == conversation)
    return list(connection.execute(found.order_by(WaitingReply.seq)))  # type: ignore[arg-type]
