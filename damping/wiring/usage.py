"""The engine, counted: which meaning how often, added up in memory and written down once a minute. Only names of intents are seen."""

import asyncio
from collections import Counter

import structlog

from damping.casework.dialogue import Dialogue, TurnAnswered, TurnAsked, Understood
from damping.store import understood
from damping.store.context import Store

log = structlog.get_logger()
_EVERY_S = 60.0


class Counted:
    """Implements `Dialogue`; passes everything on."""

    def __init__(self, engine: Dialogue) -> None:
        self._engine = engine
        self.counts: Counter[str] = Counter()

    async def turn(self, asked: TurnAsked) -> TurnAnswered:
        """Raises `EngineUnavailable`."""
        answered = await self._engine.turn(asked)
        if asked.kind == "text" and answered.failed is None and answered.understood.intent:
            self.counts[answered.understood.intent] += 1
        return answered

    async def understand(self, texts: list[str]) -> list[Understood]:
        """Raises `EngineUnavailable`."""
        return await self._engine.understand(texts)

    async def write_down(self, store: Store, every_s: float = _EVERY_S) -> None:
        """Until cancelled. What could not be written is tried again with the next minute's."""
        while True:
            await asyncio.sleep(every_s)
            told, self.counts = self.counts, Counter()
            if not told:
                continue
            try:
                await store.database.run(understood.add, store, told)
            except Exception as wrong:  # noqa: BLE001  figures must never stop a worker
                self.counts.update(told)
                log.error("usage_error", error=type(wrong).__name__)
