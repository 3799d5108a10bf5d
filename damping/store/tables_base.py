"""What every module of tables is built from: the base class, times, numbers that order rows, sealed columns.

Tables stand in `tables.py` and, by topic, in `tables_*.py`; `tables.py` imports them all, so that none is forgotten.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Integer, LargeBinary, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column


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
