"""A night in which everything fails while people write: processes killed at any moment, Meta refusing, a locked database.

People write twenty messages a second in all; Meta brings each until it is thanked, some more than once. Afterwards every thanked
message must stand in the database once, be answered once, and in order.
"""

import asyncio
import contextlib
import itertools
import random
import re
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import func, select

from damping.channels.whatsapp.double import Person, Trouble
from damping.channels.whatsapp.signature import HEADER, sign
from damping.store.tables import Inbox, Message
from tests.crash.meta import Meta, delivery
from tests.office import APP_SECRET, Office

RATE = 20  # messages a second, of all people together
_THANKED_WITHIN_S = 400.0
_TROUBLES = (Trouble.ERROR, Trouble.ERROR, Trouble.MAINTENANCE, Trouble.SLOW, Trouble.LOST)


@dataclass(frozen=True)
class Plan:
    """What happens in the night."""

    persons: int = 100
    kills: int = 10
    locked_s: float = 0.0  # the database, by somebody else
    full_s: float = 0.0  # the disk; only where the folder lies on a small one of its own
    troubles: int = 10  # of Meta, at random moments
    database_url: str = ""  # empty: SQLite in the office's folder
    calm_s: float = 0.0  # people go on writing after the last kill
    patience_s: float = 240.0  # for the last answers
    seed: int = 0


@dataclass
class Report:
    """The counts. `lost`: thanked and not stored; the three after it must be nought too."""

    seed: int
    thanked: int = 0
    repeated: int = 0
    refused: Counter[str] = field(default_factory=Counter)  # why deliveries were not thanked at once: Meta brought them again
    kills: Counter[str] = field(default_factory=Counter)
    troubles: int = 0
    locked_s: float = 0.0
    full_s: float = 0.0
    stored: int = 0
    lost: int = 0
    unanswered: int = 0
    twice: int = 0
    disordered: int = 0
    took_s: float = 0.0

    @property
    def well(self) -> bool:
        """Whether nobody was harmed."""
        return self.thanked > 0 and self.lost == self.unanswered == self.twice == self.disordered == 0 and self.stored == self.thanked

    def __str__(self) -> str:
        killed = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        return (
            f"seed {self.seed}: {self.thanked} messages thanked in {self.took_s:.0f} s "
            f"({self.repeated} brought again, {self.refused.total()} times refused at first: {dict(self.refused)})\n"
            f"  killed with -9: {self.kills.total()} ({killed}); Meta's faults: {self.troubles}; "
            f"database locked: {self.locked_s:.0f} s; disk full: {self.full_s:.0f} s\n"
            f"  stored {self.stored}, lost {self.lost}, unanswered {self.unanswered}, answered twice {self.twice}, "
            f"conversations out of order {self.disordered}"
        )


