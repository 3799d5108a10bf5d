"""What a person typed, made safe to keep, show and understand; and our own words, cut to a channel's measure.

The office relies on it that a typed text can never be read as a command of the dialogue, can never turn a page's
writing direction around, and that no visible word of it is lost. The only cleaner: every channel uses it.
"""

import re
import unicodedata

LONGEST = 2_000  # signs in one stored message; the engine takes no more
LONGEST_EVER = 100_000  # signs read of one delivered text; WhatsApp itself stops at 65,536
_MARKS_IN_A_ROW = 6  # a letter with more marks upon it is a bomb, and slow to normalise
_WINDOW = 1_000  # signs that the word list looks at together: it reads no more than 2,000, and some signs unfold into many
_OVERLAP = 200
_LOOK_BACK = 200  # signs in which a cut looks for a blank

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What begins a command in the dialogue, also after compatibility folding: replaced, since padding is stripped again.
_COMMAND = re.compile("^[/\uff0f]+")
_DIVISION_SLASH = "\u2215"
_JOINERS = "\u200c\u200d"  # needed inside emoji, dropped where they would hide in a word


def clean(text: str) -> str:
    """
    typed                                   | kept
    halves of signs                         | joined, or the replacement sign
    any line break; any blank               | line feed; plain blank
    control, bidirectional, invisible signs | nothing, but a joiner between pictures
    more than six marks on one letter       | six
    '/' at the start                        | '∕' (division slash): never a command
    anything else                           | itself, composed (NFC)
    """
    whole = text[:LONGEST_EVER].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = _BREAKS.sub("\n", whole)
    plain = lines.isascii() and lines.replace("\n", "").isprintable()
    return _harmless((lines if plain else unicodedata.normalize("NFC", "".join(_visible(lines)))).strip())


def pieces(text: str) -> list[str]:
    """A cleaned text in messages of at most `LONGEST` signs, in order; cut at a line or a blank where there is one."""
    found: list[str] = []
    while len(text) > LONGEST:
        at = _cut_at(text, LONGEST)
        found.append(_harmless(text[:at].rstrip()))
        text = text[at:].lstrip()
    return [*found, _harmless(text)] if text or not found else found


def windows(text: str) -> list[str]:
    """A text in overlapping stretches, so that every word of it is screened together with its neighbours."""
    found: list[str] = []
    while len(text) > _WINDOW:
        at = _cut_at(text, _WINDOW)
        found.append(text[:at])
        text = text[max(1, at - _OVERLAP) :]
    return [*found, text]


def shorten(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units (the stricter way to count), ended by '…' where something was left out."""
    if _units(text) <= limit:
        return text
    at = len(text)
    while at and _units(text[:at]) > limit - 1:
        at = min(at - 1, at - (_units(text[:at]) - limit + 1) // 2)
    while at and _joined(text, at):
        at -= 1
    blank = text.rfind(" ", at * 2 // 3, at)
    return text[: blank if blank > 0 else at].rstrip() + "…"


def _visible(text: str) -> list[str]:
    found: list[str] = []
    marks = 0
    for at, sign in enumerate(text):
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if sign == "\n":
            found.append(sign)
        elif sign == "\t" or kind == "Zs":
            found.append(" ")
        elif kind in ("Cc", "Cf", "Cs"):
            if sign in _JOINERS and _between_pictures(text, at):
                found.append(sign)
        elif marks <= _MARKS_IN_A_ROW:
            found.append(sign)
    return found


def _between_pictures(text: str, at: int) -> bool:
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return len(around) == 2 and all(ord(sign) > 0x2000 and unicodedata.category(sign) in ("So", "Sk", "Mn") for sign in around)


def _harmless(text: str) -> str:
    return _COMMAND.sub(lambda found: _DIVISION_SLASH * len(found[0]), text)


def _cut_at(text: str, limit: int) -> int:
    for blank in ("\n", " "):
        at = text.rfind(blank, limit - _LOOK_BACK, limit)
        if at > 0:
            return at
    at = limit
    while at > limit - _LOOK_BACK and _joined(text, at):
        at -= 1
    return at


def _joined(text: str, at: int) -> bool:
    """Whether a cut before `at` would part what is one sign to the eye."""
    around = text[at - 1 : at + 1]
    return any(sign in _JOINERS for sign in around) or (len(around) == 2 and unicodedata.category(around[1]) in ("Mn", "Me", "Sk"))


def _units(text: str) -> int:
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)
