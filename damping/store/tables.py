"""The tables. A column marked `sealed()` holds only what `damping.store.sealing` wrote there.

Ids are random text; `seq` orders rows as they were stored. Times are aware UTC.
`docs/sealed-columns.md` lists the sealed columns; a test compares it with this file.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, Integer, LargeBinary, String, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Instant(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Refuses a naive time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """SQLite forgets the zone, it was UTC; PostgreSQL answers in the session's."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables of the store."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, str: String(64), bytes: LargeBinary}


Seq = BigInteger().with_variant(Integer, "sqlite")


def sealed(**kwargs: Any) -> Any:
    """A column whose content only the vault can read."""
    return mapped_column(LargeBinary, info={"sealed": True}, **kwargs)


class Conversation(Base):
    """One person's thread on one channel, and who has the word in it."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    data_key: Mapped[bytes] = sealed()
    created_at: Mapped[datetime]
    word: Mapped[str] = mapped_column(String(8), default="bot")  # bot or officer
    holder: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    version: Mapped[int] = mapped_column(Integer, default=0)  # the fence: grows whenever the word changes
    level: Mapped[str] = mapped_column(String(8), default="hijau")
    reasons: Mapped[bytes | None] = sealed(nullable=True)  # JSON list of plain words
    wants_officer: Mapped[bool] = mapped_column(default=False)
    state: Mapped[bytes | None] = sealed(nullable=True)  # the engine's, opaque
    facts: Mapped[bytes | None] = sealed(nullable=True)  # JSON object: the assessment
    facts_version: Mapped[int] = mapped_column(Integer, default=0)
    waiting_since: Mapped[datetime | None]  # oldest message that no officer has answered
    last_person_at: Mapped[datetime | None]  # opens WhatsApp's 24 hour window
    closed_at: Mapped[datetime | None]
    turn_due_at: Mapped[datetime | None]  # when the lines so far should be taken as one turn
    turn_since: Mapped[datetime | None]  # arrival of the first line of that turn
    turn_attempts: Mapped[int] = mapped_column(Integer, default=0)
    safe_reply_at: Mapped[datetime | None]  # when the fixed reply was last given for want of the engine
    turn_token: Mapped[str | None]
    turn_until: Mapped[datetime | None]
    send_due_at: Mapped[datetime | None]
    send_token: Mapped[str | None]
    send_until: Mapped[datetime | None]

    __table_args__ = (
        Index("conversation_turn_due", "turn_due_at"),
        Index("conversation_send_due", "send_due_at"),
        Index("conversation_queue", "closed_at", "level", "waiting_since"),
    )


class Address(Base):
    """A name under which a channel knows the person of a conversation."""

    __tablename__ = "address"

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    value_hash: Mapped[bytes]
    value: Mapped[bytes] = sealed()

    __table_args__ = (UniqueConstraint("channel", "kind", "value_hash"),)


class Message(Base):
    """The transcript: everything said, by whomever, and officers' notes."""

    __tablename__ = "message"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    author: Mapped[str] = mapped_column(String(8))
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
    kind: Mapped[str] = mapped_column(String(16))
    body: Mapped[bytes] = sealed()
    level: Mapped[str] = mapped_column(String(8), default="hijau")
    sent_at: Mapped[datetime]  # the channel's clock for a person, ours for the rest
    stored_at: Mapped[datetime]

    # an erased number never comes again on SQLite either: pages remember the last one that they showed
    __table_args__ = (Index("message_of_conversation", "conversation_id", "seq"), {"sqlite_autoincrement": True})


class Inbox(Base):
    """What came in, once each, until a turn or an officer has taken it."""

    __tablename__ = "inbox"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(String(16))
    external_hash: Mapped[bytes]
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    message_id: Mapped[str | None] = mapped_column(ForeignKey("message.id"))  # none once erased; the hash stays
    state: Mapped[str] = mapped_column(String(8), default="pending")  # pending, done, dead
    stored_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("channel", "external_hash"),
        Index("inbox_pending", "conversation_id", "state", "seq"),
    )


class Outbox(Base):
    """What has to leave, in order, and how far it has come."""

    __tablename__ = "outbox"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    message_id: Mapped[str] = mapped_column(ForeignKey("message.id"), unique=True)
    author: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12), default="ready")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    provider_hash: Mapped[bytes | None] = mapped_column(index=True)
    error_code: Mapped[int] = mapped_column(Integer, default=0)
    stored_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (Index("outbox_of_conversation", "conversation_id", "state", "seq"),)


class Escalation(Base):
    """A human must look; rings until somebody acknowledges."""

    __tablename__ = "escalation"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    level: Mapped[str] = mapped_column(String(8))
    reasons: Mapped[bytes] = sealed()
    raised_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None] = mapped_column(index=True)
    acknowledged_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))


class Notice(Base):
    """Something the officers should know about a conversation or the system; kinds only, no text."""

    __tablename__ = "notice"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    raised_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None] = mapped_column(index=True)


class Case(Base):
    """The office's file on one person's report."""

    __tablename__ = "case_file"

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), unique=True)
    opened_at: Mapped[datetime]


class Event(Base):
    """A fact for those who listen: live pages, reports, a broker relay. Ids and kinds only."""

    __tablename__ = "event"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str | None]
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class Officer(Base):
    """An account of the desk."""

    __tablename__ = "officer"

    id: Mapped[str] = mapped_column(primary_key=True)
    login_hash: Mapped[bytes] = mapped_column(unique=True)
    login: Mapped[bytes] = sealed()
    name: Mapped[bytes] = sealed()
    role: Mapped[str] = mapped_column(String(16))  # petugas, supervisor, pelatih, admin
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class OfficerSession(Base):
    """A signed-in browser of an officer; the token itself is never kept."""

    __tablename__ = "officer_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Invitation(Base):
    """A one-time link that makes an account."""

    __tablename__ = "invitation"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LoginFailure(Base):
    """A wrong password, for the growing delay."""

    __tablename__ = "login_failure"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    login_hash: Mapped[bytes] = mapped_column(index=True)
    at: Mapped[datetime]


class WebSession(Base):
    """An open web chat; the cookie's value itself is never kept."""

    __tablename__ = "web_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Audit(Base):
    """Who did or read what. Each row carries the hash of the one before it."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor: Mapped[str]  # officer id, or a process
    act: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[str | None]
    reason: Mapped[bytes | None] = sealed(nullable=True)
    hash: Mapped[bytes]


class Heartbeat(Base):
    """When a process last said that it lives, and how it is."""

    __tablename__ = "heartbeat"

    process: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(64))


SEALED_COLUMNS: frozenset[str] = frozenset(
    f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns if column.info.get("sealed")
)
