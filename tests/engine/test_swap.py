"""A model is exchanged while people write: nobody's message is lost, and the way back needs no loading."""

import asyncio
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from engine import models, office
from engine.inside import InsideEndpoint
from engine.models import Shelf
from tests.engine.running import Running

A_SECOND = 20  # messages
ENOUGH = 40


def copied(toy_model: Path, folder: Path, note: bytes) -> str:
    """The same model under another name and with other bytes; its hash."""
    shutil.copytree(toy_model, folder)
    archive = folder / "model.tar.gz"
    archive.write_bytes(archive.read_bytes() + note)  # gzip ignores zeros behind its end
    about = json.loads((folder / "manifest.json").read_text())
    about.update(name=folder.name, sha256=hashlib.sha256(archive.read_bytes()).hexdigest())
    (folder / "manifest.json").write_text(json.dumps(about))
    return about["sha256"]


@pytest.fixture
def two(toy_model: Path, tmp_path: Path) -> dict[str, str]:
    """Models `one`, which serves, and `two`, with their hashes."""
    hashes = {name: copied(toy_model, tmp_path / "models" / name, b"\0" * number) for number, name in enumerate(("one", "two"))}
    (tmp_path / "models" / "current").write_text("one\n")
    return hashes


@pytest.mark.slow
async def test_a_swap_under_twenty_messages_a_second_loses_none(two: dict[str, str], tmp_path: Path):
    async with Running(tmp_path / "models", tmp_path) as engine:
        await engine.until_ready()
        sent: list[asyncio.Task] = []
        swapped: list[str] = []

        async def swap():
            for name in ("two", "one", "two"):
                status, answer = await engine.post("/model", {"path": name, "sha256": two[name]})
                assert 200 == status, answer
                swapped.append(answer["model"])

        swapping = asyncio.create_task(swap())
        while not swapping.done() or len(sent) < ENOUGH:
            sent.append(asyncio.create_task(engine.turn(f"suami saya mukul saya {len(sent)}")))
            await asyncio.sleep(1 / A_SECOND)
        await swapping
        answers = await asyncio.gather(*sent)

    assert ["two", "one", "two"] == swapped
    assert [] == [answer["failed"] for answer in answers if answer["failed"]]
    assert all(answer["replies"] for answer in answers)
    assert len(answers) >= ENOUGH


async def test_the_way_back_needs_no_loading(two: dict[str, str], tmp_path: Path, actions: InsideEndpoint, monkeypatch: pytest.MonkeyPatch):
    shelf = Shelf(tmp_path / "models", actions, office.placeholders())
    await shelf.start()
    await shelf.swap("two", two["two"])
    monkeypatch.setattr(models, "load", lambda *_: pytest.fail("loaded again"))

    for name in ("one", "two", "one"):
        assert name == (await shelf.swap(name, two[name])).name


async def test_a_model_that_serves_is_not_its_own_way_back(two: dict[str, str], tmp_path: Path, actions: InsideEndpoint):
    shelf = Shelf(tmp_path / "models", actions, office.placeholders())
    await shelf.start()

    await shelf.swap("one", two["one"])

    assert None is shelf.before


async def test_an_engine_can_start_with_another_model_than_the_current_one(two: dict[str, str], tmp_path: Path, actions: InsideEndpoint):
    shelf = Shelf(tmp_path / "models", actions, office.placeholders())

    await shelf.start("two")

    assert "two" == shelf.serving.name
