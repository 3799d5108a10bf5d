"""Which words people write more than before: log-odds with the whole as prior (Monroe, Colaresi and Quinn 2008), so that a rare
word does not look like news. Works on masked sentences only; what stands in brackets is a mask and no word."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_MASK = re.compile(r"[\[<{][^\]>}]*[\]>}]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_CERTAIN = 1.96  # standard deviations: one word in forty by chance alone
_OFTEN_ENOUGH = 3  # sentences that hold it: one person's favourite word is no news
_PRIOR = 200.0  # words that the prior weighs


@dataclass(frozen=True)
class NewWord:
    """A word, in how many sentences it stands now and stood before, and how far beyond chance that is."""

    word: str
    now: int
    before: int
    score: float


def new_words(now: Iterable[str], before: Iterable[str], most: int = 20) -> list[NewWord]:
    """The words that came up, the most certain first."""
    fresh, old = _counted(now), _counted(before)
    whole = fresh + old
    total, total_fresh, total_old = whole.total(), fresh.total(), old.total()
    found = []
    for word, count in fresh.items():
        if count < _OFTEN_ENOUGH:
            continue
        prior = _PRIOR * whole[word] / total
        odds = _odds(count, total_fresh, prior) - _odds(old[word], total_old, prior)
        score = odds / math.sqrt(1 / (count + prior) + 1 / (old[word] + prior))
        if score > _CERTAIN:
            found.append(NewWord(word, count, old[word], round(score, 2)))
    return sorted(found, key=lambda one: (-one.score, one.word))[:most]


def _odds(count: int, total: int, prior: float) -> float:
    return math.log((count + prior) / (total + _PRIOR - count - prior))


def _counted(sentences: Iterable[str]) -> Counter[str]:
    """Each word once a sentence."""
    found: Counter[str] = Counter()
    for sentence in sentences:
        found.update(set(_WORD.findall(_MASK.sub(" ", sentence).lower())))
    return found
