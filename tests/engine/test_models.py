"""Another model is taken into service only when it has shown that it can answer, and nobody notices the change."""

import asyncio
import dataclasses
import hashlib
import json
import shutil
import tarfile
from pathlib import Path

import pytest

from engine import models, office, train
from engine.inside import InsideEndpoint
from engine.models import ModelRefused, Shelf
from engine.train import Project, up_to_date
from rules.levels import Level
from tests.engine.asking import question, words


@pytest.fixture
def shelf(toy_model: Path, tmp_path: Path, actions: InsideEndpoint) -> Shelf:
    """A shelf with two copies of the toy model."""
    for name in ("one", "two"):
        shutil.copytree(toy_model, tmp_path / name)
        renamed(tmp_path / name)
    (tmp_path / "current").write_text("one\n")
    return Shelf(tmp_path, actions, office.placeholders())


def renamed(folder: Path) -> None:
    about = json.loads((folder / "manifest.json").read_text())
    archive = folder / "model.tar.gz"
    about.update(name=folder.name, sha256=hashlib.sha256(archive.read_bytes()).hexdigest())
    (folder / "manifest.json").write_text(json.dumps(about))


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / "model.tar.gz").read_bytes()).hexdigest()


async def test_turns_go_on_while_a_model_is_swapped(shelf: Shelf):
    await shelf.start()
    answered, longest = 0, 0.0
    clock = asyncio.get_running_loop().time
    swap = asyncio.create_task(shelf.swap("two", digest(shelf.models / "two")))

    while not swap.done():
        began = clock()
        answer = await shelf.serving.assistant.turn(question("halo"))
        longest = max(longest, clock() - began)
        assert answer["failed"] is None
        answered += 1
        await asyncio.sleep(0)

    await swap
    assert "two" == shelf.serving.name
    assert answered > 5
    assert longest < 2.0


async def test_a_turn_that_has_begun_ends_on_its_own_model(shelf: Shelf):
    await shelf.start()
    old = shelf.serving.assistant

    waiting = asyncio.create_task(old.turn(question("uji lambat")))
    await asyncio.sleep(0.05)
    await shelf.swap("two", digest(shelf.models / "two"))

    assert "timeout" == (await waiting)["failed"]["kind"]
    assert shelf.serving.assistant is not old


async def test_a_state_of_the_old_model_is_read_by_the_new_one(shelf: Shelf):
    await shelf.start()
    state = (await shelf.serving.assistant.turn(question("suami saya mukul saya")))["state"]
    await shelf.swap("two", digest(shelf.models / "two"))

    answer = await shelf.serving.assistant.turn(question("di kemiling", state))

    assert ["Umur berapa?"] == words(answer)


def broken_archive(folder: Path) -> None:
    (folder / "model.tar.gz").write_bytes(b"not a model")


def truncated_archive(folder: Path) -> None:
    archive = folder / "model.tar.gz"
    archive.write_bytes(archive.read_bytes()[:-2000])


def without_its_weights(folder: Path) -> None:
    """Rasa's own classifier would come up untrained and say nothing about it."""
    repacked(folder, lambda path: path.name == "intent-words.npz" and path.unlink())


def gone_dumb(folder: Path) -> None:
    """Loads well, understands nothing."""
    import numpy as np

    def blank(path: Path) -> None:
        if path.name in {"intent-words.npz", "intent-sentences.npz"}:
            with np.load(path) as arrays:
                zeros = {name: np.zeros_like(arrays[name]) for name in arrays.files}
            np.savez_compressed(path, **zeros)

    repacked(folder, blank)


def lost_archive(folder: Path) -> None:
    (folder / "model.tar.gz").unlink()


def repacked(folder: Path, change) -> None:
    inside = folder / "inside"
    with tarfile.open(folder / "model.tar.gz") as tar:
        tar.extractall(inside)  # our own archive
    for path in list(inside.rglob("*")):
        change(path)
    with tarfile.open(folder / "model.tar.gz", "w:gz") as tar:
        tar.add(inside, arcname="")
    shutil.rmtree(inside)


