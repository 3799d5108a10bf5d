"""Cleaning what a person typed, before anybody looks at it.

The office relies on it for two things: no hidden sign survives (direction marks, zero-width letters, look-alike letters of
other scripts), and no text, however long or odd, costs more than a bounded time. It never judges and never corrects words.
"""

import re
import unicodedata

LONGEST = 2_000  # characters kept of one message, after cleaning
_LONGEST_RAW = 4 * LONGEST  # looked at before cleaning: one sign may unfold into eighteen
_LONGEST_WORD = 40

_KEPT_CONTROLS = {"\n": "\n", "\r": "\n", "\t": " ", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n"}
# Letters of other scripts that look Latin; NFKC leaves them alone.
_LOOKALIKES = str.maketrans(
    "абвгдеёіїјкмнорстухһԁԛѕɑɡıοαερυνικ’‘ʼ`´“”",
    "abbrdeeiijkmhopctyxhdqsagioaepuvik'''''\"\"",
)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_LEET = str.maketrans("013456789@$!|+", "oieasgtbgasilt")
_MASKED = re.compile(r"[0-9@$!|+]")
_RUN_OF_THREE = re.compile(r"(.)\1{2,}")
_RUN = re.compile(r"(.)\1+")


def clean(text: str) -> str:
    """The text in one normal form: NFKC, no control, direction or zero-width signs, single spaces, at most `LONGEST` characters."""
    kept = []
    for sign in unicodedata.normalize("NFKC", text[:_LONGEST_RAW])[:_LONGEST_RAW]:
        if sign in _KEPT_CONTROLS:
            kept.append(_KEPT_CONTROLS[sign])
        elif unicodedata.category(sign) not in _DROPPED:
            kept.append(sign)
    joined = _SPACES.sub(" ", "".join(kept))
    return _LINES.sub("\n", joined).strip()[:LONGEST].rstrip()


# control, format, surrogate, private use, unassigned; marks that stack on letters (struck-through words)
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}


def word_set(words: str) -> frozenset[str]:
    """A table row as a set: words parted by spaces."""
    return frozenset(words.split())


def folded(text: str) -> str:
    """Lower case, with look-alike letters of other scripts read as Latin; for matching only, never for showing."""
    return text.lower().translate(_LOOKALIKES)


def unstretched(word: str) -> str:
    """'toloooong' -> 'tolong': letters written three times or more count once."""
    return _RUN_OF_THREE.sub(r"\1", word)


def single(word: str) -> str:
    """'bunuhh' -> 'bunuh': every doubled letter counts once. Loses honest doubles ('maaf'), so a last resort."""
    return _RUN.sub(r"\1", word)


def unmasked(word: str) -> tuple[str, ...]:
    """
    Readings of a word that hides letters behind digits and signs, likeliest first; empty where nothing is hidden.

    p3rk0sa -> perkosa | bvnvh -> bunuh | perk*sa -> perkasa, perkesa, perkisa, perkosa, perkusa | b.u.n.u.h -> bunuh
    """
    if len(word) > _LONGEST_WORD or not any(sign.isalpha() for sign in word):
        return ()
    readings = []
    bare = re.sub(r"[._'-]", "", word)
    if bare != word:
        readings.append(bare)
    if "*" in bare or "#" in bare:
        hidden = re.sub(r"[*#]+", "*", bare.translate(_LEET))
        readings += [hidden.replace("*", vowel) for vowel in "aeiou"] if hidden.count("*") <= 2 else []
    elif _MASKED.search(bare.strip("!|+")):
        readings += [bare.translate(_LEET), bare.rstrip("0123456789!").translate(_LEET)]
    if "v" in bare:
        readings += [reading.replace("v", "u") for reading in readings or [bare]]
    return tuple(dict.fromkeys(readings))
