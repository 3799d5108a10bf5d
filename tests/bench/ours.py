"""This project's engine, spoken to as the worker does: over its socket, with the state carried along."""

import asyncio
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from damping.casework.dialogue import EngineUnavailable, TurnAsked
from damping.wiring import engine_process, settings
from damping.wiring.engine_client import EngineClient


class Ours:
    """Remembers each conversation's state, as the store does."""

    def __init__(self, client: EngineClient, process: subprocess.Popen[bytes]) -> None:
        self.client = client
        self.processes = [process]
        self.states: dict[str, str | None] = {}

    async def turn(self, sender: str, text: str) -> float:
        """Seconds until the answer. Raises `RuntimeError` for a failed turn."""
        began = time.perf_counter()
        answer = await self.client.turn(TurnAsked(sender, self.states.get(sender), text))
        if answer.failed or not answer.replies:
            raise RuntimeError(f"the engine failed: {answer.failed}")
        self.states[sender] = answer.state
        return time.perf_counter() - began


@asynccontextmanager
async def our_engine() -> AsyncIterator[Ours]:
    """Started and warm; ended with the block."""
    configured = settings.load({})
    with tempfile.TemporaryDirectory(prefix="damping-bench-") as name:
        socket = Path(name) / "engine.sock"
        with (Path(name) / "log").open("wb") as log:
            process = subprocess.Popen(
                engine_process.command(configured, socket), cwd=configured.root, env=engine_process.environment(), stdout=log, stderr=log
            )
        client = EngineClient(socket, limit=timedelta(seconds=120))
        try:
            await _ready(client)
            yield Ours(client, process)
        finally:
            await client.close()
            process.terminate()
            process.wait()


async def _ready(client: EngineClient) -> None:
    for _ in range(600):
        try:
            if (await client.health()).ready:
                return
        except EngineUnavailable:
            pass
        await asyncio.sleep(0.2)
    raise RuntimeError("the engine did not start")
