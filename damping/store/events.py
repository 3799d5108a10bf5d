"""Facts for those who listen. Written inside the act's transaction; read by live pages."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, func, insert, select

from damping.store.context import Store
from damping.store.tables import Event

# PostgreSQL hands out numbers before it commits, so a lower number may appear a little later: look back this far.
_LOOK_BACK = timedelta(seconds=10)
_TELL = insert(Event)  # prepared once: every act tells


@dataclass(frozen=True)
class Fact:
    """Something happened: past tense kinds such as `message_stored`, `case_escalated`, `word_taken`."""

    seq: int
    conversation_id: str | None
    kind: str


def tell(connection: Connection, store: Store, kind: str, conversation: str | None = None) -> None:
    """Write a fact in the running transaction."""
    connection.execute(_TELL, {"conversation_id": conversation, "kind": kind, "at": store.now()})


def newest(store: Store) -> int:
    """The highest number so far; 0 for none."""
    with store.database.read() as connection:
        return connection.execute(select(func.max(Event.seq))).scalar() or 0


def since(store: Store, after: int, at_most: int) -> list[Fact]:
    """The newest facts above a number, in their order."""
    with store.database.read() as connection:
        listed = select(Event.seq, Event.conversation_id, Event.kind).where(Event.seq > after)
        return [Fact(*row) for row in reversed(connection.execute(listed.order_by(Event.seq.desc()).limit(at_most)).all())]


def recent(store: Store, after: int) -> list[Fact]:
    """Facts above `after`, and those of the last seconds again: the caller drops the ones it has seen."""
    with store.database.read() as connection:
        wanted = (Event.seq > after) | (Event.at > store.now() - _LOOK_BACK)
        listed = select(Event.seq, Event.conversation_id, Event.kind).where(Event.seq > after - 500, wanted)
        rows = connection.execute(listed.order_by(Event.seq))
        return [Fact(*row) for row in rows]
