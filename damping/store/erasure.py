"""Erasure on a person's word: what was said is gone from the database, and a new key seals what comes after.

Only for conversations that were never urgent; an urgent one is hidden and an officer decides
(`damping.casework.turn`). The keyed hashes of delivered messages stay, so that an old delivery sent again stays a repetition.
"""

from sqlalchemy import Connection, delete, select, update

from damping.casework.ids import ConversationId
from damping.store import audit, desk_words, duty_words, events, media
from damping.store.context import Store
from damping.store.tables import Address, Case, Conversation, Escalation, Inbox, Message, Outbox


def may_erase(connection: Connection, conversation: str, level: str) -> bool:
    """Looked at under the conversation's lock: never urgent, no file kept as evidence, and nothing new has come meanwhile."""
    rang = connection.execute(select(Escalation.id).where(Escalation.conversation_id == conversation).limit(1)).first()
    waiting = select(Inbox.seq).where(Inbox.conversation_id == conversation, Inbox.state == "pending").limit(1)
    guarded = level == "merah" or rang is not None or media.has_evidence(connection, conversation)
    return not guarded and connection.execute(waiting).first() is None


def erase_words(connection: Connection, store: Store, conversation: ConversationId) -> None:
    """Transcript, facts and dialogue state; a new data key for what comes after."""
    old = store.sealer(connection, conversation)
    connection.execute(update(Inbox).where(Inbox.conversation_id == conversation).values(message_id=None, state="done"))
    desk_words.erase(connection, conversation)
    duty_words.erase(connection, conversation)
    media.erase(connection, conversation)
    for table in (Outbox, Message, Case, Escalation):
        connection.execute(delete(table).where(table.conversation_id == conversation))
    sealer, sealed_key = store.vault.new_data_key(conversation)
    for row in connection.execute(select(Address.id, Address.value).where(Address.conversation_id == conversation)).all():
        value = old.unseal_text("address.value", row.id, row.value)
        connection.execute(update(Address).where(Address.id == row.id).values(value=sealer.seal_text("address.value", row.id, value)))
    connection.execute(
        update(Conversation)
        .where(Conversation.id == conversation)
        .values(data_key=sealed_key, state=None, facts=None, reasons=None, level="hijau", waiting_since=None, wants_officer=False)
        .values(own_words=None, contact=None, contact_at=None)
    )
    audit.record(connection, store, "person", "words_erased", conversation)
    events.tell(connection, store, "words_erased", conversation)
