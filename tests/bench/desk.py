"""The desk under load: an urgent message in at the gateway, the alarm on two hundred open desks of one process.

Every desk holds its stream and asks for the queue again whenever it is told to, no more than each 0.7 s, as the browsers' script
does. All clients run on the same machine as what they measure.
"""

import asyncio
import contextlib
import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx

from damping.casework.message import Channel
from damping.store import inbox, officer_sessions
from rules.levels import Level
from tests.bench.endtoend import _deliver, _takes_everything
from tests.bench.figures import Latency, latency
from tests.office import Office
from tests.store.duty import Office as Duty
from tests.support import a_line

DESKS, OPEN, ALARMS = 200, 200, 20
_URGENT = "dia di depan pintu bawa golok, tolong"
_QUEUE_AT_MOST_EVERY_S = 0.7
_QUEUE_SPREAD_S = 0.3
_BETWEEN_S = 1.5
_LOST_AFTER_S = 30
_RINGS = re.compile(rb'data-berdering="(\d+)"')


@dataclass(frozen=True)
class DeskFigures:
    """`alarm`: from the delivery to the bar on each desk; `queue`: a desk asks for the queue again."""

    alarm: Latency
    queue: Latency


@dataclass
class _Desk:
    """One open page."""

    port: int
    cookie: bytes
    ringing: int = 0
    heard: dict[int, float] = field(default_factory=dict)
    queue: list[float] = field(default_factory=list)
    stale: asyncio.Event = field(default_factory=asyncio.Event)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        writer.write(self._request(b"/arus", b"text/event-stream"))
        try:
            while chunk := await reader.read(65536):
                self.open.set()
                for found in _RINGS.finditer(chunk):
                    now, count = time.perf_counter(), int(found.group(1))
                    for number in range(self.ringing + 1, count + 1):
                        self.heard[number] = now
                    self.ringing = max(self.ringing, count)
                if b"event: antrean" in chunk:
                    self.stale.set()
        finally:
            writer.close()

    async def refresh(self) -> None:
        while True:
            await self.stale.wait()
            await asyncio.sleep(random.random() * _QUEUE_SPREAD_S)
            self.stale.clear()
            began = time.perf_counter()
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
            writer.write(self._request(b"/antrean", b"text/html"))
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE).group(1))  # type: ignore[union-attr]
            await reader.readexactly(length)
            writer.close()
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head[:40].decode())
            self.queue.append(time.perf_counter() - began)
            await asyncio.sleep(_QUEUE_AT_MOST_EVERY_S)

    def _request(self, path: bytes, accept: bytes) -> bytes:
        return b"GET %b HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: %b\r\nHX-Request: true\r\nCookie: damping_meja=%b\r\n\r\n" % (
            path, accept, self.cookie,
        )  # fmt: skip


async def measure() -> DeskFigures:
    """Start everything, ring `ALARMS` times, print nothing."""
    with tempfile.TemporaryDirectory(prefix="damping-bench-") as folder:
        connections: set[asyncio.StreamWriter] = set()
        meta = await asyncio.start_server(partial(_takes_everything, connections), "127.0.0.1", 0)
        office = Office(Path(folder), f"http://127.0.0.1:{meta.sockets[0].getsockname()[1]}", extra={"DAMPING_SETTLE_S": "0"})
        try:
            cookies = await asyncio.to_thread(_seed, office)
            for process in ("echo", "gateway", "worker", "desk"):
                office.start(process)
            await asyncio.to_thread(office.wait_for_gateway)
            await asyncio.to_thread(office.wait_for_desk)
            return await _run(office, cookies)
        finally:
            office.close()
            for writer in connections:
                writer.close()
            meta.close()
            await meta.wait_closed()


def _seed(office: Office) -> list[str]:
    duty = Duty(office.store)
    people = [duty.officer(f"petugas {number}") for number in range(20)]
    for number in range(OPEN):
        level = (Level.KUNING, Level.HIJAU)[number % 2]
        line = a_line(
            "halo kak", sender=f"orang {number}", channel=Channel.WEBCHAT, level=level, reasons=("menyebut tamparan",) * (number % 2 == 0)
        )
        inbox.receive(office.store, [line])
    return [officer_sessions.begin(office.store, people[number % len(people)].officer) for number in range(DESKS)]


async def _run(office: Office, cookies: list[str]) -> DeskFigures:
    desks = [_Desk(office.desk_port, cookie.encode()) for cookie in cookies]
    tasks = [asyncio.create_task(act()) for desk in desks for act in (desk.listen, desk.refresh)]
    sent: dict[int, float] = {}
    try:
        await asyncio.gather(*(desk.open.wait() for desk in desks))
        await asyncio.sleep(8)  # the worker answers the two hundred meanwhile
        for desk in desks:
            desk.queue.clear()
        async with httpx.AsyncClient(timeout=60) as http:
            for number in range(1, ALARMS + 1):
                sent[number] = time.perf_counter()
                await _deliver(http, office, number, 1, _URGENT)
                await asyncio.sleep(_BETWEEN_S)
            await _all_heard(desks)
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
    missing = sum(ALARMS - len(desk.heard) for desk in desks)
    if missing:
        raise RuntimeError(f"{missing} alarms did not reach a desk")
    took = [at - sent[number] for desk in desks for number, at in desk.heard.items()]
    return DeskFigures(latency(took), latency([seconds for desk in desks for seconds in desk.queue]))


async def _all_heard(desks: list[_Desk]) -> None:
    """A slow desk is a figure; one that never hears is a fault."""
    end = time.perf_counter() + _LOST_AFTER_S
    while any(len(desk.heard) < ALARMS for desk in desks) and time.perf_counter() < end:
        await asyncio.sleep(0.1)


def lines(found: DeskFigures) -> list[str]:
    """As the bench prints them."""
    return [
        f"desk: {DESKS} desks on one process, {OPEN} open conversations, {ALARMS} urgent messages",
        f"  urgent message to alarm on a desk, ms{found.alarm}",
        f"  the queue again, ms                  {found.queue}",
        "",
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines(asyncio.run(measure()))))
