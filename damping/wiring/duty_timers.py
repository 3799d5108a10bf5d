"""What duty does by itself: the ladder climbs and calls, waits are measured, an invented alarm each hour proves the ladder.

Any number of workers may run it: each act is one transaction that looks again before it writes.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog

from damping.casework.duty import Caller, DutyRules, Message, NotCalled, Way
from damping.store import drills, ladder, reaches, roster, waits
from damping.store.context import Store
from damping.store.ladder import Call
from damping.store.reaches import Reached

log = structlog.get_logger()
_LADDER_EVERY_S = 1.0
_WAITS_EVERY_S = 5.0
_DRILL_EVERY_S = 5.0


class _Act(Protocol):
    async def __call__(self) -> object: ...


@dataclass
class DutyTimers:
    """The timers of one worker process."""

    store: Store
    rules: DutyRules
    callers: Mapping[Way, Caller]

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_again_and_again("ladder", self.climb, _LADDER_EVERY_S))
            tasks.create_task(_again_and_again("waits", self.measure, _WAITS_EVERY_S))
            tasks.create_task(_again_and_again("drill", self.drill, _DRILL_EVERY_S))

    async def climb(self) -> None:
        """Take the steps that are due and make their calls, all at once: a slow way must not hold up another."""
        calls = await self._do(ladder.climb, self.store, self.rules.plan)
        await asyncio.gather(*(self._call(call) for call in calls))

    async def measure(self) -> None:
        """Look at the waits."""
        await self._do(waits.sweep, self.store, self.rules)

    async def drill(self) -> None:
        """Begin this hour's test, or judge the one that has run its minute; supervisors hear of one that failed."""
        await self._do(drills.begin, self.store)
        running = await self._do(drills.over, self.store)
        if running is None:
            return
        works = await self._working(running.ways)
        if await self._do(drills.finish, self.store, running, works):
            log.error("ladder_not_proven")
            await self._tell_supervisors()

    async def _working(self, ways: tuple[Reached, ...]) -> frozenset[str]:
        kinds = {way: caller for way in {one.way for one in ways} if (caller := self.callers.get(way)) is not None}
        answers = dict(zip(kinds, await asyncio.gather(*(caller.check() for caller in kinds.values())), strict=True))
        return frozenset(one.id for one in ways if answers.get(one.way))

    async def _tell_supervisors(self) -> None:
        for one in await self._do(_supervisors_ways, self.store):
            await self._try(one.id, one.way, one.address, Message.LADDER)

    async def _call(self, call: Call) -> None:
        well = await self._try(call.reach, call.way, call.address, Message.ALARM)
        await self._do(ladder.settle, self.store, call, well=well)

    async def _try(self, reach: str, way: Way, address: str, message: Message) -> bool:
        caller = self.callers.get(way)
        if caller is None:
            return False
        try:
            await caller.call(address, message)
        except NotCalled as failed:
            log.warning("not_called", kind=way.value, code=failed.code)
            await self._do(reaches.fared, self.store, reach, well=False, gone=failed.gone)
            return False
        await self._do(reaches.fared, self.store, reach, well=True)
        return True

    async def _do[**P, R](self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await self.store.database.run(act, *args, **kwargs)


def _supervisors_ways(store: Store) -> tuple[Reached, ...]:
    with store.database.read() as connection:
        return reaches.of(connection, store, roster.supervisors(connection))


async def _again_and_again(kind: str, act: _Act, every_s: float) -> None:
    """The outermost loop: neither a fault of ours nor a database that is away ends it."""
    while True:
        try:
            await act()
        except Exception as wrong:  # noqa: BLE001  looked at again in a moment
            log.error("duty_timer_error", error=type(wrong).__name__, kind=kind)
        await asyncio.sleep(every_s)
