"""What stands for a sign such as <polisi> when a sentence is read: the office's words and numbers."""

from pathlib import Path

import yaml


def placeholders(root: Path) -> dict[str, str]:
    """From `config/office.yml`; a directory entry is shown by its name."""
    facts = yaml.safe_load((root / "config" / "office.yml").read_text(encoding="utf-8"))
    found = {str(name): str(said) for name, said in (facts.get("words") or {}).items()}
    return found | {str(line["placeholder"]): str(line["number"]) for line in facts.get("hotlines") or ()}
