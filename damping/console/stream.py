"""What keeps an open desk current: one stream of server-sent events a page.

event       | data                       | when
keadaan     | the strip, as HTML         | at once, and when it changes
antrean     | nothing                    | something in the queue may have changed
percakapan  | a conversation's id        | something in it changed
hadir       | a conversation's id        | other officers look at it, or type
lagi        | nothing                    | nobody has claimed an alarm for a while: ring again
uji         | nothing                    | the hourly test of the alarm: say that this page heard it
kunci       | nothing                    | the session fell asleep: only the strip goes on, without links
selesai     | nothing                    | the session ended; the stream ends too

A page says in the address what it holds already (`sejak`): what happened since then is told first, so that nothing falls
between a page and its stream. The stream is no sign of the officer's activity. It looks at the session again and again, so that an
ended one dies soon.
"""

import time
from collections.abc import AsyncIterator
from typing import Any

from litestar import Response
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from damping.console import guarding
from damping.console.visit import Visit
from damping.store import events, officer_sessions
from damping.store.desk import ON_DUTY
from damping.store.drills import BEGUN
from damping.store.events import Fact
from damping.store.ladder import AGAIN
from damping.store.live import Listening
from damping.store.presence import CHANGED as PRESENCE

_PATIENCE_S = 4.0  # the strip's clock and the processes' health are looked at this often
_SESSION_EVERY_S = 10.0
_TOGETHER_AT_MOST = 500
_RETRY_MS = 2000
_DIGITS_AT_MOST = 15
_NOT_THE_QUEUES = frozenset(  # facts that change no row of it
    {
        PRESENCE,
        "delivery_changed",
        "file_kept",
        "file_gone",
        "file_marked",
        BEGUN,
        AGAIN,
        "ladder_step",
        "drill_ended",
        "wait_changed",
        "roster_changed",
        "ticket_opened",
        "ticket_closed",
        "coached",
    }
)


async def stream(visit: Visit) -> Response[Any]:
    """Open the stream."""
    return ServerSentEvent(tell(visit), retry_duration=_RETRY_MS)


def ended() -> Response[Any]:
    """For a page whose session is gone: a redirect would be tried again for ever."""

    async def once() -> AsyncIterator[ServerSentEventMessage]:
        yield ServerSentEventMessage(event="selesai", data="")

    return ServerSentEvent(once())


async def tell(visit: Visit) -> AsyncIterator[ServerSentEventMessage]:
    """The events of one page, until its session ends or it goes away."""
    page = _Page(visit)
    async with visit.desk.live.listen() as listening:
        facts = await _between(visit)
        while not page.over:
            for event in await page.news(facts):
                yield event
            facts = [] if page.over else await _gather(listening)


async def _between(visit: Visit) -> list[Fact]:
    held = visit.request.query_params.get("sejak", "")
    if not held.isdecimal() or len(held) > _DIGITS_AT_MOST:
        return []
    return await visit.run(events.since, visit.desk.store, int(held), _TOGETHER_AT_MOST)


class _Page:
    """What one open page has been told."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._on_duty = visit.signed is not None and visit.signed.role in ON_DUTY
        self._asleep = False
        self._looked = float("-inf")
        self._strip = ""
        self._seq = 0
        self.over = False

    async def news(self, facts: list[Fact]) -> list[ServerSentEventMessage]:
        """The events for some fresh facts, or for a while in which nothing happened."""
        news = await self._session()
        if self.over:
            return news
        self._seq = max([self._seq, *(fact.seq for fact in facts)])
        strip = await self._rendered()
        if strip != self._strip:
            self._strip = strip
            news.append(ServerSentEventMessage(event="keadaan", data=strip))
        return news + (changes(facts) if self._on_duty and not self._asleep else [])

    async def _session(self) -> list[ServerSentEventMessage]:
        if time.monotonic() - self._looked < _SESSION_EVERY_S:
            return []
        self._looked = time.monotonic()
        desk = self._visit.desk
        token = guarding.cookie_of(desk.config, self._visit.request, guarding.SESSION)
        signed = await self._visit.run(officer_sessions.look, desk.store, token, desk.config.limits, touch=False)
        if signed is None:
            self.over = True
            return [ServerSentEventMessage(event="selesai", data="")]
        fell_asleep, self._asleep = signed.asleep and not self._asleep, signed.asleep
        return [ServerSentEventMessage(event="kunci", data="")] if fell_asleep else []

    async def _rendered(self) -> str:
        desk = self._visit.desk
        state = await desk.strip.after(self._seq)
        linked = self._on_duty and not self._asleep
        told = {"strip": state, "now": desk.store.now(), "on_duty": self._on_duty, "linked": linked}
        return desk.strip.draw(state, (self._on_duty, linked), lambda: desk.pages.render("keadaan.html", **told))


def changes(facts: list[Fact]) -> list[ServerSentEventMessage]:
    """What a page should ask for again."""
    if not facts:
        return []
    said = [fact for fact in facts if fact.kind != PRESENCE]
    touched = dict.fromkeys(fact.conversation_id for fact in said if fact.conversation_id)
    looked_at = dict.fromkeys(fact.conversation_id for fact in facts if fact.conversation_id and fact.kind == PRESENCE)
    return [
        *(ServerSentEventMessage(event="percakapan", data=conversation) for conversation in touched),
        *(ServerSentEventMessage(event="hadir", data=conversation) for conversation in looked_at),
        *([ServerSentEventMessage(event="antrean", data="")] if any(fact.kind not in _NOT_THE_QUEUES for fact in said) else []),
        *([ServerSentEventMessage(event="lagi", data="")] if any(fact.kind == AGAIN for fact in facts) else []),
        *([ServerSentEventMessage(event="uji", data="")] if any(fact.kind == BEGUN for fact in facts) else []),
    ]


async def _gather(listening: Listening) -> list[Fact]:
    """What one look has brought is told together; nothing waits for more."""
    first = await listening.next(_PATIENCE_S)
    facts = [] if first is None else [first]
    while 0 < len(facts) < _TOGETHER_AT_MOST and (another := await listening.next(0)) is not None:
        facts.append(another)
    return facts
