"""The tables. A column marked `sealed()` holds only what `damping.store.sealing` wrote there.

Ids are random text; `seq` orders rows as they were stored. Times are aware UTC.
`docs/sealed-columns.md` lists the sealed columns; a test compares it with this file.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from damping.store import (  # noqa: F401  every module of tables: the base must know them all
    tables_accounts,
    tables_desk,
    tables_duty,
    tables_media,
    tables_models,
    tables_partner,
    tables_return,
    tables_workbench,
)
from damping.store.tables_base import Base, Instant, Seq, sealed

__all__ = ["SEALED_COLUMNS", "Base", "Instant", "Seq", "sealed"]


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
    paced_at: Mapped[datetime | None]  # when the person's share of the channel's pace will have caught up with what was sent
    # how it is kept safe from whoever else may hold the phone: damping.casework.precautions
    present_at: Mapped[datetime | None]  # the person's last sign of life
    gap_at: Mapped[datetime | None]  # when the last long silence ended
    disguised_at: Mapped[datetime | None]  # since then it is harmless city information
    stopped_at: Mapped[datetime | None]  # since then nothing is sent
    veiled_at: Mapped[datetime | None]  # since then the neutral check has not been passed
    afresh: Mapped[bool] = mapped_column(default=False, server_default=false())  # the dialogue must ask for safety and contact again
    shown_from: Mapped[int] = mapped_column(Seq, default=0, server_default="0")  # the web page shows only lines above this number
    shown_anew: Mapped[int] = mapped_column(Seq, default=0, server_default="0")  # a page that knows no line from here on begins anew
    own_words: Mapped[bytes | None] = sealed(nullable=True)  # JSON: the person's own safe words
    contact: Mapped[bytes | None] = sealed(nullable=True)  # JSON: how contact is safe
    contact_at: Mapped[datetime | None]
    late_told_at: Mapped[datetime | None]  # when the person was last told that an officer is late

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
    state: Mapped[str] = mapped_column(String(8), default="pending")  # pending, veiled (behind the check), done, dead
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
    held_for: Mapped[str | None] = mapped_column(String(16))  # why it waits: damping.casework.precautions.Hold
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
    stage: Mapped[str] = mapped_column(String(8), default="full")  # how far the sign-in has come
    device: Mapped[bytes | None] = sealed(nullable=True)  # what the browser calls itself
    proved_at: Mapped[datetime | None]  # when the officer last showed who they are
    challenge: Mapped[bytes | None]  # what a passkey must sign next
    challenge_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)  # wrong second factors in this sign-in


class Invitation(Base):
    """A one-time link that makes an account, or lets its owner back into it."""

    __tablename__ = "invitation"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    officer_id: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))  # whose account it opens again
    invited_by: Mapped[str | None]  # an officer's id


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
