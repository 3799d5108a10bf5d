"""Landmarks by which people say where they are: `data/lexicon/patokan.tsv`, one a line, tabs between the columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from damping.workbench.data_files import Changed, held, put

_COLUMNS = 4


@dataclass(frozen=True)
class Landmark:
    """`kecamatan`: several where nobody is sure, the person is asked which; `spellings`: other ways of writing it."""

    name: str
    kecamatan: tuple[str, ...]
    spellings: tuple[str, ...] = ()
    note: str = ""

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return "\t".join((self.name, "; ".join(self.kecamatan), "; ".join(self.spellings), self.note)).rstrip("\t")

    @staticmethod
    def read(line: str) -> "Landmark":
        """From a line of the file."""
        name, kecamatan, spellings, note = [part.strip() for part in (line.split("\t") + [""] * _COLUMNS)[:_COLUMNS]]
        return Landmark(name, _parts(kecamatan), _parts(spellings), note)


def _parts(told: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in told.split(";") if part.strip())


class LandmarkFile:
    """The whole directory."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> tuple[Landmark, ...]:
        """In the order of the file."""
        return tuple(Landmark.read(line) for line in self._lines() if _is_one(line))

    def swap_told(self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        """Add, change or take away one, by its whole line. Raises `Changed`."""
        with held(self._path.parent):
            lines = self._lines()
            at = len(lines)
            if before is not None:
                if before["line"] not in lines:
                    raise Changed(str(before["line"]).partition("\t")[0])
                at = lines.index(before["line"])
                del lines[at]
            if after is not None:
                lines.insert(at, after["line"])
            put(self._path, "\n".join(lines) + "\n")

    def _lines(self) -> list[str]:
        return self._path.read_text(encoding="utf-8").splitlines()


def _is_one(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")
