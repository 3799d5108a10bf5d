"""Who may speak: the one look, in the transaction that speaks, that keeps two officers from talking at once."""

from typing import Any

from sqlalchemy import Connection, Row, select

from damping.store.tables import Conversation


class NotTheHolder(Exception):
    """Another has the word in this conversation, or nobody."""


def locked(connection: Connection, conversation: str) -> Row[Any] | None:
    """The conversation's row, locked until the transaction ends, or None."""
    wanted = select(Conversation.__table__).where(Conversation.id == conversation)
    return connection.execute(wanted.with_for_update(key_share=True)).first()


def must_hold(connection: Connection, conversation: str, officer: str) -> Row[Any]:
    """The conversation's row, locked, if this officer has the word. Raises `NotTheHolder`."""
    row = locked(connection, conversation)
    if row is None or row.word != "officer" or row.holder != officer:
        raise NotTheHolder
    return row


def holds(connection: Connection, conversation: str, officer: str) -> bool:
    """`must_hold` as a question."""
    try:
        must_hold(connection, conversation, officer)
    except NotTheHolder:
        return False
    return True
