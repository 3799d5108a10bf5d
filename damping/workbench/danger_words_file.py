"""The office's own danger words: `data/lexicon/kata_kantor.tsv`, one a line, the level behind a tab."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from damping.workbench.data_files import Changed, held, put
from rules import office_signs
from rules.levels import Level
from rules.office_signs import OfficeWord

_RINGING = (Level.MERAH.value, Level.KUNING.value)


class DangerWordsFile:
    """The whole list."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> tuple[OfficeWord, ...]:
        """In the order of the file; a line that cannot be read is left out, as the screening does."""
        parts = [line.split("\t") for line in self._lines() if line.strip() and not line.startswith("#")]
        return tuple(OfficeWord(one[0].strip(), Level(one[1])) for one in parts if len(one) > 1 and one[1] in _RINGING)

    def swap_told(self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        """Add, change or take away one. Raises `Changed`."""
        with held(self._path.parent):
            lines = self._lines()
            at = len(lines)
            if before is not None:
                old = _line(before)
                if old not in lines:
                    raise Changed(str(before["words"]))
                at = lines.index(old)
                del lines[at]
            if after is not None:
                if _line(after) in lines:
                    raise Changed(str(after["words"]))
                lines.insert(at, _line(after))
            put(self._path, "\n".join(lines) + "\n")
        office_signs.learn(self.all())

    def _lines(self) -> list[str]:
        return self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []


def _line(told: Mapping[str, Any]) -> str:
    return f"{told['words']}\t{told['level']}"
