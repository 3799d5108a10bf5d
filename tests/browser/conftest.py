"""A whole office of real processes with the trained engine, and a real Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from damping.store import officers
from damping.wiring import engine_process, settings
from tests.office import Office

CHROMIUM = (
    os.environ.get("DAMPING_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Town:
    """Where everything is."""

    office: Office
    gateway: str
    desk: str

    def invites(self, role: officers.Role = officers.Role.SUPERVISOR) -> str:
        """A fresh one-time link's token."""
        return officers.invite(self.office.store, role)


@contextmanager
def a_town(var: Path) -> Iterator[Town]:
    """Real processes on a folder of their own; ended with the block."""
    office = Office(var)
    try:
        for process in ("engine", "gateway", "desk", "worker"):
            office.start(process)
        office.wait_for_gateway()
        office.wait_for_desk()
        office.wait_for_engine()
        yield Town(office, f"http://127.0.0.1:{office.port}", f"http://127.0.0.1:{office.desk_port}")
    finally:
        office.close()


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Started, ready, ended after the module."""
    if not engine_process.current_model(settings.load({})):
        pytest.skip("no model is trained: make train")
    with a_town(Path(tmp_path_factory.mktemp("kantor")) / "var") as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Skips with a clear word where there is no Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium, or name one in DAMPING_TEST_CHROMIUM")
    with a_browser() as opened:
        yield opened
