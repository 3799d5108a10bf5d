"""Files that people sent; how fast each channel may speak; statuses that came before their message was written down."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from damping.store.tables_base import Base, Seq, sealed


class Media(Base):
    """One file that came with a message; what the channel told of it stands in the message."""

    __tablename__ = "media"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("message.id"), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))  # image, audio, video, document, sticker
    state: Mapped[str] = mapped_column(String(8))  # damping.casework.files.FileState
    why: Mapped[str | None] = mapped_column(String(8))  # damping.casework.files.Why
    mime: Mapped[str] = mapped_column(default="")  # by its content
    size: Mapped[int] = mapped_column(Integer, default=0)  # bytes
    shown_mime: Mapped[str] = mapped_column(default="")  # of the copy without metadata; empty: there is none
    shown_size: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime | None]  # when it is asked for (again); while a worker asks, when another may
    token: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    stored_at: Mapped[datetime]
    evidence_at: Mapped[datetime | None]
    evidence_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))

    __table_args__ = (Index("media_due", "due_at"), Index("media_old", "state", "stored_at"))


class MediaPart(Base):
    """A stretch of a file's bytes."""

    __tablename__ = "media_part"

    media_id: Mapped[str] = mapped_column(ForeignKey("media.id"), primary_key=True)
    copy: Mapped[str] = mapped_column(String(8), primary_key=True)  # original or shown
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[bytes] = sealed()


class ChannelPace(Base):
    """When a channel's number will have caught up with what it sent: no message leaves while that is too far ahead."""

    __tablename__ = "channel_pace"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    paced_at: Mapped[datetime]


class EarlyStatus(Base):
    """What a channel said of a message of ours before we had written down the channel's id of it."""

    __tablename__ = "early_status"

    provider_hash: Mapped[bytes] = mapped_column(primary_key=True)
    delivery: Mapped[str] = mapped_column(String(12))
    error_code: Mapped[int] = mapped_column(Integer, default=0)
    at: Mapped[datetime] = mapped_column(index=True)
