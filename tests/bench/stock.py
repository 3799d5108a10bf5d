"""The peer: `rasa run` with its REST channel, SQLite tracker store and action server, as the documentation sets it up."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.bench.figures import wait_for_port
from tests.office import ROOT, free_port

_RASA = ROOT / ".venv-engine" / "bin" / "rasa"


class Stock:
    """Speaks to stock Rasa as one of its channels would."""

    def __init__(self, port: int, processes: list[subprocess.Popen[bytes]]) -> None:
        self.url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
        self.processes = processes
        self.http = httpx.AsyncClient(timeout=120, trust_env=False)

    async def turn(self, sender: str, text: str) -> float:
        """Seconds until the answer. Raises `RuntimeError` for an empty one."""
        began = time.perf_counter()
        answer = await self.http.post(self.url, json={"sender": sender, "message": text})
        if answer.status_code != httpx.codes.OK or not answer.json():
            raise RuntimeError(f"stock Rasa answered {answer.status_code}, {len(answer.content)} bytes")
        return time.perf_counter() - began


@contextmanager
def stock_rasa(model: Path) -> Iterator[Stock]:
    """Started and warm; ended with the block."""
    with tempfile.TemporaryDirectory(prefix="damping-bench-") as name:
        folder = Path(name)
        port, actions = free_port(), free_port()
        (folder / "endpoints.yml").write_text(
            f'action_endpoint:\n  url: "http://127.0.0.1:{actions}/webhook"\n'
            f'tracker_store:\n  type: "SQL"\n  dialect: "sqlite"\n  db: "{folder / "tracker.db"}"\n'
        )
        (folder / "credentials.yml").write_text("rest:\n")
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment |= {"RASA_TELEMETRY_ENABLED": "false", "SANIC_HOST": "127.0.0.1", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": str(ROOT)}
        log = (folder / "log").open("wb")
        common = {"cwd": ROOT, "env": environment, "stdout": log, "stderr": log}
        serve = ["run", "--model", str(model), "-i", "127.0.0.1", "-p", str(port)]
        serve += ["--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml")]
        processes = [
            subprocess.Popen([str(_RASA), "run", "actions", "--actions", "actions", "-p", str(actions)], **common),  # type: ignore[call-overload]
            subprocess.Popen([str(_RASA), *serve], **common),  # type: ignore[call-overload]
        ]
        try:
            wait_for_port(actions)
            wait_for_port(port)
            yield Stock(port, processes)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait()
            log.close()
