"""The strip's state, asked for once for all open desks that want it at the same moment."""

import asyncio
import time
from collections.abc import Callable

from damping.store import desk_state
from damping.store.context import Store
from damping.store.desk_state import DeskState

_KEPT_S = 1.0


class Strip:
    """Alarm, processes, undelivered messages: what stands on top of every page."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = asyncio.Lock()
        self._known: tuple[int, float, DeskState] | None = None
        self._drawn: tuple[DeskState | None, dict[tuple[bool, bool], str]] = (None, {})

    async def now(self) -> DeskState:
        """Read afresh."""
        return await self._store.database.run(desk_state.state, self._store)

    def draw(self, state: DeskState, looks: tuple[bool, bool], draw: Callable[[], str]) -> str:
        """Once for all pages that show this very state alike; it is kept no longer than the state."""
        if self._drawn[0] is not state:
            self._drawn = (state, {})
        drawn = self._drawn[1]
        if looks not in drawn:
            drawn[looks] = draw()
        return drawn[looks]

    async def after(self, seq: int) -> DeskState:
        """A state read after fact `seq` was seen, and less than a second ago."""
        async with self._lock:
            if self._known is None or self._known[0] < seq or time.monotonic() - self._known[1] > _KEPT_S:
                self._known = (seq, time.monotonic(), await self.now())  # read after the fact was seen: it holds it
            return self._known[2]
