"""The engine stops in the middle of the night: nobody is met with silence, nothing is lost."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from damping.store.tables import Notice
from tests.crash.meta import Meta, bring, delivery
from tests.office import Office

pytestmark = pytest.mark.slow


async def within(seconds: float, so: Callable[[], bool]) -> float:
    """Seconds until it is so. Fails after the patience ends."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if so():
            return time.monotonic() - began
        await asyncio.sleep(0.1)
    raise AssertionError(f"not within {seconds} s")


async def test_the_safe_reply_comes_in_ten_seconds_and_the_turn_when_the_engine_is_back(tmp_path: Path, meta: Meta) -> None:
    office = Office(tmp_path / "var", meta.url)
    try:
        await meta.start(f"http://127.0.0.1:{office.port}/webhook/whatsapp")
        [person] = meta.double.persons.values()
        for process in ("echo", "gateway", "worker"):
            office.start(process)
        await asyncio.to_thread(office.wait_for_gateway)
        async with httpx.AsyncClient(timeout=30) as http:
            await bring(http, meta.double.config.webhook_url, delivery(person, 0, int(time.time())))
            await within(30, lambda: any("pesan-p0-0" in bubble.text for bubble in person.screen))
            office.kill("echo")

            await bring(http, meta.double.config.webhook_url, delivery(person, 1, int(time.time())))

            await within(10, lambda: any("110" in bubble.text for bubble in person.screen))
            with office.store.database.read() as connection:
                assert ["engine_down"] == list(connection.execute(select(Notice.kind)).scalars())
            office.start("echo")
            await within(60, lambda: any("pesan-p0-1" in bubble.text for bubble in person.screen))
            assert 1 == sum("110" in bubble.text for bubble in person.screen)
    finally:
        office.close()
