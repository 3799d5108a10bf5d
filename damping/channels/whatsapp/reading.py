"""Reading JSON of unknown shape: what is not there or not of its type is empty, never an error."""

import math
import re
from typing import Any

_ID = re.compile(r"[\x21-\x7e]{1,512}")


def as_dict(value: Any) -> dict[str, Any]:
    """Itself, or an empty object."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Itself, or an empty list."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """Itself, or ''."""
    return value if isinstance(value, str) else ""


def as_id(value: Any) -> str:
    """An identifier of Meta's: printable ASCII without blanks, or ''."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def as_int(value: Any) -> int:
    """A whole number, also from its digits; 0 for anything else."""
    if isinstance(value, str) and len(value) <= 19 and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def as_degrees(value: Any, limit: float) -> float | None:
    """A latitude or longitude within ± `limit`, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    degrees = float(value) if abs(value) <= limit else math.inf
    return degrees if math.isfinite(degrees) else None
