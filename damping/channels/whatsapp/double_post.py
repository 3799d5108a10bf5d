"""Meta's deliveries: signed, repeated until thanked, and on demand late, shuffled, doubled and in batches. Development and tests only."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.payloads import Json, Line
from damping.channels.whatsapp.signature import HEADER, sign


@dataclass(frozen=True)
class Mischief:
    """How badly deliveries are treated on their way; by chance, the same for the same seed."""

    seed: int
    late_s: float = 0.02  # at most, each for itself: so they overtake one another
    doubled: float = 0.3  # share that comes twice
    batched: float = 0.5  # share that travels with whatever else waits
    arrival_untold: float = 0.3  # share of messages of which only 'read' is told, never 'delivered'


@dataclass
class _Letter:
    value: Json
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    thanked: bool = False


class Post:
    """The way to one webhook."""

    def __init__(
        self, url: str, secret: str, line: Line, retry_after_s: Sequence[float], transport: httpx.AsyncBaseTransport | None
    ) -> None:
        self._url, self._secret, self._line, self._retry_after_s = url, secret, line, retry_after_s
        self._client = httpx.AsyncClient(transport=transport, trust_env=False, timeout=30)
        self._waiting: list[_Letter] = []
        self.mischief: Mischief | None = None
        self._chance = random.Random(0)  # noqa: S311  chance in a game, no secret

    def misbehave(self, mischief: Mischief) -> None:
        """From now on."""
        self.mischief, self._chance = mischief, random.Random(mischief.seed)  # noqa: S311  chance in a game, no secret

    def skips_arrival(self) -> bool:
        """Whether Meta tells nothing of this message's arrival: its chat is open and only 'read' comes."""
        return self.mischief is not None and self._chance.random() < self.mischief.arrival_untold

    async def verify(self, token: str) -> bool:
        """Ask whether the address is ours, as Meta does when it is typed in."""
        asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token}
        answer = await self._client.get(self._url, params=asked)
        return answer.status_code == 200 and answer.text == asked["hub.challenge"]

    async def bring(self, value: Json, field: str = "messages") -> bool:
        """Deliver one change; whether it was thanked before Meta gave up."""
        if self.mischief is None or field != "messages":
            return await self._until_thanked(payloads.envelope(self._line, value, field=field))
        letter = _Letter(value)
        self._waiting.append(letter)
        await asyncio.sleep(self._chance.random() * self.mischief.late_s)
        if letter in self._waiting:
            await self._go([letter, *self._company(letter)])
        await letter.gone.wait()
        return letter.thanked

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    def _company(self, letter: _Letter) -> list[_Letter]:
        """What travels in the same delivery."""
        mischief = self.mischief
        others = [one for one in self._waiting if one is not letter]
        return others[:4] if mischief is not None and self._chance.random() < mischief.batched else []

    async def _go(self, letters: list[_Letter]) -> None:
        for letter in letters:
            self._waiting.remove(letter)
        self._chance.shuffle(letters)
        delivery = payloads.envelope(self._line, *(letter.value for letter in letters))
        twice = self.mischief is not None and self._chance.random() < self.mischief.doubled
        thanked = await asyncio.gather(*(self._until_thanked(delivery) for _ in range(2 if twice else 1)))
        for letter in letters:
            letter.thanked = any(thanked)
            letter.gone.set()

    async def _until_thanked(self, delivery: Json) -> bool:
        raw = payloads.encode(delivery)
        for pause in (*self._retry_after_s, None):
            if await self._thanked(raw):
                return True
            if pause is not None:
                await asyncio.sleep(pause)
        return False

    async def _thanked(self, raw: bytes) -> bool:
        headers = {HEADER: sign(self._secret, raw), "Content-Type": "application/json", "User-Agent": "facebookexternalua"}
        try:
            return (await self._client.post(self._url, content=raw, headers=headers)).status_code == 200
        except httpx.HTTPError:
            return False
