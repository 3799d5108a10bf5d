"""A model loaded aside, in an engine of its own that nobody else reaches, for as long as somebody plays a person with it."""

import asyncio
import contextlib
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from damping.casework.dialogue import EngineUnavailable, TurnAnswered, TurnAsked
from damping.casework.models import SwitchRefused
from damping.store.models import NoModel, Shelf
from damping.wiring import engine_process
from damping.wiring.engine_client import EngineClient
from damping.wiring.engine_process import die_with_parent
from damping.wiring.settings import Settings, WrongSetting

_IDLE_S = 600.0
_LOOK_EVERY_S = 30.0


class _Aside:
    """One engine process with one model."""

    def __init__(self, model: str, child: asyncio.subprocess.Process, folder: Path) -> None:
        self.model, self.child, self.folder = model, child, folder
        self.client = EngineClient(folder / "engine.sock", limit=timedelta(seconds=15))
        self.used = time.monotonic()

    async def end(self) -> None:
        await self.client.close()
        if self.child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.child.terminate()
            await self.child.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Trial:
    """Implements `damping.casework.models.TrialRoom`. One model at a time; it goes when nobody has written for ten minutes."""

    def __init__(self, settings: Settings, shelf: Shelf, serving: EngineClient) -> None:
        self._settings, self._shelf, self._serving = settings, shelf, serving
        self._aside: _Aside | None = None
        self._one_at_a_time = asyncio.Lock()
        self._watch: asyncio.Task[None] | None = None

    async def ready(self, model: str) -> bool:
        """Whether that model is loaded aside; begins to load it where it is not. Raises `SwitchRefused` where it cannot be."""
        async with self._one_at_a_time:
            aside = self._aside
            if aside is None or aside.model != model or aside.child.returncode is not None:
                failed = aside is not None and aside.model == model
                await self._end()
                if failed:
                    raise SwitchRefused("rejected")
                self._aside = aside = await self._begin(model)
            aside.used = time.monotonic()
        try:
            health = await aside.client.health()
        except EngineUnavailable:
            return False
        if not health.ready and health.trouble not in ("", "starting"):
            raise SwitchRefused("rejected")
        return health.ready

    async def turn(self, model: str, asked: TurnAsked) -> TurnAnswered:
        """The answer of the model aside; empty name: of the one that serves. Raises `EngineUnavailable`."""
        if not model:
            return await self._serving.turn(asked)
        aside = self._aside
        if aside is None or aside.model != model:
            raise EngineUnavailable("not loaded")
        aside.used = time.monotonic()
        return await aside.client.turn(asked)

    async def close(self) -> None:
        """End it with the desk."""
        async with self._one_at_a_time:
            await self._end()

    async def _begin(self, model: str) -> _Aside:
        """Only what this office signed is loaded, aside too."""
        try:
            found = await asyncio.to_thread(self._shelf.model, model)
        except NoModel:
            raise SwitchRefused("gone") from None
        if not (found.signed and found.whole):
            raise SwitchRefused("altered" if found.signed else "unsigned")
        folder = Path(tempfile.mkdtemp(prefix="damping-trial-"))
        try:
            command = engine_process.command(self._settings, folder / "engine.sock")
        except WrongSetting:
            folder.rmdir()
            raise SwitchRefused("engine") from None
        child = await asyncio.create_subprocess_exec(
            *(*command, "--models", str(self._shelf.folder), "--start-with", model),
            cwd=self._settings.root,
            env=engine_process.environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._until_idle())
        return _Aside(model, child, folder)

    async def _until_idle(self) -> None:
        while self._aside is not None:
            await asyncio.sleep(_LOOK_EVERY_S)
            async with self._one_at_a_time:
                if self._aside is not None and time.monotonic() - self._aside.used > _IDLE_S:
                    await self._end()

    async def _end(self) -> None:
        aside, self._aside = self._aside, None
        if aside is not None:
            await aside.end()
