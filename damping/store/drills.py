"""The hourly invented alarm: proves that the timers run, the desks hear, and that people on call can be called. It calls nobody.

The hour is the drill's own id, so that of many workers one begins it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.ids import OfficerId
from damping.store import events, reaches, roster
from damping.store.context import Store
from damping.store.reaches import Reached
from damping.store.tables_duty import Drill, DrillHeard
from rules import ladder
from rules.ladder import Rung

BEGUN = "drill_begun"  # the fact that desks and pages answer
PATIENCE = timedelta(seconds=60)
_STALE = timedelta(minutes=75)  # without a test for so long the ladder is not proven any more


@dataclass(frozen=True)
class Tested:
    """How the last test went. `well` is None while it runs."""

    at: datetime
    well: bool | None
    desk_heard: bool
    pages: int
    loud: int
    on_call: int
    reachable: int
    stale: bool


@dataclass(frozen=True)
class Running:
    """A test whose time is over: whom it would have called."""

    id: str
    on_call: tuple[OfficerId, ...]
    ways: tuple[Reached, ...]


def begin(store: Store) -> bool:
    """This hour's test, once; False where it has been begun already."""
    hour = _hour(store.now())
    with store.database.read() as connection:
        if connection.execute(select(Drill.id).where(Drill.id == hour)).first() is not None:
            return False
    try:
        with store.database.write() as connection:
            connection.execute(insert(Drill).values(id=hour, begun_at=store.now()))
            events.tell(connection, store, BEGUN)
    except IntegrityError:  # another worker was quicker
        return False
    return True


def desk_heard(store: Store) -> None:
    """A desk process saw the fact."""
    with store.database.write() as connection:
        running = connection.execute(_running()).scalar()
        if running is not None:
            connection.execute(update(Drill).where(Drill.id == running, Drill.desk_at.is_(None)).values(desk_at=store.now()))


def page_heard(store: Store, officer: OfficerId, *, loud: bool) -> None:
    """An officer's open page heard it; `loud`: with its sound on. Several pages of one officer count once."""
    try:
        with store.database.write() as connection:
            running = connection.execute(_running()).scalar()
            if running is None:
                return
            same = (DrillHeard.drill_id == running, DrillHeard.officer_id == officer)
            known = connection.execute(select(DrillHeard.loud).where(*same)).scalar()
            if known is None:
                connection.execute(insert(DrillHeard).values(drill_id=running, officer_id=officer, at=store.now(), loud=loud))
            elif loud and not known:
                connection.execute(update(DrillHeard).where(*same).values(loud=True))
    except IntegrityError:  # two pages at the same moment: the other one has told it
        return


def over(store: Store) -> Running | None:
    """The test that has run long enough to be judged, with the ways that should now be looked at; None where there is none."""
    now = store.now()
    with store.database.read() as connection:
        found = _running().where(Drill.begun_at <= now - PATIENCE)
        drill = connection.execute(found).scalar()
        if drill is None:
            return None
        shifts, supervisors = roster.shifts_at(connection, now), roster.supervisors(connection)
        called = [*ladder.called(Rung.ON_CALL, shifts, [], now), *ladder.called(Rung.SUPERVISOR, shifts, supervisors, now)]
        people = tuple(OfficerId(officer) for officer in dict.fromkeys(called))
        return Running(drill, people, reaches.of(connection, store, people))


def finish(store: Store, running: Running, works: frozenset[str]) -> bool:
    """Judge it. `works`: ids of the ways that answered. True where the ladder failed now and had not failed before.

    well: a desk process heard it within the minute, somebody is on call, and one of them at least can be called.
    """
    reachable = {one.officer for one in running.ways if one.id in works and not one.doubtful}
    with store.database.write() as connection:
        desk_at = connection.execute(select(Drill.desk_at).where(Drill.id == running.id, Drill.ended_at.is_(None))).first()
        if desk_at is None:
            return False
        pages, loud = _heard(connection, running.id)
        well = desk_at[0] is not None and bool(reachable)
        was_well = connection.execute(_last_judged()).scalar()
        connection.execute(
            update(Drill)
            .where(Drill.id == running.id)
            .values(ended_at=store.now(), pages=pages, loud=loud, on_call=len(running.on_call), reachable=len(reachable), well=well)
        )
        events.tell(connection, store, "drill_ended")
    return not well and was_well is not False


def last(connection: Connection, store: Store) -> Tested | None:
    """The newest test that was judged, or None before the first."""
    row = connection.execute(select(Drill.__table__).where(Drill.well.is_not(None)).order_by(Drill.begun_at.desc()).limit(1)).first()
    if row is None:
        return None
    stale = store.now() - row.begun_at > _STALE
    return Tested(row.begun_at, row.well, row.desk_at is not None, row.pages, row.loud, row.on_call, row.reachable, stale)


def _running() -> Select[str]:
    return select(Drill.id).where(Drill.ended_at.is_(None)).order_by(Drill.begun_at.desc()).limit(1)


def _last_judged() -> Select[bool | None]:
    return select(Drill.well).where(Drill.well.is_not(None)).order_by(Drill.begun_at.desc()).limit(1)


def _heard(connection: Connection, drill: str) -> tuple[int, int]:
    rows = connection.execute(select(DrillHeard.loud).where(DrillHeard.drill_id == drill)).scalars().all()
    return len(rows), sum(rows)


def _hour(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H")
