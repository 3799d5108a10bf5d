"""What an officer may see: the queue, and one conversation at a time. The only way to reach either.

Missing and forbidden look alike (`NotFound`). Reading a conversation leaves its audit row in the same transaction.
Who may read what: the table in `damping.store.glass`; trainers and admins never see a person's words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, func, insert, select, update

from damping.casework.ids import ConversationId, MessageId, OfficerId
from damping.casework.message import Author, Body, Channel, Delivery, Kind
from damping.store import attachments, audit, courses, desk_work, events, glass, officers, presence, window
from damping.store.attachments import Attachment
from damping.store.context import Store, unseal_body, unseal_json
from damping.store.courses import Course
from damping.store.desk_work import Reader, Work
from damping.store.notices import NoticeKind
from damping.store.officers import Role
from damping.store.tables import Case, Conversation, Escalation, Message, Notice, Outbox
from damping.store.window import Window
from rules.levels import Level

ON_DUTY = frozenset({Role.PETUGAS, Role.SUPERVISOR})
LINES_AT_ONCE = 200
_ROWS_AT_ONCE = 200


class NotFound(Exception):
    """There is no such thing for this officer."""


@dataclass(frozen=True)
class Viewer:
    """An officer as the access functions know one."""

    officer: OfficerId
    role: Role


@dataclass(frozen=True)
class Waiting:
    """One conversation as the queue shows it; nothing in it is a person's own words."""

    conversation: ConversationId
    channel: Channel
    level: Level
    reasons: tuple[str, ...]
    holder: OfficerId | None
    holder_name: str
    wants_officer: bool
    waiting_since: datetime | None  # oldest message that no officer has answered
    last_person_at: datetime | None
    ringing_since: datetime | None
    notices: tuple[NoticeKind, ...]
    kecamatan: str
    course: Course  # how the word came to where it is
    left_by_name: str  # who had it last and let it go, or fell silent

    @property
    def unattended(self) -> bool:
        """Whether a human is needed and nobody has it."""
        return self.holder is None and (self.wants_officer or self.ringing_since is not None)

    @property
    def since(self) -> datetime | None:
        """From when its clock counts: the alarm, or else the oldest message that no officer has answered."""
        return self.ringing_since or self.waiting_since or self.last_person_at


@dataclass(frozen=True)
class Queue:
    """The open conversations, most urgent first; `more` were left off the end."""

    rows: tuple[Waiting, ...]
    more: int


@dataclass(frozen=True)
class Line:
    """One thing said, with how far it has come where it is ours."""

    seq: int
    message: MessageId
    author: Author
    officer_name: str
    kind: Kind
    body: Body
    level: Level
    sent_at: datetime
    delivery: Delivery | None
    error_code: int
    held_for: str = ""  # why it waits: damping.casework.precautions.Hold
    file: Attachment | None = None


@dataclass(frozen=True)
class Bell:
    """One escalation: when, why, and who heard it."""

    raised_at: datetime
    reasons: tuple[str, ...]
    acknowledged_at: datetime | None
    acknowledged_by: str


@dataclass(frozen=True)
class Opened:
    """A conversation, read."""

    about: Waiting
    lines: tuple[Line, ...]
    earlier: bool  # there are older lines than these
    facts: dict[str, Any]
    bells: tuple[Bell, ...]
    case_opened_at: datetime | None
    work: Work  # what officers are doing and have written here
    window: Window


def queue(store: Store, viewer: Viewer) -> Queue:
    """
    first | by level: merah, kuning, hijau
    then  | without an officer before held; ringing before asked for before with the bot
    then  | who waits longest

    Raises `NotFound` for a role that has no queue.
    """
    _must_be_on_duty(viewer)
    gravity = case({level.value: level.rank for level in Level}, value=Conversation.level, else_=0)
    shown = glass.before_the_team(store.now())
    order = (gravity.desc(), Conversation.holder.is_not(None), Conversation.wants_officer.desc(), Conversation.waiting_since)
    with store.database.read() as connection:
        found = connection.execute(select(Conversation.__table__).where(shown).order_by(*order).limit(_ROWS_AT_ONCE)).all()
        total = connection.execute(select(func.count()).select_from(Conversation).where(shown)).scalar_one()
        rows = _waiting(connection, store, found)
    return Queue(tuple(sorted(rows, key=_urgency)), total - len(rows))


