"""Every sentence that a model would say, against the office's rules of wording: those in the model itself, not those on disk.

A rule is set aside for a text where `data/responses/` says so (`# boleh <aturan>: <alasan>`, see `scripts/lint_wording.py`).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import ROOT
from rules.wording import Wording, findings

RESPONSES = ROOT / "data" / "responses"
_EXCEPTION = re.compile(r"#\s*boleh\s+([\w-]+)\s*:\s*\S")


@dataclass(frozen=True)
class Broken:
    """A sentence and the rule that it breaks."""

    response: str
    text: str
    rule: str
    what: str


def broken(responses: Mapping[str, list[dict[str, Any]]], spoken: Mapping[str, str], folder: Path = RESPONSES) -> list[Broken]:
    """`responses`: those of the model's domain; `spoken`: what the placeholders say."""
    excepted = _excepted(folder)
    found = []
    for name, variations in sorted(responses.items()):
        for variation in variations:
            said = _said(name, variation, spoken)
            rules = findings(said) if said.text else []
            found += [Broken(name, said.text, one.rule, one.what) for one in rules if not _set_aside(excepted, one.rule, said.text)]
    return found


def _said(name: str, variation: dict[str, Any], spoken: Mapping[str, str]) -> Wording:
    text = str(variation.get("text") or "")
    filled = re.sub(r"<([a-z_]+)>", lambda match: spoken.get(match[1], "xxxx"), text)
    buttons = frozenset(str(button.get("payload")) for button in variation.get("buttons") or [])
    return Wording(text, re.sub(r"\{[a-z_]+\}|\[[a-z ]+\]", "10", filled), asks=name.startswith("utter_ask_"), buttons=buttons)


def _excepted(folder: Path) -> dict[str, list[str]]:
    """{rule: the lines for which it is set aside}: the comment's own line and the one below it."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            match = _EXCEPTION.search(line)
            if match:
                found.setdefault(match[1], []).extend(lines[number : number + 2])
    return found


def _set_aside(excepted: Mapping[str, list[str]], rule: str, text: str) -> bool:
    written = {text, json.dumps(text, ensure_ascii=False)[1:-1]}  # as YAML's double quotes write it
    return any(one in line for line in excepted.get(rule, []) for one in written)
