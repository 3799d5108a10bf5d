"""What staff wrote to a person in the WhatsApp app itself, past the desk: kept as an officer's words, and the assistant steps back.

Only where an office shares its number with the app. Nobody knows who wrote it, so nobody becomes the holder.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from damping.casework.ids import ConversationId, MessageId, new_id
from damping.casework.message import Author, Inbound
from damping.store import audit, conversations, courses, events, inbox, outbox
from damping.store.context import Store, seal_body
from damping.store.sealing import Sealer
from damping.store.tables import Conversation, Inbox, Message
from rules.word import BotMay


def keep(store: Store, echoes: Sequence[Inbound]) -> int:
    """Each once, however often it is told; how many were new. `identities`: to whom it was written."""
    with store.database.write() as connection:
        return sum(_keep(connection, store, echo) for echo in echoes)


def _keep(connection: Connection, store: Store, echo: Inbound) -> bool:
    external = store.vault.lookup(f"external {echo.channel}", echo.external_id)
    if connection.execute(select(Inbox.seq).where(Inbox.channel == echo.channel, Inbox.external_hash == external)).first():
        return False
    conversation, sealer = inbox.conversation_of(connection, store, echo.channel, echo.identities)
    message = _write(connection, store, sealer, conversation, echo)
    told = {"channel": echo.channel, "external_hash": external, "conversation_id": conversation, "message_id": message}
    connection.execute(insert(Inbox).values(state="done", stored_at=store.now(), **told))
    _step_back(connection, store, conversation)
    audit.record(connection, store, echo.channel, "echo_kept", conversation)
    events.tell(connection, store, "message_stored", conversation)
    return True


def _write(connection: Connection, store: Store, sealer: Sealer, conversation: ConversationId, echo: Inbound) -> MessageId:
    message = MessageId(new_id())
    connection.execute(
        insert(Message).values(
            id=message,
            conversation_id=conversation,
            author=Author.OFFICER,
            kind=echo.kind,
            body=seal_body(sealer, message, echo.body),
            sent_at=datetime.fromtimestamp(echo.sent_at, UTC),
            stored_at=store.now(),
        )
    )
    return message


def _step_back(connection: Connection, store: Store, conversation: ConversationId) -> None:
    """An answer under way is dropped; from now on the assistant only says that an officer reads, and hears danger as ever."""
    row = connection.execute(select(Conversation.holder, Conversation.version).where(Conversation.id == conversation)).one()
    changes: dict[str, object] = {"waiting_since": None}
    if row.holder is None:
        outbox.cancel_bot(connection, store, conversation)
        courses.leave(connection, store, conversation, BotMay.NOTES)
        changes |= {"version": row.version + 1, "wants_officer": True}
    conversations.change(connection, conversation, **changes)
