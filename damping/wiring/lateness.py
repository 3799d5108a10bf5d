"""The measured waiting time for the dialogue, looked at once a minute."""

import time
from dataclasses import dataclass, field

from damping.casework.fixed import FixedTexts
from damping.casework.lateness import late_words
from damping.casework.message import Body
from damping.store import waits
from damping.store.context import Store
from rules.levels import Level

_KEPT_S = 60.0


@dataclass
class Lateness:
    """Of one worker process."""

    store: Store
    texts: FixedTexts
    _known: dict[Level, tuple[float, int | None]] = field(default_factory=dict)

    async def words(self, level: Level) -> Body | None:
        """What somebody of this level is told whom an officer keeps waiting."""
        return late_words(self.texts, await self.minutes(level))

    async def minutes(self, level: Level) -> int | None:
        """How long people of this level wait lately; None where too little was measured."""
        known = self._known.get(level)
        if known is None or time.monotonic() - known[0] > _KEPT_S:
            minutes = await self.store.database.run(waits.typical, self.store, level)
            known = self._known[level] = (time.monotonic(), minutes)
        return known[1]
