"""Duty as the office set it, and the ways by which an officer who is not at the desk is called.

A call carries no word about anybody: it says that somebody waits, and where the desk is.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from rules.ladder import Plan
from rules.office_calendar import Calendar, ServiceTimes


@dataclass(frozen=True)
class DutyRules:
    """Opening hours (holidays are on the roster), service times, the ladder's times."""

    calendar: Calendar = field(default_factory=Calendar)
    times: ServiceTimes = field(default_factory=ServiceTimes)
    plan: Plan = field(default_factory=Plan)


class Way(StrEnum):
    """How an officer is called."""

    WHATSAPP = "whatsapp"  # a template message
    TELEGRAM = "telegram"
    EMAIL = "email"
    PUSH = "push"  # a browser that is closed; carries nothing at all


class Message(StrEnum):
    """What a call is about; the words stand in `config/jaga.yml`."""

    ALARM = "alarm"  # an urgent person waits
    LADDER = "ladder"  # the ladder itself did not pass its test
    TRY = "try"  # the officer tries out a way


class NotCalled(Exception):
    """The call did not leave. `gone`: the address does not exist any more; `code`: the other side's own number."""

    def __init__(self, code: int = 0, *, gone: bool = False) -> None:
        super().__init__(f"{code}{' gone' if gone else ''}")
        self.code = code
        self.gone = gone


class Caller(Protocol):
    """One way out."""

    async def call(self, address: str, message: Message, /) -> None:
        """Call one officer. Raises `NotCalled`."""
        ...

    async def check(self) -> bool:
        """Whether the way would work now, without calling anybody."""
        ...
