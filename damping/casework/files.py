"""Files that people send: how far each has come, what the office takes, and the port by which a channel hands one over. Pure.

A file is evidence and may hurt whoever sees it: it is fetched at once, sealed, never shown to the assistant, and gone after a
while unless an officer keeps it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol


class FileState(StrEnum):
    """How far a file has come; the desk has words for each."""

    WAITING = "waiting"  # told of, not fetched yet
    KEPT = "kept"
    LOST = "lost"  # the channel has it no more
    REFUSED = "refused"  # not taken: see `Why`
    REMOVED = "removed"  # its time was over and nobody kept it as evidence


class Why(StrEnum):
    """Why a file is not here."""

    LARGE = "large"  # larger than the office takes
    FULL = "full"  # this conversation has sent as much as one may
    TYPE = "type"  # not a kind of file on the list, whatever its name says
    GONE = "gone"  # the channel has deleted it
    DAMAGED = "damaged"  # never arrived as the channel described it


@dataclass(frozen=True)
class FileLimits:
    """What the office takes and how long it keeps it (`config/media.yml`)."""

    at_most: int = 25_000_000  # bytes of one file
    of_one_person: int = 250_000_000  # bytes of one conversation at a time
    kept: timedelta = timedelta(days=30)  # without a mark as evidence
    asked_for: timedelta = timedelta(days=7)  # Meta has it no longer


@dataclass(frozen=True)
class Prepared:
    """A file as it is kept: its own bytes, and for a picture a copy that tells nothing but the picture."""

    content: bytes
    mime: str  # by its content, never by its name
    shown: bytes = b""
    shown_mime: str = ""

    def __repr__(self) -> str:
        return f"<Prepared {self.mime}>"


class Refused(Exception):
    """The office does not take this file."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class NotFetched(Exception):
    """The channel did not hand the file over; `why` is set where asking again is of no use."""

    def __init__(self, why: Why | None = None, code: int = 0) -> None:
        super().__init__(f"{why} {code}")
        self.why = why
        self.code = code


class Fetcher(Protocol):
    """One channel's way to a file that it told of."""

    async def fetch(self, told: Mapping[str, Any], at_most: int, /) -> bytes:
        """The file's bytes. `told`: `Body.media`. Raises `NotFetched`, and `Refused` for one above `at_most` bytes."""
        ...


def fetch_delay(attempts: int) -> timedelta:
    """Wait before a file is asked for again: 5, 20, 80 … seconds, an hour at most."""
    return timedelta(seconds=min(3600, 5 * 4 ** max(0, attempts - 1)))
