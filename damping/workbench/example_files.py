"""The examples of `data/nlu`, read and written a line at a time: a change touches the lines that it is about and no other.

Every example is one line, so that two trainers who work on one intent meet only where they change the same sentence. Lines that the
workbench does not know (a note, a list) stay as they are; a topic whose examples have another form is left to a technician.
"""

import threading
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from damping.workbench.data_files import Changed, Unreadable, held, put
from damping.workbench.example import Example, read_line

_INTENT = '- intent: "'


class Doubled(Exception):
    """The sentence stands among the examples already; the message is its intent."""


@dataclass(frozen=True)
class Placed:
    """An example in its intent."""

    intent: str
    example: Example

    @property
    def told(self) -> dict[str, str]:
        """For the journal."""
        return {"intent": self.intent, "marked": self.example.marked, "danger": self.example.danger, "writer": self.example.writer}

    @staticmethod
    def from_told(told: Mapping[str, Any]) -> "Placed":
        """From the journal."""
        return Placed(told["intent"], Example(told["marked"], told["danger"], told["writer"]))


@dataclass(frozen=True)
class Topic:
    """One file."""

    name: str
    intents: Mapping[str, tuple[Example, ...]]


class ExampleFiles:
    """The folder `data/nlu`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, tuple[tuple[int, int], Topic]] = {}
        self._reading = threading.Lock()

    def topics(self) -> tuple[Topic, ...]:
        """All files, as they are on disk now. Raises `Unreadable`."""
        with self._reading:
            return tuple(self._topic(path) for path in sorted(self._folder.glob("*.yml")))

    def intents(self) -> dict[str, tuple[Example, ...]]:
        """Every intent with its examples, in the order of the files."""
        return {intent: examples for topic in self.topics() for intent, examples in topic.intents.items()}

    def topic_of(self, intent: str) -> str:
        """The name of the file that holds an intent. Raises `Changed` for an unknown one."""
        for topic in self.topics():
            if intent in topic.intents:
                return topic.name
        raise Changed(intent)

    def swap(self, before: Placed | None, after: Placed | None) -> None:
        """Take one example out and put one in: add (no `before`), change, move, delete (no `after`). Raises `Changed`, `Doubled`."""
        with held(self._folder):
            if after is not None:
                self._must_be_new(before, after)
                _must_parse(after.example)
            texts: dict[str, list[str]] = {}
            if after is not None:  # first, so that a crash between two files leaves the sentence twice rather than nowhere
                lines = self._lines(texts, after.intent)
                lines.insert(_where(lines, after), after.example.line)
            if before is not None:
                lines = self._lines(texts, before.intent)
                del lines[_found(lines, before)]
            for name, lines in texts.items():
                put(self._folder / f"{name}.yml", "\n".join(lines))

    def swap_told(self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        """The same, for what the journal keeps."""
        self.swap(Placed.from_told(before) if before else None, Placed.from_told(after) if after else None)

    def _must_be_new(self, before: Placed | None, after: Placed) -> None:
        wanted = folded(after.example.plain)
        for intent, examples in self.intents().items():
            same = [one for one in examples if folded(one.plain) == wanted and Placed(intent, one) != before]
            if same:
                raise Doubled(intent)

    def _lines(self, texts: dict[str, list[str]], intent: str) -> list[str]:
        name = self.topic_of(intent)
        if name not in texts:
            texts[name] = (self._folder / f"{name}.yml").read_text(encoding="utf-8").split("\n")
        return texts[name]

    def _topic(self, path: Path) -> Topic:
        stat = path.stat()
        sign = (stat.st_mtime_ns, stat.st_size)
        known = self._read.get(path)
        if known is None or known[0] != sign:
            known = self._read[path] = (sign, _parsed(path))
        return known[1]


def folded(plain: str) -> str:
    """Two sentences that differ only in capitals, blanks and stops at the end are one."""
    return " ".join(plain.lower().split()).rstrip(".!?, ")


def _parsed(path: Path) -> Topic:
    intents: dict[str, list[Example]] = {}
    intent = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith(_INTENT):
            intent = line[len(_INTENT) : -1]
            intents[intent] = []
        elif line.startswith("  - "):
            example = read_line(line)
            if example is None:
                raise Unreadable(f"data/nlu/{path.name}: {number}")
            intents.setdefault(intent, []).append(example)
    return Topic(path.stem, {name: tuple(examples) for name, examples in intents.items()})


def _where(lines: Sequence[str], placed: Placed) -> int:
    """The line before which the example stands in the order of the alphabet."""
    start, end = _block(lines, placed.intent)
    keys = [example.plain.lower() for line in lines[start:end] if (example := read_line(line)) is not None]
    return start + bisect_left(keys, placed.example.plain.lower())


def _found(lines: Sequence[str], placed: Placed) -> int:
    start, end = _block(lines, placed.intent)
    try:
        return lines.index(placed.example.line, start, end)
    except ValueError:
        raise Changed(placed.intent) from None


def _block(lines: Sequence[str], intent: str) -> tuple[int, int]:
    """The first line of an intent's examples, and the line behind the last."""
    start = lines.index(f'{_INTENT}{intent}"') + 2
    end = start
    while end < len(lines) and lines[end].startswith("  - "):
        end += 1
    return start, end


def _must_parse(example: Example) -> None:
    """Any other reader of YAML must see the same sentence."""
    shown = yaml.safe_load(example.line)
    if shown != [{"text": example.marked, "metadata": {"danger": example.danger, "writer": example.writer}}]:
        raise Unreadable("data/nlu")
