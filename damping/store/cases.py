"""The office's file on a report: opened once a conversation."""

from sqlalchemy import Connection, insert, select

from damping.casework.ids import new_id
from damping.store import events
from damping.store.context import Store
from damping.store.tables import Case


def open_case(connection: Connection, store: Store, conversation: str) -> None:
    """Open one where there is none."""
    if connection.execute(select(Case.id).where(Case.conversation_id == conversation)).first() is None:
        connection.execute(insert(Case).values(id=new_id(), conversation_id=conversation, opened_at=store.now()))
        events.tell(connection, store, "case_opened", conversation)
