"""The engine as it really runs: a process, a socket, a log, and callers who hang up."""

import asyncio
import json
import re
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from engine import models
from tests.engine.asking import HELLO
from tests.engine.running import Running

SECRET = "saya Siti Rahmawati, 0812-3456-7890, dikejar suami bawa golok"
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(toy_model: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with Running(toy_model.parent, tmp_path_factory.mktemp("engine")) as running:
        await running.until_ready()
        yield running


async def test_it_listens_before_it_is_ready_and_says_so(toy_model: Path, tmp_path: Path):
    async with Running(toy_model.parent, tmp_path) as running:
        while not running.socket.exists():
            await asyncio.sleep(0.02)
        first = (await running.get("/health"))[1]
        status, answer = await running.post("/turn", {"conversation": "c", "state": None, "text": "halo"})

    assert not first["ready"]
    assert (503, "starting") == (status, answer["error"])


async def test_only_the_owner_may_open_the_socket(engine: Running):
    mode = engine.socket.stat().st_mode

    assert stat.S_ISSOCK(mode)
    assert 0o600 == stat.S_IMODE(mode)


async def test_it_tells_what_it_is(engine: Running, toy_model: Path):
    about = (await engine.get("/health"))[1]

    assert about["ready"]
    assert toy_model.name == about["model"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", about["trained_at"])


async def test_a_caller_who_hangs_up_in_the_middle_of_a_turn_harms_nothing(engine: Running):
    """F1: stock Rasa cancels the turn, loses the message and logs its text."""
    asked = json.dumps({"conversation": "c-9", "state": None, "text": "uji lambat " + SECRET}).encode()
    _reader, writer = await asyncio.open_unix_connection(str(engine.socket))
    writer.write(b"POST /turn HTTP/1.1\r\nHost: engine\r\nContent-Length: %d\r\n\r\n" % len(asked) + asked)
    await writer.drain()
    await asyncio.sleep(0.1)
    writer.transport.abort()

    answer = await engine.turn("halo kak")

    assert answer["failed"] is None
    assert [HELLO] == [reply["text"] for reply in answer["replies"]]


async def test_many_texts_are_understood_at_once_and_in_order(engine: Running):
    texts = ["halo kak", "makasih kak", "", "🙂", "tolong dia di depan pintu bawa pisau"] * 20

    status, answer = await engine.post("/parse", {"texts": texts})

    results = answer["results"]
    assert (200, texts) == (status, [result["text"] for result in results])
    assert ["sapa", "terima_kasih", "nlu_fallback", "nlu_fallback", "darurat_sekarang"] == [r["intent"] for r in results[:5]]
    assert {"text", "intent", "confidence", "ranking", "danger", "danger_by", "danger_doubt", "entities"} == set(results[0])
    assert results[:5] == results[5:10]


@pytest.mark.parametrize(
    ("path", "body", "why"),
    [
        ("/turn", b"not json", "body"),
        ("/turn", b"\xff\xfe", "body"),
        ("/turn", {"conversation": "c", "text": 7}, "text: a string"),
        ("/turn", {"conversation": "", "text": "x"}, "conversation"),
        ("/turn", {"conversation": "c", "text": "x", "button": "darurat"}, "button: not one of ours"),
        ("/turn", {"conversation": "c", "text": "x", "level": "ungu"}, "level"),
        ("/turn", {"conversation": "c", "text": "x", "kind": "voice"}, "kind"),
        ("/turn", {"conversation": "c", "text": "x", "intent": "setuju"}, "unknown field"),
        ("/turn", {"conversation": "c", "text": "x", "place": {"latitude": "x"}}, "place"),
        ("/parse", {"texts": "halo"}, "texts"),
        ("/parse", {"texts": [1]}, "texts"),
        ("/model", {"path": "x", "sha256": "zz"}, "sha256"),
        ("/model", {"path": "../../etc", "sha256": "0" * 64}, "not a model folder"),
    ],
)
async def test_a_wrong_request_is_refused_with_the_reason(engine: Running, path: str, body: object, why: str):
    status, answer = await engine.post(path, body)

    assert 400 == status
    assert why in answer["error"]


async def test_a_body_that_is_too_large_is_refused(engine: Running):
    status, _ = await engine.post("/turn", {"conversation": "c", "text": "a" * 300_000})

    assert 413 == status


async def test_there_are_no_other_doors(engine: Running):
    """Rasa's own HTTP API and channels are not there (F12)."""
    for path in ("/", "/webhooks/rest/webhook", "/conversations/c/tracker", "/model/train", "/status", "/version"):
        assert 404 == (await engine.get(path))[0]


async def test_no_line_it_prints_holds_anybodys_words(toy_model: Path, tmp_path: Path):
    """F15, and the same for every way in which a turn can fail."""
    async with Running(toy_model.parent, tmp_path) as running:
        await running.until_ready()
        for text in (
            SECRET,
            "uji gagal " + SECRET,
            "uji lambat " + SECRET,
            "uji salah bentuk " + SECRET,
            "/" + SECRET,
            '/setuju{"x": "' + SECRET + '"}',
        ):
            await running.turn(text)
        await running.post("/parse", {"texts": [SECRET]})
        await running.post("/turn", {"conversation": "c", "text": SECRET, "level": SECRET})
        await running.post("/turn", {"conversation": "c", "text": "x", SECRET: 1})
        await running.post("/turn", SECRET.encode())
        await running.post("/model", {"path": SECRET, "sha256": "0" * 64})

    printed = running.printed.lower()
    assert '"event": "turn"' in printed
    for word in ("siti", "rahmawati", "0812", "golok", "suami"):
        assert word not in printed


async def test_tensorflow_and_rasas_server_stay_out_of_the_process(engine: Running):
    maps = Path(f"/proc/{engine.process.pid}/maps").read_text()

    assert "libtensorflow" not in maps
    assert "_pywrap_tensorflow" not in maps


async def test_over_tcp_a_key_is_asked_for(toy_model: Path, tmp_path: Path, unused_tcp_port: int):
    key = tmp_path / "key"
    key.write_text("k" * 40)
    async with Running(toy_model.parent, tmp_path, "--port", str(unused_tcp_port), "--key-file", str(key)) as running:
        base = f"http://127.0.0.1:{unused_tcp_port}/health"
        statuses = []
        for _ in range(200):
            try:
                for headers in ({}, {"X-Damping-Engine-Key": "k" * 39}, {"X-Damping-Engine-Key": "k" * 40}):
                    async with running.http.get(base, headers=headers) as answer:
                        statuses.append(answer.status)
                break
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)

    assert [401, 401, 200] == statuses


async def test_a_port_without_a_good_key_does_not_start(toy_model: Path, tmp_path: Path):
    key = tmp_path / "key"
    key.write_text("short")
    async with Running(toy_model.parent, tmp_path, "--port", "1", "--key-file", str(key)) as running:
        assert 2 == await asyncio.wait_for(running.process.wait(), 20)


async def test_without_a_model_it_waits_for_one(toy_model: Path, tmp_path: Path):
    shelf = tmp_path / "models"
    shelf.mkdir()
    async with Running(shelf, tmp_path) as running:
        while not running.socket.exists():
            await asyncio.sleep(0.02)
        for _ in range(600):
            about = (await running.get("/health"))[1]
            if "no model" in about["trouble"]:
                break
            await asyncio.sleep(0.05)
        (shelf / toy_model.name).symlink_to(toy_model)  # outside the shelf: refused
        refused = (await running.post("/model", {"path": toy_model.name, "sha256": models.manifest(toy_model)["sha256"]}))[0]

    assert not about["ready"]
    assert "no model is trained yet" == about["trouble"]
    assert 400 == refused
