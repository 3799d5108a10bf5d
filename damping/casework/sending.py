"""Sending, as a port: what a channel can answer when one of our messages leaves."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from damping.casework.ids import OutboxId
from damping.casework.message import Body, Identity


class Mishap(StrEnum):
    """What to do when a message did not leave."""

    RETRY = "retry"  # not taken, try again later
    UNKNOWN = "unknown"  # may have been taken: wait for the channel's status
    WINDOW = "window"  # the channel's reply window is closed: only a template may go
    UNREACHABLE = "unreachable"  # this person cannot be reached this way
    CHANNEL = "channel"  # our account does not work: page an admin, keep the message
    REFUSED = "refused"  # our message is wrong: never send it again


class NotSent(Exception):
    """The channel did not take the message; `mishap` says what to do, `code` is the channel's own number."""

    def __init__(self, mishap: Mishap, code: int = 0, retry_after_s: float | None = None) -> None:
        super().__init__(f"{mishap} {code}")
        self.mishap = mishap
        self.code = code
        self.retry_after_s = retry_after_s


class Sender(Protocol):
    """One channel's way out."""

    async def send(self, outbox: OutboxId, identities: Sequence[Identity], body: Body, last_person_at: datetime | None, /) -> str:
        """Send one message; the channel's id of it. Raises `NotSent`. The channel echoes `outbox` in its statuses."""
        ...
