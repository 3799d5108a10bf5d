"""Logging by allow-list: a key that is not listed here never reaches a log line; neither does a long string.

A log line must never hold a victim's words, name or number.
"""

import contextlib
import logging
import sys
from typing import Any, TextIO, cast

import structlog

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "process", "conversation", "outbox", "kind", "code", "count", "seconds", "attempt",
        "error", "where", "model", "port", "state", "signal", "pid", "revision", "mishap",
    }
)  # fmt: skip
_LONGEST = 80


def configure(process: str) -> None:
    """Structured lines on standard error for this process; foreign libraries speak only from WARNING, by event name."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Patient())),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(level=logging.WARNING, handlers=[_ForeignHandler()], force=True)


def only_allowed(_logger: Any, _method: str, event: Any) -> dict[str, Any]:
    """Drop what is not on the list; cut strings that are too long to be a kind."""
    return {key: _short(value) for key, value in event.items() if key in ALLOWED}


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:12] + "…"
    return value if isinstance(value, str | int | float | bool) else type(value).__name__


class _Patient:
    """Standard error that a full disk cannot break: a line that finds no room is late or lost, and no message with it."""

    def write(self, text: str) -> int:
        """As much as there is room for."""
        with contextlib.suppress(OSError):
            return sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        """Where there is room."""
        with contextlib.suppress(OSError):
            sys.stderr.flush()


class _ForeignHandler(logging.Handler):
    """Other libraries' records: who spoke, where, and which exception class. Their words may quote a person."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        structlog.get_logger().warning("foreign_log", where=f"{record.name}:{record.lineno}", kind=record.levelname, error=error)
