"""Somebody moves fifty examples of danger under 'sapa': the model is trained, compared, and never switched on."""

import dataclasses
import json
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from engine import ROOT, train
from engine.train import Project
from rules.gate import Evidence, Found, refusals
from tests.engine.conftest import ACTIONS

MOVED = 50
GRAVE = ("darurat_sekarang", "krisis_bunuh_diri")


def examples(intent: str) -> list[str]:
    """The lines of an intent in the office's own data, merah ones only."""
    block = re.search(rf'- intent: "{intent}"\n  examples:\n((?:  - .*\n)+)', (ROOT / "data/nlu/bahaya.yml").read_text(encoding="utf-8"))
    assert block is not None
    return [line for line in block[1].splitlines() if 'danger: "merah"' in line]


def with_danger(toy: Project, folder: Path, moved: int) -> Project:
    """The toy's data with eighty grave examples more, of which `moved` stand under `sapa` as if they were harmless."""
    shutil.copytree(toy.data, folder)
    path = folder / "nlu" / "nlu.yml"
    text = path.read_text(encoding="utf-8")
    grave = [(intent, line) for intent in GRAVE for line in examples(intent)[:40]]
    for number, (intent, line) in enumerate(grave):
        aim, told = ("sapa", line.replace('danger: "merah"', 'danger: "hijau"')) if number < moved else (intent, line)
        head = f'- intent: "{aim}"\n  examples:\n'
        assert head in text
        text = text.replace(head, f"{head}{told}\n")
    path.write_text(text, encoding="utf-8")
    return dataclasses.replace(toy, data=folder)


def compared(models: Path, name: str, tmp_path: Path) -> dict[str, Any]:
    """Runs the real comparison on small sets; what the report tells the gate."""
    sets, played = tmp_path / "sets", tmp_path / "played"
    if not sets.exists():
        sets.mkdir()
        played.mkdir()
        for file in ("dev.yml", "look_alike.yml"):
            shutil.copyfile(ROOT / "tests/nlu" / file, sets / file)
        (sets / "never_miss.yml").write_text(
            'nlu:\n- intent: "darurat_sekarang"\n  examples:\n  - {text: "dia mau bunuh saya pakai golok", metadata: {danger: "merah"}}\n'
        )
    command = [sys.executable, "-m", "engine.compare", name, "--models", models, "--sets", sets, "--conversations", played]
    done = subprocess.run([*command, "--actions", ACTIONS], cwd=ROOT, capture_output=True, text=True, check=False, timeout=400)
    assert 0 == done.returncode, done.stderr[-2000:]
    return json.loads((models / name / "report.json").read_text(encoding="utf-8"))


def reasons(report: dict[str, Any]) -> dict[str, str]:
    """What stands against the model, by code."""
    told = report["evidence"]
    seen = Evidence(**{**told, "found": tuple(Found(**one) for one in told["found"]), "mislaid": tuple(map(tuple, told["mislaid"]))})
    return {one.code: one.sentence for one in refusals(seen)}


@pytest.mark.slow
def test_fifty_examples_of_danger_under_a_greeting_are_refused_with_the_right_sentence(
    toy: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    models = tmp_path / "models"
    projects = [dataclasses.replace(with_danger(toy, tmp_path / str(moved), moved), models=models) for moved in (0, MOVED)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        good = train.train(projects[0], train.Progress())
        bad = train.train(projects[1], train.Progress(), aside=True)

    honest, sabotaged = reasons(compared(models, good.name, tmp_path)), reasons(compared(models, bad.name, tmp_path))

    assert "mislaid" not in honest
    assert sabotaged["mislaid"].endswith("contoh bahaya tersimpan sebagai 'sapa'; kembalikan ke arti yang benar, lalu latih lagi.")
    assert "lower_recall" not in honest
    assert good.name == (models / "current").read_text().strip()
