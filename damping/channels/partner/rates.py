"""How many requests a partner's key may make: a bucket that fills evenly. In memory, by the key's id."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

_BURST_S = 10.0  # a full bucket holds what comes in this time


@dataclass
class Rates:
    """Of one gateway process."""

    clock: Callable[[], float] = time.monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)  # key -> tokens, when counted

    def wait_s(self, key: str, per_minute: int) -> float:
        """Count one request; 0, or the seconds after which it may be made."""
        now, per_s = self.clock(), per_minute / 60
        most = max(1.0, per_s * _BURST_S)
        left, at = self._left.get(key, (most, now))
        left = min(most, left + (now - at) * per_s)
        if left < 1:
            self._left[key] = (left, now)
            return (1 - left) / per_s
        self._left[key] = (left - 1, now)
        return 0.0
