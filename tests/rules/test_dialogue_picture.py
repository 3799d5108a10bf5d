"""The picture in docs/dialogue.md is the one that the tables give."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_picture_of_the_paths_is_current() -> None:
    drawing = runpy.run_path(str(ROOT / "scripts" / "dialogue_picture.py"), run_name="drawing")
    text = (ROOT / "docs" / "dialogue.md").read_text(encoding="utf-8")

    assert drawing["page"](text) == text, "run: python scripts/dialogue_picture.py"
