"""The city's app: partners, their keys, what they opened and what they are to be told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from damping.store.tables_base import Base, Seq, sealed


class Partner(Base):
    """An organisation whose app brings people to the office."""

    __tablename__ = "partner"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    webhook: Mapped[bytes | None] = sealed(nullable=True)  # where replies are brought; none: the partner asks for them
    per_minute: Mapped[int] = mapped_column(Integer)  # requests
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class PartnerKey(Base):
    """One key of a partner; the key itself is shown once and never kept."""

    __tablename__ = "partner_key"

    id: Mapped[str] = mapped_column(primary_key=True)  # stands in the key, to tell keys apart
    partner_id: Mapped[str] = mapped_column(ForeignKey("partner.id"), index=True)
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    scopes: Mapped[str] = mapped_column(String(64))  # words with blanks between them
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]  # rotated: the old key works until then
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]  # to the hour


class PartnerThread(Base):
    """One person's thread in a partner's app; its conversation is found by its address, once something was written."""

    __tablename__ = "partner_thread"

    id: Mapped[str] = mapped_column(primary_key=True)
    partner_id: Mapped[str] = mapped_column(ForeignKey("partner.id"))
    reference_hash: Mapped[bytes]  # the partner's own name for it: opened twice, it is the same thread
    code_hash: Mapped[bytes] = mapped_column(unique=True)  # the person's code, to ask how the report stands
    opened_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("partner_id", "reference_hash"),)


class PartnerLetter(Base):
    """A message of ours that a partner has not fetched yet. Ids only: an erased message leaves nothing to fetch."""

    __tablename__ = "partner_letter"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey("partner_thread.id"), index=True)
    outbox_id: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]

    # a fetched number never comes again on SQLite either: partners remember the last one
    __table_args__ = ({"sqlite_autoincrement": True},)
