"""The alarm ladder at work: each step for each ringing escalation is a row with its time and how it went.

A step's rows are made in one transaction; the calls go out afterwards, and a worker that dies between leaves rows that
another takes up again. Nothing here ends an alarm: only a claim does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.duty import Way
from damping.casework.ids import ConversationId
from damping.store import events, officers, reaches, roster
from damping.store.context import Store
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.tables import Escalation, Officer
from damping.store.tables_duty import LadderStep
from rules import ladder
from rules.ladder import Plan, Rung, Shift, Step

AGAIN = "alarm_again"  # the fact on which open desks ring once more
_AGAIN_AFTER = timedelta(seconds=30)  # a call that did not leave, or that nobody finished, is made again
_TRIES = 3
_OPEN, _DONE, _FAILED, _NOBODY = "open", "done", "failed", "nobody"
_DESK = "meja"


@dataclass(frozen=True)
class Call:
    """A call to make now. The `repr` shows no address."""

    step: int  # the row's number
    reach: str
    way: Way
    address: str

    def __repr__(self) -> str:
        return f"<Call {self.step} {self.way}>"


@dataclass(frozen=True)
class Taken:
    """A step as the pages tell it."""

    number: int
    rung: Rung
    name: str
    way: str
    state: str
    at: datetime
    done_at: datetime | None


def climb(store: Store, plan: Plan) -> list[Call]:
    """Take every step that is due, and the calls that got stuck; the calls to make."""
    now = store.now()
    with store.database.read() as connection:
        rising = _rising(connection, plan, now)
        waiting = connection.execute(_waiting(now)).first() is not None
    if not rising and not waiting:
        return []
    try:
        with store.database.write() as connection:
            for escalation, steps in _rising(connection, plan, now):
                for step in steps:
                    _take(connection, store, escalation, step)
            return _calls(connection, store, now)
    except IntegrityError:  # another worker has taken the same step a moment before
        return []


def settle(store: Store, call: Call, *, well: bool) -> None:
    """How a call went. Of an officer's several browsers one is enough."""
    with store.database.write() as connection:
        same = update(LadderStep).where(LadderStep.seq == call.step, LadderStep.state != _DONE)
        connection.execute(same.values(state=_DONE if well else _FAILED, done_at=store.now()))


def steps(store: Store, viewer: Viewer, conversation: ConversationId) -> tuple[Taken, ...]:
    """All steps taken for a conversation, newest first. Raises `NotFound`."""
    if viewer.role not in ON_DUTY:
        raise NotFound
    with store.database.read() as connection:
        known = officers.names(connection, store)
        wanted = select(LadderStep.__table__).where(LadderStep.conversation_id == conversation)
        rows = connection.execute(wanted.order_by(LadderStep.seq.desc()))
        return tuple(Taken(r.number, Rung(r.rung), known.get(r.officer_id, ""), r.way, r.state, r.at, r.done_at) for r in rows)


def _rising(connection: Connection, plan: Plan, now: datetime) -> list[tuple[Row[Any], tuple[Step, ...]]]:
    """Ringing escalations with the steps that are due."""
    rings = select(Escalation.__table__).where(Escalation.acknowledged_at.is_(None))
    ringing = connection.execute(rings.order_by(Escalation.raised_at)).all()
    taken: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(select(LadderStep.__table__).where(LadderStep.escalation_id.in_([one.id for one in ringing]))):
        taken.setdefault(row.escalation_id, []).append(row)
    found = []
    for escalation in ringing:
        rows = taken.get(escalation.id, [])
        due = ladder.due(plan, escalation.raised_at, {row.number for row in rows}, now, unreached=_unreached(rows))
        if due:
            found.append((escalation, due))
    return found


