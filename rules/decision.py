"""What a decision of the office is made of, and what it may ask about the message that it answers.

`turn` is the slot in which the intake leaves word of one message; texts are not in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Decision:
    """Responses to say, slots to set, orders for the service, and whether the open question is put away."""

    says: tuple[str, ...] = ()
    changes: Mapping[str, object] = field(default_factory=dict)
    orders: tuple[Mapping[str, object], ...] = ()
    puts_away: bool = False
    fills: Mapping[str, str] = field(default_factory=dict)  # what stands in a response as {name}
    goes_on: bool = False  # the next question follows, also where the rule of this intent puts none


Decide = Callable[[Facts], Decision]
_MOST_SAID = 24


def turn_of(facts: Facts) -> Mapping[str, object]:
    """What the intake noted of this message."""
    turn = facts.get("turn")
    return turn if isinstance(turn, Mapping) else {}


def marks_of(facts: Facts) -> tuple[str, ...]:
    """What else was noticed in it (`rules.noticed`)."""
    marks = turn_of(facts).get("marks")
    return tuple(marks) if isinstance(marks, (list, tuple)) else ()


def loud(facts: Facts) -> bool:
    """Whether the alarm was said this moment."""
    return bool(turn_of(facts).get("loud"))


def room(facts: Facts) -> int:
    """How many bubbles may still be said before a question, of three in all."""
    said = turn_of(facts).get("spoken")
    return 2 - (said if isinstance(said, int) else 0)


def was_said(facts: Facts, response: str) -> bool:
    """Whether this was said before, as far as is remembered."""
    said = facts.get("said")
    return isinstance(said, (list, tuple)) and response in said


def saying(facts: Facts, *responses: str) -> dict[str, object]:
    """Remembers what is said now; the oldest is forgotten."""
    said = facts.get("said")
    held = list(said) if isinstance(said, (list, tuple)) else []
    return {"said": list(dict.fromkeys([*held, *responses]))[-_MOST_SAID:]}
