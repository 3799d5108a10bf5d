"""How long Meta waits for its thanks at fifty deliveries a second: real gateway and worker, SQLite in full sync, stand-in engine."""

import asyncio
import tempfile
import time
from pathlib import Path

import httpx

from damping.channels.whatsapp.signature import HEADER, sign
from tests.bench.figures import Latency, latency
from tests.crash.meta import Meta, delivery
from tests.office import APP_SECRET, Office

RATE = 50
SECONDS = 20
PERSONS = 200


async def measure() -> Latency:
    """Each delivery begins at its own moment, whether or not those before it were answered."""
    meta = Meta()
    with tempfile.TemporaryDirectory(prefix="damping-bench-") as folder:
        office = Office(Path(folder), meta.url)
        try:
            await meta.start(f"http://127.0.0.1:{office.port}/webhook/whatsapp", PERSONS)
            for process in ("echo", "gateway", "worker"):
                office.start(process)
            await asyncio.to_thread(office.wait_for_gateway)
            async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=50, keepalive_expiry=2)) as http:
                return latency(await _deliveries(http, meta))
        finally:
            office.close()
            await meta.stop()


async def _deliveries(http: httpx.AsyncClient, meta: Meta) -> list[float]:
    people = list(meta.double.persons.values())
    first, began = int(time.time()), time.perf_counter() + 0.5

    async def one(number: int) -> float:
        raw = delivery(people[number % PERSONS], number // PERSONS, first)
        headers = {HEADER: sign(APP_SECRET, raw), "Content-Type": "application/json"}
        await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        sent = time.perf_counter()
        (await http.post(meta.double.config.webhook_url, content=raw, headers=headers)).raise_for_status()
        return time.perf_counter() - sent

    return list(await asyncio.gather(*(one(number) for number in range(RATE * SECONDS))))


def lines(found: Latency) -> list[str]:
    """For the report."""
    return ["", f"webhook at {RATE} deliveries/s           median      p95", f"  answered, ms                         {found}", ""]


if __name__ == "__main__":
    print("\n".join(lines(asyncio.run(measure()))))
