"""What two models are asked: the measuring set, the same misspelt, what may never be missed, and what only sounds alike.

All invented, none of it trained on. An office adds its own measuring set in `tests/nlu/emas.yml`.
"""

from dataclasses import dataclass
from pathlib import Path

from engine import ROOT
from engine.compare.spoil import spoiled
from engine.evaluate.gold import Gold, read

FOLDER = ROOT / "tests" / "nlu"
_MEASURING = ("dev.yml", "emas.yml")


@dataclass(frozen=True)
class Sets:
    """`golden` and `spoiled` hold the same messages in the same order."""

    golden: list[Gold]
    spoiled: list[Gold]
    never_miss: list[Gold]
    look_alike: list[Gold]

    def all(self) -> list[Gold]:
        """One after the other."""
        return [*self.golden, *self.spoiled, *self.never_miss, *self.look_alike]


def load(folder: Path = FOLDER) -> Sets:
    """The sets of a folder. Raises ValueError in words, OSError."""
    golden = [gold for name in _MEASURING if (folder / name).is_file() for gold in read(folder / name)]
    never_miss, look_alike = read(folder / "never_miss.yml"), read(folder / "look_alike.yml")
    if not golden or not never_miss:
        raise ValueError(f"{folder.name}: nothing to measure with (dev.yml and never_miss.yml are expected)")
    if any(gold.danger is None for gold in never_miss):
        raise ValueError("never_miss.yml: every message needs its danger")
    return Sets(golden, spoiled(golden), never_miss, look_alike)
