"""Tables of the desk's doors: second factors, recovery codes, keys that the master key wraps, glass that was broken."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from damping.store.tables_base import Base, Seq, sealed


class Factor(Base):
    """A second factor of an officer: an authenticator app (totp) or a passkey."""

    __tablename__ = "factor"

    id: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[bytes] = sealed()  # what the owner calls the device
    secret: Mapped[bytes] = sealed()  # the app's shared secret; a passkey's id and public key
    credential_hash: Mapped[bytes | None] = mapped_column(unique=True)  # a passkey belongs to one account only
    last_count: Mapped[int] = mapped_column(Seq, default=0)  # last time step of an app, last signature count of a passkey
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]  # none: the owner has not shown yet that it works
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """One of the codes on paper that open the desk once each when the phone is gone."""

    __tablename__ = "recovery_code"

    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(Integer, primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(255))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WrappedKey(Base):
    """A key that the master key wraps. That it opens proves that a process was started with the right master key."""

    __tablename__ = "wrapped_key"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[bytes] = sealed()


class BrokenGlass(Base):
    """An officer read a conversation outside their right, said why, and a supervisor looks at it."""

    __tablename__ = "broken_glass"

    id: Mapped[str] = mapped_column(primary_key=True)
    officer_id: Mapped[str] = mapped_column(ForeignKey("officer.id"), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    reason: Mapped[bytes] = sealed()
    broken_at: Mapped[datetime]
    until: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str | None] = mapped_column(ForeignKey("officer.id"))
