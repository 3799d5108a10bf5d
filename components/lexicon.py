"""The office's own dictionary of chat Indonesian: from the spelling somebody types to one canonical form.

Read from data/lexicon/*.tsv, which trainers edit. Exact look-up only; a safety word is never turned into another word,
and a list that tries to is refused at training.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from components import affixes
from components.sources import LEXICON
from rules.places import NAMES


class LexiconError(ValueError):
    """A word list contradicts itself or would change a safety word."""


@dataclass(frozen=True)
class Lexicon:
    """`table` maps a lower-case spelling to its canonical wording (one or more words); `known` holds all words of ours,
    `names` those that stand for themselves in the entity lists and in the names of places."""

    table: dict[str, str]
    known: frozenset[str]
    names: frozenset[str] = frozenset()

    def get(self, word: str) -> str | None:
        """The canonical wording of an exact spelling, or None where we never wrote the word down."""
        found = self.table.get(word)
        if found is not None:
            return found
        return word if word in self.known else None


def rows(path: Path) -> list[list[str]]:
    """The columns of a tab-separated list; empty lines and lines that start with '# ' are skipped."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.rstrip().split("\t") for line in lines if line.strip() and not line.startswith("#")]


def load(folder: Path = LEXICON) -> Lexicon:
    """Builds the dictionary from kata.tsv, akar.tsv and dilindungi.tsv; raises LexiconError on a contradiction."""
    protected = {row[0] for row in rows(folder / "dilindungi.tsv")}
    table: dict[str, str] = {}
    _add_roots(table, folder)
    _add_words(table, folder, protected)
    phrases = _phrases(folder / "entities")
    known = protected | _words(table.values()) | _words(phrases)
    names = {phrase for phrase in phrases if " " not in phrase} | {word for name in NAMES for word in name.lower().split()}
    return Lexicon({form: target for form, target in table.items() if form != target}, frozenset(known), frozenset(names))


def _phrases(folder: Path) -> set[str]:
    cells = (cell for path in sorted(folder.glob("*.tsv")) for row in rows(path) for cell in row)
    return {phrase.strip() for cell in cells for phrase in cell.split(";") if phrase.strip()}


def _words(phrases: Iterable[str]) -> set[str]:
    return {word for phrase in phrases for word in phrase.split() if len(word) > 2 or word.endswith("-")}


def _add_roots(table: dict[str, str], folder: Path) -> None:
    for row in rows(folder / "akar.tsv"):
        root, same_as, odd = ([*row, "", ""])[:3]
        meaning = same_as or root
        for form in odd.split():
            table[form] = affixes.irregular(form, meaning)
        for form, target in affixes.forms(root, meaning):
            table.setdefault(form, target)


def _add_words(table: dict[str, str], folder: Path, protected: set[str]) -> None:
    mine: dict[str, str] = {}
    for row in rows(folder / "kata.tsv"):
        target, spellings = row[0], row[1].split()
        for form in spellings:
            if form in protected:
                raise LexiconError(f"kata.tsv mengubah kata keselamatan: {form}")
            if mine.setdefault(form, target) != target:
                raise LexiconError(f"kata.tsv menulis satu ejaan dua kali: {form}")
    table.update(mine)
    table.update({row[0]: row[0] for row in rows(folder / "kata.tsv")})  # what is written down wins over what is derived
