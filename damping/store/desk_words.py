"""Erasure of what officers wrote about a person: drafts, replies that had not left, the sheet's changes, marks of promises."""

from sqlalchemy import Connection, delete

from damping.store.tables_desk import Draft, Promise, SheetChange, WaitingReply


def erase(connection: Connection, conversation: str) -> None:
    """In the transaction that erases the words themselves, before the messages go."""
    for table in (Draft, WaitingReply, SheetChange, Promise):
        connection.execute(delete(table).where(table.conversation_id == conversation))
