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
        again_in: timedelta | None = None
        for leaving in claimed.waiting:
            again_in = await self._one(claimed, leaving)
            if again_in is not None:
                break
        await self.store.database.run(outbox.release, self.store, claimed, again_in)
        return True

    async def _one(self, claimed: ClaimedSending, leaving: Leaving) -> timedelta | None:
        """None: go on with the next one. Else: stop here and come back after that time, so that order is kept."""
        if leaving.state is not Delivery.READY:
            return await self._doubtful(claimed, leaving)
        sender = self.senders.get(claimed.channel)
        if sender is None:
            return timedelta(seconds=30)
        taken = await self._mark(claimed, leaving, Delivery.SENDING, expected=(Delivery.READY,))
        if not taken:  # cancelled by an officer's claim, or the lease is lost
            return None
        try:
            provider = await sender.send(leaving.outbox, claimed.identities, leaving.body, claimed.last_person_at)
        except NotSent as mishap:
            return await self._mishap(claimed, leaving, mishap)
        await self._mark(claimed, leaving, Delivery.SENT, provider_id=provider, expected=(Delivery.SENDING,))
        if self._channel_down:
            self._channel_down = False
            await self.store.database.run(notices.settle, self.store, NoticeKind.CHANNEL_DOWN)
        return None

    async def _doubtful(self, claimed: ClaimedSending, leaving: Leaving) -> timedelta | None:
        """A sender died, or the channel's answer was lost: wait for a status, then send the bot's words once more."""
        waited = self.store.now() - leaving.changed_at
        if leaving.state is Delivery.SENDING:
            await self._mark(claimed, leaving, Delivery.UNKNOWN)
            return self.patience.unknown_wait
        if waited < self.patience.unknown_wait:
            return self.patience.unknown_wait - waited
        if leaving.author is Author.OFFICER or leaving.attempts > 1:
            await self._mark(claimed, leaving, Delivery.DEAD)
            return None
        await self._mark(claimed, leaving, Delivery.READY)
        return timedelta(0)

    async def _mishap(self, claimed: ClaimedSending, leaving: Leaving, mishap: NotSent) -> timedelta | None:
        attempts = leaving.attempts + 1
        state = _AFTER[mishap.mishap]
        if mishap.mishap is Mishap.RETRY and attempts >= self.patience.send_attempts:
            state = Delivery.DEAD
        log.warning("not_sent", outbox=leaving.outbox, mishap=mishap.mishap.value, code=mishap.code, attempt=attempts)
        await self._mark(claimed, leaving, state, error_code=mishap.code, expected=(Delivery.SENDING,))
        if mishap.mishap is Mishap.CHANNEL:
            self._channel_down = True
            await self.store.database.run(notices.announce, self.store, NoticeKind.CHANNEL_DOWN)
        if state is Delivery.UNKNOWN:
            return self.patience.unknown_wait
        if state is Delivery.READY:
            return timedelta(seconds=mishap.retry_after_s) if mishap.retry_after_s else send_delay(attempts)
        return None

    async def _mark(self, claimed: ClaimedSending, leaving: Leaving, state: Delivery, **told: object) -> bool:
        return await self.store.database.run(outbox.mark, self.store, claimed, leaving.outbox, state, **told)  # type: ignore[arg-type]
