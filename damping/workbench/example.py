"""One example: a sentence with the words that stand for something, its danger level and who wrote it."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = re.compile(r'  - \{text: ("(?:[^"\\]|\\.)*"), metadata: \{danger: "(\w+)", writer: "([\w-]+)"\}\}')
_MARKED = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")


@dataclass(frozen=True)
class Mark:
    """A piece of the sentence and what it stands for, such as `senjata`."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Example:
    """`marked`: the sentence as it stands in the file, '[golok](senjata)' for a marked word."""

    marked: str
    danger: str
    writer: str

    @property
    def plain(self) -> str:
        """The sentence as somebody would write it."""
        return _MARKED.sub(r"\1", self.marked)

    @property
    def line(self) -> str:
        """As it stands in the file. Always quoted: Rasa would expand an unquoted `${NAME}`."""
        quoted = json.dumps(self.marked, ensure_ascii=False)
        return f'  - {{text: {quoted}, metadata: {{danger: "{self.danger}", writer: "{self.writer}"}}}}'

    @property
    def key(self) -> str:
        """Tells this line from every other; changes when anything in it does."""
        return hashlib.sha256(self.line.encode()).hexdigest()[:24]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Where the marked words stand in the plain sentence."""
        found, shift = [], 0
        for match in _MARKED.finditer(self.marked):
            start = match.start() - shift
            found.append(Mark(start, start + len(match[1]), match[2]))
            shift += len(match[0]) - len(match[1])
        return tuple(found)

    @property
    def pieces(self) -> tuple[tuple[str, str], ...]:
        """The plain sentence in pieces, each with what it stands for or an empty string: for showing."""
        found, at = [], 0
        for mark in self.marks:
            found += [(self.plain[at : mark.start], ""), (self.plain[mark.start : mark.end], mark.name)]
            at = mark.end
        return tuple(piece for piece in (*found, (self.plain[at:], "")) if piece[0])


def read_line(line: str) -> Example | None:
    """The example of a line of the file, or None for any other line."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    try:
        return Example(json.loads(match[1]), match[2], match[3])
    except ValueError:  # an escape that only YAML knows
        return None


def with_marks(plain: str, marks: Sequence[Mark]) -> str:
    """The sentence with its marks written in."""
    text = plain
    for mark in sorted(marks, key=lambda one: -one.start):
        text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]({mark.name}){text[mark.end :]}"
    return text


def told_marks(marks: Sequence[Mark], plain: str) -> str:
    """The marks as a trainer reads and types them: 'suami = hubungan; golok = senjata'."""
    return "; ".join(f"{plain[mark.start : mark.end]} = {mark.name}" for mark in marks)


class MarkMissing(Exception):
    """A marked word is not in the sentence; the message is the word."""


def found_marks(told: str, plain: str) -> tuple[Mark, ...]:
    """Marks from 'suami = hubungan; golok = senjata', in the order in which they stand. Raises `MarkMissing`."""
    found: list[Mark] = []
    for piece in (one for one in told.split(";") if one.strip()):
        word, _, name = (part.strip() for part in piece.rpartition("="))
        start = _free(plain, word, found)
        if not word or not name or start < 0:
            raise MarkMissing(word or name)
        found.append(Mark(start, start + len(word), name))
    return tuple(sorted(found, key=lambda mark: mark.start))


def _free(plain: str, word: str, taken: Sequence[Mark]) -> int:
    """Where a word stands that is not marked yet; whole words before parts of words."""
    for pattern in (rf"(?<!\w){re.escape(word)}(?!\w)", re.escape(word)) if word else ():
        for match in re.finditer(pattern, plain):
            if not any(mark.start < match.end() and match.start() < mark.end for mark in taken):
                return match.start()
    return -1
