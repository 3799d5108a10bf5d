"""Erasure of what was written about a person on duty: coaching, labels, reasons and findings of tickets. The counts stay."""

from sqlalchemy import Connection, delete, update

from damping.store.tables_duty import CoachNote, ConversationLabel, Ticket


def erase(connection: Connection, conversation: str) -> None:
    """In the transaction that erases the words themselves."""
    for table in (CoachNote, ConversationLabel):
        connection.execute(delete(table).where(table.conversation_id == conversation))
    connection.execute(update(Ticket).where(Ticket.conversation_id == conversation).values(reason=None, finding=None))
