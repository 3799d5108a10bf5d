"""A linear classifier with honest probabilities: trained with scikit-learn, kept and used as plain arrays.

Stored as npz and JSON, so that reading a model can never run code; serving needs no scikit-learn.
"""

import json
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

_FOLDS = 8
_FEWEST_WRITERS = 3


@dataclass
class Linear:
    """Margins are `rows @ weights + bias`; probabilities are their softmax at `temperature`."""

    labels: list[str]
    weights: "np.ndarray"  # width x labels
    bias: "np.ndarray"
    temperature: float = 1.0
    report: dict[str, object] = field(default_factory=dict)

    def margins(self, rows: "csr_matrix | np.ndarray") -> "np.ndarray":
        """rows x labels."""
        return np.asarray(rows @ self.weights) + self.bias

    def probabilities(self, rows: csr_matrix) -> "np.ndarray":
        """rows x labels, each row sums to one."""
        return softmax(self.margins(rows) / self.temperature)

    def save(self, folder: Path, name: str) -> None:
        """`name`.npz and `name`.json."""
        np.savez_compressed(folder / f"{name}.npz", weights=self.weights.astype(np.float32), bias=self.bias)
        content = {"labels": self.labels, "temperature": self.temperature, "report": self.report}
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, name: str) -> "Linear":
        """What `save` wrote; raises where a file is missing or malformed, never returns an untrained model."""
        content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
            weights, bias = arrays["weights"], arrays["bias"]
        if weights.shape[1] != len(content["labels"]) or not np.isfinite(weights).all():
            raise ValueError("weights do not fit the labels")
        return cls(content["labels"], weights, bias, content["temperature"], content["report"])


def softmax(margins: "np.ndarray") -> "np.ndarray":
    """Row by row, safe for large margins."""
    shifted = np.exp(margins - margins.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def train(rows: csr_matrix, wanted: Sequence[str], balance: bool = True, strength: float = 0.3) -> Linear:
    """One-against-rest linear support vectors; deterministic."""
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=strength, class_weight="balanced" if balance else None, random_state=0)
    model.fit(rows, np.asarray(wanted))
    weights, bias = model.coef_.T, model.intercept_
    if weights.shape[1] == 1:  # two labels: scikit-learn keeps the second one's margin only
        weights, bias = np.hstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return Linear([str(label) for label in model.classes_], np.ascontiguousarray(weights, dtype=np.float32), bias)


def folds(wanted: Sequence[str], writers: Sequence[str | None]) -> tuple[list[np.ndarray], str]:
    """Held-out index sets and how they were made.

    By writer ("penulis") where three or more are named, several writers to a fold where there are many: nobody is tested
    on their own style. Five at random ("acak") where too few are named, or a label would be unknown to a fold's model.
    """
    sizes = Counter(writer for writer in writers if writer)
    if len(sizes) >= _FEWEST_WRITERS and all(writers):
        bins: list[list[str]] = [[] for _ in range(min(_FOLDS, len(sizes)))]
        for name, _ in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
            min(bins, key=lambda names: sum(sizes[n] for n in names)).append(name)
        sets = [np.array([i for i, writer in enumerate(writers) if writer in names]) for names in bins]
        if all_seen(wanted, sets):
            return sets, "penulis"
    return random_sets(wanted), "acak"


def random_sets(wanted: Sequence[str]) -> list["np.ndarray"]:
    """Five held-out sets at random, each label spread over all of them."""
    order = np.random.default_rng(0).permutation(len(wanted))
    ranked = sorted(order, key=lambda i: wanted[i])
    return [np.array(ranked[n::5]) for n in range(5)]


def all_seen(wanted: Sequence[str], sets: list["np.ndarray"]) -> bool:
    """Whether every label remains known when any one of the sets is held out."""
    everything = set(wanted)
    for held in sets:
        out = set(held.tolist())
        if {label for i, label in enumerate(wanted) if i not in out} != everything:
            return False
    return True


def held_out_margins(rows: csr_matrix, wanted: Sequence[str], sets: list["np.ndarray"], labels: list[str]) -> "np.ndarray":
    """Margins of every row from a model that has not seen its fold; labels absent from a fold get a very low margin."""
    result = np.full((rows.shape[0], len(labels)), -10.0)
    everyone = np.arange(rows.shape[0])

    def without(held: np.ndarray) -> None:
        kept = np.setdiff1d(everyone, held)
        model = train(rows[kept], [wanted[i] for i in kept])
        columns = [labels.index(label) for label in model.labels]
        result[np.ix_(held, np.array(columns))] = model.margins(rows[held])

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # liblinear works without Python's lock
        list(pool.map(without, sets))
    return result


def best_temperature(margins: "np.ndarray", truth: "np.ndarray") -> float:
    """The temperature at which held-out probabilities fit the truth best (lowest log loss)."""
    candidates = np.geomspace(0.02, 2.0, 60)
    losses = [-np.log(softmax(margins / t)[np.arange(len(truth)), truth] + 1e-9).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])
