"""The engine as a child process: Rasa's own Python, no secrets in its environment, reached over a private socket."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from damping.casework.dialogue import EngineUnavailable
from damping.wiring.engine_client import EngineClient
from damping.wiring.settings import Settings, WrongSetting

_START_LIMIT_S = 180


def python(settings: Settings) -> Path:
    """The engine's interpreter. Raises `WrongSetting` where the environment was not set up."""
    path = settings.root / ".venv-engine" / "bin" / "python"
    if not path.exists():
        raise WrongSetting("the engine's environment .venv-engine is missing: run `make setup`")
    return path


def environment() -> dict[str, str]:
    """What the engine may know of the environment: nothing of the office."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return kept | {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", "")}


def command(settings: Settings, socket: Path) -> list[str]:
    """The command line that serves the current model on a socket."""
    return [str(python(settings)), "-m", "engine", "--socket", str(socket)]


def current_model(settings: Settings) -> str:
    """The name of the model that would serve; empty where none was trained."""
    pointer = settings.models / "current"
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""


@asynccontextmanager
async def own_engine(settings: Settings) -> AsyncIterator[EngineClient]:
    """An engine for one command: starts, serves on a socket of its own, ends. Raises `WrongSetting`."""
    if not current_model(settings):
        raise WrongSetting("no model is trained yet: run `make train`")
    with tempfile.TemporaryDirectory(prefix="damping-") as folder:
        socket = Path(folder) / "engine.sock"
        child = await asyncio.create_subprocess_exec(
            *command(settings, socket),
            cwd=settings.root,
            env=environment(),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        client = EngineClient(socket, limit=timedelta(seconds=30))
        try:
            await _until_ready(child, client)
            yield client
        finally:
            await client.close()
            if child.returncode is None:
                child.terminate()
            await child.wait()


async def _until_ready(child: asyncio.subprocess.Process, client: EngineClient) -> None:
    errors = asyncio.create_task(_drain(child))
    try:
        async with asyncio.timeout(_START_LIMIT_S):
            while child.returncode is None:
                try:
                    if (await client.health()).ready:
                        return
                except EngineUnavailable:
                    pass
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise WrongSetting(f"the engine did not start within {_START_LIMIT_S} s") from None
    raise WrongSetting("the engine ended at once: " + (await errors)[-400:])


async def _drain(child: asyncio.subprocess.Process) -> str:
    """Keep the pipe empty; the last words tell why an engine did not start (its logs hold no person's text)."""
    kept = b""
    if child.stderr is not None:
        while piece := await child.stderr.read(4096):
            kept = (kept + piece)[-4096:]
    return kept.decode(errors="replace")


def die_with_parent() -> None:
    """In a child, before it runs: end when the parent is gone, so that no process is left behind (Linux)."""
    if sys.platform == "linux":
        import ctypes
        import signal

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
