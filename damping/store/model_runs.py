"""Trainings and comparisons: asked for, taken by one machine, followed line by line, cancelled, and how they ended.

Any number of processes may look for work; one run goes at a time in the whole office, because a training takes a machine's
whole strength. A run whose process has fallen silent is lost, and the next may begin.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.ids import new_id
from damping.casework.models import Failure, Origin, RunKind, RunState
from damping.store import audit, officers
from damping.store.context import Store
from damping.store.tables_models import ModelRun

SILENT = timedelta(seconds=60)
LATEST = 20
_STEP_AT_MOST = 64
_OPEN = (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True)
class Run:
    """One training or comparison, for pages and for whoever runs it."""

    id: str
    kind: RunKind
    origin: Origin
    state: RunState
    asked_at: datetime
    asked_by_name: str
    started_at: datetime | None
    ended_at: datetime | None
    steps: int
    step: str
    cancelled: bool
    alone: bool | None
    failure: str
    model: str
    log: str

    @property
    def open(self) -> bool:
        """Whether it still waits or goes on."""
        return self.state in _OPEN


def ask(store: Store, officer: str | None, origin: Origin, kind: RunKind = RunKind.TRAIN, model: str = "") -> str:
    """Queue a run; where the same already waits or goes on, that one. Its id."""
    with store.database.write() as connection:
        _give_up_silent(connection, store)
        same = (ModelRun.kind == kind, ModelRun.state.in_(_OPEN), *([ModelRun.model == model] if kind is RunKind.COMPARE else []))
        waiting = connection.execute(select(ModelRun.id).where(*same)).scalar()
        if waiting is not None:
            return str(waiting)
        fresh = new_id()
        connection.execute(
            insert(ModelRun).values(
                id=fresh,
                kind=kind,
                origin=origin,
                state=RunState.QUEUED,
                asked_by=officer,
                asked_at=store.now(),
                steps=0,
                step="",
                cancelled=False,
                failure="",
                model=model or None,
            )
        )
        audit.record(connection, store, officer or origin.value, "training_asked", fresh)
    return fresh


def cancel(store: Store, officer: str, run: str) -> None:
    """A run that waits is over at once; one that goes on is told to stop."""
    with store.database.write() as connection:
        waits = update(ModelRun).where(ModelRun.id == run, ModelRun.state == RunState.QUEUED)
        waits = waits.values(state=RunState.CANCELLED, cancelled=True, ended_at=store.now())
        goes = update(ModelRun).where(ModelRun.id == run, ModelRun.state == RunState.RUNNING).values(cancelled=True)
        if connection.execute(waits).rowcount or connection.execute(goes).rowcount:
            audit.record(connection, store, officer, "training_cancelled", run)


def claim(store: Store) -> Run | None:
    """Take the oldest run that waits, where none goes on; None where there is nothing to do."""
    try:
        with store.database.write() as connection:
            _give_up_silent(connection, store)
            if connection.execute(select(ModelRun.id).where(ModelRun.slot == 1)).first():
                return None
            oldest = select(ModelRun.id).where(ModelRun.state == RunState.QUEUED).order_by(ModelRun.asked_at).limit(1)
            run = connection.execute(oldest).scalar()
            if run is None:
                return None
            now = store.now()
            begun = {"state": RunState.RUNNING, "slot": 1, "started_at": now, "beat_at": now}
            connection.execute(update(ModelRun).where(ModelRun.id == run).values(begun))
            return _one(connection, store, run)
    except IntegrityError:  # another machine was quicker
        return None


def _give_up_silent(connection: Connection, store: Store) -> None:
    now = store.now()
    silent = update(ModelRun).where(ModelRun.state == RunState.RUNNING, ModelRun.beat_at < now - SILENT)
    connection.execute(silent.values(state=RunState.FAILED, failure=Failure.LOST, slot=None, ended_at=now))


def beat(store: Store, run: str, step: str = "", steps: int = 0) -> bool:
    """The run lives, and where it stands. False where it is to stop: cancelled, or given up as lost."""
    told = {"step": step[:_STEP_AT_MOST], "steps": steps} if step else {}
    with store.database.write() as connection:
        mine = update(ModelRun).where(ModelRun.id == run, ModelRun.state == RunState.RUNNING)
        row = connection.execute(mine.values(beat_at=store.now(), **told).returning(ModelRun.cancelled)).first()
        return row is not None and not row.cancelled


@dataclass(frozen=True)
class Ended:
    """How a run ended. `log`: lines of known form only."""

    state: RunState
    log: str
    model: str = ""
    failure: str = ""
    alone: bool | None = None


def end(store: Store, run: str, how: Ended) -> None:
    """The run is over; what it said is kept, sealed."""
    sealed = store.vault.office.seal_text("model_run.log", run, how.log)
    values: Mapping[str, Any] = {
        "state": how.state,
        "slot": None,
        "ended_at": store.now(),
        "log": sealed,
        "failure": how.failure,
        "alone": how.alone,
        **({"model": how.model} if how.model else {}),
    }
    with store.database.write() as connection:
        connection.execute(update(ModelRun).where(ModelRun.id == run, ModelRun.state == RunState.RUNNING).values(**values))


def latest(store: Store) -> tuple[Run, ...]:
    """The newest runs, newest first."""
    with store.database.read() as connection:
        rows = connection.execute(select(ModelRun.__table__).order_by(ModelRun.asked_at.desc(), ModelRun.id).limit(LATEST)).all()
        known = officers.names(connection, store) if rows else {}
        return tuple(_shown(store, row, known) for row in rows)


def one(store: Store, run: str) -> Run | None:
    """One run."""
    with store.database.read() as connection:
        return _one(connection, store, run)


def last_night(store: Store) -> datetime | None:
    """When a nightly training was last asked for."""
    with store.database.read() as connection:
        nightly = select(ModelRun.asked_at).where(ModelRun.origin == Origin.NIGHT).order_by(ModelRun.asked_at.desc()).limit(1)
        return connection.execute(nightly).scalar()


def _one(connection: Connection, store: Store, run: str) -> Run | None:
    row = connection.execute(select(ModelRun.__table__).where(ModelRun.id == run)).first()
    return None if row is None else _shown(store, row, officers.names(connection, store))


def _shown(store: Store, row: Row[Any], known: Mapping[str, str]) -> Run:
    return Run(
        id=row.id,
        kind=RunKind(row.kind),
        origin=Origin(row.origin),
        state=RunState(row.state),
        asked_at=row.asked_at,
        asked_by_name=known.get(row.asked_by or "", ""),
        started_at=row.started_at,
        ended_at=row.ended_at,
        steps=row.steps,
        step=row.step,
        cancelled=row.cancelled,
        alone=row.alone,
        failure=row.failure,
        model=row.model or "",
        log=store.vault.office.unseal_text("model_run.log", row.id, row.log) if row.log else "",
    )
