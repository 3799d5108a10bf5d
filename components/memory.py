"""What training worked out about a text, kept for the next training: every training reads the same thousands of examples.

Lies beside the models, one file a kind, and is begun anew when word lists, rules or components change. Examples are invented; serving
remembers nothing.
"""

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

from components.sources import ROOT, everything

FOLDER = ROOT / "models"


class Memory:
    """A value as JSON for each text; a file that cannot be read counts as empty."""

    def __init__(self, kind: str, folder: Path = FOLDER) -> None:
        self._path = folder / f".{kind}" / f"{everything()[:16]}.json"
        self._known: dict[str, Any] = {}
        self._fresh = False
        with contextlib.suppress(OSError, ValueError):
            self._known = dict(json.loads(self._path.read_text(encoding="utf-8")))

    def recall(self, text: str) -> Any:
        """What was kept for the text, or None."""
        return self._known.get(_key(text))

    def keep(self, text: str, value: Any) -> None:
        """Remembers from the next `save` on."""
        self._known[_key(text)] = value
        self._fresh = True

    def save(self) -> None:
        """Writes what is new; memories of older states are thrown away."""
        if not self._fresh:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        aside = self._path.with_suffix(".new")
        aside.write_text(json.dumps(self._known, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", errors="surrogatepass")
        aside.replace(self._path)
        for old in self._path.parent.glob("*.json"):
            if old != self._path:
                old.unlink()


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
