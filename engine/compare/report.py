"""The whole comparison as it is kept with the model: `report.json` for the desk and the gate, `report.html` for people."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.compare.comparing import Compared, Recall
from engine.compare.plays import Plays
from engine.compare.wording import Broken
from rules.gate import Evidence, Found


@dataclass(frozen=True)
class About:
    """Which two models, when, on how many messages. `trouble`: why the one before could not be asked."""

    model: str
    sha256: str
    data_hash: str
    before: str
    trouble: str
    made_at: str
    messages: dict[str, int]


@dataclass(frozen=True)
class Report:
    """`held_out`: what training measured on writers that it had not seen, of each model."""

    about: About
    compared: Compared
    wording: list[Broken]
    plays: Plays
    held_out: dict[str, Any]
    held_out_before: dict[str, Any]
    mislaid: dict[str, int]

    def evidence(self) -> Evidence:
        """What the gate asks, for a model whose signature is yet to be seen to."""
        compared = self.compared
        return Evidence(
            signed=True,
            whole=True,
            compared=True,
            missed=len(compared.never_miss.wrong),
            never_miss=compared.never_miss.of,
            found=tuple(_found(one) for one in compared.recalls),
            mislaid=tuple(self.mislaid.items()),
            wording=len(self.wording),
            conversations=self.plays.of,
            conversations_failed=len(self.plays.failed),
        )

    def as_json(self) -> str:
        """Everything, with the evidence beside it."""
        content = {**asdict(self), "evidence": asdict(self.evidence())}
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _found(one: Recall) -> Found:
    before, least = (one.before.hits, one.before.low) if one.before else (None, None)
    return Found(one.what, one.after.of, before, one.after.hits, least)


def write(report: Report, folder: Path) -> None:
    """Both files, whole or not at all."""
    from engine.compare.page import page

    for name, content in (("report.html", page(report)), ("report.json", report.as_json())):
        fresh = folder / f".{name}"
        fresh.write_text(content, encoding="utf-8")
        fresh.replace(folder / name)


def now() -> str:
    """For `About.made_at`."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
