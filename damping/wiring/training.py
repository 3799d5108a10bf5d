"""Training and comparing in processes of their own: no secret in their environment, no network where the system can cut it off,
the least share of the processor, one in the whole office at a time.

What they say is read line by line; only lines of known form are kept or shown, so that no example and no person's word comes along.
"""

import asyncio
import contextlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import structlog

from damping.casework.models import Failure, RunKind, RunState
from damping.store import model_runs
from damping.store.context import Store
from damping.store.model_runs import Ended, Run
from damping.store.models import NoModel, Shelf
from damping.wiring import engine_process
from damping.wiring.engine_process import die_with_parent
from damping.wiring.settings import Settings

log = structlog.get_logger()
_GRACE_S = 5.0
_LOOK_EVERY_S = 1.0
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_STEP = re.compile(r"(?:pelatihan|perbandingan): ([A-Za-z: ]{1,60}) \(\d{1,5} s\)")
_MADE = re.compile(r"model ([A-Za-z0-9_-]{1,64}) siap")
_THERE = re.compile(r"model sudah sesuai dengan data(?:: ([A-Za-z0-9_-]{1,64}))?")
_FIGURES = re.compile(r"  (?:maksud|merah): +[0-9][^\"\[\]]{1,120}|penjaga: .{1,300}")
_BROKEN = re.compile(r"((?:pelatihan|perbandingan) gagal): (.{0,300}) \((\w+)\)")
_IN_OUR_WORDS = {"RuntimeError", "ModelRefused"}


@dataclass
class Heard:
    """What a process has said so far, as far as it may be repeated."""

    lines: list[str] = field(default_factory=list)
    model: str = ""
    there: bool = False  # nothing to train: a model of these data is there
    steps: int = 0
    step: str = ""

    def hear(self, line: str) -> str:
        """Take a line in; what of it may be repeated, or nothing."""
        line = line.rstrip()
        kept = line
        if step := _STEP.fullmatch(line):
            self.steps, self.step = self.steps + 1, step[1]
        elif made := _MADE.fullmatch(line):
            self.model = made[1]
        elif there := _THERE.fullmatch(line):
            self.there, self.model = True, there[1] or ""
        elif broken := _BROKEN.fullmatch(line):
            kept = f"{broken[1]}: {broken[2] if broken[3] in _IN_OUR_WORDS else broken[3]}"
        elif not _FIGURES.fullmatch(line):
            return ""
        self.lines.append(kept)
        return kept


def environment() -> dict[str, str]:
    """Nothing of the office, and no proxy that would lead out."""
    return engine_process.environment() | dict.fromkeys(_PROXIES, "") | {"no_proxy": "*", "NO_PROXY": "*"}


@lru_cache(maxsize=1)
def cut_off() -> tuple[str, ...]:
    """The command that starts another one in a network of its own, with nothing in it; empty where the system does not allow it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--map-root-user", "--net", "--")
    return command if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0 else ()  # noqa: S603  # fixed words


def command(settings: Settings, module: str, arguments: Sequence[str]) -> list[str]:
    """`python -m module` in the engine's environment, cut off and patient. Raises `WrongSetting`."""
    nice = shutil.which("nice")
    patient = (nice, "-n", "10") if nice else ()
    return [*patient, *cut_off(), str(engine_process.python(settings)), "-m", module, *arguments]


class Training:
    """Carries out the runs that are asked for."""

    def __init__(self, store: Store, settings: Settings, tell: Callable[[str], None] = lambda _: None) -> None:
        """`tell` is given every line that may be repeated."""
        self._store, self._settings, self._tell = store, settings, tell
        self.shelf = Shelf(settings.models, store.vault)

    async def next(self) -> str | None:
        """Carry out the oldest run that waits; its id, or None where there is nothing to do here."""
        run = await self._store.database.run(model_runs.claim, self._store)
        if run is None:
            return None
        await self.carry_out(run)
        return run.id

    async def carry_out(self, run: Run) -> None:
        """A claimed run, to its end, whatever that is."""
        heard = Heard()
        log.info("training_started", kind=run.kind.value)
        try:
            ended = await self._carried_out(run, heard)
        except BaseException:
            await asyncio.shield(self._end(run, heard, RunState.FAILED, Failure.LOST))
            raise
        await self._end(run, heard, *ended)

    async def _carried_out(self, run: Run, heard: Heard) -> tuple[RunState, str]:
        model = run.model
        if run.kind is RunKind.TRAIN:
            code = await self._process(run, heard, "engine.train", ["--aside", "--if-needed"])
            if code is None:
                return RunState.CANCELLED, ""
            if code != 0 or not (heard.model or heard.there):
                return RunState.FAILED, Failure.TRAINING
            model = heard.model
            if heard.there and (not model or await self._ready(model)):
                return RunState.FAILED, Failure.NOTHING_NEW
        heard.model = model
        code = await self._process(run, heard, "engine.compare", [model])
        if code is None:
            return RunState.CANCELLED, ""
        if code != 0:
            return RunState.FAILED, Failure.COMPARISON
        await self._store.database.run(self._sign, model)
        return RunState.DONE, ""

    async def _ready(self, model: str) -> bool:
        """Whether that model was compared with the one that serves now, and signed."""

        def look() -> bool:
            try:
                found = self.shelf.model(model)
            except NoModel:
                return False
            current = self.shelf.current()
            return found.current or (found.whole and found.report is not None and found.compared_with == current)

        return await self._store.database.run(look)

    def _sign(self, model: str) -> None:
        self.shelf.adopt()
        self.shelf.sign(model)

    async def _end(self, run: Run, heard: Heard, state: RunState, failure: str) -> None:
        how = Ended(state, "\n".join(heard.lines), heard.model, failure, alone=bool(cut_off()))
        await self._store.database.run(model_runs.end, self._store, run.id, how)
        log.info("training_ended", kind=run.kind.value, state=state.value)

    async def _process(self, run: Run, heard: Heard, module: str, arguments: list[str]) -> int | None:
        """The exit status; None where it was cancelled."""
        if not await self._lives(run, heard):
            return None
        child = await asyncio.create_subprocess_exec(
            *command(self._settings, module, arguments),
            cwd=self._settings.root,
            env=environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            limit=1_000_000,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        listening = asyncio.create_task(self._listen(child, heard))
        try:
            while not listening.done():
                await asyncio.wait([listening], timeout=_LOOK_EVERY_S)
                if not await self._lives(run, heard):
                    return None
            return await child.wait()
        finally:
            listening.cancel()
            await _ended(child)

    async def _lives(self, run: Run, heard: Heard) -> bool:
        return await self._store.database.run(model_runs.beat, self._store, run.id, heard.step, heard.steps)

    async def _listen(self, child: asyncio.subprocess.Process, heard: Heard) -> None:
        if child.stderr is None:
            return
        while line := await child.stderr.readline():
            if kept := heard.hear(line.decode(errors="replace")):
                self._tell(kept)


async def _ended(child: asyncio.subprocess.Process) -> None:
    """The process and all that it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if child.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, number)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_S):
                await child.wait()