@pytest.mark.parametrize("spoil", [broken_archive, truncated_archive, without_its_weights, gone_dumb, lost_archive])
async def test_a_model_that_does_not_pass_is_refused_and_the_old_one_stays(shelf: Shelf, spoil):
    await shelf.start()
    bad = shelf.models / "two"
    spoil(bad)
    if (bad / "model.tar.gz").exists():
        renamed(bad)

    with pytest.raises(ModelRefused):
        await shelf.swap("two", json.loads((bad / "manifest.json").read_text())["sha256"])

    assert "one" == shelf.serving.name
    assert (await shelf.serving.assistant.turn(question("halo")))["failed"] is None


@pytest.mark.parametrize("folder", ["../one", "/etc", "nothing", "one/../../x", ""])
async def test_a_folder_outside_the_shelf_is_refused(shelf: Shelf, folder: str):
    with pytest.raises(ModelRefused):
        await shelf.swap(folder, "0" * 64)


async def test_another_hash_than_the_archives_is_refused(shelf: Shelf):
    with pytest.raises(ModelRefused, match="hash"):
        await shelf.swap("two", "0" * 64)


async def test_a_manifest_that_names_another_archive_is_refused(shelf: Shelf):
    archive = shelf.models / "two" / "model.tar.gz"
    archive.write_bytes(archive.read_bytes() + b"\0")

    with pytest.raises(ModelRefused, match="hash"):
        await shelf.swap("two", digest(shelf.models / "two"))


def test_responses_that_ask_for_an_unknown_number_are_refused(assistant, actions: InsideEndpoint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(assistant.domain.responses, "utter_x", [{"text": "Telepon <nomor_hantu>."}])

    with pytest.raises(ModelRefused, match="nomor_hantu"):
        models.try_out(assistant, actions.names, office.placeholders())


def test_responses_with_an_unknown_button_are_refused(assistant, actions: InsideEndpoint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(assistant.domain.responses, "utter_x", [{"text": "Ya?", "buttons": [{"title": "Ya", "payload": "/setuju"}]}])

    with pytest.raises(ModelRefused, match="/setuju"):
        models.try_out(assistant, actions.names, office.placeholders())


def test_a_domain_that_names_a_missing_action_is_refused(assistant, actions: InsideEndpoint):
    with pytest.raises(ModelRefused, match="toy_count"):
        models.try_out(assistant, actions.names - {"toy_count"}, office.placeholders())


def test_training_writes_what_was_measured(toy_model: Path):
    report = json.loads((toy_model / "manifest.json").read_text())["report"]

    assert report["intent"]["accuracy"] > 0.7
    assert report["merah"]["recall"] > 0.9
    assert 0 < report["intent"]["floors"][""] < 1


def test_the_last_ten_models_are_kept(tmp_path: Path):
    for number in range(13):
        (tmp_path / f"20260101-0000{number:02}").mkdir()
        (tmp_path / f"20260101-0000{number:02}" / "manifest.json").write_text("{}")
    (tmp_path / "somebodys-notes").mkdir()

    train._prune(tmp_path)

    kept = sorted(path.name for path in tmp_path.iterdir())
    assert [f"20260101-0000{number:02}" for number in range(3, 13)] + ["somebodys-notes"] == kept


def test_a_training_that_fails_leaves_the_current_model(toy: Project, toy_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    models_ = tmp_path / "models"
    shutil.copytree(toy_model, models_ / toy_model.name)
    (models_ / "current").write_text(toy_model.name + "\n")
    monkeypatch.setattr("engine.train._trained", lambda project, aside: shutil.copyfile(toy_model / "model.tar.gz", aside / "model.tar.gz"))
    monkeypatch.setattr("engine.models.golden.SENTENCES", (("halo kak", ("darurat_sekarang",), Level.HIJAU),))
    monkeypatch.setattr("time.strftime", lambda *_: "20991231-235959")

    with pytest.raises(RuntimeError, match="golden sentence"):
        train.train(dataclasses.replace(toy, models=models_), train.Progress())

    assert toy_model.name == (models_ / "current").read_text().strip()
    assert ["current", toy_model.name] == sorted(path.name for path in models_.iterdir() if not path.name.startswith("."))[::-1]


def test_a_model_is_up_to_date_until_a_source_changes(toy: Project, toy_model: Path):
    wanted = json.loads((toy_model / "manifest.json").read_text())["data_hash"]

    assert up_to_date(toy, wanted)
    assert not up_to_date(toy, "0" * 64)
