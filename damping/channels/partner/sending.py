"""The way out to partners: a reply is laid down to be fetched and, where the partner named a webhook, brought there.

The office relies on it that a reply is laid down before anything is brought, and that a webhook which fails loses nothing:
the same reply with the same id comes again, and can be fetched meanwhile. It must never follow a redirect.
"""

from collections.abc import Sequence
from datetime import datetime

import httpx
import msgspec

from damping.casework.ids import OutboxId
from damping.casework.message import Body, Identity
from damping.casework.sending import Mishap, NotSent
from damping.channels.partner.replies import reply
from damping.channels.partner.shapes import Brought
from damping.channels.partner.signature import HEADER, sign
from damping.store import partner_threads
from damping.store.context import Store
from damping.store.partner_threads import Letter, Posted

_LIMITS = httpx.Timeout(connect=5, write=10, read=10, pool=5)
_WAIT_AT_MOST_S = 300.0


class PartnerSender:
    """`damping.casework.sending.Sender` for all partners."""

    def __init__(self, store: Store, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`transport`: only for tests."""
        self._store = store
        self._client = httpx.AsyncClient(
            trust_env=False, follow_redirects=False, timeout=_LIMITS, transport=transport, headers={"User-Agent": "damping"}
        )

    async def send(self, outbox: OutboxId, identities: Sequence[Identity], body: Body, _last_person_at: datetime | None) -> str:
        """Lay one message down, and bring it; the letter's name. Raises `NotSent`."""
        thread = next((name.value for name in identities if name.kind == "thread"), "")
        posted = await self._store.database.run(partner_threads.post, self._store, thread, outbox)
        if posted is None:
            raise NotSent(Mishap.UNREACHABLE)
        if posted.webhook.url:
            await self._bring(thread, posted, Letter(posted.letter, outbox, posted.author, body, posted.at))
            await self._store.database.run(partner_threads.taken, self._store, posted.letter)
        return f"letter-{posted.letter}"

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _bring(self, thread: str, posted: Posted, letter: Letter) -> None:
        """Every failure is tried again: a partner knows a reply by its id, so that a second copy does no harm."""
        raw = msgspec.json.encode(Brought(thread, reply(letter)))
        headers = {HEADER: sign(posted.webhook.signing, int(self._store.now().timestamp()), raw), "Content-Type": "application/json"}
        try:
            answer = await self._client.post(posted.webhook.url, content=raw, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as trouble:
            raise NotSent(Mishap.RETRY) from trouble
        if not answer.is_success:
            raise NotSent(Mishap.RETRY, answer.status_code, _asked_to_wait(answer))


def _asked_to_wait(answer: httpx.Response) -> float | None:
    told = answer.headers.get("retry-after", "")
    return min(float(told), _WAIT_AT_MOST_S) if told.isascii() and told.isdigit() and len(told) < 9 and int(told) else None
