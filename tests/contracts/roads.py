"""The roads between a person and the office, as the contract suite walks them: deliver as the channel does, read what arrives.

Every road holds the real gateway part and the real sender; only what lies outside the office (Meta, Twilio, a browser) is a stand-in.
"""

import asyncio
import json
from abc import ABC, abstractmethod
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode

import httpx
from litestar import Litestar, Router

from damping.casework.message import Channel
from damping.casework.sending import Sender
from damping.channels.partner import routes as partner
from damping.channels.partner.sending import PartnerSender
from damping.channels.twilio import routes as twilio
from damping.channels.twilio.client import TwilioSender
from damping.channels.webchat import routes as webchat
from damping.channels.webchat.config import WebchatConfig
from damping.channels.webchat.guard import Guard
from damping.channels.whatsapp import payloads
from damping.channels.whatsapp import routes as whatsapp
from damping.channels.whatsapp.client import CloudApiSender
from damping.channels.whatsapp.payloads import Names
from damping.channels.whatsapp.signature import HEADER, sign
from damping.store import partners
from damping.store.context import Store
from damping.store.live import Live
from tests.channels import twilio_double
from tests.channels.invented import CONFIG, LINE, SECRET, intake

CHAT = WebchatConfig(hotlines=(), greeting=("Halo.",), exit_url="https://cuaca.example/")


class Road(ABC):
    """One channel. `troubles`: what the channel answers our next messages instead of taking them."""

    channel: ClassVar[Channel]
    sends: ClassVar[bool] = True  # whether anything of ours has to be sent at all
    thanks: ClassVar[int] = 200

    def __init__(self, store: Store) -> None:
        self.store = store
        self.troubles: list[Any] = []
        self.screens: dict[int, list[str]] = {}
        app = Litestar([self.router()], openapi_config=None)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://pesan.example")  # type: ignore[arg-type]
        self.way_out = self.sender()

    @abstractmethod
    def router(self) -> Router: ...

    @abstractmethod
    def sender(self) -> Sender | None: ...

    @abstractmethod
    async def delivery(self, person: int, own: str, text: str) -> httpx.Request:
        """One message of a person's as the channel brings it; the same `own` is the same message."""

    async def bring(self, person: int, own: str, text: str, cut: int = 0) -> int:
        """Deliver; `cut`: signs that are lost at the end. The status."""
        request = await self.delivery(person, own, text)
        if cut:
            raw = request.content[:-cut]
            headers = {name: value for name, value in request.headers.items() if name != "content-length"}
            request = httpx.Request(request.method, request.url, content=raw, headers=headers)
        return (await self.http.send(request)).status_code

    async def screen(self, person: int) -> list[str]:
        """What a person has got from us so far."""
        return self.screens.get(person, [])

    async def close(self) -> None:
        await self.http.aclose()
        if self.way_out is not None:
            await self.way_out.close()  # type: ignore[attr-defined]

    def _request(self, path: str, raw: bytes, headers: dict[str, str]) -> httpx.Request:
        return httpx.Request("POST", f"https://pesan.example{path}", content=raw, headers=headers)

    def _answered(self) -> httpx.Response | None:
        trouble = self.troubles.pop(0) if self.troubles else None
        if isinstance(trouble, Exception):
            raise trouble
        return trouble


def number(person: int) -> str:
    return f"62810000{person:05d}"


class ByMeta(Road):
    channel = Channel.WHATSAPP

    def router(self) -> Router:
        return whatsapp.router(CONFIG, intake(self.store))

    def sender(self) -> Sender:
        return CloudApiSender(CONFIG, self.store.clock, httpx.MockTransport(self._meta))

    async def delivery(self, person: int, own: str, text: str) -> httpx.Request:
        names = Names(f"orang {person}", wa_id=number(person))
        told = payloads.message(names, payloads.text(text), int(self.store.now().timestamp()), f"wamid.{person}.{own}")
        raw = payloads.encode(payloads.envelope(LINE, payloads.incoming(LINE, names, told)))
        return self._request(CONFIG.webhook_path, raw, {HEADER: sign(SECRET, raw)})

    def _meta(self, request: httpx.Request) -> httpx.Response:
        trouble = self._answered()
        if trouble is not None:
            return trouble
        asked = json.loads(request.content)
        content = asked["text"]["body"] if asked["type"] == "text" else asked["interactive"]["body"]["text"]
        self.screens.setdefault(int(asked["to"][-5:]), []).append(content)
        return httpx.Response(200, json={"messages": [{"id": payloads.new_wamid()}]})


