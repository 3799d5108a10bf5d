"""A linear-chain conditional random field: trained by CRFsuite, kept and used as plain arrays.

CRFsuite's own model file is read by C code that trusts it, so the weights are taken out once, at training, and stored as npz
and JSON: reading a model can never run code. Decoding and chances are a few lines of NumPy, 0.2 ms for a message of usual length.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

OUTSIDE = "O"
_FORBIDDEN = -1e4
Sentence = Sequence[Sequence[str]]  # the names of what is true of each token


@dataclass(frozen=True)
class Reading:
    """The likeliest tag of each token, and each token's chance of belonging to any span at all."""

    tags: list[str]
    chance: "np.ndarray"


@dataclass
class Crf:
    """Tags are `O`, `B-kind` and `I-kind`; an `I-` only ever follows its own kind."""

    labels: list[str]
    names: dict[str, int]  # feature -> row of weights
    weights: "np.ndarray"  # features x labels
    follow: "np.ndarray"  # labels x labels: from, to

    def __post_init__(self) -> None:
        self._follow, self._first = self.follow + _allowed(self.labels), _first(self.labels)

    def read(self, sentence: Sentence, shared: Sequence[str] = ()) -> Reading:
        """Best path and chances; `shared` holds for every token alike."""
        if not sentence or len(self.labels) < 2:
            return Reading([OUTSIDE] * len(sentence), np.zeros(len(sentence)))
        states = np.stack([self._sum(names) for names in sentence]) + self._sum(shared)
        return Reading([self.labels[i] for i in self._best(states)], self._chance(states))

    def _sum(self, names: Iterable[str]) -> "np.ndarray":
        rows = [row for name in names if (row := self.names.get(name)) is not None]
        return np.asarray(self.weights[rows].sum(axis=0))

    def _best(self, states: "np.ndarray") -> list[int]:
        scores, back = states[0] + self._first, []
        for state in states[1:]:
            ways = scores[:, None] + self._follow
            back.append(ways.argmax(axis=0))
            scores = ways.max(axis=0) + state
        path = [int(scores.argmax())]
        for came in reversed(back):
            path.append(int(came[path[-1]]))
        return path[::-1]

    def _chance(self, states: "np.ndarray") -> "np.ndarray":
        """One less the chance of `O`, by the forward and the backward sums, each scaled to one at every token."""
        lifted, follow = np.exp(states - states.max(axis=1, keepdims=True)), np.exp(self.follow)
        ahead, behind = np.empty_like(lifted), np.ones_like(lifted)
        ahead[0] = lifted[0] / lifted[0].sum()
        for n in range(1, len(lifted)):
            step = (ahead[n - 1] @ follow) * lifted[n]
            ahead[n] = step / step.sum()
        for n in range(len(lifted) - 2, -1, -1):
            step = follow @ (behind[n + 1] * lifted[n + 1])
            behind[n] = step / step.sum()
        both = ahead * behind
        return np.asarray(1.0 - both[:, self.labels.index(OUTSIDE)] / both.sum(axis=1))

    def save(self, folder: Path, name: str) -> None:
        """`name`.npz and `name`.json."""
        np.savez_compressed(folder / f"{name}.npz", weights=self.weights, follow=self.follow)
        content = {"labels": self.labels, "names": list(self.names)}
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> "Crf":
        """What `save` wrote; raises where a file is missing or malformed, never returns an untrained model."""
        content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        labels, names = content["labels"], {feature: row for row, feature in enumerate(content["names"])}
        with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
            weights, follow = arrays["weights"], arrays["follow"]
        if weights.shape != (len(names), len(labels)) or follow.shape != (len(labels), len(labels)) or OUTSIDE not in labels:
            raise ValueError("weights do not fit the labels")
        if not (np.isfinite(weights).all() and np.isfinite(follow).all()):
            raise ValueError("weights are no numbers")
        return cls(labels, names, weights, follow)


def train(sentences: Sequence[Sentence], tags: Sequence[Sequence[str]], rarest: int, rounds: int) -> Crf:
    """Fits the tags of all tokens; deterministic. A feature of fewer than `rarest` tokens is not learnt."""
    import pycrfsuite

    if not any(tag != OUTSIDE for line in tags for tag in line):
        return Crf([OUTSIDE], {}, np.zeros((0, 1), dtype=np.float32), np.zeros((1, 1), dtype=np.float32))
    seen = Counter(name for sentence in sentences for names in sentence for name in names)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.1, "c2": 0.1, "max_iterations": rounds})
    for sentence, line in zip(sentences, tags, strict=True):
        trainer.append([[name for name in names if seen[name] >= rarest] for names in sentence], line)
    with tempfile.TemporaryDirectory(prefix="damping-crf-") as aside:
        path = str(Path(aside) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        learnt = tagger.info()
        tagger.close()
    return _taken(learnt.state_features, learnt.transitions, sorted({tag for line in tags for tag in line} | {OUTSIDE}))


def _taken(states: dict[tuple[str, str], float], transitions: dict[tuple[str, str], float], labels: list[str]) -> Crf:
    """CRFsuite's weights as arrays."""
    column = {label: n for n, label in enumerate(labels)}
    names = {name: row for row, name in enumerate(sorted({name for name, _ in states}))}
    weights, follow = np.zeros((len(names), len(labels)), dtype=np.float32), np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (name, label), weight in states.items():
        weights[names[name], column[label]] = weight
    for (before, after), weight in transitions.items():
        follow[column[before], column[after]] = weight
    return Crf(labels, names, weights, follow)


def _allowed(labels: Sequence[str]) -> "np.ndarray":
    """Nothing for a pair of tags that may follow each other, a very low score for one that may not."""
    inside = [[after[2:] if after.startswith("I-") else "" for after in labels]] * len(labels)
    return np.array(
        [[_FORBIDDEN if kind and before[2:] != kind else 0.0 for kind in row] for before, row in zip(labels, inside, strict=True)]
    )


def _first(labels: Sequence[str]) -> "np.ndarray":
    return np.array([_FORBIDDEN if label.startswith("I-") else 0.0 for label in labels])
