"""The shape of a danger sign, and the small words its patterns are built from.

A pattern is a regular expression over the plain line of `rules.speech`, with names in braces for groups of people and for times,
`{3}` for 'up to three words between', `{~3}` where a stop may stand between too, `{!3}` where none of them names a person.
Everything in it is bounded, so that no message can make it slow.
"""

import re
from dataclasses import dataclass

from rules.levels import Level
from rules.text import word_set
from rules.vocabulary import ARM_NAMES, THING_NAMES

_NAMES = {
    "korban": "saya|kami|anak|adik|keponakan|cucu|murid|istri|ibu|bapak|kakak|teman|tetangga|kakek|nenek|mertua|saudara"
    "|pembantu|perempuan|janda",
    "anak": "anak|adik|keponakan|cucu|murid",
    "pelaku": "dia|suami|mantan|pacar|bapak|paman|ibu|kakak|majikan|mertua|tetangga|pelaku|orang|mereka|istri|kakek|ustad"
    "|teman|anak|saudara",
    "dekat": "suami|istri|mantan|pacar|bapak|ibu|paman|kakak|kakek|tetangga|mertua|majikan|saudara|orang tua|ortu|ustad|dia|mereka|orang",
    "senjata": "|".join(sorted(ARM_NAMES)),
    "benda": "|".join(sorted(THING_NAMES)),
    "baru": r"semalam|tadi|kemarin|sekarang|hari ini|baru saja|baru aja|malam ini|pagi ini|siang ini|sore ini|minggu ini|seminggu|2 hari"
    r"|\d+ (?:hari|jam|menit) (?:yang )?(?:lalu|lewat)|setiap (?:malam|hari)|hampir setiap",
    "biasa": "kalau|suka|sering|selalu|biasanya|setiap|kadang|kadang2|pernah|dulu|kemarin",
    "pukulan": r"hit:(?!lempar|ludah|kasar|dorong|cubit)\S+",
    "kekerasan": r"(?:hit|choke|kill|stab|burn|rape|threat|lock|rage|poison|drown|tie):\S+",
}
_BRACES = re.compile(r"\{([~!]?\w+)\}")
_PERSON = rf"(?:{_NAMES['korban']}|{_NAMES['dekat']}|kamu)"


@dataclass(frozen=True)
class Sign:
    """One line of the word list. It counts where `pattern` is found, `needs` is in the message and `unless` is not in the clause."""

    words: str  # what the officer reads, plain Indonesian
    level: Level
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    lasting: bool = False  # danger at this moment: never taken for an old story
    keys: frozenset[str] = frozenset()  # beginnings of words, one of which must be there for the pattern to be worth trying


def _expand(pattern: str) -> str:
    def name(match: re.Match[str]) -> str:
        word = match.group(1)
        if word.isdigit():
            return rf"(?:[^| ]\S* ){{0,{word}}}"
        if word.startswith("!"):
            return rf"(?:(?!{_PERSON} )[^| ]\S* ){{0,{word[1:]}}}"
        return rf"(?:\S+ ){{0,{word[1:]}}}" if word.startswith("~") else f"(?:{_NAMES[word]})"

    return _BRACES.sub(name, pattern)


def compiled(*patterns: str) -> re.Pattern[str]:
    """Any of the patterns, on whole words of the plain line."""
    return re.compile(rf"(?<!\S)(?:{_expand('|'.join(patterns))})(?!\S)")


_EVERYWHERE = word_set("saya tidak mau dia yang dan di ke pakai sudah sedang kamu kami kalau itu ini ada dari aja saja belum sekarang lagi")
_NAMES_THAT_TELL = ("senjata", "benda", "pukulan", "kekerasan")


def keys_of(*patterns: str) -> frozenset[str]:
    """Beginnings (three letters) of the telling words in patterns. A line that shares none cannot match any of them."""
    text = " ".join(patterns)
    words = re.findall(r"[a-z_][a-z_0-9]+", re.sub(r"\(\?!.*?\)+|\\[a-zA-Z]|\{[~!]?\w+\}", " ", text))
    for name in _NAMES_THAT_TELL:
        if "{" + name + "}" in text:
            words += re.findall(r"[a-z_]{2,}", re.sub(r"\(\?!.*?\)|\\[a-zA-Z]", " ", _NAMES[name]))
    return frozenset(word[:3] for word in words if word not in _EVERYWHERE)


def keys_in(line: str) -> frozenset[str]:
    """The beginnings of the telling words of a plain line."""
    return frozenset(word[:3] for word in line.split() if word not in _EVERYWHERE)


def red(words: str, *patterns: str, needs: str = "", unless: str = "", lasting: bool = False) -> Sign:
    """A sign that makes a message merah."""
    return _sign(Level.MERAH, words, patterns, needs, unless, lasting)


def amber(words: str, *patterns: str, needs: str = "", unless: str = "") -> Sign:
    """A sign that makes a message kuning."""
    return _sign(Level.KUNING, words, patterns, needs, unless, False)


def _sign(level: Level, words: str, patterns: tuple[str, ...], needs: str, unless: str, lasting: bool) -> Sign:
    need, not_in = (compiled(one) if one else None for one in (needs, unless))
    return Sign(words, level, compiled(*patterns), need, not_in, lasting, keys_of(*patterns))
