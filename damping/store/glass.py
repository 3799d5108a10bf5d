"""Who may read which conversation, and the glass that is broken to read another one.

who        | conversation                                           | may read
supervisor | any                                                    | yes
petugas    | one that the team on duty has before it (the queue)    | yes
petugas    | one that they hold, or in which they wrote             | yes
petugas    | any other                                              | for an hour, after typing a reason that a supervisor sees
others     | any                                                    | never

Missing and forbidden look alike (`NotFound` in `damping.store.desk`). Breaking the glass is an audit row with its reason.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, false, func, insert, or_, select, true, update
from sqlalchemy.orm import aliased

from damping.casework.ids import ConversationId, OfficerId, new_id
from damping.store import audit, events, officers
from damping.store.context import Store
from damping.store.officers import Role
from damping.store.tables import Conversation, Message, Notice
from damping.store.tables_accounts import BrokenGlass
from rules.levels import Level

LASTS = timedelta(hours=1)
_HARMLESS_STAYS = timedelta(hours=24)  # a hijau conversation that nobody asked an officer for leaves the queue after this
_SHORTEST_SIGN = 5  # by which two officers speak of a conversation


@dataclass(frozen=True)
class Broken:
    """One reading outside an officer's right."""

    id: str
    officer_name: str
    conversation: ConversationId
    reason: str
    broken_at: datetime
    seen_at: datetime | None
    seen_by: str


def before_the_team(now: datetime) -> ColumnElement[bool]:
    """Which conversations the queue shows, and so everybody on duty may read."""
    return Conversation.closed_at.is_(None) & or_(
        Conversation.wants_officer,
        Conversation.holder.is_not(None),
        Conversation.level != Level.HIJAU.value,
        Conversation.last_person_at > now - _HARMLESS_STAYS,
        Conversation.id.in_(select(Notice.conversation_id).where(Notice.resolved_at.is_(None), Notice.conversation_id.is_not(None))),
    )


def may_read(connection: Connection, store: Store, officer: OfficerId, role: Role, conversation: str) -> bool:
    """The table above, for one conversation."""
    wanted = select(Conversation.id).where(Conversation.id == conversation, readable(store.now(), officer, role))
    return connection.execute(wanted).first() is not None


def readable(now: datetime, officer: OfficerId, role: Role) -> ColumnElement[bool]:
    """The table above, as a condition on conversations."""
    if role is not Role.PETUGAS:
        return true() if role is Role.SUPERVISOR else false()
    said = aliased(Message)
    takes_part = select(said.seq).where(said.conversation_id == Conversation.id, said.officer_id == officer)
    broken = select(BrokenGlass.id).where(
        BrokenGlass.conversation_id == Conversation.id, BrokenGlass.officer_id == officer, BrokenGlass.until > now
    )
    return or_(before_the_team(now), Conversation.holder == officer, takes_part.exists(), broken.exists())


def break_it(store: Store, officer: OfficerId, role: Role, sign: str, reason: str) -> ConversationId | None:
    """Open the conversation of an id or its first signs for an hour; None where no or more than one such is there."""
    told = sign.strip().lower()
    if role is not Role.PETUGAS or len(told) < _SHORTEST_SIGN or not told.isalnum() or not told.isascii():
        return None
    now = store.now()
    with store.database.write() as connection:
        found = (
            connection.execute(select(Conversation.id).where(Conversation.id.startswith(told, autoescape=True)).limit(2)).scalars().all()
        )
        if len(found) != 1:
            audit.record(connection, store, officer, "glass_missed")
            return None
        conversation, glass = ConversationId(found[0]), new_id()
        connection.execute(
            insert(BrokenGlass).values(
                id=glass,
                officer_id=officer,
                conversation_id=conversation,
                reason=store.vault.office.seal_text("broken_glass.reason", glass, reason),
                broken_at=now,
                until=now + LASTS,
            )
        )
        audit.record(connection, store, officer, "glass_broken", conversation, reason)
        events.tell(connection, store, "glass_broken")
    return conversation


def unseen(store: Store) -> int:
    """How many readings no supervisor has looked at."""
    with store.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(BrokenGlass).where(BrokenGlass.seen_at.is_(None))).scalar_one())


def listed(store: Store, limit: int = 100) -> list[Broken]:
    """The readings, those that nobody looked at first, then the newest."""
    with store.database.read() as connection:
        names = officers.names(connection, store)
        order = (BrokenGlass.seen_at.is_not(None), BrokenGlass.broken_at.desc())
        rows = connection.execute(select(BrokenGlass.__table__).order_by(*order).limit(limit)).all()
    return [_one(store, row, names) for row in rows]


def look_at(store: Store, supervisor: OfficerId, glass: str) -> bool:
    """A supervisor has looked at it; False where there is none."""
    with store.database.write() as connection:
        changed = update(BrokenGlass).where(BrokenGlass.id == glass, BrokenGlass.seen_at.is_(None))
        if not connection.execute(changed.values(seen_at=store.now(), seen_by=supervisor)).rowcount:
            return False
        audit.record(connection, store, supervisor, "glass_looked_at", glass)
    return True


def _one(store: Store, row: Row[Any], names: dict[str, str]) -> Broken:
    return Broken(
        id=row.id,
        officer_name=names.get(row.officer_id, ""),
        conversation=ConversationId(row.conversation_id),
        reason=store.vault.office.unseal_text("broken_glass.reason", row.id, row.reason),
        broken_at=row.broken_at,
        seen_at=row.seen_at,
        seen_by=names.get(row.seen_by or "", ""),
    )