class ByTwilio(Road):
    channel = Channel.WHATSAPP

    def router(self) -> Router:
        return twilio.router(twilio_double.CONFIG, intake(self.store))

    def sender(self) -> Sender:
        return TwilioSender(twilio_double.CONFIG, self.store.clock, httpx.MockTransport(self._twilio))

    async def delivery(self, person: int, own: str, text: str) -> httpx.Request:
        message = f"SM{person:016x}{abs(hash(own)) % 16**16:016x}"
        fields = twilio_double.written(text, number(person), MessageSid=message, SmsSid=message, SmsMessageSid=message)
        raw, headers = twilio_double.signed(fields)
        return self._request(twilio_double.CONFIG.webhook_path, raw, headers)

    def _twilio(self, request: httpx.Request) -> httpx.Response:
        trouble = self._answered()
        if trouble is not None:
            return trouble
        asked = dict(parse_qsl(request.content.decode()))
        self.screens.setdefault(int(asked["To"][-5:]), []).append(asked["Body"])
        return httpx.Response(201, json={"sid": twilio_double.sid()})


class ByWeb(Road):
    """A page shows what was said to it: nothing has to be sent."""

    channel = Channel.WEBCHAT
    sends = False

    def router(self) -> Router:
        return webchat.router(CHAT, intake(self.store), Live(self.store))

    def sender(self) -> None:
        return None

    async def delivery(self, person: int, own: str, text: str) -> httpx.Request:
        token = self._token(person)
        fields = {"teks": text, "nomor": f"nomor-{own:0>8}", "tombol": "", "segel": Guard(CHAT, self.store).seal(token)}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json", "Cookie": f"{CHAT.cookie}={token}"}
        return self._request(CHAT.path, urlencode(fields).encode(), headers)

    async def screen(self, person: int) -> list[str]:
        got = await self.http.get(f"{CHAT.path}baru", headers={"Cookie": f"{CHAT.cookie}={self._token(person)}"})
        shown = got.json()["pesan"] if got.status_code == 200 else []
        return [one["teks"] for one in shown if one["dari"] != "saya"]

    def _token(self, person: int) -> str:
        return f"{person:043d}"


class ByPartner(Road):
    channel = Channel.PARTNER
    thanks = 202

    def router(self) -> Router:
        self.key = partners.add(self.store, "Aplikasi Kota", per_minute=100_000).key
        self.cursors: dict[int, int] = {}
        self.threads: dict[int, str] = {}
        self.opening = asyncio.Lock()
        return partner.router(intake(self.store))

    def sender(self) -> Sender:
        return _Troubled(self, PartnerSender(self.store))

    async def delivery(self, person: int, own: str, text: str) -> httpx.Request:
        path = f"{partner.PATH}/conversations/{await self._thread(person)}/messages"
        return self._request(path, json.dumps({"id": f"pesan-{own:0>8}", "text": text}).encode(), self._headers)

    async def screen(self, person: int) -> list[str]:
        path = f"{partner.PATH}/conversations/{await self._thread(person)}/replies"
        got = (await self.http.get(path, params={"after": self.cursors.get(person, 0)}, headers=self._headers)).json()
        self.cursors[person] = got["cursor"]
        self.screens.setdefault(person, []).extend(one["text"] for one in got["replies"])
        return self.screens[person]

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}

    async def _thread(self, person: int) -> str:
        async with self.opening:
            if person not in self.threads:
                body = {"reference": f"orang-{person:08d}"}
                opened = await self.http.post(f"{partner.PATH}/conversations", json=body, headers=self._headers)
                self.threads[person] = opened.json()["conversation"]
        return self.threads[person]


class _Troubled:
    """The partner's road has nobody outside who could refuse: trouble comes as what the webhook's client would say."""

    def __init__(self, road: Road, inner: PartnerSender) -> None:
        self._road = road
        self._inner = inner

    async def send(self, *message: Any) -> str:
        from damping.casework.sending import Mishap, NotSent

        if self._road.troubles:
            self._road.troubles.pop(0)
            raise NotSent(Mishap.RETRY, 503)
        return await self._inner.send(*message)

    async def close(self) -> None:
        await self._inner.close()


ROADS: tuple[type[Road], ...] = (ByMeta, ByTwilio, ByWeb, ByPartner)
