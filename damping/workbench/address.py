"""One line of the workbench's table: an address, who may come, and what answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from litestar import Response

from damping.workbench.bench import Bench
from damping.workbench.guest import Guest


class Who(Enum):
    """Who may come; everybody else is told 'not found'."""

    TRAINERS = "pelatih"
    BOTH = "pelatih and supervisor"  # for reading, and for the second person's agreement


type Handler = Callable[[Bench, Guest], Awaitable[Response[Any]]]


@dataclass(frozen=True)
class Address:
    """`path` without the leading `/pelatih`. `by_itself`: the page asks for it unprompted, which is no sign of a person."""

    method: Literal["GET", "POST"]
    path: str
    who: Who
    handler: Handler
    by_itself: bool = False
