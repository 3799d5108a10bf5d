"""How fast one person may be answered. Limits delay thinking, never storing and never the look for danger."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

_PERSONS_KEPT = 10_000


@dataclass
class Pace:
    """`most` messages in `within`; beyond that, an answer waits `delay`. In memory, by an opaque name."""

    most: int = 20
    within: timedelta = timedelta(minutes=1)
    delay: timedelta = timedelta(seconds=5)
    clock: Callable[[], float] = time.monotonic
    _seen: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def delay_for(self, name: str) -> timedelta | None:
        """Count one message; how much longer its answer should take, or None."""
        times = self._seen.setdefault(name, deque(maxlen=self.most + 1))
        self._seen.move_to_end(name)
        if len(self._seen) > _PERSONS_KEPT:
            self._seen.popitem(last=False)
        times.append(self.clock())
        crowded = len(times) > self.most and times[-1] - times[0] < self.within.total_seconds()
        return self.delay if crowded else None
