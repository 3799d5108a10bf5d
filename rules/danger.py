"""The word list of danger: how grave one message is by its words, and why, in plain Indonesian for the officer.

The first of three voices (words, classifier, answers), and the only one that works when the engine is down. It only ever speaks for
the message it is given; nothing here lowers a conversation's level. A negation, a harmless phrase, a film or a story long over takes
back that one hit, never a red sign beside it: 'ga dipukul sih cuma dicekik' is merah.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from rules import amber_signs, grouped_signs, office_signs, red_signs, red_signs_now, self_harm_signs
from rules.harmless import LONG_AGO, NEGATION, NEGATION_OF_WISH, OVER, THESE_DAYS, without_harmless
from rules.levels import Level, highest
from rules.signs import Sign, keys_in
from rules.speech import heard
from rules.vocabulary import ARM_NAMES, THING_NAMES

MOST_REASONS = 8
_WISHES = frozenset(sign.words for sign in self_harm_signs.SELF)
_ABUSER_DIES = "pelaku mengancam bunuh diri"
_NEGATED_INSIDE = re.compile(r"(?<!\S)(?:tidak|belum|bukan) (?:pernah |sampai )?\w+:\S+$")  # 'pintu nggak dikunci'
_CLAUSE = re.compile(r" (?:\||tapi|terus|padahal|sedangkan|cuma|malah) ")
_ANSWER_WORDS = frozenset(
    {"pakai", "bawa", "ada", "dia", "iya", "ya", "nya", "itu", "|", "di", "sebuah", "besar", "gede", "panjang", "kecil"}
)


@dataclass(frozen=True)
class Reason:
    """One thing the message says, for the officer's eyes."""

    level: Level
    words: str


@dataclass(frozen=True)
class Screening:
    """What the word list makes of one message; gravest reasons first."""

    level: Level
    reasons: tuple[Reason, ...]


def screen(text: str) -> Screening:
    """The level of one message and the reasons for it. Any input, bounded time."""
    return screen_line(heard(text))


def screen_line(line: str) -> Screening:
    """The same for a message already in the plain form of `rules.speech`."""
    plain, keys = line, keys_in(line)
    line = without_harmless(line, keys)
    over = _long_over(line)
    likely = _likely(keys)
    reasons = [Reason(sign.level, _worded(sign, match)) for sign in likely for match in _hits(sign, line, over)]
    reasons += [Reason(level, words) for level, words in grouped_signs.found(line, over)]
    reasons += _bare_weapon(plain)
    reasons = _without_doubles(reasons)
    return Screening(highest(reason.level for reason in reasons), tuple(reasons[:MOST_REASONS]))


def rings(sign: Sign, line: str) -> bool:
    """Whether one sign counts in a plain line, as if it stood in the list: to try it out."""
    keys = keys_in(line)
    line = without_harmless(line, keys)
    return not sign.keys.isdisjoint(keys) and bool(_hits(sign, line, _long_over(line)))


def pieces(text: str) -> tuple[tuple[str, str], ...]:
    """What in a message raised the level: each piece of its plain line with the reason's words. For marking it to an officer."""
    line = heard(text)
    keys = keys_in(line)
    line = without_harmless(line, keys)
    over = _long_over(line)
    return tuple((match.group(), _worded(sign, match)) for sign in _likely(keys) for match in _hits(sign, line, over))


_ALL: tuple[Sign, ...] = (*red_signs.ALL, *red_signs_now.ALL, *self_harm_signs.SELF, *amber_signs.ALL)
_BY_KEY: dict[str, list[int]] = {}
for _number, _sign in enumerate(_ALL):
    for _key in _sign.keys:
        _BY_KEY.setdefault(_key, []).append(_number)


def _likely(keys: Set[str]) -> list[Sign]:
    """The signs that share a telling beginning with the line, in the order of the tables; the office's own come last."""
    own = [sign for sign in office_signs.learnt() if not sign.keys.isdisjoint(keys)]
    return [_ALL[number] for number in sorted({number for key in keys for number in _BY_KEY.get(key, ())})] + own


def _long_over(line: str) -> bool:
    return LONG_AGO.search(line) is not None and OVER.search(line) is not None and THESE_DAYS.search(line) is None


def _hits(sign: Sign, line: str, over: bool) -> list[re.Match[str]]:
    if (over and not sign.lasting) or (sign.needs and not sign.needs.search(line)):
        return []
    return [match for match in sign.pattern.finditer(line) if not _taken_back(sign, match, line)]


def _taken_back(sign: Sign, match: re.Match[str], line: str) -> bool:
    before = line[: match.start()]
    if _NEGATED_INSIDE.search(match.group()) or NEGATION.search(before) or (sign.words in _WISHES and NEGATION_OF_WISH.search(before)):
        return True
    return sign.unless is not None and sign.unless.search(_clause_around(line, match)) is not None


def _clause_around(line: str, match: re.Match[str]) -> str:
    start = max((stop.end() for stop in _CLAUSE.finditer(line, 0, match.start() + 1) if stop.end() <= match.start()), default=0)
    stop = _CLAUSE.search(line, match.end() - 1)
    return line[start : stop.start() if stop else len(line)]


def _worded(sign: Sign, match: re.Match[str]) -> str:
    if "{" not in sign.words:
        return sign.words
    named = next((word for word in match.group().split() if word in ARM_NAMES or word in THING_NAMES), "senjata")
    return re.sub(r"\{\w+\}", named.replace("_", " "), sign.words)


def _bare_weapon(line: str) -> list[Reason]:
    """A thing to hit with as the whole message is an answer to 'what with', and merah: 'linggis', 'pake helm'."""
    words = line.split()
    things = [word for word in words if word in THING_NAMES]
    bare = len(words) <= 4 and things and all(word in _ANSWER_WORDS or word in THING_NAMES for word in words)
    if bare and ("pakai" in words or things[0] in _SAYS_ENOUGH):
        return [Reason(Level.MERAH, f"menyebut {things[0].replace('_', ' ')}")]
    return []


_SAYS_ENOUGH = frozenset(
    {"kabel", "linggis", "palu", "balok", "gunting", "obeng", "rotan", "sabuk", "bensin", "kunci_inggris", "rantai_motor", "gergaji"}
)


def _without_doubles(reasons: list[Reason]) -> list[Reason]:
    kept = list(dict.fromkeys(reasons))
    if any(reason.words == _ABUSER_DIES for reason in kept):
        kept = [reason for reason in kept if reason.words not in _WISHES]
    return sorted(kept, key=lambda reason: -reason.level.rank)
