"""Tables of duty: roster, holidays, ways to reach officers, the alarm ladder's steps and tests, waits, reviews, labels.

Rows that count (waits, steps, tests) carry ids, times and kinds only. Words about a person are sealed with the conversation's
key and go with it when it is erased (`damping.store.duty_words.erase`); the office's own words are sealed with the office key.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from damping.store.tables_base import Base, Seq, sealed


class ShiftRow(Base):
    """A line of the duty roster."""

    __tablename__ = "shift"

    id: Mapped[str] = mapped_column(primary_key=True)
    duty: Mapped[str] = mapped_column(String(12))  # see `rules.ladder.Duty`
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    substitute_id: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    made_by: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    removed_at: Mapped[datetime | None]


class HolidayRow(Base):
    """A day on which the office is closed."""

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    name: Mapped[str]
    made_by: Mapped[str] = mapped_column(ForeignKey("officer.id"))


class Reach(Base):
    """A way to call an officer who is not at the desk; one of each kind, but several browsers."""

    __tablename__ = "reach"

    id: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    way: Mapped[str] = mapped_column(String(12))  # whatsapp, telegram, email, push
    address: Mapped[bytes] = sealed()
    made_at: Mapped[datetime]
    worked_at: Mapped[datetime | None]  # when something last left by it
    failed_at: Mapped[datetime | None]  # when it last did not

    __table_args__ = (Index("reach_of_officer", "officer_id", "way"),)


class LadderStep(Base):
    """A step of the alarm ladder for one escalation, and how it went. `officer_id` and `way` are empty where nobody is named."""

    __tablename__ = "ladder_step"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    escalation_id: Mapped[str]
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    rung: Mapped[str] = mapped_column(String(12))
    officer_id: Mapped[str] = mapped_column(default="")
    way: Mapped[str] = mapped_column(String(12), default="")
    state: Mapped[str] = mapped_column(String(8))  # open, done, failed, nobody
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("escalation_id", "number", "rung", "officer_id", "way"),)


class Drill(Base):
    """An invented alarm that nobody is called for: which parts of the ladder answered."""

    __tablename__ = "drill"

    id: Mapped[str] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(index=True)
    desk_at: Mapped[datetime | None]  # a desk process saw it
    ended_at: Mapped[datetime | None]
    pages: Mapped[int] = mapped_column(Integer, default=0)  # open desks that heard it
    loud: Mapped[int] = mapped_column(Integer, default=0)  # of those, desks whose sound is on
    on_call: Mapped[int] = mapped_column(Integer, default=0)  # people on call or supervising by the roster
    reachable: Mapped[int] = mapped_column(Integer, default=0)  # of those, with a way that answers
    well: Mapped[bool | None]


class DrillHeard(Base):
    """An officer's open desk heard an invented alarm."""

    __tablename__ = "drill_heard"

    drill_id: Mapped[str] = mapped_column(ForeignKey("drill.id"), primary_key=True)
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    at: Mapped[datetime]
    loud: Mapped[bool]


class Wait(Base):
    """From the moment at which somebody needed a human until a human answered: what service times are measured by."""

    __tablename__ = "wait"

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    level: Mapped[str] = mapped_column(String(8))  # the highest while it lasted
    since: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    late: Mapped[bool] = mapped_column(default=False)


class Ticket(Base):
    """Something a supervisor has to look at again: danger that the assistant did not hear, or an answer that came too late."""

    __tablename__ = "ticket"

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))  # missed or late
    wait_id: Mapped[str | None] = mapped_column(ForeignKey("wait.id"), unique=True)
    level_before: Mapped[str] = mapped_column(String(8))
    level: Mapped[str] = mapped_column(String(8))
    opened_at: Mapped[datetime]
    opened_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    reason: Mapped[bytes | None] = sealed(nullable=True)
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    verdict: Mapped[str | None] = mapped_column(String(16))
    finding: Mapped[bytes | None] = sealed(nullable=True)


class Lesson(Base):
    """A sentence that a supervisor wrote, invented, for the trainers: what the assistant should have heard."""

    __tablename__ = "lesson"

    id: Mapped[str] = mapped_column(primary_key=True)
    sentence: Mapped[bytes] = sealed()
    level: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    used_at: Mapped[datetime | None]


class CoachNote(Base):
    """A supervisor's word to one officer about a conversation; nobody else reads it."""

    __tablename__ = "coach_note"

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    to_id: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    by_id: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    text: Mapped[bytes] = sealed()
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class LabelRow(Base):
    """A label that the office uses."""

    __tablename__ = "label"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[bytes] = sealed()
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class ConversationLabel(Base):
    """A label on a conversation."""

    __tablename__ = "conversation_label"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    label_id: Mapped[str] = mapped_column(ForeignKey("label.id"), primary_key=True, index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime]
