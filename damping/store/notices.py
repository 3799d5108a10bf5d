"""What officers should know besides the words: the engine is down, a message did not leave, a person asked for erasure."""

from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from damping.store import events
from damping.store.context import Store
from damping.store.tables import Notice


class NoticeKind(StrEnum):
    """Kinds only; a notice carries no words of a person."""

    ENGINE_DOWN = "engine_down"  # the fixed safe reply was given instead of the bot's answer
    TURN_FAILED = "turn_failed"  # the bot gave this turn up; an officer must read it
    SEND_FAILED = "send_failed"  # a message of ours did not leave
    SEND_UNKNOWN = "send_unknown"  # an officer's message may or may not have left
    CHANNEL_DOWN = "channel_down"  # the office's account at a channel is refused; an admin must look
    HUSH = "hush"  # somebody reads along; do not write
    CALL_OFFICER = "call_officer"  # the person asks for a human
    WITHDRAW = "withdraw"  # the person withdraws the report
    DISGUISED = "disguised"  # the chat is hidden behind city information: write nothing
    OTHER_WRITER = "other_writer"  # somebody else may be writing: the private word was given wrong, or the style changed
    AFTER_GAP = "after_gap"  # a long silence ended: make sure who it is before anything earlier is mentioned
    ERASE_ASKED = "erase_asked"  # the person asks for erasure of an urgent case


def raise_notice(connection: Connection, store: Store, kind: NoticeKind, conversation: str | None = None) -> None:
    """Once while it is open."""
    same = Notice.conversation_id.is_(None) if conversation is None else Notice.conversation_id == conversation
    open_one = select(Notice.seq).where(same, Notice.kind == kind, Notice.resolved_at.is_(None))
    if connection.execute(open_one).first() is None:
        connection.execute(insert(Notice).values(conversation_id=conversation, kind=kind, raised_at=store.now()))
        events.tell(connection, store, "notice_raised", conversation)


def resolve(connection: Connection, store: Store, conversation: str | None, *kinds: NoticeKind) -> None:
    """The matter is settled."""
    same = Notice.conversation_id.is_(None) if conversation is None else Notice.conversation_id == conversation
    connection.execute(update(Notice).where(same, Notice.kind.in_(kinds), Notice.resolved_at.is_(None)).values(resolved_at=store.now()))


def announce(store: Store, kind: NoticeKind) -> None:
    """Raise one that concerns everybody, in a transaction of its own."""
    with store.database.write() as connection:
        raise_notice(connection, store, kind)


def settle(store: Store, kind: NoticeKind) -> None:
    """One that concerned everybody is over."""
    with store.database.write() as connection:
        resolve(connection, store, None, kind)


def open_kinds(connection: Connection, conversation: str) -> list[NoticeKind]:
    """What is open in a conversation, oldest first."""
    rows = connection.execute(
        select(Notice.kind).where(Notice.conversation_id == conversation, Notice.resolved_at.is_(None)).order_by(Notice.seq)
    )
    return [NoticeKind(kind) for (kind,) in rows]
