"""The page's live line: server-sent events with what is new. Open lines are no sign of life of the person."""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

from litestar.response.sse import ServerSentEventMessage

from damping.channels.webchat.bubbles import news
from damping.store import websessions
from damping.store.context import Store
from damping.store.live import Live
from damping.store.websessions import Standing

_BEAT_S = 20.0
_LONGEST_S = 600.0  # then the browser connects anew
_A_PERSON = 3
_ALL = 1_000


@dataclass
class Lines:
    """Counts open lines, so that nobody can hold them all; the page asks every few seconds instead."""

    _open: dict[str, int] = field(default_factory=dict)

    def has_room(self, name: str) -> bool:
        """Whether one more may be opened."""
        return self._open.get(name, 0) < _A_PERSON and sum(self._open.values()) < _ALL

    def opened(self, name: str) -> None:
        """One more."""
        self._open[name] = self._open.get(name, 0) + 1

    def closed(self, name: str) -> None:
        """One less."""
        left = self._open.get(name, 0) - 1
        if left > 0:
            self._open[name] = left
        else:
            self._open.pop(name, None)


@dataclass(frozen=True)
class Watch:
    """One open page."""

    store: Store
    live: Live
    token: str
    idle: timedelta
    lines: Lines

    async def events(self, after: int) -> AsyncIterator[ServerSentEventMessage]:
        """
        event   | when
        (none)  | new bubbles, as JSON; the id is the last one's number
        hidup   | at once, and every 20 s: nothing new, the line is open
        habis   | the session is over
        """
        name = websessions.name_of(self.store, self.token).value
        self.lines.opened(name)
        try:
            async for event in self._told(after):
                yield event
        finally:
            self.lines.closed(name)

    async def _told(self, after: int) -> AsyncIterator[ServerSentEventMessage]:
        run = self.store.database.run
        ends = time.monotonic() + _LONGEST_S
        async with self.live.listen() as listening:
            yield ServerSentEventMessage(event="hidup", data="")
            looked_up: str | None = None
            relevant = True
            while time.monotonic() < ends:
                if relevant:
                    found = await run(websessions.transcript, self.store, self.token, after)
                    looked_up = found.conversation
                    if found.gap or found.lines:
                        after = found.lines[-1].seq if found.lines else after
                        yield ServerSentEventMessage(data=json.dumps(news(found), ensure_ascii=False), id=after)
                fact = await listening.next(_BEAT_S)
                relevant = fact is not None and (looked_up is None or fact.conversation_id == looked_up)
                if fact is None:
                    if await run(websessions.standing, self.store, self.token, self.idle) is not Standing.LIVE:
                        yield ServerSentEventMessage(event="habis", data="")
                        return
                    yield ServerSentEventMessage(event="hidup", data="")
