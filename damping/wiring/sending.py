"""Despatch: sends a conversation's waiting messages in order and writes down how far each has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog

from damping.casework.message import Author, Channel, Delivery
from damping.casework.pacing import Patience, send_delay
from damping.casework.sending import Mishap, NotSent, Sender
from damping.store import notices, outbox
from damping.store.context import Store
from damping.store.notices import NoticeKind
from damping.store.outbox import ClaimedSending, Leaving

log = structlog.get_logger()
_NO_SENDER = timedelta(seconds=30)  # a channel that is not set up any more: keep the message, look again

_AFTER = {
    Mishap.RETRY: Delivery.READY,
    Mishap.UNKNOWN: Delivery.UNKNOWN,
    Mishap.WINDOW: Delivery.FAILED,
    Mishap.UNREACHABLE: Delivery.FAILED,
    Mishap.CHANNEL: Delivery.READY,  # our account is out of order: keep it, an admin must look
    Mishap.REFUSED: Delivery.DEAD,
}


@dataclass
class Despatch:
    """The outbox's way to the channels."""

    store: Store
    senders: Mapping[Channel, Sender]
    patience: Patience
    _channel_down: bool = False

    async def send_one(self) -> bool:
        """Send for the conversation that is due longest; False where none is."""
        claimed = await self.store.database.run(outbox.claim, self.store, self.patience.send_lease)
        if claimed is None:
            return False
        leaving: Leaving | None = claimed.first
        while leaving is not None:
            leaving = await self._one(claimed, leaving)
        return True

    async def _one(self, claimed: ClaimedSending, leaving: Leaving) -> Leaving | None:
        """Send one message; the next one, or None to stop here, so that order is kept."""
        if leaving.found is not Delivery.READY:
            return await self._doubtful(claimed, leaving)
        sender = self.senders.get(claimed.channel)
        if sender is None:
            await self._pause(claimed, leaving, Delivery.READY, _NO_SENDER)
            return None
        try:
            provider = await sender.send(leaving.outbox, claimed.identities, leaving.body, claimed.last_person_at)
        except NotSent as mishap:
            return await self._mishap(claimed, leaving, mishap)
        if self._channel_down:
            self._channel_down = False
            await self.store.database.run(notices.settle, self.store, NoticeKind.CHANNEL_DOWN)
        return await self.store.database.run(outbox.advance, self.store, claimed, leaving, Delivery.SENT, provider)

    async def _doubtful(self, claimed: ClaimedSending, leaving: Leaving) -> Leaving | None:
        """A sender died, or the channel's answer was lost: wait for a status, then send the bot's words once more."""
        if leaving.found is Delivery.SENDING:
            await self._pause(claimed, leaving, Delivery.UNKNOWN, self.patience.unknown_wait)
            return None
        waited = self.store.now() - leaving.changed_at
        if waited < self.patience.unknown_wait:
            again_in = self.patience.unknown_wait - waited
            await self.store.database.run(outbox.wait, self.store, claimed, again_in)
            return None
        if leaving.author is Author.OFFICER or leaving.attempts > 1:
            return await self.store.database.run(outbox.advance, self.store, claimed, leaving, Delivery.DEAD)
        await self._pause(claimed, leaving, Delivery.READY, timedelta(0))
        return None

    async def _mishap(self, claimed: ClaimedSending, leaving: Leaving, mishap: NotSent) -> Leaving | None:
        attempts = leaving.attempts + 1
        state = _AFTER[mishap.mishap]
        if mishap.mishap is Mishap.RETRY and attempts >= self.patience.send_attempts:
            state = Delivery.DEAD
        log.warning("not_sent", outbox=leaving.outbox, mishap=mishap.mishap.value, code=mishap.code, attempt=attempts)
        if mishap.mishap is Mishap.CHANNEL:
            self._channel_down = True
            await self.store.database.run(notices.announce, self.store, NoticeKind.CHANNEL_DOWN)
        if state is Delivery.UNKNOWN:
            await self._pause(claimed, leaving, state, self.patience.unknown_wait, mishap.code)
            return None
        if state is Delivery.READY:
            wait = timedelta(seconds=mishap.retry_after_s) if mishap.retry_after_s else send_delay(attempts)
            await self._pause(claimed, leaving, state, wait, mishap.code)
            return None
        return await self.store.database.run(outbox.advance, self.store, claimed, leaving, state, "", mishap.code)

    async def _pause(self, claimed: ClaimedSending, leaving: Leaving, state: Delivery, again_in: timedelta, error_code: int = 0) -> None:
        await self.store.database.run(outbox.pause, self.store, claimed, leaving, state, again_in, error_code)
