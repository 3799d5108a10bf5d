"""WhatsApp's window: free words only for a day after the person wrote. Known here, so that no page and no click gets around it.

Outside it one neutral text that the channel has approved may be sent, and only where contact then was agreed to be safe.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, select

from damping.casework.message import Channel, Kind
from damping.casework.precautions import Hold, may_leave
from damping.store import safety
from damping.store.context import Store
from damping.store.tables import Conversation, Message, Outbox

LASTS = timedelta(hours=24)
_REFUSED = (131047, 63016)  # Meta's and Twilio's word for 'the window is closed', whatever our clock says


class WindowClosed(Exception):
    """The channel takes no free words now: the person has to write first."""


@dataclass(frozen=True)
class Window:
    """`closes_at`: None where the channel has no window. `unsafe`: why no neutral text may go; `from_`: when it will leave."""

    open: bool = True
    closes_at: datetime | None = None
    unsafe: Hold | None = None
    from_: datetime | None = None
    asked: bool = False  # a neutral text was sent already, and the person has not written since


def must_be_open(connection: Connection, store: Store, conversation: str) -> None:
    """Raises `WindowClosed`."""
    row = connection.execute(select(Conversation.__table__).where(Conversation.id == conversation)).one()
    if not _is_open(connection, store, row):
        raise WindowClosed


def of(connection: Connection, store: Store, row: Row[Any]) -> Window:
    """`row`: the conversation's."""
    if Channel(row.channel) is not Channel.WHATSAPP:
        return Window()
    closes_at = row.last_person_at + LASTS if row.last_person_at is not None else None
    if _is_open(connection, store, row):
        return Window(True, closes_at)
    guard = safety.guard_of(row)
    if guard.silent:
        return Window(False, closes_at, Hold.STOPPED if guard.stopped_at is not None else Hold.DISGUISED)
    chosen = safety.contact(store.opened(row.id, row.data_key), row.id, row.contact)
    held = may_leave(store.precautions, Channel.WHATSAPP, chosen, row.last_person_at, store.now())
    waits = held is not None and held.until is not None  # it leaves at the hour that the person chose
    return Window(
        open=False,
        closes_at=closes_at,
        unsafe=held.why if held is not None and not waits else None,
        from_=held.until if held is not None else None,
        asked=_was_asked(connection, row),
    )


def _is_open(connection: Connection, store: Store, row: Row[Any] | Mapping[str, Any]) -> bool:
    found: Any = row
    if Channel(found.channel) is not Channel.WHATSAPP:
        return True
    if found.last_person_at is None or store.now() - found.last_person_at >= LASTS:
        return False
    refused = exists().where(Outbox.conversation_id == found.id, Outbox.error_code.in_(_REFUSED), Outbox.changed_at > found.last_person_at)
    return not connection.execute(select(refused)).scalar()


def _was_asked(connection: Connection, row: Row[Any]) -> bool:
    sent = exists().where(
        Message.conversation_id == row.id, Message.kind == Kind.TEMPLATE, Message.stored_at > (row.last_person_at or row.created_at)
    )
    return bool(connection.execute(select(sent)).scalar())
