"""Another room's pages behind the desk's doors: the console lends its frame, its cookie and its guard, and knows nothing else of it."""

from dataclasses import dataclass

from damping.console.doors import Route


@dataclass(frozen=True)
class Annex:
    """`package` holds `templates/` and `static/`; its routes pass the same doors as the desk's own."""

    package: str
    routes: tuple[Route, ...]
