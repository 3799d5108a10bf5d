"""Another model in every engine that runs, without a failed turn: tried out and loaded beside the old one, then exchanged.

The gate is asked before anything happens; where one engine refuses, all go back to the model that they had.
"""

import asyncio
from collections.abc import Sequence

import structlog

from damping.casework.dialogue import EngineUnavailable
from damping.casework.models import SwitchAct, SwitchRefused
from damping.store import model_switches, models
from damping.store.context import Store
from damping.store.model_switches import Switching
from damping.store.models import Model, NoModel, Shelf
from damping.wiring.engine_client import EngineClient, ModelRejected
from damping.wiring.settings import Settings
from rules.gate import Evidence, Refusal, refusals

log = structlog.get_logger()


def engines(settings: Settings) -> list[EngineClient]:
    """Each engine by its own address."""
    key = settings.engine_key_file.read_text(encoding="ascii").strip() if settings.engine_key_file else ""
    if not settings.engine_url:
        return [EngineClient(settings.engine_socket)]
    return [EngineClient(None, url, key) for url in settings.engine_replicas or (settings.engine_url,)]


class Room:
    """Implements `damping.casework.models.ModelRoom`."""

    def __init__(self, store: Store, shelf: Shelf, engines: Sequence[EngineClient]) -> None:
        self._store, self.shelf, self._engines = store, shelf, engines

    async def serving(self) -> str:
        """The name of the model that answers people now; empty where no engine does."""
        for engine in self._engines:
            try:
                return (await engine.health()).model
            except EngineUnavailable:
                continue
        return ""

    async def switch(self, model: str, officer: str | None, reason: str, act: SwitchAct) -> None:
        """Serve this model in every engine, now and after a restart. Raises `SwitchRefused`."""
        run = self._store.database.run
        before = self.shelf.current()
        wanted = Switching(officer, act, model, before, reason)
        try:
            found = await run(self.shelf.model, model)
        except NoModel:
            raise SwitchRefused("gone") from None
        if against := await run(self._against, found, before, act):
            await run(model_switches.refused, self._store, wanted, against[0].code)
            raise SwitchRefused(against[0].code, tuple(one.sentence for one in against))
        switch = await run(model_switches.begin, self._store, wanted)
        try:
            await self._serve_everywhere(found, before)
            await run(self.shelf.point, model)
        except BaseException:
            await asyncio.shield(run(model_switches.end, self._store, switch, wanted, well=False))
            raise
        await run(model_switches.end, self._store, switch, wanted, well=True)
        log.info("model_switched", kind=act.value, model=model)

    def _against(self, found: Model, before: str, act: SwitchAct) -> tuple[Refusal, ...]:
        """A model that answered people before may come back without being measured again; its bytes are looked at all the same."""
        if act is SwitchAct.BACK:
            if found.name not in model_switches.served(self._store):
                raise SwitchRefused("never_served")
            return refusals(Evidence(signed=found.signed, whole=found.whole, compared=True))
        return models.against(found, before)

    async def _serve_everywhere(self, found: Model, before: str) -> None:
        """An engine that does not run takes the current model when it starts."""
        told = await asyncio.gather(*(engine.serve(found.name, found.sha256) for engine in self._engines), return_exceptions=True)
        wrong = [one for one in told if isinstance(one, BaseException) and not _is_down(one)]
        if not wrong:
            return
        changed = [engine for engine, one in zip(self._engines, told, strict=True) if one is None]
        await self._put_back(changed, before)
        if isinstance(wrong[0], ModelRejected):
            raise SwitchRefused("rejected")
        if isinstance(wrong[0], EngineUnavailable):
            raise SwitchRefused("engine")
        raise wrong[0]

    async def _put_back(self, changed: Sequence[EngineClient], before: str) -> None:
        try:
            old = await self._store.database.run(self.shelf.model, before)
        except NoModel:
            return
        await asyncio.gather(*(engine.serve(old.name, old.sha256) for engine in changed), return_exceptions=True)


def _is_down(wrong: BaseException) -> bool:
    return isinstance(wrong, EngineUnavailable) and str(wrong) == "down"
