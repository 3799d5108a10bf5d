"""One sender floods the office: everybody else is answered as before, and danger in the last line of the flood rings.

Measured from the delivery to the reply's arrival at Meta, with the stand-in engine: what is looked at is who waits for whom.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import func, select

from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.double import Person
from damping.store.tables import Escalation, Inbox
from tests.bench.figures import Latency, latency
from tests.crash.meta import LINE, Meta, bring, delivery
from tests.crash.storm import answered
from tests.office import Office

_DANGER = "dia bawa golok mau bunuh saya sekarang"
_PATIENCE_S = 120.0


@dataclass(frozen=True)
class Fairness:
    """`idle`, `flooded`: how long the others waited for a reply; `alarm_s`: from the flood's last line to the bell."""

    idle: Latency
    flooded: Latency
    alarm_s: float
    flood: int
    stored: int

    @property
    def ratio(self) -> float:
        """Of the 95th percentiles."""
        return self.flooded.p95 / self.idle.p95

    def __str__(self) -> str:
        return (
            f"{self.flood} messages from one sender ({self.stored} messages stored in all): others wait, median and 95th percentile in ms\n"
            f"  idle    {self.idle.median:6.0f} {self.idle.p95:6.0f}  ({self.idle.count} replies)\n"
            f"  flooded {self.flooded.median:6.0f} {self.flooded.p95:6.0f}  ({self.flooded.count} replies), {self.ratio:.2f} times idle\n"
            f"  danger in the last line rings after {self.alarm_s:.1f} s"
        )


async def measure(folder: Path, meta: Meta, others: int = 40, flood: int = 1_000) -> Fairness:
    """Everybody but the flooder writes twice: once on a quiet evening, once during the flood."""
    office = Office(folder, meta.url)
    await meta.start(f"http://127.0.0.1:{office.port}/webhook/whatsapp", others + 1)
    flooder, *people = meta.double.persons.values()
    url = meta.double.config.webhook_url
    try:
        for process in ("echo", "gateway", "worker"):
            office.start(process)
        await asyncio.to_thread(office.wait_for_gateway)
        async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=32)) as http:
            for person in people:  # warm
                await _reply_s(http, url, person, 0)
            idle = await _waits(http, url, people, 1)
            flooding = asyncio.create_task(_floods(http, url, flooder, flood, office))
            flooded = await _waits(http, url, people, 2)
            alarm_s = await flooding
        with office.store.database.read() as connection:
            stored = connection.execute(select(func.count()).select_from(Inbox)).scalar_one()
        return Fairness(latency(idle), latency(flooded), alarm_s, flood, stored)
    finally:
        office.close()


async def _waits(http: httpx.AsyncClient, url: str, people: list[Person], number: int) -> list[float]:
    """One after the other begins, five a second, as on an evening."""
    chance = random.Random(number)

    async def one(place: int, person: Person) -> float:
        await asyncio.sleep(place / 5 + chance.random() / 10)
        return await _reply_s(http, url, person, number)

    return list(await asyncio.gather(*(one(place, person) for place, person in enumerate(people))))


async def _reply_s(http: httpx.AsyncClient, url: str, person: Person, number: int) -> float:
    began = time.monotonic()
    await bring(http, url, delivery(person, number, int(time.time())))
    await _within(lambda: number in answered(person))
    return time.monotonic() - began


async def _floods(http: httpx.AsyncClient, url: str, person: Person, count: int, office: Office) -> float:
    """As fast as the gateway thanks; the last line is dangerous. Seconds until its bell."""
    first = int(time.time())
    room = asyncio.Semaphore(8)

    async def one(number: int) -> None:
        async with room:
            await bring(http, url, delivery(person, number, first))

    await asyncio.gather(*(one(number) for number in range(count - 1)))
    told = payloads.message(person.names, payloads.text(_DANGER), first + 1, f"wamid.{person.key}.danger")
    began = time.monotonic()
    await bring(http, url, payloads.encode(payloads.envelope(LINE, payloads.incoming(LINE, person.names, told))))
    await _within(lambda: _rings(office))
    return time.monotonic() - began


def _rings(office: Office) -> bool:
    with office.store.database.read() as connection:
        return connection.execute(select(Escalation.id).limit(1)).first() is not None


async def _within(so: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not so():
        if time.monotonic() > end:
            raise AssertionError("never came")
        await asyncio.sleep(0.01)
