"""How often, how long, how patient: the figures of the worker, in one place. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Patience:
    """Figures the office may change; the defaults hold the promises of `tests/contracts/`."""

    turn_limit: timedelta = timedelta(seconds=8)  # the engine's time for one turn; then the safe reply
    turn_lease: timedelta = timedelta(seconds=30)
    turn_attempts: int = 4  # failures of a healthy engine before an officer must read the turn
    send_lease: timedelta = timedelta(seconds=60)
    send_attempts: int = 8
    unknown_wait: timedelta = timedelta(seconds=60)  # for the channel's status after an ambiguous time-out


@dataclass(frozen=True)
class Rates:
    """How fast a channel lets the office speak; a zero pause is no limit.

    Meta: one message in six seconds to one person, more at once being borrowed from the seconds to come; 80 a second from one
    number, what comes in counted too; and no promise that two messages arrive in the order in which they were sent.
    """

    person_every: timedelta = timedelta(seconds=6)
    person_burst: int = 10
    number_every: timedelta = timedelta(seconds=1 / 60)
    number_burst: int = 60
    order_wait: timedelta = timedelta(seconds=2)  # for word that the message before has arrived
    urgent_burst: int = 40  # to a person in danger: nearly all that Meta lends


def may_speak_at(caught_up: datetime | None, every: timedelta, burst: int, now: datetime) -> datetime | None:
    """When the next message may leave; None: now. `caught_up`: when what was sent so far will have been paid for."""
    if caught_up is None or not every:
        return None
    earliest = caught_up - every * (burst - 1)
    return earliest if earliest > now else None


def spoken(caught_up: datetime | None, every: timedelta, now: datetime) -> datetime:
    """One more message: the new `caught_up`."""
    return max(caught_up or now, now) + every


def turn_delay(attempts: int) -> timedelta:
    """Wait before the engine is asked again: 1, 2, 4 … 30 seconds."""
    return timedelta(seconds=min(30, 2 ** max(0, attempts - 1)))


def send_delay(attempts: int) -> timedelta:
    """Wait before a message is sent again: 1, 4, 16 … seconds, an hour at most (Meta: 4^X for a busy recipient)."""
    return timedelta(seconds=min(3600, 4 ** max(0, attempts - 1)))
