"""A power cut at any moment: each message answered once, in order, none lost."""

import asyncio
import random
import re
import secrets
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from damping.channels.whatsapp.double import Person
from damping.store.tables import Inbox, Message, Notice
from tests.crash.meta import Meta, bring, delivery
from tests.office import Office

pytestmark = pytest.mark.slow

PERSONS = 25
MESSAGES_EACH = 40
COPIES = 5
KILLS = 20


async def writes(http: httpx.AsyncClient, url: str, person: Person, chance: random.Random) -> None:
    """First copies in the order of writing, every copy sent five times in all, late ones in any order."""
    began = int(time.time())
    sent: list[bytes] = []
    copies: list[bytes] = []
    for number in range(MESSAGES_EACH):
        raw = delivery(person, number, began + number)
        await bring(http, url, raw)
        sent.append(raw)
        copies += [raw] * (COPIES - 1)
        for _ in range(chance.randrange(COPIES)):
            await bring(http, url, copies.pop(chance.randrange(len(copies)))) if copies else None
    chance.shuffle(copies)
    await asyncio.gather(*(bring(http, url, raw) for raw in copies))


async def kills(office: Office, chance: random.Random) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.3, 1.2))
        victim = chance.choice(["worker-1", "worker-2"])
        office.kill(victim)
        office.start(victim)


def answered(person: Person) -> list[int]:
    said = [number for bubble in person.screen if not bubble.own for number in re.findall(rf"pesan-{person.key}-(\d+)\.", bubble.text)]
    return [int(number) for number in said]


async def all_answered(meta: Meta, patience_s: float) -> None:
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        if all(len(set(answered(person))) == MESSAGES_EACH for person in meta.double.persons.values()):
            return
        await asyncio.sleep(0.2)


async def test_a_thousand_messages_five_times_each_with_workers_killed_twenty_times(tmp_path: Path, meta: Meta) -> None:
    seed = secrets.randbelow(10**6)
    chance = random.Random(seed)
    office = Office(tmp_path / "var", meta.url)
    try:
        await meta.start(f"http://127.0.0.1:{office.port}/webhook/whatsapp", PERSONS)
        for process in ("echo", "gateway", "worker-1", "worker-2"):
            office.start(process)
        await asyncio.to_thread(office.wait_for_gateway)
        url = meta.double.config.webhook_url
        async with httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=16)) as http:
            people = meta.double.persons.values()
            writing = [writes(http, url, person, random.Random(seed + n)) for n, person in enumerate(people)]
            await asyncio.gather(kills(office, chance), *writing)
        await all_answered(meta, patience_s=90)

        with office.store.database.read() as connection:
            stored = connection.execute(select(func.count()).select_from(Message).where(Message.author == "person")).scalar_one()
            states = Counter(connection.execute(select(Inbox.state)).scalars())
            notices = connection.execute(select(Notice.kind)).scalars().all()
    finally:
        office.close()

    print(f"seed {seed}: {stored} stored, {dict(states)}, notices {Counter(notices)}")
    assert PERSONS * MESSAGES_EACH == stored
    assert {"done": PERSONS * MESSAGES_EACH} == dict(states)
    for person in meta.double.persons.values():
        assert list(range(MESSAGES_EACH)) == answered(person), f"seed {seed}"
