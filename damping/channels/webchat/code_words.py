"""The code by which a person comes back: five common words, made by chance and read with patience.

The office relies on it that a code holds more than 50 bits and that typing is forgiven: case, blanks, hyphens, and one wrong
letter a word. No two words of the list differ by one letter only, and none begins another.
"""

import re
import secrets
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from rules.text import clean, folded

WORDS = 5
_PARTS = re.compile(r"[^a-z]+")


@lru_cache
def listed() -> tuple[str, ...]:
    """All words of which codes are made."""
    return tuple(files("damping.channels.webchat").joinpath("kata_kode.txt").read_text(encoding="ascii").split())


def new_code() -> tuple[str, ...]:
    """A fresh one, in its order; no word twice."""
    while True:
        words = tuple(secrets.choice(listed()) for _ in range(WORDS))
        if len(set(words)) == WORDS:
            return words


def key(words: Sequence[str]) -> str:
    """What a code is known by."""
    return "".join(words)


def read(typed: str) -> str:
    """The `key` of what was typed; whatever is no code reads as something that opens nothing."""
    parts = [part for part in _PARTS.split(folded(clean(typed))) if part]
    return key([_meant(part) for part in parts] if len(parts) == WORDS else parts)


def _meant(part: str) -> str:
    """The only listed word within one slip of the finger, or the part itself."""
    if part in listed():
        return part
    near = [word for word in listed() if OSA.distance(part, word, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else part
