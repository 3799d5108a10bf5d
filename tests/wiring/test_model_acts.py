"""The trainers' commands, and what happens to models when Damping starts: an invented engine says what the real one says."""

import hashlib
import json
from pathlib import Path

import pytest

from damping.casework.models import SwitchAct
from damping.store import migrate, model_switches
from damping.store.models import Shelf
from damping.wiring import build, keys, model_acts
from damping.wiring import settings as configuration
from damping.wiring.settings import Settings, WrongSetting
from tests.workbench.model_shelf import a_model, a_report

ROOT = Path(__file__).parents[2]
TRAINS = 'echo "model baru siap" >&2; exit 0'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An office of its own, without a model."""
    (tmp_path / "models").mkdir()
    (tmp_path / "config").symlink_to(ROOT / "config")
    told = configuration.load({}, tmp_path)
    keys.make_master_key(told.master_key_file)
    store = build.store(told)
    migrate.upgrade(store.database)
    store.database.close()
    return told


def an_engine(settings: Settings, check: int = 3, missed: int = 0, first: str = "") -> None:
    """A stand-in for the engine's Python; `baru` is what it trains, compared with `lama`."""
    archive = b"archive of baru"
    told = settings.root / "told.json"
    told.write_text(json.dumps(a_report("baru", hashlib.sha256(archive).hexdigest(), "lama", missed=missed)))
    path = settings.root / ".venv-engine" / "bin" / "python"
    path.parent.mkdir(parents=True)
    path.write_text(
        "#!/bin/sh\n"
        f'echo "$*" >> {settings.root}/calls\n'
        'case "$*" in\n'
        f'*engine.compare*) cp {told} {settings.models}/baru/report.json; echo "penjaga: selesai" >&2 ;;\n'
        f"*--check*) exit {check} ;;\n"
        f"*--aside*) {TRAINS} ;;\n"
        f"*engine.train*) {first or 'exit 1'} ;;\n"
        "esac\n"
    )
    path.chmod(0o755)


def a_shelf(settings: Settings) -> tuple[Shelf, list[str]]:
    """The office's shelf, with what serves; and what the engine was asked so far."""
    store = build.store(settings)
    store.database.close()
    calls = settings.root / "calls"
    return Shelf(settings.models, store.vault), calls.read_text().splitlines() if calls.exists() else []


@pytest.fixture
def serving(settings: Settings) -> Shelf:
    """`lama` serves; `baru` lies there as training leaves it: without report and signature."""
    shelf, _ = a_shelf(settings)
    a_model(shelf, "lama")
    shelf.point("lama")
    a_model(shelf, "baru", signed=False, report=False)
    return shelf


def test_the_very_first_model_serves_and_the_office_answers_for_it(settings: Settings) -> None:
    shelf, _ = a_shelf(settings)
    a_model(shelf, "awal", signed=False, report=False)  # what the training below leaves
    an_engine(settings, first=f"echo awal > {settings.models}/current; exit 0")

    assert 0 == model_acts.begin(settings)

    assert ("awal", True) == (shelf.current(), shelf.model("awal").signed)


def test_a_first_training_that_fails_is_told(settings: Settings) -> None:
    an_engine(settings)

    assert 1 == model_acts.begin(settings)


def test_nothing_is_trained_while_nothing_changed(settings: Settings, serving: Shelf) -> None:
    an_engine(settings, check=0)

    assert 0 == model_acts.begin(settings)

    assert ["-m engine.train --check"] == a_shelf(settings)[1]
    assert "lama" == serving.current()


def test_a_new_model_comes_in_through_the_gate_when_damping_starts(settings: Settings, serving: Shelf) -> None:
    an_engine(settings)

    assert 0 == model_acts.begin(settings)

    assert "baru" == serving.current()


def test_a_model_that_misses_danger_stays_out_and_the_old_one_serves_on(
    settings: Settings, serving: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    an_engine(settings, missed=2)

    assert 0 == model_acts.begin(settings)

    assert "lama" == serving.current()
    assert "2 dari 70 pesan bahaya yang tidak boleh terlewat" in capsys.readouterr().out


def test_promote_and_rollback_by_command(settings: Settings, serving: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    a_model(serving, "bagus", before="lama")

    assert 0 == model_acts.in_store(settings, lambda store: model_acts.promote(store, settings, "bagus", "uji"))
    assert "bagus" == serving.current()
    assert 0 == model_acts.in_store(settings, lambda store: model_acts.back(store, settings, None, "ternyata buruk"))

    assert "lama" == serving.current()
    store = build.store(settings)
    acts = [(one.act, one.reason) for one in model_switches.latest(store)]
    store.database.close()
    assert [(SwitchAct.BACK, "ternyata buruk"), (SwitchAct.ON, "uji")] == acts


def test_an_unsigned_model_is_refused_by_command_too(settings: Settings, serving: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == model_acts.in_store(settings, lambda store: model_acts.promote(store, settings, "baru", "uji"))

    assert "tidak ditandatangani" in capsys.readouterr().out
    assert "lama" == serving.current()


def test_without_an_earlier_model_there_is_no_way_back(settings: Settings, serving: Shelf) -> None:
    with pytest.raises(WrongSetting, match="no earlier model"):
        model_acts.in_store(settings, lambda store: model_acts.back(store, settings, None, "uji"))


def test_the_list_says_what_the_gate_says(settings: Settings, serving: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    a_model(serving, "buruk", before="lama", missed=1)

    assert 0 == model_acts.in_store(settings, lambda store: model_acts.shown(store, settings))

    told = capsys.readouterr().out
    assert "berjalan" in told
    assert "buruk" in told
