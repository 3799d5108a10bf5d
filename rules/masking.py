"""What a trainer may see of a message: who it was, where exactly and when exactly are taken out first.

The office relies on it before a sentence leaves a conversation. It rather takes out too much: a word that follows 'nama saya' or
'bu' and is no everyday word is a name, whoever bears it. It never gives back what it took: placeholders are the same for everybody.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.given_names import NAMES, TWO_FACED
from rules.personal_shapes import ADDRESS, BESIDE, CALLED, FREE, HOUSES, NAME, NAMED, OWNERS, PLACE, SHAPES, STREET_NAMES, STREETS, WORD
from rules.place_names import CITY
from rules.text import clean

_OFTEN = 3


@dataclass(frozen=True)
class Piece:
    """Something personal in a text: from `start` to `end`, and the placeholder that stands for it."""

    start: int
    end: int
    sign: str


def everyday(sentences: Iterable[str]) -> frozenset[str]:
    """The words that invented examples use often enough to be anybody's."""
    counted = Counter(word.lower() for sentence in sentences for word in WORD.findall(sentence))
    return frozenset(word for word, times in counted.items() if times >= _OFTEN)


class Masker:
    """Knows the everyday words, so that it can tell a name from one."""

    def __init__(self, everyday: Iterable[str] = (), places: Iterable[str] = ()) -> None:
        """`everyday`: words in lower case; `places`: landmarks below kecamatan, as people write them."""
        self._everyday = frozenset(word for word in everyday if word not in NAMES or word in TWO_FACED)
        self._places = _places_pattern(places)

    def masked(self, text: str) -> str:
        """The text in its normal form, with placeholders for everything personal. Any input, bounded time."""
        line = clean(text)
        for piece in reversed(self.pieces(line)):
            line = line[: piece.start] + piece.sign + line[piece.end :]
        return _run_together(line)

    def pieces(self, line: str) -> list[Piece]:
        """What is personal in a text, from left to right, none overlapping."""
        taken: list[Piece] = []
        for pattern, sign in SHAPES:
            _take(taken, ((m.start(), m.end()) for m in pattern.finditer(line)), sign)
        _take(taken, ((m.start(), m.end()) for m in self._places.finditer(line) if self._is_place(line, m)), PLACE)
        _take(taken, self._after(line, STREETS, self._strange_street), ADDRESS)
        _take(taken, self._after(line, HOUSES, self._strange), PLACE)
        _take(taken, self._names(line), NAME)
        return sorted(taken, key=lambda piece: piece.start)

    def _is_place(self, line: str, match: re.Match[str]) -> bool:
        """A village that is also a word ('panjang', 'talang') is a place only after 'di' and its like, or with a capital."""
        words = match.group().lower().split()
        if len(words) > 1 or words[0] not in self._everyday:
            return True
        return (
            match.group()[0].isupper()
            or re.search(r"\b(?:di|ke|dari|kel|kelurahan|daerah|dekat|deket)\.? $", line[: match.start()].lower()) is not None
        )

    def _after(self, line: str, pattern: re.Pattern[str], strange: Callable[[str], bool]) -> list[tuple[int, int]]:
        """A word that opens an address, with the up to three strange words behind it."""
        found = []
        for match in pattern.finditer(line):
            end = match.end()
            for _ in range(3):
                following = re.compile(r"[ .:]{0,2}([^\W_][\w'-]*)").match(line, end)
                if following is None or not strange(following.group(1)):
                    break
                end = following.end()
            if end > match.end():
                found.append((match.start(), end))
        return found

    def _strange(self, word: str) -> bool:
        low = word.lower()
        return (low not in self._everyday and low not in FREE) or low in NAMES or low in TWO_FACED

    def _strange_street(self, word: str) -> bool:
        return self._strange(word) or word.lower() in STREET_NAMES or word[0].isupper() or word.isdigit()

    def _names(self, line: str) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        words = list(WORD.finditer(line))
        for place, match in enumerate(words):
            if match.group().startswith("["):
                continue
            before = [one.group().lower() for one in words[max(0, place - 3) : place] if not _parted(line, one, match)]
            follows = bool(found) and found[-1][1] == words[place - 1].end() and line[found[-1][1] : match.start()] == " "
            opens = place == 0 or line[: match.start()].rstrip()[-1:] in (".", "!", "?", "\n", '"', "")
            if self._is_name(match.group(), before, follows=follows, opens=opens):
                found.append((match.start(), match.end()))
        return found

    def _is_name(self, word: str, before: list[str], *, follows: bool, opens: bool) -> bool:
        """
        what the word is          | taken for a name
        in the list of names      | always, also with an ending: 'rinanya', 'andiku'
        a name and an everyday one| after 'bu', 'namanya', another name; with a capital inside a sentence
        no everyday word          | after 'bu', 'namanya', another name, 'sama', 'suami saya'; with a capital inside a sentence
        an everyday word          | right after 'nama saya', where it is no small word
        """
        low = word.lower()
        bare = _bare(low)
        if low in FREE or len(low) < 2:
            return False
        if (low in NAMES and low not in TWO_FACED) or (
            len(bare) > 2 and bare in NAMES and bare not in TWO_FACED and low not in self._everyday
        ):
            return True
        capital = word[0].isupper() and not word.isupper() and not opens
        called = bool(before) and (before[-1] in CALLED or before[-1] in NAMED)
        named = bool(before) and (before[-1] in NAMED or (before[-1] in OWNERS | {"adalah", "aja", "saja"} and bool(set(before) & NAMED)))
        if low in TWO_FACED:
            return capital or called or named or follows
        if low in self._everyday:
            told = bool(before) and (before[-1] in ("bernama", "namaku") or (before[-1] in OWNERS and "nama" in before[-2:]))
            return told and low not in CALLED | BESIDE and not low.startswith("di")
        beside = bool(before) and (_bare(before[-1]) in BESIDE or (before[-1] in OWNERS and len(before) > 1 and before[-2] in BESIDE))
        return capital or called or named or follows or beside or (opens and word[0].isupper() and not word.isupper() and len(low) > 2)


def _bare(word: str) -> str:
    """'suaminya' -> 'suami'"""
    return re.sub(r"(?<=\w{3})(?:nya|ku|mu)$", "", word)


def _parted(line: str, before: re.Match[str], word: re.Match[str]) -> bool:
    """Whether a stop stands between: 'pak. rina' is two sentences, 'nama: rina' one."""
    return re.search(r"[!?\n;]|\.\s", line[before.end() : word.start()]) is not None


def _take(taken: list[Piece], spans: Iterable[tuple[int, int]], sign: str) -> None:
    for start, end in spans:
        if end > start and not any(piece.start < end and start < piece.end for piece in taken):
            taken.append(Piece(start, end, sign))


def _places_pattern(landmarks: Iterable[str]) -> re.Pattern[str]:
    villages = {village for villages in CITY.values() for village in villages} - set(CITY)
    names = sorted({name.strip().lower() for name in (*villages, *landmarks) if len(name.strip()) > 2}, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s?") for name in names) + r")\b", re.IGNORECASE)


def _run_together(line: str) -> str:
    """'[nama] [nama]' says no more than '[nama]'."""
    return re.sub(r"(\[\w+\])(?:[ ,/.-]{0,2}\1)+", r"\1", line)