def read(store: Store, viewer: Viewer, conversation: ConversationId, before: int | None = None) -> Opened:
    """One conversation with its newest lines, or those before line number `before`. Audited. Raises `NotFound`."""
    _must_be_on_duty(viewer)
    with store.database.write() as connection:
        row = _reach(connection, store, viewer, conversation)
        audit.record(connection, store, viewer.officer, "conversation_read", conversation)
        return _open(connection, store, viewer, row, before)


def reach(store: Store, viewer: Viewer, conversation: ConversationId) -> Level:
    """Only ask whether this officer may act here, and at which level it stands. Raises `NotFound`."""
    _must_be_on_duty(viewer)
    with store.database.read() as connection:
        return Level(_reach(connection, store, viewer, conversation).level)


def look(store: Store, viewer: Viewer, conversation: ConversationId) -> None:
    """An officer has this conversation on the screen and moves: colleagues see it, and a holder's lease is renewed. Raises `NotFound`."""
    reach(store, viewer, conversation)
    presence.tell(store, viewer.officer, conversation)


def readers(store: Store, viewer: Viewer, conversation: ConversationId) -> tuple[Reader, ...]:
    """Who else has it on the screen. No audit row: nothing of the conversation is told. Raises `NotFound`."""
    _must_be_on_duty(viewer)
    with store.database.read() as connection:
        _reach(connection, store, viewer, conversation)
        return desk_work.readers(connection, store, conversation, viewer.officer, officers.names(connection, store))


def settle_notice(store: Store, viewer: Viewer, conversation: ConversationId, kind: NoticeKind) -> None:
    """An officer has seen to it. Also takes undelivered messages up to now off their list. Raises `NotFound`."""
    _must_be_on_duty(viewer)
    now = store.now()
    with store.database.write() as connection:
        _reach(connection, store, viewer, conversation)
        same = (Notice.conversation_id == conversation, Notice.kind == kind, Notice.resolved_at.is_(None))
        if not connection.execute(update(Notice).where(*same).values(resolved_at=now)).rowcount:
            connection.execute(insert(Notice).values(conversation_id=conversation, kind=kind, raised_at=now, resolved_at=now))
        audit.record(connection, store, viewer.officer, "notice_settled", conversation)
        events.tell(connection, store, "notice_settled", conversation)


def _must_be_on_duty(viewer: Viewer) -> None:
    if viewer.role not in ON_DUTY:
        raise NotFound


def _reach(connection: Connection, store: Store, viewer: Viewer, conversation: str) -> Row[Any]:
    row = connection.execute(select(Conversation.__table__).where(Conversation.id == conversation)).first()
    if row is None or not glass.may_read(connection, store, viewer.officer, viewer.role, conversation):
        raise NotFound
    return row


def _urgency(row: Waiting) -> tuple[int, bool, bool, bool, float]:
    return (
        -row.level.rank,
        row.holder is not None,
        row.ringing_since is None,
        not row.wants_officer,
        row.since.timestamp() if row.since else float("inf"),
    )


