"""Training as a process of its own: what it is given, what of its words is kept, how it is stopped, and what it may touch.

An invented engine stands in: a script that says what the real one says.
"""

import asyncio
import hashlib
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from damping.casework.models import Failure, Origin, RunKind, RunState
from damping.store import model_runs
from damping.store.context import Store
from damping.wiring import settings as configuration
from damping.wiring import training as room
from damping.wiring import training_timers
from damping.wiring.settings import Settings, WrongSetting
from damping.wiring.training import Heard, Training
from tests.support import HeldClock

GOOD = """
echo "pelatihan: membaca data (0 s)" >&2
echo "pelatihan: DangerClassifier (3 s)" >&2
echo "suami saya memukul saya tadi malam" >&2
echo "model baru siap" >&2
"""
COMPARED = """
echo "perbandingan: memainkan percakapan uji (5 s)" >&2
echo "penjaga: boleh dinyalakan" >&2
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A checkout of its own."""
    (tmp_path / "models").mkdir()
    return configuration.load({}, tmp_path)


def an_engine(settings: Settings, train: str = GOOD, compare: str = COMPARED) -> None:
    """A stand-in for the engine's Python; both programs see $root and their arguments."""
    path = settings.root / ".venv-engine" / "bin" / "python"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\ncase "$2" in engine.train) {train} ;; engine.compare) {compare} ;; esac\n')
    path.chmod(0o755)
    archive = b"archive"
    folder = settings.models / "baru"
    folder.mkdir(exist_ok=True)
    (folder / "model.tar.gz").write_bytes(archive)
    about = {
        "name": "baru",
        "trained_at": "2026-11-24T12:00:00Z",
        "sha256": hashlib.sha256(archive).hexdigest(),
        "data_hash": "d",
    }
    (folder / "manifest.json").write_text(json.dumps(about))


async def carried_out(store: Store, settings: Settings, kind: RunKind = RunKind.TRAIN, model: str = "") -> model_runs.Run:
    run = model_runs.ask(store, None, Origin.COMMAND, kind, model)
    await Training(store, settings).next()
    ended = model_runs.one(store, run)
    assert ended is not None
    return ended


async def test_a_model_that_was_trained_and_compared_here_is_signed(store: Store, settings: Settings) -> None:
    an_engine(settings)

    run = await carried_out(store, settings)

    assert (RunState.DONE, "baru") == (run.state, run.model)
    assert Training(store, settings).shelf.model("baru").whole


async def test_only_lines_of_known_form_are_kept(store: Store, settings: Settings) -> None:
    an_engine(settings)

    run = await carried_out(store, settings)

    assert "pelatihan: DangerClassifier (3 s)" in run.log
    assert "penjaga: boleh dinyalakan" in run.log
    assert "suami" not in run.log


def test_an_error_that_may_quote_an_example_is_told_by_its_class_alone() -> None:
    heard = Heard()

    assert "pelatihan gagal: KeyError" == heard.hear("pelatihan gagal: 'suami saya' (KeyError)")
    assert "pelatihan gagal: model tidak lulus" == heard.hear("pelatihan gagal: model tidak lulus (RuntimeError)")
    assert "" == heard.hear("  maksud: [suami saya](hubungan)")


