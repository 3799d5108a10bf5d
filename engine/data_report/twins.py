"""Texts that are the same or nearly so, found without comparing each with each: MinHash over character 4-grams makes the
candidates, rapidfuzz's edit ratio decides.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz

_GRAM = 4
_BANDS, _ROWS = 24, 4
_CROWD = 60  # a bucket fuller than this holds a stock phrase, not twins; its members meet in other bands
NEAR = 90.0  # percent of equal signs
SHORTEST = 15  # characters; shorter texts are near one another by nature
_SIGNS = re.compile(r"[^\w\s\U00002600-\U0001FAFF]|_")


def bare(text: str) -> str:
    """What is compared: lower case, no punctuation, single spaces. Pictures stay: '🆘 panjang' cries where 'panjang' names a place."""
    plain = " ".join(_SIGNS.sub(" ", text.casefold()).split())
    return plain or " ".join(text.split())


def same(bares: Sequence[str]) -> list[list[int]]:
    """Groups of equal texts, two or more each."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(bares):
        groups[text].append(number)
    return [group for group in groups.values() if len(group) > 1]


def near(bares: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pairs that are nearly equal but not equal, with how near in percent, nearest first."""
    numbers = [n for n, text in enumerate(bares) if len(text) >= SHORTEST]
    found = {}
    for a, b in _candidates([bares[n] for n in numbers]):
        first, second = numbers[a], numbers[b]
        if bares[first] != bares[second]:
            ratio = fuzz.ratio(bares[first], bares[second], score_cutoff=NEAR)
            if ratio:
                found[first, second] = ratio
    return sorted(((a, b, round(ratio, 1)) for (a, b), ratio in found.items()), key=lambda pair: (-pair[2], pair[0], pair[1]))


def _candidates(texts: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Pairs that share a bucket in some band; about every pair with half of its 4-grams in common or more."""
    if not texts:
        return set()
    signatures = np.stack([_signature(text) for text in texts])
    pairs: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for number, part in enumerate(np.ascontiguousarray(signatures[:, band * _ROWS : (band + 1) * _ROWS])):
            buckets[part.tobytes()].append(number)
        for bucket in buckets.values():
            if 1 < len(bucket) <= _CROWD:
                pairs.update((a, b) for i, a in enumerate(bucket) for b in bucket[i + 1 :])
    return pairs


_chance = np.random.default_rng(0)
_TIMES = _chance.integers(1, 2**63, _BANDS * _ROWS, dtype=np.uint64) | np.uint64(1)
_PLUS = _chance.integers(0, 2**63, _BANDS * _ROWS, dtype=np.uint64)


def _signature(text: str) -> "np.ndarray":
    grams = {text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1)}
    hashes = np.array([zlib.crc32(gram.encode("utf-8", "replace")) for gram in grams], dtype=np.uint64)
    mixed = (hashes[:, None] * _TIMES + _PLUS) >> np.uint64(16)  # the product wraps: that is the mixing
    return np.asarray(mixed.min(axis=0))
