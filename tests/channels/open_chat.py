"""A running web chat and a browser for it: fixtures of the chat's tests in real Chromium. Everything said is invented."""

import asyncio
import contextlib
import secrets
import shutil
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from litestar import Litestar, MediaType, get
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import func, select

from damping.casework.ids import ConversationId
from damping.casework.message import Author, Body, Choice
from damping.channels.webchat.config import Hotline, WebchatConfig
from damping.channels.webchat.routes import router
from damping.store import migrate, outbox
from damping.store.context import Store
from damping.store.database import Database
from damping.store.live import Live
from damping.store.sealing import Vault
from damping.store.tables import Conversation, Message
from tests.channels.invented import intake

CHROMIUM = shutil.which("chromium")
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
PATIENCE_MS = 20_000
ELSEWHERE = "Cuaca hari ini cerah"
in_chromium = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Chat:
    """The office's side of a running chat."""

    store: Store
    address: str

    def answers(self, text: str, *choices: str, author: Author = Author.BOT) -> None:
        """The bot, or an officer, says something to the only person there is."""
        body = Body(text=text, choices=tuple(Choice(choice, choice.title()) for choice in choices))
        with self.store.database.write() as connection:
            outbox.put(connection, self.store, self.conversation(), author, body)

    def conversation(self) -> ConversationId:
        """The newest."""
        with self.store.database.read() as connection:
            newest = select(Conversation.id).order_by(Conversation.created_at.desc()).limit(1)
            return ConversationId(connection.execute(newest).scalar_one())

    def stored(self) -> int:
        """How many messages of persons there are."""
        with self.store.database.read() as connection:
            return connection.execute(select(func.count()).select_from(Message).where(Message.author == Author.PERSON)).scalar_one()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """With the cache that brings whole pages back when Back is pressed: Playwright switches it off otherwise."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS.split(), ignore_default_args=["--disable-back-forward-cache"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """A running chat with its own empty database."""
    store = Store(Database(f"sqlite:///{Path(tmp_path_factory.mktemp('chat')) / 'chat.db'}"), Vault(secrets.token_bytes(32)))
    migrate.upgrade(store.database)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(_app(store, port), host="127.0.0.1", port=port, log_level="critical", timeout_graceful_shutdown=1, ws="none")
    )
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.05)
    yield Chat(store, f"http://127.0.0.1:{port}")
    server.should_exit = True
    running.join(10)
    store.database.close()


def _app(store: Store, port: int) -> Litestar:
    live = Live(store)
    config = WebchatConfig(
        hotlines=(Hotline("Polisi", "110"), Hotline("Ambulans", "119"), Hotline("SAPA", "129")),
        greeting=("Halo. Silakan tulis di sini, sebentar lagi dijawab. Pertama yang menjawab adalah asisten otomatis.",),
        exit_url=f"http://localhost:{port}/cuaca",
        development=True,
        codes_last=timedelta(days=30),
        file_at_most=5_000_000,
        check=Body(text="Halo. Boleh tahu, dengan siapa ini?"),
    )

    @get("/cuaca", media_type=MediaType.HTML)
    async def elsewhere() -> str:
        return f"<!doctype html><title>Cuaca</title><p>{ELSEWHERE}</p>"

    @contextlib.asynccontextmanager
    async def watching(_app: Litestar) -> AsyncIterator[None]:
        poller = asyncio.create_task(live.run())
        yield
        poller.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await poller

    return Litestar([router(config, intake(store), live), elsewhere], lifespan=[watching], openapi_config=None, logging_config=None)


def a_window(chromium: Browser, width: int = 390, height: int = 844, **look: object) -> BrowserContext:
    """A browser window of its own."""
    return chromium.new_context(viewport={"width": width, "height": height}, locale="id-ID", **look)  # type: ignore[arg-type]


def begins(page: Page, chat: Chat) -> None:
    """Open the address and go on from the first page to the box."""
    page.goto(f"{chat.address}/")
    page.get_by_role("link", name="Mulai menulis").click()
    expect(page.locator("#teks")).to_be_visible()


def writes(page: Page, text: str) -> None:
    """Type and send; wait until it is called sent."""
    page.locator("#teks").fill(text)
    page.locator("#tulis .kirim").click()
    expect(page.locator("#log .saya").filter(has_text=text).filter(has_text="terkirim").last).to_be_visible()


@pytest.fixture
def visitor(chromium: Browser, chat: Chat) -> Iterator[Page]:
    """A person's page; at the end nothing may have been refused, broken or asked of strangers."""
    context = a_window(chromium)
    yield watched(context.new_page(), chat, wrong := [])
    context.close()
    assert [] == wrong


def watched(page: Page, chat: Chat, wrong: list[str]) -> Page:
    """Keep what should not happen on a page in `wrong`."""
    ours = (f"{chat.address}/", chat.address.replace("127.0.0.1", "localhost") + "/cuaca")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
    page.on("request", lambda asked: None if asked.url.startswith((*ours, "data:")) else wrong.append(asked.url))
    return page
