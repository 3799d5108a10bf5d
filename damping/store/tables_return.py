"""How a person comes back to a web chat: the code of words."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from damping.store.tables_base import Base, Seq


class ReturnCode(Base):
    """A code that opens a conversation once; its words themselves are never kept."""

    __tablename__ = "return_code"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    opened: Mapped[bytes | None] = mapped_column(index=True)  # the web session that it opened: `web_session.token_hash`
    arrived_at: Mapped[datetime | None]  # when that session was first seen: from then on the code is worth nothing


class ReturnTry(Base):
    """A code that was tried and did not open, for the growing delay."""

    __tablename__ = "return_try"

    seq: Mapped[int] = mapped_column(Seq, primary_key=True, autoincrement=True)
    lane_hash: Mapped[bytes] = mapped_column(index=True)  # of the address it came from
    at: Mapped[datetime] = mapped_column(index=True)
