"""How the desk is doing: who waits with the bell ringing, whether the processes live, what did not leave.

The strip on top of every page is made of this; it holds no person's words and no name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, exists, func, or_, select

from damping.casework.ids import ConversationId
from damping.casework.message import Author, Channel, Delivery
from damping.store import drills, heartbeats
from damping.store.context import Store
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.drills import Tested
from damping.store.notices import NoticeKind
from damping.store.tables import Conversation, Escalation, Notice, Outbox
from rules.levels import Level

STALE_AFTER = timedelta(seconds=20)
WELL = "ready"  # what a process says of itself when all is well
_UNSURE_AFTER = timedelta(minutes=2)  # an `unknown` message settles by the channel's status before this
_AT_ONCE = 200


@dataclass(frozen=True)
class Alarm:
    """How many conversations ring, and the one that rings longest."""

    ringing: int = 0
    longest: ConversationId | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Health:
    """A process: well, or in trouble and since when it was last seen."""

    well: bool
    seen_at: datetime | None
    silent: bool  # nothing heard for a while; otherwise it lives and says itself that something is wrong


@dataclass(frozen=True)
class DeskState:
    """Everything on the strip."""

    alarm: Alarm
    engine: Health
    worker: Health
    undelivered: int
    channel_down: bool  # a channel refuses the office's account: nothing leaves by it
    tested: Tested | None  # the alarm ladder's last test


@dataclass(frozen=True)
class Undelivered:
    """A message of ours that did not leave, or may not have."""

    conversation: ConversationId
    channel: Channel
    level: Level
    author: Author
    delivery: Delivery
    error_code: int
    attempts: int
    changed_at: datetime


def state(store: Store) -> DeskState:
    """As of now."""
    beats = heartbeats.last(store)
    with store.database.read() as connection:
        rings = connection.execute(
            select(Escalation.conversation_id, Escalation.raised_at)
            .where(Escalation.acknowledged_at.is_(None))
            .order_by(Escalation.raised_at)
        ).all()
        stuck = connection.execute(select(func.count()).select_from(_not_left(store).subquery())).scalar_one()
        refused = select(Notice.seq).where(Notice.kind == NoticeKind.CHANNEL_DOWN, Notice.resolved_at.is_(None)).limit(1)
        channel_down = connection.execute(refused).first() is not None
        tested = drills.last(connection, store)
    people = {row.conversation_id for row in rings}
    longest = ConversationId(rings[0].conversation_id) if rings else None
    return DeskState(
        alarm=Alarm(len(people), longest, rings[0].raised_at if rings else None),
        engine=_health(store, beats.get("engine")),
        worker=_health(store, beats.get("worker")),
        undelivered=stuck,
        channel_down=channel_down,
        tested=tested,
    )


def undelivered(store: Store, viewer: Viewer) -> tuple[Undelivered, ...]:
    """What did not leave and nobody has seen to, newest first. Raises `NotFound` for a role without a queue."""
    if viewer.role not in ON_DUTY:
        raise NotFound
    with store.database.read() as connection:
        rows = connection.execute(_not_left(store).order_by(Outbox.changed_at.desc()).limit(_AT_ONCE)).all()
    return tuple(
        Undelivered(
            conversation=ConversationId(row.conversation_id),
            channel=Channel(row.channel),
            level=Level(row.level),
            author=Author(row.author),
            delivery=Delivery(row.state),
            error_code=row.error_code,
            attempts=row.attempts,
            changed_at=row.changed_at,
        )
        for row in rows
    )


def _not_left(store: Store) -> Select[str, str, str, int, int, datetime, str, str]:
    lost = Outbox.state.in_([Delivery.FAILED, Delivery.DEAD])
    unsure = and_(Outbox.state == Delivery.UNKNOWN, Outbox.changed_at < store.now() - _UNSURE_AFTER)
    seen_to = exists().where(
        Notice.conversation_id == Outbox.conversation_id,
        Notice.kind.in_([NoticeKind.SEND_FAILED, NoticeKind.SEND_UNKNOWN]),
        Notice.resolved_at >= Outbox.changed_at,
    )
    return (
        select(
            Outbox.conversation_id,
            Outbox.author,
            Outbox.state,
            Outbox.error_code,
            Outbox.attempts,
            Outbox.changed_at,
            Conversation.channel,
            Conversation.level,
        )
        .join(Conversation, Conversation.id == Outbox.conversation_id)
        .where(or_(lost, unsure), ~seen_to)
    )


def _health(store: Store, beat: tuple[datetime, str] | None) -> Health:
    if beat is None:
        return Health(well=False, seen_at=None, silent=True)
    at, said = beat
    silent = store.now() - at > STALE_AFTER
    return Health(well=not silent and said == WELL, seen_at=at, silent=silent)