class Storm:
    """One run on a folder of its own."""

    def __init__(self, folder: Path, meta: Meta, plan: Plan) -> None:
        self.plan = plan
        self.meta = meta
        self.chance = random.Random(plan.seed)
        self.report = Report(plan.seed)
        patient = {"DAMPING_UNKNOWN_WAIT_S": "30"}  # Meta's word of a message may come while the gateway lies dead
        self.office = Office(folder, meta.url, database_url=plan.database_url, extra=patient)
        self.written: Counter[str] = Counter()
        self._over = asyncio.Event()
        self._log_before: Counter[str] = Counter()  # bytes, when a process was started last

    async def run(self) -> Report:
        """The night, and the morning after."""
        began = time.monotonic()
        await self.meta.start(f"http://127.0.0.1:{self.office.port}/webhook/whatsapp", self.plan.persons)
        try:
            for process in ("echo", "gateway", "worker-1", "worker-2"):
                self.office.start(process)
            await asyncio.to_thread(self.office.wait_for_gateway)
            limits = httpx.Limits(max_connections=64)
            async with httpx.AsyncClient(timeout=60, limits=limits) as self._http:
                people = [self._writes(n, person) for n, person in enumerate(self.meta.double.persons.values())]
                await asyncio.gather(self._happens(), *people)
            await self._all_answered()
            self._count()
        finally:
            self.office.close()
        self.report.took_s = time.monotonic() - began
        return self.report

    async def _happens(self) -> None:
        """Kills, faults and the lock, each in its own time; when all is over, nobody writes any more."""
        try:
            await asyncio.gather(self._kills(), self._troubles(), self._locks(), self._fills())
            await asyncio.sleep(self.plan.calm_s)
        finally:
            self._over.set()

    async def _kills(self) -> None:
        for _ in range(self.plan.kills):
            while not all([await self._is_up(name) for name in self.office.running]):
                await asyncio.sleep(0.1)
            await asyncio.sleep(self.chance.uniform(0.0, 1.5))  # people are being served: now
            victim = self.chance.choice(["gateway", "worker-1", "worker-2", "echo"])
            self.office.kill(victim)
            self.report.kills[victim.split("-")[0]] += 1
            self._log_before[victim] = self._log_size(victim)
            self.office.start(victim)

    async def _is_up(self, name: str) -> bool:
        """Whether it had begun its work: killing what is still starting would only show how slow this machine is."""
        try:
            if name == "gateway":
                _, writer = await asyncio.open_connection("127.0.0.1", self.office.port)
            elif name == "echo":
                _, writer = await asyncio.open_unix_connection(str(self.office.var / "engine.sock"))
            else:
                return self._log_size(name) > self._log_before[name]
        except OSError:
            return False
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        return True

    def _log_size(self, name: str) -> int:
        log = self.office.var / f"{name}.log"
        return log.stat().st_size if log.exists() else 0

    async def _troubles(self) -> None:
        for _ in range(self.plan.troubles):
            await asyncio.sleep(self.chance.uniform(0.1, 2.0))
            self.meta.double.troubles.extend([self.chance.choice(_TROUBLES)] * self.chance.randint(1, 3))
            self.report.troubles = self.plan.troubles

    async def _locks(self) -> None:
        """Somebody else holds the database: a backup, a curious tool. Deliveries wait, or are brought again."""
        if not self.plan.locked_s or self.plan.database_url:
            return
        await asyncio.sleep(2)
        held = sqlite3.connect(self.office.var / "damping.db", isolation_level=None, timeout=60, check_same_thread=False)
        await asyncio.to_thread(held.execute, "BEGIN IMMEDIATE")
        await asyncio.sleep(self.plan.locked_s)
        held.execute("ROLLBACK")
        held.close()
        self.report.locked_s = self.plan.locked_s

    async def _fills(self) -> None:
        """Not a byte is left on the disk, for the database and for the logs."""
        if not self.plan.full_s:
            return
        await asyncio.sleep(4)
        filler = self.office.var / "filler"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"0" * 4096)
        await asyncio.sleep(self.plan.full_s)
        filler.unlink()
        self.report.full_s = self.plan.full_s

    async def _writes(self, place: int, person: Person) -> None:
        every = self.plan.persons / RATE
        began = time.monotonic() + place / RATE
        first = int(time.time())
        for number in itertools.count():
            await self._until(began + number * every)
            if self._over.is_set():
                return
            raw = delivery(person, number, first + number)
            await self._bring(raw)
            self.written[person.key] += 1
            self.report.thanked += 1
            if self.chance.random() < 0.2:
                await self._bring(raw)
                self.report.repeated += 1

    async def _until(self, moment: float) -> None:
        """Or until all is over."""
        wait_s = moment - time.monotonic()
        if wait_s > 0:
            try:
                await asyncio.wait_for(self._over.wait(), wait_s)
            except TimeoutError:
                return

    async def _bring(self, raw: bytes) -> None:
        """As Meta does: again and again until thanked."""
        headers = {HEADER: sign(APP_SECRET, raw), "Content-Type": "application/json"}
        end = time.monotonic() + _THANKED_WITHIN_S
        while time.monotonic() < end:
            try:
                answer = await self._http.post(self.meta.double.config.webhook_url, content=raw, headers=headers)
                if answer.status_code == 200:
                    return
                self.report.refused[str(answer.status_code)] += 1
            except httpx.HTTPError as gone:
                self.report.refused[type(gone).__name__] += 1
            await asyncio.sleep(0.3)
        raise AssertionError(f"a delivery was never thanked: {self.report}")

    async def _all_answered(self) -> None:
        end = time.monotonic() + self.plan.patience_s
        while time.monotonic() < end:
            if all(len(set(answered(person))) >= self.written[person.key] for person in self.meta.double.persons.values()):
                await asyncio.sleep(2)  # whoever would answer twice does it now
                return
            await asyncio.sleep(0.5)

    def _count(self) -> None:
        report = self.report
        with self.office.store.database.read() as connection:
            report.stored = connection.execute(select(func.count()).select_from(Message).where(Message.author == "person")).scalar_one()
            known = connection.execute(select(func.count()).select_from(Inbox)).scalar_one()
        report.lost = max(0, report.thanked - min(report.stored, known))
        for person in self.meta.double.persons.values():
            got, wanted = answered(person), list(range(self.written[person.key]))
            report.unanswered += len(set(wanted) - set(got))
            report.twice += len(got) - len(set(got))
            report.disordered += got != sorted(got)


def answered(person: Person) -> list[int]:
    """The numbers of a person's messages in the order in which the answers stand on the screen."""
    said = [number for bubble in person.screen if not bubble.own for number in re.findall(rf"pesan-{person.key}-(\d+)\.", bubble.text)]
    return [int(number) for number in said]
