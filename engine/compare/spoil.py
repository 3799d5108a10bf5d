"""Messages as hurried thumbs and the street write them: slips of the finger and the spellings of `data/lexicon/kata.tsv`.

Seeded: the same messages come out every time, so that two models are measured on the same ones. The meaning stays.
"""

import random
import re
from collections.abc import Iterable
from pathlib import Path

from engine import ROOT
from engine.evaluate.gold import Gold

_WORD_LIST = ROOT / "data" / "lexicon" / "kata.tsv"
_WORD = re.compile(r"[a-z]{2,}")
_LONG_ENOUGH = 4  # a shorter word with a slip in it is another word
_SLANG_SHARE, _SLIP_SHARE = 0.5, 0.2
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {left: right for row in _ROWS for left, right in zip(row, row[1:] + row[-2], strict=True)}
SLICE = "spoiled"


def spoiled(golds: Iterable[Gold], word_list: Path = _WORD_LIST) -> list[Gold]:
    """Each message once more, misspelt; without entities, whose places have moved."""
    slang = _slang(word_list)
    return [Gold(_spoil(gold.text, slang), gold.intent, (), gold.danger, SLICE, gold.writer) for gold in golds]


def _slang(path: Path) -> dict[str, list[str]]:
    """{standard word: how else it is written}, where both are plain letters."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        standard, tab, others = line.partition("\t")
        spellings = [one for one in others.split() if _WORD.fullmatch(one)]
        if tab and not line.startswith("#") and spellings and _WORD.fullmatch(standard):
            found[standard] = spellings
    return found


def _spoil(text: str, slang: dict[str, list[str]]) -> str:
    chance = random.Random(text)  # noqa: S311  # no secret: the same message is misspelt the same way every time

    def rewrite(match: re.Match[str]) -> str:
        word = match.group()
        if word in slang and chance.random() < _SLANG_SHARE:
            return chance.choice(slang[word])
        return _slip(word, chance) if len(word) >= _LONG_ENOUGH and chance.random() < _SLIP_SHARE else word

    return _WORD.sub(rewrite, text.lower())


def _slip(word: str, chance: random.Random) -> str:
    """One slip inside the word: two letters swapped, a letter lost, doubled, or its neighbour hit."""
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + _NEIGHBOURS.get(word[at], word[at]) + word[at + 1 :]
