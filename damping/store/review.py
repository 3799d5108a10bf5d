"""The review board: danger that a person saw and the assistant did not, and answers that came too late.

Each is a ticket that only a supervisor closes, with a finding. What the assistant should learn from it goes to the trainers as
an invented sentence: never the person's own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert, select, update

from damping.casework.ids import ConversationId, new_id
from damping.store import audit, events, glass, missed, officers
from damping.store.context import Store
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.missed import WORDS_AT_MOST, Seen
from damping.store.officers import Role
from damping.store.sealing import Sealer
from damping.store.tables import Conversation
from damping.store.tables_duty import Lesson, Ticket, Wait
from rules.levels import Level

_AT_ONCE = 200


class Verdict(StrEnum):
    """What the supervisor found."""

    NOT_HEARD = "tak_terdengar"  # the assistant should have heard it
    NOT_TOLD = "tak_tertulis"  # nothing in the words told of it
    ALARM = "alarm"  # the alarm did not reach anybody
    STAFF = "petugas"  # too few people, or they did not answer
    EXCUSED = "wajar"  # it was seen to in another way


class NoFinding(Exception):
    """A ticket is closed only with words."""


@dataclass(frozen=True)
class TicketShown:
    """One ticket for the board."""

    id: str
    conversation: ConversationId
    kind: str
    level_before: Level
    level: Level
    opened_at: datetime
    opened_by: str
    reason: str
    waited_from: datetime | None
    answered_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    verdict: str
    finding: str


@dataclass(frozen=True)
class LessonShown:
    """A sentence for the trainers."""

    id: str
    sentence: str
    level: Level
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Finding:
    """How a supervisor closes a ticket; `lesson` is empty or an invented sentence, with the level it should have had."""

    verdict: Verdict
    words: str
    lesson: str = ""
    lesson_level: Level = Level.MERAH


def rate_urgent(store: Store, viewer: Viewer, conversation: ConversationId, reason: str) -> bool:
    """A person on duty says that it is urgent, which the assistant had not said (`damping.store.missed`).

    False where it was merah already. Raises `NotFound`, `NoFinding` without a reason.
    """
    if viewer.role not in ON_DUTY:
        raise NotFound
    reason = reason.strip()[:WORDS_AT_MOST]
    if not reason:
        raise NoFinding
    with store.database.write() as connection:
        row = connection.execute(
            select(Conversation.data_key).where(Conversation.id == conversation).with_for_update(key_share=True)
        ).first()
        if row is None or not glass.may_read(connection, store, viewer.officer, viewer.role, conversation):
            raise NotFound
        sealer = store.opened(conversation, row.data_key)
        if not missed.seen(connection, store, sealer, Seen(conversation, viewer.officer, Level.MERAH, (reason,))):
            return False
        audit.record(connection, store, viewer.officer, "rated_urgent", conversation, reason)
    return True


def tickets(store: Store, viewer: Viewer, *, closed: bool = False) -> tuple[TicketShown, ...]:
    """Open ones oldest first, or closed ones newest first. Audited, since reasons are words. Raises `NotFound`."""
    _must_lead(viewer)
    with store.database.write() as connection:
        known = officers.names(connection, store)
        order = Ticket.closed_at.desc() if closed else Ticket.opened_at
        wanted = (
            select(Ticket.__table__, Conversation.data_key, Wait.since, Wait.answered_at, Wait.due_at)
            .join(Conversation, Conversation.id == Ticket.conversation_id)
            .outerjoin(Wait, Wait.id == Ticket.wait_id)
            .where(Ticket.closed_at.is_not(None) if closed else Ticket.closed_at.is_(None))
        )
        rows = connection.execute(wanted.order_by(order).limit(_AT_ONCE)).all()
        audit.record(connection, store, viewer.officer, "reviews_read")
        shown = []
        for row in rows:
            sealer = store.opened(row.conversation_id, row.data_key)
            words = {name: _opened(sealer, name, row.id, getattr(row, name)) for name in ("reason", "finding")}
            shown.append(
                TicketShown(
                    id=row.id,
                    conversation=ConversationId(row.conversation_id),
                    kind=row.kind,
                    level_before=Level(row.level_before),
                    level=Level(row.level),
                    opened_at=row.opened_at,
                    opened_by=known.get(row.opened_by or "", ""),
                    waited_from=row.since,
                    answered_at=row.answered_at,
                    due_at=row.due_at,
                    closed_at=row.closed_at,
                    closed_by=known.get(row.closed_by or "", ""),
                    verdict=row.verdict or "",
                    **words,
                )
            )
    return tuple(shown)


def close(store: Store, viewer: Viewer, ticket: str, found: Finding) -> None:
    """Close one with a finding. Raises `NotFound` also for one that is closed, `NoFinding` without words."""
    _must_lead(viewer)
    words, sentence = found.words.strip()[:WORDS_AT_MOST], found.lesson.strip()[:WORDS_AT_MOST]
    if not words:
        raise NoFinding
    with store.database.write() as connection:
        row = connection.execute(select(Ticket.conversation_id).where(Ticket.id == ticket, Ticket.closed_at.is_(None))).first()
        if row is None:
            raise NotFound
        sealer = store.sealer(connection, ConversationId(row.conversation_id))
        closed = {"closed_at": store.now(), "closed_by": viewer.officer, "verdict": found.verdict.value}
        sealed = sealer.seal_text("ticket.finding", ticket, words)
        connection.execute(update(Ticket).where(Ticket.id == ticket).values(finding=sealed, **closed))
        if sentence:
            fresh = new_id()
            kept = store.vault.office.seal_text("lesson.sentence", fresh, sentence)
            by = {"made_at": store.now(), "made_by": viewer.officer}
            connection.execute(insert(Lesson).values(id=fresh, sentence=kept, level=found.lesson_level.value, **by))
        audit.record(connection, store, viewer.officer, "review_closed", row.conversation_id)
        events.tell(connection, store, "ticket_closed", row.conversation_id)


def lessons(store: Store, viewer: Viewer) -> tuple[LessonShown, ...]:
    """The trainers' list, newest first; supervisors read it too. Raises `NotFound`."""
    if viewer.role not in (Role.PELATIH, Role.SUPERVISOR):
        raise NotFound
    with store.database.read() as connection:
        rows = connection.execute(select(Lesson.__table__).order_by(Lesson.made_at.desc()).limit(_AT_ONCE)).all()
    office = store.vault.office
    return tuple(
        LessonShown(row.id, office.unseal_text("lesson.sentence", row.id, row.sentence), Level(row.level), row.made_at, row.used_at)
        for row in rows
    )


def mark_used(store: Store, viewer: Viewer, lesson: str) -> None:
    """A trainer has taken it into the examples. Raises `NotFound`."""
    if viewer.role is not Role.PELATIH:
        raise NotFound
    with store.database.write() as connection:
        taken = update(Lesson).where(Lesson.id == lesson, Lesson.used_at.is_(None)).values(used_at=store.now())
        if not connection.execute(taken).rowcount:
            raise NotFound
        audit.record(connection, store, viewer.officer, "lesson_used", lesson)


def open_ids(store: Store) -> Sequence[str]:
    """Ids of the open tickets, for the number beside the menu."""
    with store.database.read() as connection:
        return connection.execute(select(Ticket.id).where(Ticket.closed_at.is_(None)).limit(_AT_ONCE)).scalars().all()


def _opened(sealer: Sealer, name: str, ticket: str, sealed: bytes | None) -> str:
    return "" if sealed is None else sealer.unseal_text(f"ticket.{name}", ticket, sealed)


def _must_lead(viewer: Viewer) -> None:
    if viewer.role is not Role.SUPERVISOR:
        raise NotFound
