"""Turns a line into numbers: word 1-2-grams on canonical wording, character 1-5-grams on what was really typed.

Pure Python and SciPy. The vocabulary is learnt once; a line costs about a third of a millisecond. `familiar` tells how
much of a line the model has ever seen, so that nobody answers on the strength of nothing.
"""

import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

_STRETCH = re.compile(r"(.)\1{2,}")
_DIGIT = re.compile(r"\d")
_FAMILIAR_LENGTH = 3  # shorter character n-grams occur in any gibberish


@dataclass(frozen=True)
class Line:
    """What is counted of one message: canonical words, marks such as `#usia`, and the raw text."""

    words: tuple[str, ...]
    marks: tuple[str, ...]
    raw: str


def word_grams(line: Line) -> list[str]:
    """Single words, neighbouring pairs and marks; `<` and `>` stand for the ends."""
    padded = ("<", *line.words, ">")
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(padded)]
    return [*line.words, *pairs, *line.marks]


@lru_cache(maxsize=4)  # a line is counted, then asked how familiar it is
def char_grams(raw: str, longest: int) -> tuple[str, ...]:
    """1..longest characters inside each word, with a space at its edges; letters stretched beyond two count as two."""
    text = _DIGIT.sub("0", _STRETCH.sub(r"\1\1", raw.lower()))
    grams: list[str] = []
    for word in text.split():
        piece = f" {word[:32]} "
        size = len(piece)
        for n in range(1, min(longest, size) + 1):
            grams += [piece[i : i + n] for i in range(size - n + 1)]
    return tuple(grams)


class Ngrams:
    """A learnt vocabulary with weights: sublinear counts times inverse document frequency, each block of length one."""

    def __init__(self, words: dict[str, int], chars: dict[str, int], idf: "np.ndarray", longest: int) -> None:
        self.words, self.chars, self.idf, self.longest = words, chars, idf, longest
        self.width = len(words) + len(chars)
        self._idf: list[float] = idf.tolist()

    @classmethod
    def learn(cls, lines: Sequence[Line], longest: int = 5, rarest: int = 2) -> "Ngrams":
        """Keeps what occurs in at least `rarest` lines."""
        in_words = Counter(g for line in lines for g in set(word_grams(line)))
        in_chars = Counter(g for line in lines for g in set(char_grams(line.raw, longest)))
        words = sorted(g for g, n in in_words.items() if n >= rarest)
        chars = sorted(g for g, n in in_chars.items() if n >= rarest)
        counts = [in_words[g] for g in words] + [in_chars[g] for g in chars]
        idf = np.log((1 + len(lines)) / (1 + np.asarray(counts, dtype=np.float64))) + 1
        offset = len(words)
        return cls({g: i for i, g in enumerate(words)}, {g: offset + i for i, g in enumerate(chars)}, idf, longest)

    def row(self, line: Line) -> csr_matrix:
        """One line as a sparse row of `width` columns."""
        where, weights = self._block(word_grams(line), self.words)
        where2, weights2 = self._block(char_grams(line.raw, self.longest), self.chars)
        columns = np.array(where + where2, dtype=np.int32)
        values = np.array(weights + weights2, dtype=np.float32)
        return csr_matrix((values, columns, np.array([0, len(columns)], dtype=np.int32)), shape=(1, self.width))

    def familiar(self, line: Line) -> float:
        """The share of the line's longer character n-grams that training knew, 0 to 1; 0 for an empty line."""
        grams = [g for g in char_grams(line.raw, self.longest) if len(g.strip()) >= _FAMILIAR_LENGTH]
        if not grams:  # nothing as long as that: "ya", "ok", or only signs
            shorter = [g for g in line.words if g in self.words and any(c.isalnum() for c in g)]
            return 1.0 if shorter else 0.0
        return sum(g in self.chars for g in grams) / len(grams)

    def _block(self, grams: Iterable[str], vocabulary: dict[str, int]) -> tuple[list[int], list[float]]:
        counts = Counter(grams)
        where: list[int] = []
        weights: list[float] = []
        square = 0.0
        idf = self._idf
        for gram, count in counts.items():
            column = vocabulary.get(gram)
            if column is not None:
                weight = (1 + math.log(count)) * idf[column] if count > 1 else idf[column]
                where.append(column)
                weights.append(weight)
                square += weight * weight
        scale = 1 / math.sqrt(square) if square else 0.0
        return where, [w * scale for w in weights]

    def save(self, folder: Path) -> None:
        """Vocabulary as JSON, weights as npz; nothing that could run when it is read."""
        content = {"longest": self.longest, "words": list(self.words), "chars": list(self.chars)}
        (folder / "ngrams.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(folder / "ngrams.npz", idf=self.idf)

    @classmethod
    def read(cls, folder: Path) -> "Ngrams":
        """What `save` wrote."""
        content = json.loads((folder / "ngrams.json").read_text(encoding="utf-8"))
        with np.load(folder / "ngrams.npz", allow_pickle=False) as arrays:
            idf = arrays["idf"]
        words = {g: i for i, g in enumerate(content["words"])}
        chars = {g: len(words) + i for i, g in enumerate(content["chars"])}
        return cls(words, chars, idf, content["longest"])
