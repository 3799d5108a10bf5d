"""A running desk, and officers who look at it in real Chromium: the fixtures of every `*_in_chromium.py` here. All invented."""

import secrets
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from litestar import Litestar
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect, sync_playwright
from sqlalchemy import func, select

from damping.casework.fixed import FixedTexts
from damping.casework.ids import OfficerId
from damping.casework.message import Body
from damping.console.answers import Answer, Topic
from damping.console.app import create_app
from damping.console.config import ConsoleConfig
from damping.store import heartbeats, migrate, officer_sessions, officers
from damping.store.context import Store
from damping.store.database import Database
from damping.store.live import Live
from damping.store.officer_sessions import Limits
from damping.store.officers import NewAccount, Role
from damping.store.sealing import Vault
from damping.store.tables import Conversation, Officer
from damping.wiring import build, demo
from damping.wiring import desk as wired
from tests.console.people import PASSWORD, Office

PATIENCE_MS = 20_000  # a busy machine is no fault of a page
expect.set_options(timeout=PATIENCE_MS)
_BEAT_S = 5.0
CHROMIUM = shutil.which("chromium")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
IN_CHROMIUM = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]
READY = (Topic("Waktu", (Answer("Pukul berapa", "Datang pukul [jam]?"),)),)
TEXTS = FixedTexts(
    safe_reply=Body(text="balasan aman"),
    officer_joined=Body(text="petugas bergabung"),
    handed_back=Body(text="asisten kembali"),
    media_received=Body(text="gambar diterima"),
    location_received=Body(text="lokasi diterima"),
    erase_asked=Body(text="Permintaan hapus dicatat."),
    unknown_kind=Body(text="jenis lain"),
)

SignIn = Callable[[str], Page]


@dataclass(frozen=True)
class Day:
    """The demo's invented, lively day on a running desk."""

    store: Store
    address: str
    people: dict[Role, OfficerId]  # one officer in each role
    sessions: dict[Role, str]  # and their session cookies


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """One browser for a module: Playwright keeps an event loop in the main thread, and no asynchronous test may meet it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def limits() -> Limits:
    """How long a session lives; a test in a hurry says otherwise."""
    return Limits()


@pytest.fixture
def undo() -> timedelta:
    """Replies leave at once; the tests about taking them back say otherwise."""
    return timedelta(0)


@pytest.fixture
def desk(tmp_path: Path, limits: Limits, undo: timedelta) -> Iterator[tuple[Office, str]]:
    """A running desk: its office and its address."""
    store = Store(Database(f"sqlite:///{tmp_path / 'desk.db'}"), Vault(secrets.token_bytes(32)))
    migrate.upgrade(store.database)
    app = create_app(ConsoleConfig(development=True, limits=limits, undo=undo, answers=READY), store, Live(store), TEXTS)
    with beating(store), served(app) as address:
        yield Office(store), address
    store.database.close()


@pytest.fixture
def sign_in(chromium: Chromium, desk: tuple[Office, str]) -> Iterator[SignIn]:
    """Opens a browser of its own for an officer; at the end nothing may have been refused or asked of strangers."""
    office, address = desk
    wrong: list[str] = []
    opened = []

    def open_for(login: str) -> Page:
        context = chromium.new_context(locale="id-ID", viewport={"width": 1280, "height": 800})
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
        page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
        officer = officers.verify(office.store, login, PASSWORD)
        assert officer is not None
        context.add_cookies([{"name": "damping_meja", "value": officer_sessions.begin(office.store, officer), "url": address}])
        page.goto(f"{address}/")
        return page

    yield open_for
    for context in opened:
        context.close()
    assert [] == wrong


@contextmanager
def lively_day(var: Path) -> Iterator[Day]:
    """Play the demo's day on a folder of its own and serve its desk."""
    told = demo.settings({"DAMPING_VAR": str(var)})
    demo.seed(told)
    store = build.store(told)
    people = _one_of_each_role(store)
    sessions = {role: officer_sessions.begin(store, officer) for role, officer in people.items()}
    with beating(store), served(wired.desk_app(told)) as address:
        yield Day(store, address, people, sessions)
    store.database.close()


@contextmanager
def beating(store: Store) -> Iterator[None]:
    """Worker and engine give signs of life, as running ones do."""
    over = threading.Event()

    def beat() -> None:
        while True:
            heartbeats.beat(store, {"worker": "ready", "engine": "ready"})
            if over.wait(_BEAT_S):
                return

    heart = threading.Thread(target=beat, daemon=True)
    heart.start()
    yield
    over.set()
    heart.join(10)


@contextmanager
def served(app: Litestar) -> Iterator[str]:
    """The app on a free port of this machine; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical", timeout_graceful_shutdown=1, ws="none"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        assert running.is_alive(), "the desk did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join(10)


def _one_of_each_role(store: Store) -> dict[Role, OfficerId]:
    """Of the demo's officers those who have most to do; roles that nobody there has are added."""
    with store.database.read() as connection:
        holds = select(func.count()).where(Conversation.holder == Officer.id).scalar_subquery()
        rows = connection.execute(select(Officer.id, Officer.role).order_by(holds)).all()
    known = {Role(row.role): OfficerId(row.id) for row in rows}
    for role in set(Role) - set(known):
        account = NewAccount(role.value, f"Contoh {role.value.title()}", secrets.token_urlsafe(16))
        known[role] = officers.add(store, account, role)
    return known