async def test_the_process_is_given_nothing_of_the_office(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAMPING_WHATSAPP_ACCESS_TOKEN", "rahasia")
    monkeypatch.setenv("https_proxy", "http://keluar:3128")
    an_engine(settings, train='env > "$(dirname "$0")/seen"; exit 1')

    await carried_out(store, settings)

    seen = (settings.root / ".venv-engine/bin/seen").read_text()
    assert "rahasia" not in seen
    assert "keluar" not in seen
    assert "DAMPING" not in seen


@pytest.mark.skipif(not room.cut_off(), reason="this system does not let a process have a network of its own")
async def test_the_process_has_no_network(store: Store, settings: Settings) -> None:
    an_engine(settings, train='cat /proc/net/dev > "$(dirname "$0")/seen"; exit 1')

    await carried_out(store, settings)

    devices = [line.partition(":")[0].strip() for line in (settings.root / ".venv-engine/bin/seen").read_text().splitlines()[2:]]
    assert {"lo"} >= set(devices)


async def test_a_training_that_fails_leaves_nothing_signed(store: Store, settings: Settings) -> None:
    an_engine(settings, train='echo "pelatihan gagal: data rusak (RuntimeError)" >&2; exit 1')

    run = await carried_out(store, settings)

    assert (RunState.FAILED, Failure.TRAINING) == (run.state, run.failure)
    assert "pelatihan gagal: data rusak" in run.log
    assert not Training(store, settings).shelf.model("baru").signed


async def test_a_comparison_that_fails_is_told_apart(store: Store, settings: Settings) -> None:
    an_engine(settings, compare="exit 1")

    run = await carried_out(store, settings)

    assert (RunState.FAILED, Failure.COMPARISON, "baru") == (run.state, run.failure, run.model)


async def test_data_that_made_a_model_already_are_not_trained_again(store: Store, settings: Settings) -> None:
    an_engine(settings, train='echo "model sudah sesuai dengan data" >&2')

    run = await carried_out(store, settings)

    assert (RunState.FAILED, Failure.NOTHING_NEW) == (run.state, run.failure)


async def test_a_model_of_these_data_that_was_never_compared_is_compared(store: Store, settings: Settings) -> None:
    an_engine(settings, train='echo "model sudah sesuai dengan data: baru" >&2')

    run = await carried_out(store, settings)

    assert (RunState.DONE, "baru") == (run.state, run.model)


async def test_a_run_that_is_cancelled_ends_with_all_its_processes(store: Store, settings: Settings) -> None:
    an_engine(settings, train='echo $$ > "$(dirname "$0")/pid"; echo "pelatihan: membaca data (0 s)" >&2; sleep 60')
    run = model_runs.ask(store, None, Origin.COMMAND)
    going = asyncio.create_task(Training(store, settings).next())
    pid = settings.root / ".venv-engine/bin/pid"
    while not (pid.exists() and pid.read_text().strip()):
        await asyncio.sleep(0.05)

    model_runs.cancel(store, "perintah", run)
    await going

    ended = model_runs.one(store, run)
    assert ended is not None
    assert RunState.CANCELLED is ended.state
    assert not _lives(int(pid.read_text()))


def _lives(pid: int) -> bool:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


async def test_nothing_waits_is_nothing_done(store: Store, settings: Settings) -> None:
    an_engine(settings)

    assert None is await Training(store, settings).next()


@pytest.mark.parametrize(
    ("at", "now", "due"),
    [
        ("", "19:00", False),  # never
        ("02:30", "19:29", False),  # 02.29 in the office
        ("02:30", "19:31", True),
        ("02:30", "21:00", True),
        ("02:30", "22:00", False),  # the night is over: tomorrow
    ],
)
def test_the_nightly_training_has_its_hour(at: str, now: str, due: bool, store: Store, clock: HeldClock) -> None:
    hour, minute = map(int, now.split(":"))
    clock.at = datetime(2026, 11, 24, hour, minute, tzinfo=UTC)

    assert due is training_timers.is_due(store, at)


def test_the_nightly_training_is_asked_for_once(store: Store, clock: HeldClock) -> None:
    clock.at = datetime(2026, 11, 24, 19, 31, tzinfo=UTC)
    model_runs.ask(store, None, Origin.NIGHT)
    clock.forward(minutes=5)

    assert not training_timers.is_due(store, "02:30")
    clock.forward(hours=24)
    assert training_timers.is_due(store, "02:30")


def test_a_wrong_hour_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="DAMPING_TRAIN_AT"):
        configuration.load({"DAMPING_TRAIN_AT": "2.30"}, tmp_path)
