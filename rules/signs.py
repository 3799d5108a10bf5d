"""The shape of a danger sign, and the small words its patterns are built from.

A pattern is a regular expression over the plain line of `rules.speech`, with names in braces for groups of people, for times, and
`{0}`..`{9}` for 'up to so many words between'. Everything in it is bounded, so that no message can make it slow.
"""

import re
from dataclasses import dataclass

from rules.levels import Level
from rules.vocabulary import ARM_NAMES, THING_NAMES

_NAMES = {
    "korban": "saya|kami|anak|adik|keponakan|cucu|murid|istri|ibu|bapak|kakak|teman|tetangga|kakek|nenek|mertua|saudara|pembantu|perempuan|janda",
    "anak": "anak|adik|keponakan|cucu|murid",
    "pelaku": "dia|suami|mantan|pacar|bapak|paman|ibu|kakak|majikan|mertua|tetangga|pelaku|orang|mereka|istri|kakek|ustad|teman|anak|saudara",
    "dekat": "suami|istri|mantan|pacar|bapak|ibu|paman|kakak|kakek|tetangga|mertua|majikan|saudara|orang tua|ortu|ustad|dia|mereka|orang",
    "senjata": "|".join(sorted(ARM_NAMES)),
    "benda": "|".join(sorted(THING_NAMES)),
    "baru": r"semalam|tadi|kemarin|sekarang|hari ini|baru saja|baru aja|malam ini|pagi ini|siang ini|sore ini|minggu ini|seminggu|2 hari"
    r"|\d+ (?:hari|jam|menit) (?:yang )?(?:lalu|lewat)|setiap (?:malam|hari)|hampir setiap",
    "biasa": "kalau|suka|sering|selalu|biasanya|setiap|kadang|kadang2|pernah|dulu|kemarin",
    "pukulan": r"hit:(?!lempar|ludah|kasar|dorong|cubit)\S+",
    "kekerasan": r"(?:hit|choke|kill|stab|burn|rape|threat|lock|rage|poison|drown|tie):\S+",
}
_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Sign:
    """One line of the word list. It counts where `pattern` is found, `needs` is in the message and `unless` is not in the clause."""

    words: str  # what the officer reads, plain Indonesian
    level: Level
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    lasting: bool = False  # danger at this moment: never taken for an old story


def _expand(pattern: str) -> str:
    def name(match: re.Match[str]) -> str:
        word = match.group(1)
        return rf"(?:\S+ ){{0,{word}}}" if word.isdigit() else f"(?:{_NAMES[word]})"

    return _BRACES.sub(name, pattern)


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern on whole words of the plain line."""
    return re.compile(rf"(?<!\S)(?:{_expand(pattern)})(?!\S)")


def red(words: str, pattern: str, *, needs: str = "", unless: str = "", lasting: bool = False) -> Sign:
    """A sign that makes a message merah."""
    return _sign(Level.MERAH, words, pattern, needs, unless, lasting)


def amber(words: str, pattern: str, *, needs: str = "", unless: str = "", lasting: bool = False) -> Sign:
    """A sign that makes a message kuning."""
    return _sign(Level.KUNING, words, pattern, needs, unless, lasting)


def _sign(level: Level, words: str, pattern: str, needs: str, unless: str, lasting: bool) -> Sign:
    return Sign(
        words,
        level,
        compiled(pattern),
        compiled(needs) if needs else None,
        compiled(unless) if unless else None,
        lasting,
    )
