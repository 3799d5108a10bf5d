"""Live pages: one look at the fact table several times a second wakes everybody in this process who listens.

A listener that is slow loses nothing that matters: a fact only says that something changed, and the page reads it afresh.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from damping.store import events
from damping.store.context import Store
from damping.store.events import Fact

_LOOK_EVERY_S = 0.15
_WAITING_AT_MOST = 200


class Listening(Protocol):
    """What a page gets: facts as they come, or None when nothing came for a while."""

    async def next(self, patience_s: float) -> Fact | None:
        """The next fact, or None after `patience_s` seconds; 0: only one that has come already."""
        ...


class _Listener:
    def __init__(self) -> None:
        self.queue: asyncio.Queue[Fact] = asyncio.Queue(_WAITING_AT_MOST)

    async def next(self, patience_s: float) -> Fact | None:
        if patience_s <= 0:
            return None if self.queue.empty() else self.queue.get_nowait()
        try:
            async with asyncio.timeout(patience_s):
                return await self.queue.get()
        except TimeoutError:
            return None

    def offer(self, fact: Fact) -> None:
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(fact)


class Live:
    """The poller of one process."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listeners: set[_Listener] = set()
        self.told = 0  # the highest number that was told

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[Listening]:
        """Facts from now on, until the block ends."""
        listener = _Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    async def run(self) -> None:
        """Look and tell, for as long as the process lives; a locked database is asked again."""
        database = self._store.database
        last: int | None = None
        seen: set[int] = set()
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            try:
                if last is None:
                    last = await database.run(events.newest, self._store)
                facts = await database.run(events.recent, self._store, last)
            except SQLAlchemyError:  # away or locked: pages must live on when it is back
                continue
            fresh = [fact for fact in facts if fact.seq not in seen]
            seen = {fact.seq for fact in facts}
            last = max([last, *seen])
            self.told = last
            for fact in fresh:
                for listener in tuple(self._listeners):
                    listener.offer(fact)
