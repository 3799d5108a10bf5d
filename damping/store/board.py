"""The supervisors' live board: who waits, who is late, who carries how much, whether the ladder would hold. No person's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, or_, select

from damping.casework.duty import DutyRules
from damping.casework.ids import ConversationId, OfficerId
from damping.store import drills, officers, presence, reaches, roster
from damping.store.context import Store
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.drills import Tested
from damping.store.officers import Role
from damping.store.service_times import LEVELS
from damping.store.tables import Conversation, Escalation, Officer
from damping.store.tables_duty import LadderStep, Ticket, Wait
from rules import ladder
from rules.ladder import Duty, Rung
from rules.levels import Level

_AHEAD = timedelta(hours=24)
_SHOWN = 50


@dataclass(frozen=True)
class Queued:
    """People of one level whom nobody attends to."""

    level: Level
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True)
class Overdue:
    """A wait beyond its time; `holder` is empty where nobody has it."""

    conversation: ConversationId
    level: Level
    since: datetime
    due_at: datetime
    holder: OfficerId | None
    holder_name: str


@dataclass(frozen=True)
class Load:
    """What one officer carries."""

    officer: OfficerId
    name: str
    role: Role
    held: int
    unanswered: int
    oldest: datetime | None
    at_desk: bool
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Climbing:
    """A ringing alarm and how far its ladder has come."""

    conversation: ConversationId
    raised_at: datetime
    rung: Rung
    next_at: datetime


@dataclass(frozen=True)
class OnCall:
    """Somebody whom the ladder would call now; `ways` are the kinds that are not known to fail."""

    name: str
    rung: Rung
    ways: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """As of now."""

    queued: tuple[Queued, ...]
    with_bot: int  # people who write with the assistant and need nobody
    overdue: tuple[Overdue, ...]
    loads: tuple[Load, ...]
    climbing: tuple[Climbing, ...]
    tested: Tested | None
    called: tuple[OnCall, ...]
    gap_from: datetime | None  # from when nobody is on call within the next day
    office_open: bool
    tickets: int

    @property
    def waiting(self) -> int:
        """People whom nobody attends to."""
        return sum(one.waiting for one in self.queued)

    @property
    def oldest(self) -> datetime | None:
        """Since when the first of them waits."""
        return min((one.oldest for one in self.queued if one.oldest is not None), default=None)


def board(store: Store, viewer: Viewer, rules: DutyRules) -> Board:
    """Raises `NotFound` for anybody but a supervisor."""
    if viewer.role is not Role.SUPERVISOR:
        raise NotFound
    now = store.now()
    with store.database.read() as connection:
        known = officers.names(connection, store)
        called, gap = _called(connection, store, known), _gap(connection, now)
        return Board(
            queued=_queued(connection),
            with_bot=_with_bot(connection, now),
            overdue=_overdue(connection, known, now),
            loads=_loads(connection, store, known),
            climbing=_climbing(connection, rules),
            tested=drills.last(connection, store),
            called=called,
            gap_from=gap,
            office_open=roster.calendar(connection, rules.calendar).is_open(now),
            tickets=connection.execute(select(func.count()).select_from(Ticket).where(Ticket.closed_at.is_(None))).scalar_one(),
        )


_RINGS = exists().where(Escalation.conversation_id == Conversation.id, Escalation.acknowledged_at.is_(None))
_UNATTENDED = Conversation.holder.is_(None) & or_(Conversation.wants_officer, _RINGS)


def _queued(connection: Connection) -> tuple[Queued, ...]:
    counted = select(Conversation.level, func.count().label("people"), func.min(Conversation.waiting_since).label("oldest"))
    rows = {row.level: row for row in connection.execute(counted.where(_UNATTENDED).group_by(Conversation.level))}
    return tuple(Queued(level, rows[level].people, rows[level].oldest) if level in rows else Queued(level, 0, None) for level in LEVELS)


def _with_bot(connection: Connection, now: datetime) -> int:
    lately = Conversation.last_person_at > now - timedelta(hours=1)
    found = select(func.count()).select_from(Conversation).where(Conversation.word == "bot", lately, ~_UNATTENDED)
    return connection.execute(found).scalar_one()


def _overdue(connection: Connection, known: dict[str, str], now: datetime) -> tuple[Overdue, ...]:
    wanted = select(Wait.conversation_id, Wait.level, Wait.since, Wait.due_at, Conversation.holder)
    wanted = wanted.join(Conversation, Conversation.id == Wait.conversation_id).where(Wait.ended_at.is_(None), Wait.due_at < now)
    return tuple(
        Overdue(
            ConversationId(row.conversation_id),
            Level(row.level),
            row.since,
            row.due_at,
            OfficerId(row.holder) if row.holder else None,
            known.get(row.holder or "", ""),
        )
        for row in connection.execute(wanted.order_by(Wait.due_at).limit(_SHOWN))
    )


def _loads(connection: Connection, store: Store, known: dict[str, str]) -> tuple[Load, ...]:
    here, shifts = presence.at_desk(connection, store), roster.shifts_at(connection, store.now())
    held = select(
        Conversation.holder,
        func.count().label("held"),
        func.count(Conversation.waiting_since).label("unanswered"),
        func.min(Conversation.waiting_since).label("oldest"),
    )
    carried = {row.holder: row for row in connection.execute(held.where(Conversation.holder.is_not(None)).group_by(Conversation.holder))}
    people = select(Officer.id, Officer.role).where(Officer.disabled_at.is_(None), Officer.role.in_(sorted(ON_DUTY)))
    loads = [
        Load(
            officer=OfficerId(row.id),
            name=known[row.id],
            role=Role(row.role),
            held=carried[row.id].held if row.id in carried else 0,
            unanswered=carried[row.id].unanswered if row.id in carried else 0,
            oldest=carried[row.id].oldest if row.id in carried else None,
            at_desk=row.id in here,
            duties=tuple(dict.fromkeys(shift.duty for shift in shifts if shift.who == row.id)),
        )
        for row in connection.execute(people)
    ]
    return tuple(sorted(loads, key=lambda one: (not one.at_desk, -one.held, one.name.casefold())))


def _climbing(connection: Connection, rules: DutyRules) -> tuple[Climbing, ...]:
    rings = select(Escalation.id, Escalation.conversation_id, Escalation.raised_at).where(Escalation.acknowledged_at.is_(None))
    ringing = connection.execute(rings.order_by(Escalation.raised_at).limit(_SHOWN)).all()
    taken: dict[str, list[tuple[int, str]]] = {}
    steps = select(LadderStep.escalation_id, LadderStep.number, LadderStep.rung)
    for row in connection.execute(steps.where(LadderStep.escalation_id.in_([one.id for one in ringing])).order_by(LadderStep.seq)):
        taken.setdefault(row.escalation_id, []).append((row.number, row.rung))
    return tuple(
        Climbing(
            ConversationId(one.conversation_id),
            one.raised_at,
            Rung(taken[one.id][-1][1]) if one.id in taken else Rung.DESK,
            ladder.next_at(rules.plan, one.raised_at, {number for number, _ in taken.get(one.id, [])}),
        )
        for one in ringing
    )


def _called(connection: Connection, store: Store, known: dict[str, str]) -> tuple[OnCall, ...]:
    now = store.now()
    shifts, supervisors = roster.shifts_at(connection, now), roster.supervisors(connection)
    named = [(rung, who) for rung in (Rung.ON_CALL, Rung.SUPERVISOR) for who in ladder.called(rung, shifts, supervisors, now)]
    ways = reaches.of(connection, store, [who for _, who in named])
    return tuple(
        OnCall(known.get(who, ""), rung, tuple(dict.fromkeys(one.way.value for one in ways if one.officer == who and not one.doubtful)))
        for rung, who in named
    )


def _gap(connection: Connection, now: datetime) -> datetime | None:
    gaps: Sequence[tuple[datetime, datetime]] = ladder.uncovered(
        roster.shifts_between(connection, now, now + _AHEAD), Duty.ON_CALL, now, now + _AHEAD
    )
    return gaps[0][0] if gaps else None