def _waiting(connection: Connection, store: Store, found: Sequence[Row[Any]]) -> list[Waiting]:
    ids = [row.id for row in found]
    known = officers.names(connection, store)
    rings = connection.execute(
        select(Escalation.conversation_id, func.min(Escalation.raised_at).label("since"))
        .where(Escalation.acknowledged_at.is_(None), Escalation.conversation_id.in_(ids))
        .group_by(Escalation.conversation_id)
    )
    ringing = {row.conversation_id: row.since for row in rings}
    told: dict[str, list[NoticeKind]] = {}
    open_ones = select(Notice.conversation_id, Notice.kind).where(Notice.resolved_at.is_(None), Notice.conversation_id.in_(ids))
    for row in connection.execute(open_ones.order_by(Notice.seq)):
        told.setdefault(row.conversation_id, []).append(NoticeKind(row.kind))
    went = courses.of(connection, ids)
    return [_one_waiting(store, row, known, ringing, told, went.get(row.id, Course())) for row in found]


def _one_waiting(
    store: Store, row: Row[Any], known: dict[str, str], ringing: dict[str, datetime], told: dict[str, list[NoticeKind]], course: Course
) -> Waiting:
    sealer = store.opened(row.id, row.data_key)
    facts = unseal_json(sealer, "conversation.facts", row.id, row.facts, {})
    return Waiting(
        conversation=ConversationId(row.id),
        channel=Channel(row.channel),
        level=Level(row.level),
        reasons=tuple(unseal_json(sealer, "conversation.reasons", row.id, row.reasons, [])),
        holder=row.holder,
        holder_name=known.get(row.holder or "", ""),
        wants_officer=row.wants_officer,
        waiting_since=row.waiting_since,
        last_person_at=row.last_person_at,
        ringing_since=ringing.get(row.id),
        notices=tuple(told.get(row.id, [])),
        kecamatan=str(facts.get("kecamatan") or ""),
        course=course,
        left_by_name=known.get(course.left_by or "", ""),
    )


def _open(connection: Connection, store: Store, viewer: Viewer, row: Row[Any], before: int | None) -> Opened:
    sealer = store.opened(row.id, row.data_key)
    known = officers.names(connection, store)
    wanted = select(Message.__table__, Outbox.state.label("delivery"), Outbox.error_code, Outbox.held_for).outerjoin(
        Outbox, Outbox.message_id == Message.id
    )
    wanted = wanted.where(Message.conversation_id == row.id, *([Message.seq < before] if before is not None else []))
    found = connection.execute(wanted.order_by(Message.seq.desc()).limit(LINES_AT_ONCE + 1)).all()
    files = attachments.of(connection, row.id, known)
    lines = [
        Line(
            seq=line.seq,
            message=MessageId(line.id),
            author=Author(line.author),
            officer_name=known.get(line.officer_id or "", ""),
            kind=Kind(line.kind),
            body=unseal_body(sealer, line.id, line.body),
            level=Level(line.level),
            sent_at=line.sent_at,
            delivery=Delivery(line.delivery) if line.delivery else None,
            error_code=line.error_code or 0,
            held_for=(line.held_for or "") if line.delivery == Delivery.HELD else "",
            file=files.get(line.id),
        )
        for line in found[:LINES_AT_ONCE]
    ]
    rings = connection.execute(select(Escalation.__table__).where(Escalation.conversation_id == row.id).order_by(Escalation.seq.desc()))
    return Opened(
        about=_waiting(connection, store, [row])[0],
        lines=tuple(reversed(lines)),
        earlier=len(found) > LINES_AT_ONCE,
        facts=unseal_json(sealer, "conversation.facts", row.id, row.facts, {}),
        bells=tuple(
            Bell(
                raised_at=ring.raised_at,
                reasons=tuple(unseal_json(sealer, "escalation.reasons", ring.id, ring.reasons, [])),
                acknowledged_at=ring.acknowledged_at,
                acknowledged_by=known.get(ring.acknowledged_by or "", ""),
            )
            for ring in rings
        ),
        case_opened_at=connection.execute(select(Case.opened_at).where(Case.conversation_id == row.id)).scalar(),
        work=desk_work.of(connection, store, sealer, row.id, viewer.officer),
        window=window.of(connection, store, row),
    )
