"""What an officer promised, as a mark on the message that says it; open until an officer marks it as kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from damping.casework.ids import ConversationId, MessageId, OfficerId
from damping.casework.message import Author
from damping.store import audit, events
from damping.store.context import Store, unseal_body
from damping.store.holders import must_hold
from damping.store.sealing import Sealer
from damping.store.tables import Message
from damping.store.tables_desk import Promise


@dataclass(frozen=True)
class Made:
    """One promise: which message, what it says, since when, and when it was kept."""

    message: MessageId
    seq: int
    text: str
    made_at: datetime
    kept_at: datetime | None


def make(store: Store, conversation: ConversationId, officer: OfficerId, message: MessageId) -> bool:
    """Mark an officer's message as a promise, or take the mark off; False where it is no such message. Raises `NotTheHolder`."""
    with store.database.write() as connection:
        must_hold(connection, conversation, officer)
        said = (Message.id == message, Message.conversation_id == conversation, Message.author == Author.OFFICER)
        if connection.execute(select(Message.seq).where(*said)).first() is None:
            return False
        if not connection.execute(delete(Promise).where(Promise.message_id == message)).rowcount:
            connection.execute(
                insert(Promise).values(message_id=message, conversation_id=conversation, made_by=officer, made_at=store.now())
            )
        audit.record(connection, store, officer, "promise_marked", conversation)
        events.tell(connection, store, "promise_marked", conversation)
        return True


def keep(store: Store, conversation: ConversationId, officer: OfficerId, message: MessageId) -> bool:
    """It was kept; False where there is no such open promise. Raises `NotTheHolder`."""
    with store.database.write() as connection:
        must_hold(connection, conversation, officer)
        mine = (Promise.message_id == message, Promise.conversation_id == conversation, Promise.kept_at.is_(None))
        if not connection.execute(update(Promise).where(*mine).values(kept_by=officer, kept_at=store.now())).rowcount:
            return False
        audit.record(connection, store, officer, "promise_kept", conversation)
        events.tell(connection, store, "promise_kept", conversation)
        return True


def of(connection: Connection, sealer: Sealer, conversation: str) -> tuple[Made, ...]:
    """All of them, open ones first."""
    rows = connection.execute(
        select(Message.id, Message.seq, Message.body, Promise.made_at, Promise.kept_at)
        .join(Promise, Promise.message_id == Message.id)
        .where(Promise.conversation_id == conversation)
        .order_by(Promise.kept_at.is_not(None), Message.seq)
    )
    return tuple(Made(MessageId(row.id), row.seq, unseal_body(sealer, row.id, row.body).text, row.made_at, row.kept_at) for row in rows)
