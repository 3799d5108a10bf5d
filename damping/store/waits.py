"""From need to human answer: each wait is measured as it happens, so that erasure and retention leave the figures.

A wait begins with the oldest message that no officer has answered, and ends with an officer's message, never with the bot's.
An answer after its time opens a ticket for the supervisor. The timer of any worker may look; it only writes what has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, exists, func, insert, or_, select, update

from damping.casework.duty import DutyRules
from damping.casework.ids import new_id
from damping.casework.message import Author
from damping.store import events, roster
from damping.store.context import Store
from damping.store.tables import Conversation, Escalation, Message
from damping.store.tables_duty import Ticket, Wait
from rules.levels import Level, highest
from rules.office_calendar import Calendar
from rules.waiting_time import typical_minutes

_LATELY = timedelta(days=30)
_SAMPLES = 200
_NEEDS_HUMAN = or_(
    Conversation.wants_officer,
    Conversation.level != Level.HIJAU.value,
    exists().where(Escalation.conversation_id == Conversation.id, Escalation.acknowledged_at.is_(None)),
)


@dataclass(frozen=True)
class _Need:
    """What is known of a conversation that may be waiting."""

    row: Any  # of the conversation
    rings_since: datetime | None
    open: Any  # the wait's row, or None
    before: bool  # it has waited earlier


def sweep(store: Store, rules: DutyRules) -> int:
    """Begin, raise, end what has to; how many rows changed."""
    with store.database.read() as connection:
        found = _changes(connection, store)
    if not found:
        return 0
    with store.database.write() as connection:
        calendar = roster.calendar(connection, rules.calendar)
        return sum(_apply(connection, store, rules, calendar, need) for need in _changes(connection, store))


def typical(store: Store, level: Level) -> int | None:
    """How many minutes people of this level waited lately, for three of four; None where too little was measured."""
    with store.database.read() as connection:
        wanted = select(Wait.since, Wait.answered_at).where(
            Wait.level == level.value, Wait.answered_at.is_not(None), Wait.since > store.now() - _LATELY
        )
        rows = connection.execute(wanted.order_by(Wait.since.desc()).limit(_SAMPLES)).all()
    return typical_minutes([(row.answered_at - row.since).total_seconds() for row in rows])


def _changes(connection: Connection, store: Store) -> list[_Need]:
    """Conversations that need a human or have an open wait; those in which nothing has to be written are left out."""
    waiting = {row.conversation_id: row for row in connection.execute(select(Wait.__table__).where(Wait.ended_at.is_(None)))}
    asked = _NEEDS_HUMAN & Conversation.waiting_since.is_not(None) | Conversation.id.in_(list(waiting))
    rows = connection.execute(select(*_WANTED).where(asked)).all()
    ids = [row.id for row in rows]
    rings = _oldest_rings(connection, ids)
    earlier = set(connection.execute(select(Wait.conversation_id).where(Wait.conversation_id.in_(ids))).scalars())
    needs = [_Need(row, rings.get(row.id), waiting.get(row.id), row.id in earlier) for row in rows]
    now = store.now()
    return [need for need in needs if _begins(need) or (need.open is not None and _moves(connection, need, now))]


_WANTED = (
    Conversation.id,
    Conversation.level,
    Conversation.holder,
    Conversation.wants_officer,
    Conversation.waiting_since,
)


def _oldest_rings(connection: Connection, ids: list[str]) -> Mapping[str, datetime]:
    found: Select[str, datetime] = (
        select(Escalation.conversation_id, func.min(Escalation.raised_at).label("since"))
        .where(Escalation.acknowledged_at.is_(None), Escalation.conversation_id.in_(ids))
        .group_by(Escalation.conversation_id)
    )
    return {row.conversation_id: row.since for row in connection.execute(found)}


def _begins(need: _Need) -> bool:
    """
    waited before | begins with
    no            | kuning or merah, a ringing bell, or a wish to speak with an officer
    yes           | a ringing bell or that wish, while nobody has the word: the rest an officer has left to the assistant
    """
    if need.open is not None or need.row.waiting_since is None:
        return False
    if not need.before:
        return True
    return need.row.holder is None and (need.row.wants_officer or need.rings_since is not None)


def _moves(connection: Connection, need: _Need, now: datetime) -> bool:
    wait, row = need.open, need.row
    if wait is None:
        return False
    taken = row.holder is not None and wait.taken_at is None
    overdue = not wait.late and now > wait.due_at
    return taken or overdue or Level(row.level).rank > Level(wait.level).rank or _over(need) or _answer(connection, wait) is not None


def _over(need: _Need) -> bool:
    """Nobody needs a human any more: given back to the assistant without a word, or erased."""
    return need.row.holder is None and not need.row.wants_officer and need.rings_since is None and need.row.waiting_since is None


def _answer(connection: Connection, wait: Any) -> Any:
    said = select(Message.stored_at, Message.officer_id).where(
        Message.conversation_id == wait.conversation_id, Message.author == Author.OFFICER, Message.stored_at >= wait.since
    )
    return connection.execute(said.order_by(Message.seq).limit(1)).first()


def _apply(connection: Connection, store: Store, rules: DutyRules, calendar: Calendar, need: _Need) -> bool:
    row, now = need.row, store.now()
    if need.open is None:
        since = min(at for at in (row.waiting_since, need.rings_since) if at is not None) if not need.before else row.waiting_since
        level = Level(row.level)
        due = rules.times.due(level, since, calendar)
        taken = now if row.holder is not None else None
        connection.execute(insert(Wait).values(id=new_id(), conversation_id=row.id, level=level, since=since, due_at=due, taken_at=taken))
        return True
    wait = need.open
    level = highest([Level(row.level), Level(wait.level)])
    due = wait.due_at if level.value == wait.level else min(wait.due_at, rules.times.due(level, need.rings_since or now, calendar))
    answer = _answer(connection, wait)
    ended = answer.stored_at if answer is not None else (now if _over(need) else None)
    taken = wait.taken_at or (now if row.holder is not None else None)
    late = wait.late or (ended or now) > due
    connection.execute(
        update(Wait)
        .where(Wait.id == wait.id)
        .values(
            level=level,
            due_at=due,
            taken_at=min(taken, ended) if taken and ended else taken or (ended if answer is not None else None),
            answered_at=answer.stored_at if answer is not None else None,
            answered_by=answer.officer_id if answer is not None else None,
            ended_at=ended,
            late=late,
        )
    )
    if late and not wait.late:
        _late_ticket(connection, store, wait, level)
    events.tell(connection, store, "wait_changed", row.id)
    return True


def _late_ticket(connection: Connection, store: Store, wait: Any, level: Level) -> None:
    connection.execute(
        insert(Ticket).values(
            id=new_id(),
            conversation_id=wait.conversation_id,
            kind="late",
            wait_id=wait.id,
            level_before=level,
            level=level,
            opened_at=store.now(),
        )
    )
    events.tell(connection, store, "ticket_opened", wait.conversation_id)
