"""Models on disk for the pages: small invented archives with reports, engines that say what they are told to."""

import hashlib
import json
from pathlib import Path
from typing import Any

from damping.casework.dialogue import EngineUnavailable, Spoken, TurnAnswered, TurnAsked, Understood
from damping.casework.models import SwitchAct, SwitchRefused
from damping.store.context import Store
from damping.store.models import Shelf
from damping.workbench.model_bench import ModelBench
from rules.levels import Level

RATE = {"hits": 143, "of": 145, "share": 0.9862, "low": 0.9511, "high": 0.9962}
SIDE = {
    "accuracy": {"hits": 648, "of": 706, "share": 0.9178, "low": 0.8953, "high": 0.9359},
    "macro_f1": 0.92,
    "fallback": {"hits": 11, "of": 706, "share": 0.0156, "low": 0.0087, "high": 0.0277},
    "calibration": {"error": 0.029, "bins": [{"low": 0.9, "high": 1.0, "count": 500, "certainty": 0.97, "right": 0.96}]},
    "by_intent": [
        {"name": "sapa", "support": 20, "precision": 0.95, "recall": 1.0, "f1": 0.97},
        {"name": "ragu_lapor", "support": 18, "precision": 0.7, "recall": 0.72, "f1": 0.71},
    ],
    "confused": [{"wanted": "ragu_lapor", "said": "ungkap_takut", "count": 3}],
    "labels": ["ragu_lapor", "sapa"],
    "matrix": [[13, 0], [0, 20]],
}
SENTENCE = "dia bilang nanti malam giliran saya"


def a_report(name: str, sha256: str, before: str, **evidence: Any) -> dict[str, Any]:
    """What a comparison writes; `evidence` sets apart from a good one."""
    change = {
        "text": SENTENCE,
        "set": "emas",
        "intent": "ancaman_nyawa",
        "danger": "merah",
        "before": {"intent": "ungkap_takut", "certainty": 0.5, "danger": "kuning"},
        "after": {"intent": "ancaman_nyawa", "certainty": 0.8, "danger": "merah"},
        "verdict": "better",
    }
    found = {"what": "merah", "of": 145, "before": 143, "after": 143, "least": 0.9511}
    seen = {"signed": True, "whole": True, "compared": True, "missed": 0, "never_miss": 70, "found": [found], "mislaid": [], "wording": 0}
    missed = [{"text": SENTENCE, "wanted": "merah", "said": "hijau", "before": "merah"}] * evidence.get("missed", 0)
    return {
        "about": {
            "model": name,
            "sha256": sha256,
            "data_hash": "d",
            "before": before,
            "trouble": "",
            "made_at": "2026-11-24T13:00:00Z",
            "messages": {"emas": 706, "rusak": 706, "wajib": 70, "mirip": 68},
        },
        "compared": {
            "golden_before": SIDE if before else None,
            "golden": SIDE,
            "spoiled_before": SIDE if before else None,
            "spoiled": SIDE,
            "recalls": [
                {"what": "merah", "set": "emas", "before": RATE if before else None, "after": RATE},
                {"what": "krisis_bunuh_diri", "set": "emas", "before": RATE if before else None, "after": RATE},
            ],
            "never_miss": {"of": 70, "wrong": missed, "wrong_before": 0},
            "look_alike": {"of": 68, "wrong": [], "wrong_before": 1},
            "changes": [change],
        },
        "wording": [],
        "plays": {"of": 169, "failed": []},
        "held_out": {"intent": {"accuracy": 0.88, "held_out": 2687}, "merah": {"recall": 0.95, "held_out": 2687}},
        "held_out_before": {"intent": {"accuracy": 0.87, "held_out": 2600}},
        "evidence": {**seen, "conversations": 169, "conversations_failed": 0, **evidence},
    }


def a_model(shelf: Shelf, name: str, before: str = "", *, signed: bool = True, report: bool = True, **evidence: Any) -> str:
    """Put a model on the shelf; its name."""
    folder = shelf.folder / name
    folder.mkdir(parents=True)
    archive = f"archive of {name}".encode()
    (folder / "model.tar.gz").write_bytes(archive)
    sha256 = hashlib.sha256(archive).hexdigest()
    learnt = {"intent": {"accuracy": 0.88}, "merah": {"recall": 0.95}}
    about = {"name": name, "trained_at": "2026-11-24T12:00:00Z", "sha256": sha256, "data_hash": "d", "report": learnt}
    (folder / "manifest.json").write_text(json.dumps(about), encoding="utf-8")
    if report:
        (folder / "report.json").write_text(json.dumps(a_report(name, sha256, before, **evidence)), encoding="utf-8")
        (folder / "report.html").write_text("<!doctype html><title>laporan</title>", encoding="utf-8")
    if signed:
        shelf.sign(name)
    return name


class ScriptedRoom:
    """Switches at once, or refuses as told."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.done: list[tuple[str, str, str]] = []
        self.refusing: SwitchRefused | None = None

    async def serving(self) -> str:
        return self.shelf.current()

    async def switch(self, model: str, officer: str | None, reason: str, act: SwitchAct) -> None:
        if self.refusing is not None:
            raise self.refusing
        self.done.append((model, reason, act.value))
        self.shelf.point(model)


class ScriptedTrial:
    """Two engines that repeat what they hear; the new one hears danger in a golok."""

    def __init__(self) -> None:
        self.loaded = True
        self.down = False

    async def ready(self, model: str) -> bool:
        return self.loaded

    async def turn(self, model: str, asked: TurnAsked) -> TurnAnswered:
        if self.down:
            raise EngineUnavailable
        grave = bool(model) and "parang" in asked.text
        level = Level.MERAH if grave else Level.HIJAU
        return TurnAnswered(
            state=f"{asked.state or ''}|{asked.text}",
            replies=[Spoken(text=f"jawaban: {asked.text}", response="utter_alarm" if grave else "utter_sapa")],
            understood=Understood(intent="ancaman_nyawa" if grave else "sapa", confidence=0.9, danger=level),
            facts={"level": level.value, "weapon": "parang", "turn": {"lost": 0}} if grave else {},
        )


def a_model_bench(store: Store, root: Path) -> ModelBench:
    """An empty shelf."""
    (root / "models").mkdir(parents=True, exist_ok=True)
    shelf = Shelf(root / "models", store.vault)
    return ModelBench(shelf, ScriptedRoom(shelf), ScriptedTrial(), root / "tests" / "conversations" / "dari_pelatih.yml")
