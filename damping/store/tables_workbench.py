"""The trainers' workbench: doubts, labels, changes."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from damping.store.tables_base import Base, sealed


class Doubt(Base):
    """A masked sentence that the assistant was unsure of. Nothing in it leads back to a conversation, and only the day is kept."""

    __tablename__ = "doubt"

    id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    source: Mapped[str] = mapped_column(String(16))
    worth: Mapped[int] = mapped_column(Integer)  # how much the assistant would learn from it; higher comes first
    intent: Mapped[str]  # what the assistant took it for
    danger: Mapped[str] = mapped_column(String(8))
    sentence: Mapped[bytes] = sealed()
    state: Mapped[str] = mapped_column(String(8), index=True)  # open, used, dropped
    settled_at: Mapped[datetime | None]


class DoubtLabel(Base):
    """What one person says a doubt means; nobody sees another's before giving an own one."""

    __tablename__ = "doubt_label"

    doubt_id: Mapped[str] = mapped_column(ForeignKey("doubt.id"), primary_key=True)
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    unsure: Mapped[bool]
    intent: Mapped[str]
    danger: Mapped[str] = mapped_column(String(8))
    sentence: Mapped[bytes] = sealed()  # with entities marked, as it would stand among the examples
    at: Mapped[datetime]


class DataChange(Base):
    """A change to the office's data files: proposed, done, refused or undone. Journal and two-person agreement in one."""

    __tablename__ = "data_change"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # example, wording, word, landmark
    topic: Mapped[str]  # the file, by its name
    place: Mapped[str]  # intent, or name of the response
    state: Mapped[str] = mapped_column(String(8), index=True)  # proposed, done, refused, undone
    change: Mapped[bytes] = sealed()  # JSON: the lines before and after
    made_by: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(index=True)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    settled_at: Mapped[datetime | None]
