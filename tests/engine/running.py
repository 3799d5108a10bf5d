"""A real engine process on a real socket, and what it printed."""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]


class Running:
    """`async with Running(...) as engine`; afterwards `engine.printed` holds all of its stdout and stderr."""

    def __init__(self, models: Path, folder: Path, *more: str) -> None:
        self.socket = folder / "engine.sock"
        door = () if "--port" in more else ("--socket", str(self.socket))
        self._command = [sys.executable, "-m", "engine", *door, "--models", str(models), "--actions", "tests.engine.toy.toyactions", *more]
        self._output = folder / "output.txt"
        self.printed = ""

    async def __aenter__(self) -> "Running":
        self.began = time.monotonic()
        with self._output.open("wb") as sink:
            self.process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=ROOT,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
            )
        self.http = aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(self.socket)) if "--port" not in self._command else None)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.http.close()
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.process.wait(), 15)
        except TimeoutError:
            self.process.kill()
            raise
        finally:
            self.printed = self._output.read_text(errors="replace")

    async def get(self, path: str, **more: Any) -> tuple[int, Any]:
        async with self.http.get(f"http://engine{path}", **more) as answer:
            return answer.status, json.loads(await answer.read())

    async def post(self, path: str, content: Any, **more: Any) -> tuple[int, Any]:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        async with self.http.post(f"http://engine{path}", data=body, **more) as answer:
            return answer.status, json.loads(await answer.read())

    async def turn(self, text: str, state: str | None = None, **fields: Any) -> dict[str, Any]:
        status, answer = await self.post("/turn", {"conversation": "c-1", "state": state, "text": text, **fields})
        assert 200 == status, answer
        return answer

    async def until_ready(self, limit: float = 90) -> float:
        """Seconds since the start."""
        while time.monotonic() < self.began + limit:
            assert self.process.returncode is None, self._output.read_text()
            try:
                if (await self.get("/health"))[1]["ready"]:
                    return time.monotonic() - self.began
            except (aiohttp.ClientError, OSError):
                pass
            await asyncio.sleep(0.05)
        raise AssertionError("not ready: " + self._output.read_text())
