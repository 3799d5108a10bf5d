"""In the worker: trainings that trainers asked for, and the nightly one where the office set an hour for it."""

import asyncio
from datetime import datetime, timedelta, timezone

import structlog

from damping.casework.models import Origin
from damping.store import model_runs
from damping.store.context import Store
from damping.wiring import engine_process
from damping.wiring.settings import Settings, WrongSetting
from damping.wiring.training import Training

log = structlog.get_logger()
_EVERY_S = 3.0
_OFFICE = timezone(timedelta(hours=7))  # Indonesia knows no summer time
_NIGHT_LASTS = timedelta(hours=2)  # a worker that starts later leaves it to the next night


async def run(store: Store, settings: Settings) -> None:
    """Until cancelled. A machine without the engine's environment leaves the work to others."""
    try:
        engine_process.python(settings)
    except WrongSetting:
        return
    training = Training(store, settings)
    await store.database.run(training.shelf.adopt)
    while True:
        try:
            if await store.database.run(is_due, store, settings.train_at):
                await store.database.run(model_runs.ask, store, None, Origin.NIGHT)
            await training.next()
        except Exception as wrong:  # noqa: BLE001  the outermost loop: looked at again in a moment
            log.error("training_error", error=type(wrong).__name__)
        await asyncio.sleep(_EVERY_S)


def is_due(store: Store, at: str) -> bool:
    """Whether tonight's training is to be asked for: from its hour on, once."""
    if not at:
        return False
    now = store.now().astimezone(_OFFICE)
    hour, minute = map(int, at.split(":"))
    begins = _latest(now, hour, minute)
    if now - begins > _NIGHT_LASTS:
        return False
    last = model_runs.last_night(store)
    return last is None or last < begins


def _latest(now: datetime, hour: int, minute: int) -> datetime:
    today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)
