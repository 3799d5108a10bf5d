"""How often, how long, how patient: the figures of the worker, in one place. Pure."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Patience:
    """Figures the office may change; the defaults hold the promises of `tests/contracts/`."""

    turn_limit: timedelta = timedelta(seconds=8)  # the engine's time for one turn; then the safe reply
    turn_lease: timedelta = timedelta(seconds=30)
    turn_attempts: int = 4  # failures of a healthy engine before an officer must read the turn
    send_lease: timedelta = timedelta(seconds=60)
    send_attempts: int = 8
    unknown_wait: timedelta = timedelta(seconds=60)  # for the channel's status after an ambiguous time-out


def turn_delay(attempts: int) -> timedelta:
    """Wait before the engine is asked again: 1, 2, 4 … 30 seconds."""
    return timedelta(seconds=min(30, 2 ** max(0, attempts - 1)))


def send_delay(attempts: int) -> timedelta:
    """Wait before a message is sent again: 1, 4, 16 … seconds, an hour at most (Meta: 4^X for a busy recipient)."""
    return timedelta(seconds=min(3600, 4 ** max(0, attempts - 1)))
