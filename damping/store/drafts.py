"""What an officer has typed and not sent, kept on the server: a crashed browser or a dead battery loses nothing.

Only its own officer ever sees a draft. Sealed with the conversation's key.
"""

from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.ids import ConversationId, OfficerId
from damping.store import presence
from damping.store.context import Store
from damping.store.holders import locked
from damping.store.sealing import Sealer
from damping.store.tables_desk import Draft


class Box(StrEnum):
    """Where it was typed."""

    REPLY = "balasan"  # to the person
    NOTE = "catatan"  # for officers


def keep(store: Store, conversation: ConversationId, officer: OfficerId, box: Box, text: str) -> None:
    """Keep what is typed now; an empty text forgets it. Also a sign that the officer types here."""
    try:
        with store.database.write() as connection:
            row = locked(connection, conversation)  # an erasure may be changing the key
            if row is None:
                return
            write(connection, store, store.opened(row.id, row.data_key), conversation, officer, box, text)
            presence.sign(connection, store, officer, conversation, types=bool(text))
    except IntegrityError:  # two pages at the same moment: the other one has kept its text
        return


def write(connection: Connection, store: Store, sealer: Sealer, conversation: str, officer: str, box: Box, text: str) -> None:
    """`keep`, in the running transaction."""
    if not text.strip():
        forget(connection, conversation, officer, box)
        return
    sealed = sealer.seal_text("draft.text", f"{officer}.{box}", text)
    values = {"text": sealed, "changed_at": store.now()}
    if not connection.execute(update(Draft).where(*_is(conversation, officer, box)).values(**values)).rowcount:
        connection.execute(insert(Draft).values(conversation_id=conversation, officer_id=officer, box=box, **values))


def put_back(connection: Connection, store: Store, sealer: Sealer, conversation: str, officer: str, text: str) -> None:
    """A reply that did not leave goes in front of what was typed since."""
    typed = of(connection, sealer, conversation, officer).get(Box.REPLY, "")
    write(connection, store, sealer, conversation, officer, Box.REPLY, f"{text}\n{typed}" if typed else text)


def forget(connection: Connection, conversation: str, officer: str, box: Box) -> None:
    """It was sent or thrown away."""
    connection.execute(delete(Draft).where(*_is(conversation, officer, box)))


def of(connection: Connection, sealer: Sealer, conversation: str, officer: str) -> dict[Box, str]:
    """An officer's own drafts in a conversation."""
    rows = connection.execute(select(Draft.box, Draft.text).where(Draft.conversation_id == conversation, Draft.officer_id == officer))
    return {Box(row.box): sealer.unseal_text("draft.text", f"{officer}.{row.box}", row.text) for row in rows}


def _is(conversation: str, officer: str, box: Box) -> tuple[ColumnElement[bool], ...]:
    return (Draft.conversation_id == conversation, Draft.officer_id == officer, Draft.box == box)
