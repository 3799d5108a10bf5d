"""Who comes to the workbench, and the ways to answer: what its handlers need of a request, and no more.

The desk's own visit fits it; neither room imports the other.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from litestar import Response

from damping.store.desk import Viewer


class Guest(Protocol):
    """A request of a trainer, or of a supervisor who looks on, that came through its door."""

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        ...

    @property
    def form(self) -> Mapping[str, str]:
        """What was typed; empty for a GET."""
        ...

    @property
    def query(self) -> Mapping[str, str]:
        """What stands behind the question mark."""
        ...

    @property
    def path(self) -> Mapping[str, str]:
        """The changing parts of the address."""
        ...

    @property
    def piecewise(self) -> bool:
        """Whether the page's script asks for a piece instead of a page."""
        ...

    async def run[**P, R](self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """A store function, or work on files, off the event loop."""
        ...

    async def page(self, template: str, status: int = 200, **context: Any) -> Response[str]:
        """A whole page in the desk's frame."""
        ...

    def piece(self, template: str, status: int = 200, **context: Any) -> Response[str]:
        """A part of a page."""
        ...

    def go(self, path: str) -> Response[str]:
        """Send the browser on."""
        ...