def _unreached(rows: Sequence[Row[Any]]) -> bool:
    """Whether the newest step that calls people has reached nobody."""
    newest = max((row.number for row in rows), default=0)
    last = [row for row in rows if row.number == newest and Rung(row.rung) in (Rung.ON_CALL, Rung.SUPERVISOR)]
    return bool(last) and all(row.state in (_FAILED, _NOBODY) for row in last)


def _take(connection: Connection, store: Store, escalation: Row[Any], step: Step) -> None:
    shifts, supervisors = roster.shifts_at(connection, store.now()), roster.supervisors(connection)
    for rung in step.rungs:
        for officer, way, state in _whom(connection, store, rung, shifts, supervisors):
            connection.execute(
                insert(LadderStep).values(
                    escalation_id=escalation.id,
                    conversation_id=escalation.conversation_id,
                    number=step.number,
                    rung=rung.value,
                    officer_id=officer,
                    way=way,
                    state=state,
                    at=store.now(),
                    done_at=None if state == _OPEN else store.now(),
                )
            )
    told = AGAIN if Rung.AGAIN in step.rungs else "ladder_step"
    events.tell(connection, store, told, escalation.conversation_id)


def _whom(
    connection: Connection, store: Store, rung: Rung, shifts: Sequence[Shift], supervisors: Sequence[str]
) -> list[tuple[str, str, str]]:
    """
    rung                | rows: officer, way, state
    meja, meja_lagi     | the desks, done; and again: the closed browsers of whoever is on the roster now, or of all, open
    siaga, supervisor   | each way of each one called, open; nobody where there is no way or no one
    """
    if rung is Rung.DESK:
        return [("", _DESK, _DONE)]
    if rung is Rung.AGAIN:
        asked = {shift.who for shift in shifts} or set(_everybody(connection))
        with_browser = {one.officer for one in reaches.of(connection, store, asked) if one.way is Way.PUSH}
        return [("", _DESK, _DONE), *((officer, Way.PUSH.value, _OPEN) for officer in sorted(with_browser))]
    rows: list[tuple[str, str, str]] = []
    called = ladder.called(rung, shifts, supervisors, store.now())
    known = reaches.of(connection, store, called)
    for officer in called:
        ways = dict.fromkeys(one.way.value for one in known if one.officer == officer)
        rows += [(officer, way, _OPEN) for way in ways] or [(officer, "", _NOBODY)]
    return rows or [("", "", _NOBODY)]


def _everybody(connection: Connection) -> list[str]:
    return list(connection.execute(select(Officer.id).where(Officer.disabled_at.is_(None), Officer.role.in_(sorted(ON_DUTY)))).scalars())


def _waiting(now: datetime) -> Select[*tuple[Any, ...]]:
    """Calls to make: fresh ones, those that a dead worker left, those that did not leave. None for an alarm that has ended."""
    again = (LadderStep.attempts < _TRIES) & (LadderStep.tried_at < now - _AGAIN_AFTER)
    return (
        select(LadderStep.seq, LadderStep.officer_id, LadderStep.way, LadderStep.attempts)
        .join(Escalation, (Escalation.id == LadderStep.escalation_id) & Escalation.acknowledged_at.is_(None))
        .where(LadderStep.way != "", LadderStep.state.in_((_OPEN, _FAILED)), LadderStep.tried_at.is_(None) | again)
        .order_by(LadderStep.seq)
    )


def _calls(connection: Connection, store: Store, now: datetime) -> list[Call]:
    rows = connection.execute(_waiting(now)).all()
    known = reaches.of(connection, store, {row.officer_id for row in rows})
    calls = []
    for row in rows:
        this = update(LadderStep).where(LadderStep.seq == row.seq)
        connection.execute(this.values(attempts=row.attempts + 1, tried_at=now))
        to = [one for one in known if one.officer == row.officer_id and one.way == row.way]
        calls += [Call(row.seq, one.id, one.way, one.address) for one in to]
        if not to:  # taken back meanwhile
            connection.execute(this.values(state=_NOBODY, done_at=now))
    return calls
