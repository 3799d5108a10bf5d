"""The queue, read and drawn once for all open desks that ask for it at the same moment.

Two hundred desks ask again after every message. What they get is as fresh as the newest fact that this process has told them of;
only rows that say 'Anda' are drawn for one officer alone.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from damping.store import desk, labels
from damping.store.context import Store
from damping.store.desk import Queue, Viewer
from damping.store.labels import Label
from damping.store.live import Live

_KEPT_S = 5.0  # clocks on the rows count in minutes


@dataclass(frozen=True)
class Snapshot:
    """The queue with its labels, and what was drawn of it."""

    queue: Queue
    labels: tuple[Label, ...]
    on: Mapping[str, tuple[Label, ...]]
    drawn: dict[tuple[str, ...], str] = field(default_factory=dict)

    def draw(self, key: tuple[str, ...], draw: Callable[[], str]) -> str:
        """Once for each key."""
        if key not in self.drawn:
            self.drawn[key] = draw()
        return self.drawn[key]


class SharedQueue:
    """Of one desk process."""

    def __init__(self, store: Store, live: Live) -> None:
        self._store = store
        self._live = live
        self._lock = asyncio.Lock()
        self._known: tuple[int, float, Snapshot] | None = None

    async def now(self, viewer: Viewer) -> Snapshot:
        """Read afresh. Raises `NotFound` for a role without a queue."""
        return await self._store.database.run(_read, self._store, viewer)

    async def shared(self, viewer: Viewer) -> Snapshot:
        """Read after the newest fact that was told, and seconds ago at most. Raises `NotFound`."""
        async with self._lock:
            told = self._live.told
            if self._known is None or self._known[0] < told or time.monotonic() - self._known[1] > _KEPT_S:
                self._known = (told, time.monotonic(), await self.now(viewer))
            return self._known[2]


def _read(store: Store, viewer: Viewer) -> Snapshot:
    queue = desk.queue(store, viewer)
    return Snapshot(queue, labels.every(store, viewer), labels.of(store, viewer, [row.conversation for row in queue.rows]))
