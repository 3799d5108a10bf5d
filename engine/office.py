"""The office's numbers, hours and names, which spoken text asks for as <polisi>, <kantor>, <jam>."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from engine import ROOT

PATH = ROOT / "config" / "office.yml"


def placeholders(path: Path = PATH) -> dict[str, str]:
    """{placeholder: what is said}: the file's words, and each hotline's number."""
    content: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    found = {str(name): str(said) for name, said in (content.get("words") or {}).items()}
    found.update({str(line["placeholder"]): str(line["number"]) for line in content.get("hotlines") or []})
    return found
