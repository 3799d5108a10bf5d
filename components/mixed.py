"""Two linear voices in one: what words and spellings say, and what the sentence encoder says, mixed as they deserve.

Both are trained on every example. How much each counts, and how certain the sum is, is measured on writers whom neither the
linear models nor the encoder had read: the encoder knows its own teachers by heart, and would be believed too much.
"""

import json
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np
from scipy.sparse import csr_matrix

from components import linear
from components.linear import Linear, softmax

_ONE_AT_A_TIME = Lock()  # a fit holds its own copies of the rows, and the tagger's fit has the other core
_FEWEST_WRITERS = 2
_FEWEST = 200  # examples by unread writers before they alone decide
_SHARES = np.linspace(0.0, 1.0, 21)
_STRENGTH = 0.02  # of the sentence model: vectors of the encoder's own examples are easy to overrate


@dataclass
class Mixed:
    """Margins are `(1 - share) * words + share * sentences`; probabilities their softmax at `temperature`."""

    words: Linear
    sentences: Linear
    share: float = 0.5
    temperature: float = 1.0
    report: dict[str, object] = field(default_factory=dict)

    @property
    def labels(self) -> list[str]:
        """In the order of the columns."""
        return self.words.labels

    def margins(self, rows: csr_matrix, vectors: "np.ndarray") -> "np.ndarray":
        """messages x labels."""
        return (1 - self.share) * self.words.margins(rows) + self.share * self.sentences.margins(vectors)

    def probabilities(self, rows: csr_matrix, vectors: "np.ndarray") -> "np.ndarray":
        """messages x labels, each row sums to one."""
        return softmax(self.margins(rows, vectors) / self.temperature)

    def save(self, folder: Path, name: str) -> None:
        """`name`.json with the mix and its report, and the two voices beside it."""
        self.words.save(folder, f"{name}-words")
        self.sentences.save(folder, f"{name}-sentences")
        content = {"share": self.share, "temperature": self.temperature, "report": self.report}
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, name: str) -> "Mixed":
        """What `save` wrote; raises where a file is missing or malformed."""
        content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        words, sentences = Linear.read(folder, f"{name}-words"), Linear.read(folder, f"{name}-sentences")
        if words.labels != sentences.labels:
            raise ValueError("the two voices know different labels")
        return cls(words, sentences, content["share"], content["temperature"], content["report"])


@dataclass(frozen=True)
class Held:
    """Margins of messages by people whom the model that judged them had not read; `where` are their numbers."""

    where: "np.ndarray"
    margins: "np.ndarray"
    by: str  # "penulis" where whole writers were held out, "acak" where examples at random


def learn(
    rows: csr_matrix, vectors: "np.ndarray", wanted: Sequence[str], writers: Sequence[str | None], read: Set[str]
) -> tuple[Mixed, Held]:
    """The model on all examples, mixed and tempered by the held-out ones; `read` are the encoder's own writers."""
    sets, by = held_sets(wanted, writers, read)
    labels = sorted(set(wanted))
    truth = np.array([labels.index(label) for label in wanted])
    everyone = np.arange(len(wanted))
    fits = [_fit(rows, vectors, wanted, np.setdiff1d(everyone, held)) for held in [np.array([], int), *sets]]
    where = np.concatenate(sets)
    words = np.concatenate([_spread(model[0], labels, rows[held]) for model, held in zip(fits[1:], sets, strict=True)])
    sentences = np.concatenate([_spread(model[1], labels, vectors[held]) for model, held in zip(fits[1:], sets, strict=True)])
    share, temperature = _best_mix(words, sentences, truth[where])
    mixed = Mixed(*fits[0], share, temperature)
    return mixed, Held(where, (1 - share) * words + share * sentences, by)


def held_sets(wanted: Sequence[str], writers: Sequence[str | None], read: Set[str]) -> tuple[list["np.ndarray"], str]:
    """Which examples are judged by a model that has not read their writer."""
    unread = [i for i, writer in enumerate(writers) if writer not in read]
    sizes = Counter(str(writers[i]) for i in unread if writers[i])
    if len(unread) >= _FEWEST and len(sizes) >= _FEWEST_WRITERS and linear.all_seen(wanted, [np.array(unread, int)]):
        return [np.array(unread, int)], "penulis"
    return linear.random_sets(wanted), "acak"


def _fit(rows: csr_matrix, vectors: "np.ndarray", wanted: Sequence[str], kept: "np.ndarray") -> tuple[Linear, Linear]:
    chosen = [wanted[i] for i in kept]
    with _ONE_AT_A_TIME:
        return linear.train(rows[kept], chosen), _sentences(vectors[kept], chosen)


def _sentences(vectors: "np.ndarray", wanted: Sequence[str]) -> Linear:
    """Multinomial logistic regression on standardised vectors, the scale folded into the weights."""
    from sklearn.linear_model import LogisticRegression

    middle, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=300, tol=1e-3)
    model.fit((vectors - middle) / spread, np.asarray(wanted))
    weights, bias = model.coef_.T, model.intercept_
    if weights.shape[1] == 1:
        weights, bias = np.hstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
    weights = weights / spread[:, None]
    return Linear([str(label) for label in model.classes_], weights.astype(np.float32), bias - middle @ weights)


def _spread(model: Linear, labels: list[str], rows: "csr_matrix | np.ndarray") -> "np.ndarray":
    """Margins in the columns of `labels`; a label that the model has not seen gets a very low one."""
    result = np.full((rows.shape[0], len(labels)), -10.0)
    result[:, [labels.index(label) for label in model.labels]] = model.margins(rows)
    return result


def _best_mix(words: "np.ndarray", sentences: "np.ndarray", truth: "np.ndarray") -> tuple[float, float]:
    """The share and temperature whose probabilities fit the held-out truth best (lowest log loss)."""

    def loss(share: float) -> tuple[float, float]:
        mixed = (1 - share) * words + share * sentences
        temperature = linear.best_temperature(mixed, truth)
        chances = softmax(mixed / temperature)[np.arange(len(truth)), truth]
        return float(-np.log(chances + 1e-9).mean()), temperature

    share = min(_SHARES, key=lambda one: loss(float(one))[0])
    return round(float(share), 2), loss(float(share))[1]
