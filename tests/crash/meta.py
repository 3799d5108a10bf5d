"""Meta's double as a server on loopback, and deliveries as Meta makes them."""

import asyncio
import time

import httpx
import uvicorn
from litestar import Litestar

from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.double import Double, DoubleConfig, Person
from damping.channels.whatsapp.double_api import api_router
from damping.channels.whatsapp.payloads import Line, Names
from damping.channels.whatsapp.signature import HEADER, sign
from tests.office import APP_SECRET, free_port

LINE = Line("100200300")


class Meta:
    """The double as a server on loopback."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    async def start(self, webhook_url: str, persons: int = 1) -> None:
        """Serve; `persons` invented people have phones."""
        people = [Person(f"p{n}", Names(f"p{n}", wa_id=f"62800{n:08d}")) for n in range(persons)]
        config = DoubleConfig(APP_SECRET, "token-uji", LINE.phone_number_id, webhook_url, status_after_s=0.05)
        self.double = Double(config, people)
        for person in people:
            person.wrote_at = time.time()
        app = Litestar([api_router(self.double)], openapi_config=None, logging_config=None)
        self._server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_config=None, lifespan="off"))
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """End."""
        await self.double.close()
        self._server.should_exit = True
        await self._serving


def delivery(person: Person, number: int, at: int) -> bytes:
    content = payloads.text(f"pesan-{person.key}-{number}.")
    told = payloads.message(person.names, content, at, f"wamid.{person.key}.{number}")
    return payloads.encode(payloads.envelope(LINE, payloads.incoming(LINE, person.names, told)))


async def bring(http: httpx.AsyncClient, url: str, raw: bytes) -> None:
    """As Meta does: again and again until thanked."""
    headers = {HEADER: sign(APP_SECRET, raw), "Content-Type": "application/json"}
    for _ in range(200):
        try:
            if (await http.post(url, content=raw, headers=headers)).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        await asyncio.sleep(0.05)
    raise AssertionError("a delivery was never thanked")
