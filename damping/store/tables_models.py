"""Trainings and comparisons that were asked for, and which model was switched on by whom. The models themselves are files."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from damping.store.tables_base import Base, sealed


class ModelRun(Base):
    """One training or comparison. `slot` is 1 while it runs: its uniqueness lets only one run in the whole office."""

    __tablename__ = "model_run"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))  # see `damping.casework.models`
    origin: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), index=True)
    slot: Mapped[int | None] = mapped_column(Integer, unique=True)
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    started_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    steps: Mapped[int] = mapped_column(Integer)
    step: Mapped[str]  # the last line of progress: names a component of the pipeline, never data
    cancelled: Mapped[bool]
    alone: Mapped[bool | None]  # whether it ran cut off from every network
    failure: Mapped[str] = mapped_column(String(12))
    model: Mapped[str | None]
    log: Mapped[bytes | None] = sealed()


class ModelSwitch(Base):
    """A model was put into service, or an earlier one put back. `ended_at` is empty while it is being done."""

    __tablename__ = "model_switch"

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))  # empty: the command line
    act: Mapped[str] = mapped_column(String(12))
    model: Mapped[str]
    before: Mapped[str]
    reason: Mapped[bytes | None] = sealed()
    ended_at: Mapped[datetime | None]
    well: Mapped[bool | None]


class UnderstoodDay(Base):
    """How many messages of a day were understood as what: counts only, of the whole office, never of a person."""

    __tablename__ = "understood_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    intent: Mapped[str] = mapped_column(primary_key=True)
    messages: Mapped[int] = mapped_column(Integer)
