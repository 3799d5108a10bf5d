"""Files are fetched at once, checked and sealed; those whose time is over are destroyed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from damping.casework.files import Fetcher, FileLimits, FileState, NotFetched, Refused, Why, fetch_delay
from damping.casework.message import Channel
from damping.channels.pictures import prepare
from damping.store import media
from damping.store.context import Store
from damping.store.media import Wanted

log = structlog.get_logger()
_LEASE = timedelta(minutes=5)
_NO_FETCHER = timedelta(hours=1)  # a channel that is not set up any more: look again
_LOOK_S = 0.5
_SWEEP_S = 3600.0
_AT_ONCE = 2  # files in memory


@dataclass
class Fetching:
    """The way of files into the store."""

    store: Store
    fetchers: Mapping[Channel, Fetcher]
    limits: FileLimits = field(default_factory=FileLimits)

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.gather(*(self._repeat() for _ in range(_AT_ONCE)), self._sweep())

    async def fetch_one(self) -> bool:
        """Fetch the file that has been due longest; False where none is."""
        wanted = await self.store.database.run(media.claim, self.store, _LEASE, self.limits)
        if wanted is None:
            return False
        fetcher = self.fetchers.get(wanted.channel)
        if fetcher is None and not wanted.too_late:
            await self.store.database.run(media.again, self.store, wanted, _NO_FETCHER)
        elif fetcher is None:
            await self._give_up(wanted, FileState.LOST, Why.GONE)
        else:
            await self._fetch(fetcher, wanted)
        return True

    async def _fetch(self, fetcher: Fetcher, wanted: Wanted) -> None:
        try:
            if wanted.room <= 0:
                raise Refused(Why.FULL)
            content = await fetcher.fetch(wanted.told, min(self.limits.at_most, wanted.room))
            told = str(wanted.told.get("mime_type", ""))
            prepared = await asyncio.to_thread(prepare, content, told)
        except Refused as refused:
            why = Why.FULL if refused.why is Why.LARGE and wanted.room < self.limits.at_most else refused.why
            await self._give_up(wanted, FileState.REFUSED, why)
        except NotFetched as missing:
            log.warning("file_not_fetched", code=missing.code, attempt=wanted.attempts)
            if missing.why is not None or wanted.too_late:
                await self._give_up(wanted, FileState.LOST, missing.why or Why.GONE)
            else:
                await self.store.database.run(media.again, self.store, wanted, fetch_delay(wanted.attempts))
        else:
            await self.store.database.run(media.keep, self.store, wanted, prepared)

    async def _give_up(self, wanted: Wanted, state: FileState, why: Why) -> None:
        log.warning("file_given_up", kind=why.value, attempt=wanted.attempts)
        await self.store.database.run(media.give_up, self.store, wanted, state, why)

    async def _repeat(self) -> None:
        while True:
            busy = False
            try:
                busy = await self.fetch_one()
            except Exception as wrong:  # noqa: BLE001  the outermost loop: the lease ends by itself and the file is asked for again
                log.error("fetching_error", error=type(wrong).__name__)
            if not busy:
                await asyncio.sleep(_LOOK_S)

    async def _sweep(self) -> None:
        while True:
            try:
                while await self.store.database.run(media.remove_old, self.store, self.limits):
                    pass
            except SQLAlchemyError as trouble:
                log.error("fetching_error", error=type(trouble).__name__)
            await asyncio.sleep(_SWEEP_S)
