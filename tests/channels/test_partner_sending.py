"""Replies brought to a partner's webhook, the operator's commands, and the example client that partners start from."""

import asyncio
import importlib.util
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from click.testing import CliRunner
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import func, select

from damping.casework.message import Channel
from damping.casework.pacing import Patience
from damping.channels.partner.routes import OPENAPI, router
from damping.channels.partner.sending import PartnerSender
from damping.channels.partner.signature import HEADER
from damping.store import partners
from damping.store.context import Store
from damping.store.partners import NewKey
from damping.store.tables import Conversation, Notice, Outbox
from damping.store.tables_partner import PartnerLetter
from damping.wiring.commands import cli
from damping.wiring.worker import Worker
from tests.channels.invented import intake
from tests.channels.test_partner import App, settled
from tests.contracts.test_turns import TEXTS
from tests.office import free_port
from tests.support import HeldClock, ScriptedDialogue

ROOT = Path(__file__).parents[2]
HOOK = "https://app.example/balasan"


def example() -> Any:
    spec = importlib.util.spec_from_file_location("partner_client", ROOT / "examples/partner_client.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Hook:
    """The partner's webhook: takes everything, or answers as told."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.got: list[httpx.Request] = []

    def handle(self, request: httpx.Request) -> httpx.Response:
        answer = self.answers.pop(0) if self.answers else httpx.Response(204)
        if isinstance(answer, Exception):
            raise answer
        self.got.append(request)
        return answer

    @property
    def texts(self) -> list[str]:
        return [json.loads(request.content)["reply"]["text"] for request in self.got]


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
def made(store: Store) -> NewKey:
    return partners.add(store, "Aplikasi Kota", HOOK)


@pytest.fixture
async def app(store: Store, made: NewKey) -> Any:
    async with AsyncTestClient(Litestar([router(intake(store))], openapi_config=OPENAPI)) as http:
        yield App(http, made.key)


@pytest.fixture
def worker(store: Store, hook: Hook) -> Worker:
    return Worker(store, ScriptedDialogue(), {Channel.PARTNER: PartnerSender(store, httpx.MockTransport(hook.handle))}, TEXTS, Patience())


async def test_a_reply_is_brought_with_a_signature_that_the_example_accepts(
    app: App, store: Store, hook: Hook, clock: HeldClock, worker: Worker, made: NewKey
) -> None:
    thread = (await app.opens())["conversation"]
    await app.says(thread, "halo")
    await settled(clock, worker)

    [request] = hook.got
    is_genuine, now = example().is_genuine, clock.now().timestamp()
    signature = request.headers[HEADER]
    assert (HOOK, thread) == (str(request.url), json.loads(request.content)["conversation"])
    assert is_genuine(made.signing, signature, request.content, now)
    assert not is_genuine(made.signing, signature, request.content + b" ", now)
    assert not is_genuine(made.signing, signature, request.content, now + 301)
    assert not is_genuine("kunci lain", signature, request.content, now)
    assert not is_genuine(made.signing, "v1=é", request.content, now)
    assert [] == await app.replies(thread), "what was brought need not be fetched"


async def test_while_keys_rotate_both_sign(app: App, store: Store, hook: Hook, clock: HeldClock, worker: Worker, made: NewKey) -> None:
    fresh = partners.rotate(store, made.partner, timedelta(hours=1))
    await app.says((await app.opens())["conversation"], "halo")
    await settled(clock, worker)

    [request] = hook.got
    signed = [example().is_genuine(key.signing, request.headers[HEADER], request.content, clock.now().timestamp()) for key in (made, fresh)]
    assert [True, True] == signed


@pytest.mark.parametrize(
    "trouble",
    [httpx.Response(500), httpx.Response(400), httpx.Response(302, headers={"location": "https://x.example"}), httpx.ReadTimeout("x")],
)
async def test_a_webhook_that_fails_loses_nothing_and_keeps_the_order(
    app: App, store: Store, hook: Hook, clock: HeldClock, worker: Worker, trouble: Any
) -> None:
    hook.answers = [trouble]
    thread = (await app.opens())["conversation"]
    await app.says(thread, "satu", "pesan-0001")
    await settled(clock, worker)
    await app.says(thread, "dua", "pesan-0002")

    assert ["jawaban: satu"] == await app.replies(thread), "it can be fetched meanwhile"
    await settled(clock, worker, 10)

    assert ["jawaban: satu", "jawaban: dua"] == hook.texts[-2:]
    with store.database.read() as connection:
        assert 0 == connection.execute(select(func.count()).select_from(PartnerLetter)).scalar()
        assert {"sent"} == set(connection.execute(select(Outbox.state)).scalars())


async def test_a_webhook_that_never_answers_is_given_up_an_officer_is_told_and_the_reply_stays_to_be_fetched(
    app: App, store: Store, hook: Hook, clock: HeldClock, worker: Worker
) -> None:
    hook.answers = [httpx.Response(500)] * 20
    thread = (await app.opens())["conversation"]
    await app.says(thread, "halo")
    for _ in range(10):
        await settled(clock, worker, 20)
        with store.database.write() as connection:
            connection.execute(Conversation.__table__.update().values(send_due_at=clock.now()))
    with store.database.read() as connection:
        assert "dead" == connection.execute(select(Outbox.state)).scalar()
        assert "send_failed" in connection.execute(select(Notice.kind)).scalars().all()

    [reply] = (await app.get(f"/conversations/{thread}/replies")).json()["replies"]
    await app.replies(thread, reply["number"])

    with store.database.read() as connection:
        assert "delivered" == connection.execute(select(Outbox.state)).scalar()


async def test_a_revoked_partner_is_told_nothing_more(
    app: App, store: Store, hook: Hook, clock: HeldClock, worker: Worker, made: NewKey
) -> None:
    await app.says((await app.opens())["conversation"], "halo")
    partners.revoke(store, made.partner)

    await settled(clock, worker)

    assert [] == hook.got
    with store.database.read() as connection:
        assert "failed" == connection.execute(select(Outbox.state)).scalar()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("DAMPING_VAR", str(tmp_path / "var"))
    runner = CliRunner(env={"COLUMNS": "300"})
    assert 0 == runner.invoke(cli, ["prepare"]).exit_code
    return runner


def told(runner: CliRunner, *words: str) -> tuple[int, str]:
    result = runner.invoke(cli, ["partner", *words])
    return result.exit_code, result.output


def test_the_operator_makes_rotates_lists_and_revokes(office: CliRunner) -> None:
    code, shown = told(office, "add", "Aplikasi Kota", "--webhook", "https://app.example/x", "--scope", "read")
    partner, key = (line.split()[1] for line in shown.splitlines()[:2])
    assert 0 == code
    assert key.startswith("damping_")

    assert 0 == told(office, "rotate", partner, "--overlap-hours", "1")[0]
    _, listed = told(office, "list")
    assert "Aplikasi Kota" in listed
    assert 2 == listed.count("read")
    assert key not in listed
    assert 0 == told(office, "revoke", key.split("_")[1])[0]
    assert 0 == told(office, "revoke", partner)[0]
    assert "dicabut" in told(office, "list")[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "x", "--webhook", "http://app.example/x"), "https://"),
        (("add", "x", "--webhook", "https://kata:sandi@app.example/x"), "password"),
        (("add", " "), "1 to 64"),
        (("rotate", "tidak-ada"), "partner list"),
        (("revoke", "tidak-ada"), "partner list"),
    ],
)
def test_a_wrong_command_is_one_clear_sentence(office: CliRunner, words: tuple[str, ...], says: str) -> None:
    code, output = told(office, *words)

    assert 1 == code
    assert says in output


@pytest.fixture
def served(store: Store) -> Iterator[str]:
    """The API on loopback, as the example meets it."""
    port = free_port()
    app = Litestar([router(intake(store))], openapi_config=OPENAPI, logging_config=None)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        threading.Event().wait(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


async def test_the_example_plays_a_person_from_opening_to_status(
    store: Store, served: str, clock: HeldClock, socket_enabled: None, capsys: pytest.CaptureFixture[str]
) -> None:
    client = example()
    worker = Worker(store, ScriptedDialogue(), {Channel.PARTNER: PartnerSender(store)}, TEXTS, Patience())
    office = client.Office(served, partners.add(store, "Contoh").key)
    playing = asyncio.create_task(asyncio.to_thread(client.play, office, ["halo", "jam buka?"]))
    while not playing.done():
        await settled(clock, worker)
        await asyncio.sleep(0.05)

    office.http.close()
    assert ["jawaban: halo", "jawaban: jam buka?"] == await playing
    assert "diterima" in capsys.readouterr().out
