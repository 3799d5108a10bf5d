"""Danger words that this office added to the word list: new slang, a local weapon, whatever the tables do not know yet.

They only ever raise a level, like the rest of the list, and are taken back by a negation like the rest. Whoever loads the office's
file calls `learn` once, at start.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rules.levels import Level
from rules.signs import Sign, compiled, keys_in
from rules.speech import heard

MOST_WORDS = 5
_LETTERS = re.compile(r"[a-z]+(?:[ -][a-z]+)*")


@dataclass(frozen=True)
class OfficeWord:
    """One to five words as people write them, and how grave a message is that has them."""

    words: str
    level: Level


def may_be_one(words: str) -> bool:
    """One to five words of letters, three letters or more, of which one at least tells something."""
    fits = _LETTERS.fullmatch(words.lower()) is not None and len(words) >= 3 and len(words.split()) <= MOST_WORDS
    return fits and bool(keys_in(heard(words)))


def sign(word: OfficeWord) -> Sign:
    """The same as a line of the word list."""
    line = " ".join(re.escape(part) for part in heard(word.words).split())
    return Sign(f"menyebut '{word.words.lower()}' (daftar kantor)", word.level, compiled(line), keys=keys_in(heard(word.words)))


def learn(words: Iterable[OfficeWord]) -> None:
    """Takes over the office's list and forgets the one before."""
    _learnt[:] = [sign(word) for word in words if may_be_one(word.words) and word.level is not Level.HIJAU]


def learnt() -> tuple[Sign, ...]:
    """The signs that count now."""
    return tuple(_learnt)


_learnt: list[Sign] = []
