"""One command starts everything: gateway, desk, worker, engine. A process that dies is started again; Ctrl-C ends all cleanly.

The smallest thing that does so: the libraries for it either end all when one dies or want a daemon of their own.
"""

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from damping.wiring.engine_process import die_with_parent

log = structlog.get_logger()
_GRACE_S = 10.0
_LOG_AT_MOST = 10_000_000
_STEADY_S = 30.0


@dataclass(frozen=True)
class Child:
    """One process to keep alive."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass
class Supervisor:
    """Keeps children alive until told to stop."""

    root: Path
    logs: Path
    first_wait_s: float = 0.5
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self, child: Child) -> None:
        """Start a child and keep it running."""
        self._tasks.append(asyncio.create_task(self._keep(child)))

    def stop(self) -> None:
        """End all; `wait` returns when they have ended."""
        self._stopping.set()

    async def wait(self) -> None:
        """Until stopped by `stop`, SIGINT or SIGTERM, and every child has ended."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        await self._stopping.wait()
        await asyncio.gather(*self._tasks)

    async def run_once(self, command: Sequence[str], environment: Mapping[str, str]) -> int:
        """Run something to its end in the terminal, such as a training; stopped with the rest. Returns its exit status."""
        child = await asyncio.create_subprocess_exec(
            *command, cwd=self.root, env=dict(environment), start_new_session=True, preexec_fn=die_with_parent
        )
        done, _ = await asyncio.wait(
            [asyncio.create_task(child.wait()), asyncio.create_task(self._stopping.wait())], return_when=asyncio.FIRST_COMPLETED
        )
        if child.returncode is None:
            await _end(child)
        return -1 if self._stopping.is_set() else next(iter(done)).result() or 0

    async def _keep(self, child: Child) -> None:
        wait = self.first_wait_s
        while not self._stopping.is_set():
            began = asyncio.get_running_loop().time()
            status = await self._run(child)
            if self._stopping.is_set():
                return
            log.warning("process_ended", process=child.name, code=status)
            lasted = asyncio.get_running_loop().time() - began
            wait = self.first_wait_s if lasted > _STEADY_S else min(wait * 2, 10.0)
            try:
                await asyncio.wait_for(self._stopping.wait(), wait)
            except TimeoutError:
                continue

    async def _run(self, child: Child) -> int:
        self.logs.mkdir(parents=True, exist_ok=True)
        path = self.logs / f"{child.name}.log"
        if path.exists() and path.stat().st_size > _LOG_AT_MOST:
            path.replace(path.with_suffix(".log.1"))
        with path.open("ab") as lines:
            process = await asyncio.create_subprocess_exec(
                *child.command,
                cwd=self.root,
                env=dict(child.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=lines,
                stderr=lines,
                start_new_session=True,  # Ctrl-C reaches us alone; we end the children in order
                preexec_fn=die_with_parent,
            )
        ended = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait([ended, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ended.done():
            await _end(process)
        return await ended


async def _end(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    try:
        async with asyncio.timeout(_GRACE_S):
            await process.wait()
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
