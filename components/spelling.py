"""From a typed token to its canonical wording: folding, stretched letters, reduplication, clitics. Pure and bounded.

Every step ends in an exact look-up; a token that no step knows keeps its own (folded) spelling.
"""

import re
import unicodedata
from functools import lru_cache

from components.lexicon import Lexicon

LONGEST = 48  # characters of one token that are looked at; the rest of a longer token says nothing
_STRETCH = re.compile(r"(.)\1{2,}")
_DOUBLE = re.compile(r"(.)\1+")
_MARKS = re.compile(r"[\u0300-\u036f\u200b-\u200f\u2060\ufe0e\ufe0f]")
_CLITICS = (("nyalah", "nya"), ("nya", "nya"), ("ny", "nya"), ("ku", "saya"), ("mu", "kamu"), ("lah", ""), ("kah", ""), ("pun", ""))
_OF_PERSON = {"saya": "saya", "kamu": "kamu", "nya": "-nya"}


def fold(token: str) -> str:
    """Lower case, compatibility forms, no accents and no invisible characters; never longer than LONGEST."""
    text = token[:LONGEST]
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))[:LONGEST]
    return text.lower()


class Speller:
    """Looks words up in one lexicon; remembers the last few thousand so that a busy day costs little."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.canonical = lru_cache(maxsize=8192)(self._canonical)

    def _canonical(self, token: str) -> tuple[str, str]:
        """(canonical wording, head word without clitics). `suamiku` -> ("suami saya", "suami")."""
        word = fold(token)
        found = self._look(word)
        if found is None and len(word) > 3:
            found = self._without_clitic(word)
        if found is None:
            plain = _STRETCH.sub(r"\1", word)
            return plain, plain
        return found[0], (word if word in self.lexicon.names else found[1])

    def _look(self, word: str) -> tuple[str, str] | None:
        for candidate in _candidates(word):
            found = self.lexicon.get(candidate)
            if found is not None:
                return found, found
        return self._doubled(word)

    def _doubled(self, word: str) -> tuple[str, str] | None:
        """`pukul2`, `pukul-pukul`, `dipukul-pukul` -> as `pukul` and `dipukul`; other hyphens part two words."""
        if len(word) > 3 and word[-1] == "2" and word[:-1].isalpha():
            return self._look(word[:-1]) or (word[:-1], word[:-1])
        left, hyphen, right = word.partition("-")
        if not hyphen or not left or not right or "-" in right:
            return None
        if left.endswith(right) or right.endswith(left) or left[:3] == right[:3]:
            return self._look(left) or (left, left)
        first = self.lexicon.get(left) or left
        if left in {"di", "nge", "ng"}:
            return self._look(left + right) or (left + right, left + right)
        return f"{first} {self.lexicon.get(right) or right}", first

    def _without_clitic(self, word: str) -> tuple[str, str] | None:
        word = _STRETCH.sub(r"\1", word)
        word = word[:-1] if word[-1:] == word[-2:-1] else word  # rumahnyaa
        for ending, owner in _CLITICS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                stem = word[: -len(ending)]
                found = self._look(stem)
                if found is not None:
                    head = stem if stem in self.lexicon.names else found[1]
                    return f"{found[0]} {_OF_PERSON.get(owner, '')}".strip(), head
        return None


def _candidates(word: str) -> tuple[str, ...]:
    """The word itself, then with stretched letters brought back to two and to one."""
    if not _STRETCH.search(word):
        return (word, _DOUBLE.sub(r"\1", word)) if _DOUBLE.search(word) else (word,)
    return word, _STRETCH.sub(r"\1\1", word), _STRETCH.sub(r"\1", word), _DOUBLE.sub(r"\1", word)
