"""Where in a message the danger stands, so that an officer sees the words themselves and not only the reason.

Marks help the eye, nothing more: a message without a mark may be as grave, and no level hangs on one.
"""

import re
from collections.abc import Iterator

from rules.danger import pieces, screen
from rules.speech import heard
from rules.text import word_set

_LONGEST = 2000  # characters looked at
_WORD = re.compile(r"\S+")
_EMPTY = frozenset({"|", "~"})
# Between the words of a sign, never a danger by themselves.
_SMALL = word_set(
    "saya aku dia kamu mereka kami kita ini itu yang di ke dari dan atau tapi terus sama dengan pakai bawa ada tidak belum bukan"
    " mau akan sudah lagi masih juga aja saja sih dong deh kok ya iya nya pas waktu kalau karena sampai buat untuk suami istri ibu anak"
)


def marked(text: str) -> tuple[tuple[str, bool], ...]:
    """The message in parts that join to it again; True for those that say the danger."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in _spans(text[:_LONGEST]):
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(part for part in (*parts, (text[at:], False)) if part[0])


def reasons(text: str) -> tuple[str, ...]:
    """Why the word list raised the level for this message."""
    return tuple(reason.words for reason in screen(text).reasons)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    words = list(_WORD.finditer(text))
    plain = [(token, number) for number, word in enumerate(words) for token in heard(word.group()).split() if token not in _EMPTY]
    small = {number for token, number in plain if token in _SMALL} | set(range(len(words))) - {number for _, number in plain}
    seen: set[int] = set()
    for piece, _ in pieces(text):
        tokens = [token for token in piece.split() if token not in _EMPTY]
        found = list(_runs(plain, tokens)) or [(number, number) for token, number in plain if token in tokens and token not in _SMALL]
        seen |= {number for first, last in found for number in range(first, last + 1) if number not in small}
    run: list[int] = []
    for number in sorted(seen):
        if run and number != run[-1] + 1:
            yield words[run[0]].start(), words[run[-1]].end()
            run = []
        run.append(number)
    if run:
        yield words[run[0]].start(), words[run[-1]].end()


def _runs(plain: list[tuple[str, int]], tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Where the tokens stand one after the other: the first and the last word's number."""
    size = len(tokens)
    for at in range(len(plain) - size + 1):
        if size and [token for token, _ in plain[at : at + size]] == tokens:
            yield plain[at][1], plain[at + size - 1][1]
