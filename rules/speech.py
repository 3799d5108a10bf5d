"""One message in a plain form that the tables of danger and facts can be written against.

'Gue dicekek bojo, toloong!' -> 'saya choke:cekik.p suami | tolong |'. Everyday words stand in one spelling, verbs of violence as
class:stem.voice, stops as '|'. The person's own words are never shown in this form, and nothing is added that was not said.
"""

import re
from functools import lru_cache

from rules.forms import stem_of
from rules.text import clean, folded, single, unmasked, unstretched
from rules.vocabulary import JOINED, WORDS

_JOINED = tuple((re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), name) for pattern, name in JOINED)
_SPELLED_OUT = re.compile(r"(?<!\w)(?:[a-z][ .\-]){3,12}[a-z](?!\w)")
_TOKEN = re.compile(r"[a-z0-9_](?:[a-z0-9_@$*!'.+#]*[a-z0-9_*#])?|[.,;:!?\n]+|[\U0001F52A\U0001FA78\U0001F198\U0001F5E1\U0001F52B]")
_STOP = re.compile(r"[.,;:!?\n]+$")
_EMOJI = {"🔪": "_pisau_", "🩸": "_darah_", "🆘": "_sos_", "🗡": "_pisau_", "🔫": "_pistol_"}
_ENCLITIC = re.compile(r"(?:nya|ku|mu|q|lah|kan|pun)$")


def heard(text: str) -> str:
    """The plain line of a message, cleaned and bounded; words the rules do not know stay as they are, in lower case."""
    line = folded(clean(text))
    line = _SPELLED_OUT.sub(lambda match: re.sub(r"[ .\-]", "", match.group()), line)
    for pattern, name in _JOINED:
        line = pattern.sub(name, line)
    return " ".join(_with_split_prefixes([_plain(token) for token in _TOKEN.findall(line)]))


@lru_cache(maxsize=8192)
def _plain(token: str) -> str:
    if token in _EMOJI:
        return _EMOJI[token]
    if _STOP.match(token):
        return "|"
    for reading in dict.fromkeys((token, unstretched(token), single(token), *unmasked(token))):
        if reading in WORDS:
            return WORDS[reading]
    bare = _ENCLITIC.sub("", unstretched(token))
    if len(bare) > 3 and bare in WORDS:
        return WORDS[bare]
    found = stem_of(token)
    if found:
        return f"{found[0]}:{found[1]}.{found[2]}"
    return WORDS.get(bare, unstretched(token)) if len(bare) > 2 else token


def _with_split_prefixes(tokens: list[str]) -> list[str]:
    """'di pukul' is 'dipukul': the prefix is often written apart."""
    joined: list[str] = []
    for token in tokens:
        if joined and joined[-1] in {"di", "d"} and token.endswith(".b"):
            joined[-1] = token[:-1] + "p"
        else:
            joined.append(token)
    return joined
