"""`make bench`: prints ratios against stock Rasa 3.6.21 with the same model, from one run on this machine."""

import asyncio
import sys
import time
from collections.abc import Callable
from typing import Protocol

from damping.wiring import engine_process, settings
from tests.bench import desk, endtoend, webhook
from tests.bench.figures import Latency, latency, memory_mb
from tests.bench.ours import our_engine
from tests.bench.stock import stock_rasa

QUESTIONS = ["kak ini bayar ga", "alamat kantornya di mana ya", "kalau lapor nanti prosesnya gimana", "ini yang bales robot ya"]
LONG = 305
EARLY, LATE = range(4, 7), range(290, 305)
TOGETHER = 32


class Peer(Protocol):
    """Something that takes turns."""

    async def turn(self, sender: str, text: str) -> float:
        """Seconds."""
        ...


async def _early(peer: Peer) -> Latency:
    took = []
    for person in range(12):
        each = [await peer.turn(f"awal{person}", QUESTIONS[n % 4]) for n in range(EARLY.stop)]
        took += each[EARLY.start :]
    return latency(took)


async def _late(peer: Peer) -> Latency:
    took = [await peer.turn("panjang", QUESTIONS[n % 4]) for n in range(LONG)]
    return latency(took[LATE.start : LATE.stop])


async def _together(peer: Peer) -> float:
    """Turns a second with many conversations at once, messages 2 to 9 of each."""
    began = time.perf_counter()

    async def one(person: int) -> None:
        for n in range(8):
            await peer.turn(f"bersama{person}", QUESTIONS[(person + n) % 4])

    await asyncio.gather(*(one(person) for person in range(TOGETHER)))
    return TOGETHER * 8 / (time.perf_counter() - began)


async def _measure(peer: Peer, memory: Callable[[], float]) -> tuple[Latency, Latency, float, float]:
    await peer.turn("pemanas", QUESTIONS[0])
    return await _early(peer), await _late(peer), await _together(peer), memory()


def _step(title: str) -> None:
    sys.stdout.write(f"· {title}\n")
    sys.stdout.flush()


async def main() -> None:
    """Measure and print."""
    configured = settings.load({})
    model = configured.models / engine_process.current_model(configured) / "model.tar.gz"
    _step("this project's engine")
    async with our_engine() as engine:
        ours = await _measure(engine, lambda: memory_mb(engine.processes))
    _step("stock rasa run + REST + SQLite tracker + action server")
    with stock_rasa(model) as stock:
        theirs = await _measure(stock, lambda: memory_mb(stock.processes))
    _step("end to end: signed webhook to reply in the outbox")
    whole = await endtoend.measure(QUESTIONS, persons=TOGETHER, each=20)
    _step("webhook at a steady rate")
    at_the_door = await webhook.measure()
    _step("two hundred open desks, an urgent message")
    at_the_desk = await desk.measure()
    _print(ours, theirs, whole)
    sys.stdout.write("\n".join([*webhook.lines(at_the_door), *desk.lines(at_the_desk)]))


def _print(ours: tuple[Latency, Latency, float, float], theirs: tuple[Latency, Latency, float, float], whole: endtoend.EndToEnd) -> None:
    lines = [
        "",
        "a turn with a custom action, ms          median      p95",
        f"  message 5    stock                   {theirs[0]}",
        f"               this project            {ours[0]}   {theirs[0].median / ours[0].median:.1f} times",
        f"  message 300  stock                   {theirs[1]}",
        f"               this project            {ours[1]}   {theirs[1].median / ours[1].median:.1f} times",
        f"turns/s, {TOGETHER} conversations   stock {theirs[2]:.1f}   this project {ours[2]:.1f}   {ours[2] / theirs[2]:.1f} times",
        f"memory, MB   stock {theirs[3]:.0f}   this project's engine {ours[3]:.0f}   {theirs[3] / ours[3]:.2f} times",
        "",
        "end to end (gateway, worker, engine, SQLite, load from the same machine)",
        f"  turns/s                              {whole.turns_per_s:8.1f}",
        f"  webhook answered, ms                 {whole.webhook}",
        f"  reply in the outbox, ms              {whole.reply}",
        "",
    ]
    sys.stdout.write("\n".join(lines))


if __name__ == "__main__":
    asyncio.run(main())
