"""A turn that did not succeed, in words that hold no text: a kind and class names."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Kind = Literal["action", "component", "timeout", "empty"]


@dataclass
class TurnFailed(Exception):
    """The turn is given up; the state stays as it was and nothing is said."""

    kind: Kind
    reason: str


# What went wrong inside Rasa during the turn of this task, also where Rasa swallows it.
mishaps: ContextVar[list[TurnFailed] | None] = ContextVar("mishaps", default=None)


def note(kind: Kind, reason: str) -> None:
    """Remembers a mishap for the end of the turn; outside a turn nothing is kept."""
    found = mishaps.get()
    if found is not None:
        found.append(TurnFailed(kind, reason))


def named(where: str, error: BaseException) -> str:
    """`ActionAssess: KeyError`."""
    return f"{where}: {type(error).__name__}"
