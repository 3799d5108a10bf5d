"""Who switched which model on, when and why. An act is written down before it is done, and once more when it is done.

One at a time: a second click while engines are loading is told so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from damping.casework.ids import new_id
from damping.casework.models import SwitchAct, SwitchRefused
from damping.store import audit, officers
from damping.store.context import Store
from damping.store.tables_models import ModelSwitch

LATEST = 20
_AT_MOST = timedelta(minutes=2)  # an act that has not ended by then never will: its process is gone


@dataclass(frozen=True)
class Switched:
    """One change of the model that serves."""

    at: datetime
    by_name: str  # empty: the command line
    act: SwitchAct
    model: str
    before: str
    reason: str
    well: bool | None  # None: not known, the process ended in the middle


@dataclass(frozen=True)
class Switching:
    """What somebody wants to do."""

    officer: str | None
    act: SwitchAct
    model: str
    before: str
    reason: str


def begin(store: Store, wanted: Switching) -> str:
    """Write down what is about to be done; its id. Raises `SwitchRefused` while another is being done."""
    now, fresh = store.now(), new_id()
    sealed = store.vault.office.seal_text("model_switch.reason", fresh, wanted.reason) if wanted.reason else None
    with store.database.write() as connection:
        audit.record(connection, store, wanted.officer or "perintah", "model_switch_begun", fresh, wanted.reason)  # also waits its turn
        going = select(ModelSwitch.id).where(ModelSwitch.ended_at.is_(None), ModelSwitch.at > now - _AT_MOST)
        if connection.execute(going).first():
            raise SwitchRefused("busy")
        connection.execute(
            insert(ModelSwitch).values(
                id=fresh, at=now, by_id=wanted.officer, act=wanted.act, model=wanted.model, before=wanted.before, reason=sealed
            )
        )
    return fresh


def end(store: Store, switch: str, wanted: Switching, *, well: bool) -> None:
    """It is done, or came to nothing."""
    with store.database.write() as connection:
        connection.execute(update(ModelSwitch).where(ModelSwitch.id == switch).values(ended_at=store.now(), well=well))
        act = {SwitchAct.ON: "model_switched_on", SwitchAct.BACK: "model_switched_back"}[wanted.act] if well else "model_switch_failed"
        audit.record(connection, store, wanted.officer or "perintah", act, switch)


def refused(store: Store, wanted: Switching, code: str) -> None:
    """Somebody wanted what the gate does not allow."""
    with store.database.write() as connection:
        audit.record(connection, store, wanted.officer or "perintah", "model_refused", wanted.model, code)


def latest(store: Store) -> tuple[Switched, ...]:
    """The newest changes, newest first."""
    with store.database.read() as connection:
        rows = connection.execute(select(ModelSwitch.__table__).order_by(ModelSwitch.at.desc()).limit(LATEST)).all()
        known = officers.names(connection, store) if rows else {}
    return tuple(
        Switched(
            at=row.at,
            by_name=known.get(row.by_id or "", ""),
            act=SwitchAct(row.act),
            model=row.model,
            before=row.before,
            reason=store.vault.office.unseal_text("model_switch.reason", row.id, row.reason) if row.reason else "",
            well=row.well,
        )
        for row in rows
    )


def served(store: Store) -> frozenset[str]:
    """Every model that has answered people before, as far as is written down."""
    with store.database.read() as connection:
        rows = connection.execute(select(ModelSwitch.model, ModelSwitch.before).where(ModelSwitch.well.is_(True))).all()
    return frozenset(name for row in rows for name in (row.model, row.before) if name)


def before(store: Store, model: str) -> str:
    """Which model served before this one was switched on the last time; empty where it is not known."""
    with store.database.read() as connection:
        last = (
            select(ModelSwitch.before)
            .where(ModelSwitch.model == model, ModelSwitch.well.is_(True))
            .order_by(ModelSwitch.at.desc())
            .limit(1)
        )
        return connection.execute(last).scalar() or ""
