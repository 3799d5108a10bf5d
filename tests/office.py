"""A whole office of real processes on a folder of its own: gateway, workers, a stand-in engine; kill and start them at will."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from damping.store import migrate
from damping.store.context import Store
from damping.store.database import Database
from damping.store.sealing import Vault
from damping.wiring import engine_process, keys, settings

ROOT = Path(__file__).parents[1]
APP_SECRET = "rahasia-uji"


def free_port() -> int:
    """A TCP port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Office:
    """Processes under test; `close` ends them all."""

    var: Path
    meta_url: str = ""  # a double of Meta; empty: the simulated phone in the gateway
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)  # more settings
    port: int = field(default_factory=free_port)
    desk_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.var.mkdir(parents=True, exist_ok=True)
        self.database_url = self.database_url or f"sqlite:///{self.var / 'damping.db'}"
        keys.make_master_key(self.var / "master.key")
        self.store = Store(Database(self.database_url), Vault(keys.master_key(self.var / "master.key")))
        migrate.upgrade(self.store.database)

    @property
    def environment(self) -> dict[str, str]:
        """What the processes get."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DAMPING_")}
        whatsapp = {
            "DAMPING_WHATSAPP_APP_SECRET": APP_SECRET,
            "DAMPING_WHATSAPP_VERIFY_TOKEN": "kata-uji",
            "DAMPING_WHATSAPP_ACCESS_TOKEN": "token-uji",
            "DAMPING_WHATSAPP_PHONE_NUMBER_ID": "100200300",
            "DAMPING_WHATSAPP_BASE_URL": self.meta_url,
        }
        return kept | {
            "DAMPING_VAR": str(self.var),
            "DAMPING_DATABASE": self.database_url,
            "DAMPING_GATEWAY_PORT": str(self.port),
            "DAMPING_DESK_PORT": str(self.desk_port),
            "DAMPING_SETTLE_S": "0.1",
            "DAMPING_UNKNOWN_WAIT_S": "2",
            "DAMPING_WHATSAPP_PERSON_EVERY_S": "0",
            **(whatsapp if self.meta_url else {}),
            **self.extra,
        }

    def start(self, process: str) -> None:
        """`gateway`, `desk`, `worker` (or `worker-1`, …), `echo` (a stand-in for the engine) or `engine` (the trained one)."""
        command, environment = [sys.executable, "-m", "damping", "serve", process.split("-")[0]], self.environment
        if process == "echo":
            command = [sys.executable, "-m", "tests.crash.echo_engine", str(self.var / "engine.sock")]
        if process == "engine":
            command = engine_process.command(settings.load({}), self.var / "engine.sock")
            environment = engine_process.environment()
        with (self.var / f"{process}.log").open("ab") as log:
            self.running[process] = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def kill(self, process: str) -> None:
        """As a power cut would: no time for a last word."""
        self.running[process].send_signal(signal.SIGKILL)
        self.running.pop(process).wait()

    def wait_for_gateway(self) -> None:
        """Until it takes requests."""
        self._wait("gateway", self.port)

    def wait_for_desk(self) -> None:
        """Until it takes requests."""
        self._wait("desk", self.desk_port)

    def wait_for_engine(self, patience_s: float = 120) -> None:
        """Until the trained engine serves."""
        end = time.monotonic() + patience_s
        with httpx.Client(transport=httpx.HTTPTransport(uds=str(self.var / "engine.sock")), timeout=2) as http:
            while time.monotonic() < end:
                try:
                    if http.get("http://engine/health").json()["ready"]:
                        return
                except httpx.HTTPError:
                    time.sleep(0.2)
        raise AssertionError("the engine did not start: " + (self.var / "engine.log").read_text()[-2000:])

    def _wait(self, process: str, port: int, patience_s: float = 60) -> None:
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            try:
                httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
                return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError(f"{process} did not start: " + (self.var / f"{process}.log").read_text()[-2000:])

    def close(self) -> None:
        """End all processes."""
        for process in self.running.values():
            process.kill()
        for process in self.running.values():
            process.wait()
        self.store.database.close()
