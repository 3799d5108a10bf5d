"""Changing a conversation's row: one prepared statement for every place that does, since every turn does it often."""

from typing import Any

from sqlalchemy import Connection, bindparam, update

from damping.store.tables import Conversation

_CHANGE = update(Conversation).where(Conversation.id == bindparam("which"))


def change(connection: Connection, conversation: str, **values: Any) -> None:
    """Set columns of one conversation, in the running transaction."""
    connection.execute(_CHANGE, {"which": conversation, **values})
