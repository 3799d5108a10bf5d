"""What happens at the desk by itself: replies leave when they can no longer be undone, a silent holder loses the word.

Any number of workers may run it; each act is one transaction that looks again before it changes anything.
"""

import asyncio
from collections.abc import Callable

import structlog

from damping.store import takeover, waiting_replies
from damping.store.context import Store

log = structlog.get_logger()
_REPLIES_EVERY_S = 0.5
_SILENCE_EVERY_S = 10.0


async def run(store: Store) -> None:
    """Until cancelled."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_again_and_again(store, waiting_replies.send_due, _REPLIES_EVERY_S))
        tasks.create_task(_again_and_again(store, takeover.end_silent, _SILENCE_EVERY_S))


async def _again_and_again(store: Store, act: Callable[[Store], object], every_s: float) -> None:
    """The outermost loop: nothing that goes wrong in one conversation, or a database that is away, ends it."""
    while True:
        try:
            await store.database.run(act, store)
        except Exception as wrong:  # noqa: BLE001  looked at again in a moment
            log.error("desk_timer_error", error=type(wrong).__name__, kind=act.__name__)
        await asyncio.sleep(every_s)
