"""Tables of the officers' work: the course of the word, who looks where, drafts, replies that may still be undone, the sheet.

What an officer writes about a person is sealed with the conversation's key and goes with it when it is erased
(`damping.store.desk_words.erase`).
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from damping.store.tables_base import Base, Seq, sealed


class WordCourse(Base):
    """How the word came to where it is, and what the assistant may say while it has it. One row a conversation."""

    __tablename__ = "word_course"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    since: Mapped[datetime]  # when the present holder, or the assistant, got it
    active_at: Mapped[datetime]  # the holder's last sign of life in this conversation: the lease
    given_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))  # who handed it to the present holder
    left_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))  # who had it last, while nobody has it
    gone_silent: Mapped[bool] = mapped_column(default=False)  # that one fell silent; otherwise released it
    bot_may: Mapped[str] = mapped_column(String(8), default="semua")  # see `rules.word.BotMay`
    noted_at: Mapped[datetime | None]  # when a restricted assistant last said that somebody will read


class Presence(Base):
    """Which conversation an officer has on the screen, and whether the officer is typing there."""

    __tablename__ = "presence"

    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    seen_at: Mapped[datetime]
    typed_at: Mapped[datetime | None]


class Draft(Base):
    """What an officer has typed and not sent: survives a crash of browser or machine."""

    __tablename__ = "draft"

    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), primary_key=True, index=True)
    box: Mapped[str] = mapped_column(String(8), primary_key=True)  # balasan or catatan
    text: Mapped[bytes] = sealed()
    changed_at: Mapped[datetime]


class WaitingReply(Base):
    """A reply that was sent a moment ago and can still be taken back. It is nowhere else until its time has come."""

    __tablename__ = "waiting_reply"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    text: Mapped[bytes] = sealed()
    stored_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)


class SheetChange(Base):
    """One value that the assistant or an officer put on the assessment sheet, or would have: nothing is overwritten unseen."""

    __tablename__ = "sheet_change"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    name: Mapped[str] = mapped_column(String(32))  # which fact
    value: Mapped[bytes] = sealed()
    state: Mapped[str] = mapped_column(String(12))  # kept, differs (another value stands), dropped
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))  # none: the assistant
    message_id: Mapped[str | None] = mapped_column(ForeignKey("message.id"))  # from which message it was learnt
    version: Mapped[int] = mapped_column(Integer)  # of the whole sheet, after this change
    at: Mapped[datetime]

    __table_args__ = (Index("sheet_change_of_fact", "conversation_id", "name", "seq"),)


class Promise(Base):
    """A message in which an officer promised something; open until it is kept."""

    __tablename__ = "promise"

    message_id: Mapped[str] = mapped_column(ForeignKey("message.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    made_by: Mapped[str] = mapped_column(ForeignKey("officer.id"))
    made_at: Mapped[datetime]
    kept_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    kept_at: Mapped[datetime | None]
