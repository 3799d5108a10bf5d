"""Who is at the desk, looks at which conversation, and types there. Ids and times only.

A sign in a conversation that the officer holds also renews the lease: see `rules.word`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.ids import ConversationId, OfficerId
from damping.store import courses, events
from damping.store.context import Store
from damping.store.tables import Conversation
from damping.store.tables_desk import Presence
from rules.word import LOOKS_FOR, TYPES_FOR

CHANGED = "presence_changed"  # the fact that others look again at who is here


@dataclass(frozen=True)
class Here:
    """An officer who has a conversation on the screen."""

    officer: OfficerId
    types: bool


def tell(store: Store, officer: OfficerId, conversation: ConversationId | None, *, types: bool = False) -> None:
    """An officer gives a sign; `None`: at the desk, no conversation open."""
    try:
        with store.database.write() as connection:
            sign(connection, store, officer, conversation, types=types)
    except IntegrityError:  # two pages of one officer at their first sign: the other one has told it
        return


def sign(connection: Connection, store: Store, officer: str, conversation: str | None, *, types: bool = False) -> None:
    """`tell`, in the running transaction."""
    now = store.now()
    known = select(Presence.conversation_id, Presence.typed_at, Presence.seen_at).where(Presence.officer_id == officer)
    before = connection.execute(known).first()
    typed_at = now if types else (before.typed_at if before and before.conversation_id == conversation else None)
    values = {"conversation_id": conversation, "seen_at": now, "typed_at": typed_at}
    if before is None:
        connection.execute(insert(Presence).values(officer_id=officer, **values))
    else:
        connection.execute(update(Presence).where(Presence.officer_id == officer).values(**values))
    mine = select(Conversation.id).where(Conversation.id == conversation, Conversation.holder == officer)
    if conversation is not None and connection.execute(mine).first() is not None:
        courses.renew(connection, store, conversation)
    for changed in _changed(before, conversation, now, types=types):
        events.tell(connection, store, CHANGED, changed)


def here(connection: Connection, store: Store, conversation: str) -> list[Here]:
    """Who has a conversation on the screen now."""
    now = store.now()
    found = select(Presence.officer_id, Presence.typed_at).where(
        Presence.conversation_id == conversation, Presence.seen_at > now - LOOKS_FOR
    )
    return [Here(OfficerId(row.officer_id), _within(row.typed_at, now, TYPES_FOR)) for row in connection.execute(found)]


def at_desk(connection: Connection, store: Store) -> set[str]:
    """Officers who gave a sign a moment ago."""
    rows = connection.execute(select(Presence.officer_id).where(Presence.seen_at > store.now() - LOOKS_FOR))
    return {officer for (officer,) in rows}


def reads(connection: Connection, store: Store, conversation: str, officer: str, lately: timedelta) -> bool:
    """Whether an officer has given a sign in a conversation within the last while."""
    found = select(Presence.seen_at).where(Presence.officer_id == officer, Presence.conversation_id == conversation)
    return _within(connection.execute(found).scalar(), store.now(), lately)


def _changed(before: Any, conversation: str | None, now: datetime, *, types: bool) -> set[str]:
    """The conversations in which others see something new; an officer who goes on looking or typing is no news."""
    if before is None or before.conversation_id != conversation or now - before.seen_at >= LOOKS_FOR:
        return {place for place in (conversation, before.conversation_id if before else None) if place is not None}
    began_to_type = types and not _within(before.typed_at, now, TYPES_FOR)
    return {conversation} if began_to_type and conversation is not None else set()


def _within(at: datetime | None, now: datetime, lately: timedelta) -> bool:
    return at is not None and now - at < lately
