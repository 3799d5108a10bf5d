"""End to end: a signed webhook delivery in, the reply in the outbox; real gateway, worker and engine, SQLite."""

import asyncio
import contextlib
import itertools
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
from sqlalchemy import func, select

from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.payloads import Line, Names
from damping.channels.whatsapp.signature import HEADER, sign
from damping.store.tables import Address, Inbox
from tests.bench.figures import Latency, latency
from tests.office import APP_SECRET, Office

_LINE = Line("100200300")
_ids = itertools.count(1)


@dataclass(frozen=True)
class EndToEnd:
    """`webhook`: Meta's wait for its 200; `reply`: from the delivery to the reply's row in the outbox."""

    turns_per_s: float
    webhook: Latency
    reply: Latency


async def measure(texts: list[str], persons: int, each: int) -> EndToEnd:
    """`persons` write at the same time, each the next message when the reply to the last one stands in the outbox."""
    with tempfile.TemporaryDirectory(prefix="damping-bench-") as folder:
        connections: set[asyncio.StreamWriter] = set()
        meta = await asyncio.start_server(partial(_takes_everything, connections), "127.0.0.1", 0)
        url = f"http://127.0.0.1:{meta.sockets[0].getsockname()[1]}"
        office = Office(Path(folder), url, extra={"DAMPING_SETTLE_S": "0"})
        try:
            for process in ("engine", "gateway", "worker"):
                office.start(process)
            await asyncio.to_thread(office.wait_for_gateway)
            return await _run(office, texts, persons, each)
        finally:
            office.close()
            for writer in connections:
                writer.close()
            meta.close()
            await meta.wait_closed()


async def _takes_everything(connections: set[asyncio.StreamWriter], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Meta, as quick as can be: every message is taken."""
    connections.add(writer)
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
            await reader.readexactly(length)
            body = b'{"messaging_product":"whatsapp","messages":[{"id":"wamid.%d"}]}' % next(_ids)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    writer.close()


async def _warm(office: Office, texts: list[str], persons: int, http: httpx.AsyncClient) -> dict[int, str]:
    """One turn of everybody, so that conversations exist; person -> conversation."""
    for person in range(persons):
        await _deliver(http, office, person, 0, texts[0])
    await _until_answered(office, dict.fromkeys(range(persons), 1), _conversations(office, persons), patience_s=240)
    return _conversations(office, persons)


async def _run(office: Office, texts: list[str], persons: int, each: int) -> EndToEnd:
    waits: list[float] = []
    replies: list[float] = []
    async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=16)) as http:
        conversations = await _warm(office, texts, persons, http)
        answered = _Answered(office)
        watching = asyncio.create_task(answered.watch())
        began = time.perf_counter()

        async def writes(person: int) -> None:
            for number in range(1, each + 1):
                sent = time.perf_counter()
                waits.append(await _deliver(http, office, person, number, texts[(person + number) % len(texts)]))
                await answered.reached(conversations[person], number + 1)
                replies.append(time.perf_counter() - sent)

        await asyncio.gather(*(writes(person) for person in range(persons)))
        took = time.perf_counter() - began
        watching.cancel()
    return EndToEnd(persons * each / took, latency(waits), latency(replies))


class _Answered:
    """Turns taken a conversation, looked at every 20 ms."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._taken: dict[str, int] = {}
        self._changed = asyncio.Condition()

    async def watch(self) -> None:
        while True:
            taken = await asyncio.to_thread(_turns, self._office)
            async with self._changed:
                self._taken = taken
                self._changed.notify_all()
            await asyncio.sleep(0.02)

    async def reached(self, conversation: str, turns: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._taken.get(conversation, 0) >= turns)


def _turns(office: Office) -> dict[str, int]:
    """Conversation -> turns whose reply stands in the outbox (a person writes the next line only after it)."""
    with office.store.database.read() as connection:
        rows = connection.execute(select(Inbox.conversation_id, func.count()).where(Inbox.state == "done").group_by(Inbox.conversation_id))
        return {row[0]: row[1] for row in rows}


async def _until_answered(office: Office, wanted: dict[int, int], conversations: dict[int, str], patience_s: float) -> None:
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        taken = _turns(office)
        if all(taken.get(conversations[person], 0) >= turns for person, turns in wanted.items()):
            return
        await asyncio.sleep(0.2)
    raise RuntimeError("no first replies: " + (office.var / "worker.log").read_text()[-500:])


def _conversations(office: Office, persons: int) -> dict[int, str]:
    vault = office.store.vault
    hashes = {vault.lookup("address whatsapp wa_id", _number(person)): person for person in range(persons)}
    with office.store.database.read() as connection:
        return {
            hashes[row.value_hash]: row.conversation_id for row in connection.execute(select(Address.value_hash, Address.conversation_id))
        }


def _number(person: int) -> str:
    return f"62800{person:08d}"


async def _deliver(http: httpx.AsyncClient, office: Office, person: int, number: int, text: str) -> float:
    names = Names(f"orang {person}", wa_id=_number(person))
    told = payloads.message(names, payloads.text(text), int(time.time()), f"wamid.{person}.{number}")
    raw = payloads.encode(payloads.envelope(_LINE, payloads.incoming(_LINE, names, told)))
    headers = {HEADER: sign(APP_SECRET, raw), "Content-Type": "application/json"}
    began = time.perf_counter()
    answer = await http.post(f"http://127.0.0.1:{office.port}/webhook/whatsapp", content=raw, headers=headers)
    answer.raise_for_status()
    return time.perf_counter() - began
