"""Finds the verb of violence under its affixes, formal or not: dicekik, nyekek, mencekikku, kecekik -> cekik.

A table walk, no guessing: an unknown word stays unknown. Typing slips are allowed for in one way only, a vowel left out or two
neighbouring letters swapped inside a stem of five letters or more; anything freer turns harmless words into alarms.
"""

from collections.abc import Iterator
from functools import lru_cache

from rules.stems import NOT_VIOLENT, STEMS
from rules.text import single, unmasked, unstretched, word_set

Found = tuple[str, str, str]  # class, stem, voice: p passive, a active, t accidental, n noun, b bare

_VOWELS = set("aeiou")
# Swapped or shortened stems that are ordinary words of their own.
_REAL_WORDS = word_set(
    "paska pasak pakas seka serat sert sera perut persa prosa tukul kabar tapar hjar haja raja tabko sebat besat bacok baco back teba"
    " clik kunic uknci bantin gantung lepar tenang banter bating batin kasr kasra siska skisa aksi tusku ciki sepk speak spak tinj"
)


def _slips(stem: str) -> Iterator[str]:
    """The stem with one vowel left out, or two neighbours swapped."""
    for place, letter in enumerate(stem):
        if 0 < place and letter in _VOWELS:
            yield stem[:place] + stem[place + 1 :]
    for place in range(1, len(stem) - 1):
        yield stem[:place] + stem[place + 1] + stem[place] + stem[place + 2 :]


def _stem_table() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for kind, stems in STEMS.items():
        for stem, others in stems.items():
            for spelling in (stem, *others.split()):
                table.setdefault(spelling, (kind, stem))
    exact = tuple(table)
    for spelling in exact:
        if len(spelling) >= 5 and table[spelling][0] in _SLIP_CLASSES:
            for slip in _slips(spelling):
                if slip not in _REAL_WORDS and slip not in exact:
                    table.setdefault(slip, table[spelling])
    return table


_SLIP_CLASSES = {"choke", "kill", "stab", "hit", "rape", "threat", "lock", "shoot"}
_STEM_OF = _stem_table()

# the active form hides the first letter: pukul -> mukul, cekik -> nyekik
_NASAL = {"p": ("m",), "t": ("n",), "s": ("ny",), "k": ("ng",), "c": ("ny", "nc"), "b": ("mb",), "d": ("nd",), "g": ("ngg", "ng"),
          "j": ("nj",), "h": ("ngh",), "r": ("ngr",), "l": ("ngl",)}  # fmt: skip


def _nasal_table() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for spelling, found in _STEM_OF.items():
        first = spelling[0]
        rest = spelling if first in _VOWELS else spelling[1:]
        for nasal in ("ng",) if first in _VOWELS else _NASAL.get(first, ()):
            if nasal + rest not in _NOT_ACTIVE:
                table.setdefault(nasal + rest, found)
    return table


_NOT_ACTIVE = {"ngajar", "nyita", "mati", "nama", "nangi", "nari", "nilai", "nyata", "mulai", "manas", "meras", "nusa", "nutup",
               "ngikut", "nyusu", "mumet", "ngantar", "ngantuk"}  # fmt: skip
_NASAL_OF = _nasal_table()

_ENDINGS = ("", "nya", "ku", "mu", "q", "lah", "aja", "ne", "e", "gw", "gue", "lu", "i2", "2")
_SUFFIXES = ("", "in", "kan", "i", "an", "ke", "ki", "en", "ni", "n")
_TAILS = tuple(sorted({suffix + ending for suffix in _SUFFIXES for ending in _ENDINGS}, key=len))
_PLAIN_PREFIXES = (("di", "p"), ("d", "p"), ("dipe", "p"), ("dik", "p"), ("ter", "t"), ("ke", "t"), ("ku", "b"), ("tak", "b"), ("", "b"),
                   ("me", "a"), ("mem", "a"), ("men", "a"), ("meng", "a"), ("menge", "a"), ("nge", "a"), ("ng", "a"), ("peng", "n"),
                   ("pem", "n"), ("pen", "n"), ("ber", "b"), ("se", "b"))  # fmt: skip
_NASAL_PREFIXES = (("", "a"), ("me", "a"), ("pe", "n"), ("ke", "a"))


@lru_cache(maxsize=4096)
def stem_of(word: str) -> Found | None:
    """Class, stem and voice of a word in lower case, or None. Looks through masking, stretching and doubled letters."""
    for reading in dict.fromkeys((word, unstretched(word), *unmasked(word), single(word))):
        if reading in NOT_VIOLENT:
            return None
        if 3 <= len(reading) <= 24:
            found = _analysed(reading)
            if found:
                return found
    return None


def _analysed(word: str) -> Found | None:
    for table, prefixes in ((_STEM_OF, _PLAIN_PREFIXES), (_NASAL_OF, _NASAL_PREFIXES)):
        for prefix, voice in prefixes:
            if word.startswith(prefix):
                core = _without_tail(word[len(prefix) :], table)
                if core:
                    return (*core, voice)
    return None


def _without_tail(word: str, table: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    for tail in _TAILS:
        if word.endswith(tail) and len(word) - len(tail) >= 3:
            found = table.get(word[: len(word) - len(tail)] if tail else word)
            if found:
                return found
    return None
