"""What another writer would add: small models trained on 1, 2, 4, 8, … writers, tested on writers that none of them has read.

A quick likeness of the real classifiers: the same n-grams and linear models, without normaliser and encoder.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, vstack

from components import linear
from components.ngrams import Line, Ngrams
from engine.data_report.twins import bare
from engine.evaluate.figures import mean
from engine.evaluate.gold import Gold
from rules.danger import screen
from rules.levels import Level

_LONGEST, _RAREST = 4, 3
_RECALL = 0.95  # that the threshold is chosen for, as in config.yml
_YES, _NO = "ya", "bukan"
_ALWAYS_TESTED = 4  # one writer in so many is kept for the test


@dataclass(frozen=True)
class Step:
    """So many writers read; `merah_recall` and `alarms` (of hijau) are of word list and model together, at the threshold chosen on
    what was read."""

    writers: int
    examples: int
    macro_f1: float
    merah_recall: float | None
    alarms: float | None


def curve(golds: Sequence[Gold]) -> list[Step]:
    """Empty where fewer than three writers are named."""
    named = [gold for gold in golds if gold.writer and gold.text.strip()]
    sizes = Counter(gold.writer for gold in named)
    if len(sizes) < 3:
        return []
    order = [name for name, _ in sorted(sizes.items(), key=lambda item: (-item[1], str(item[0])))]
    tested = set(order[1::_ALWAYS_TESTED])
    readers = [name for name in order if name not in tested]
    rows, heard = _rows(named), np.array([screen(gold.text).level is Level.MERAH for gold in named])
    test = np.array([i for i, gold in enumerate(named) if gold.writer in tested])
    steps = []
    for count in _counts(len(readers)):
        read = np.array([i for i, gold in enumerate(named) if gold.writer in readers[:count]])
        steps.append(_step(count, named, rows, heard, read, test))
    return steps


def _counts(most: int) -> list[int]:
    counts = [1]
    while counts[-1] * 2 <= most:
        counts.append(counts[-1] * 2)
    return counts if counts[-1] == most else [*counts, most]


def _rows(golds: Sequence[Gold]) -> csr_matrix:
    """Vocabulary from all texts: only their labels are kept from the models."""
    lines = [Line(tuple(bare(gold.text).split()), (), gold.text) for gold in golds]
    ngrams = Ngrams.learn(lines, _LONGEST, _RAREST)
    return vstack([ngrams.row(line) for line in lines], format="csr")


def _step(
    count: int, golds: Sequence[Gold], rows: csr_matrix, heard: "np.ndarray", read: "np.ndarray", test: "np.ndarray"
) -> Step:  # six: one set of arrays over the same messages
    wanted = [gold.intent for gold in golds]
    model = linear.train(rows[read], [wanted[i] for i in read])
    guesses = [model.labels[n] for n in model.margins(rows[test]).argmax(axis=1)]
    found, alarms = _danger(golds, rows, heard, read, test)
    return Step(count, len(read), _macro_f1([wanted[i] for i in test], guesses), found, alarms)


def _macro_f1(wanted: Sequence[str], said: Sequence[str]) -> float:
    hits, of, answers = Counter(a for a, b in zip(wanted, said, strict=True) if a == b), Counter(wanted), Counter(said)
    return mean(2 * hits[name] / (of[name] + answers[name]) for name in of)


def _danger(
    golds: Sequence[Gold], rows: csr_matrix, heard: "np.ndarray", read: "np.ndarray", test: "np.ndarray"
) -> tuple[float | None, float | None]:
    merah = np.array([gold.danger == Level.MERAH.value for gold in golds])
    hijau = np.array([gold.danger == Level.HIJAU.value for gold in golds])
    if not merah[read].any() or merah[read].all() or not merah[test].any():
        return None, None
    truth = [_YES if merah[i] else _NO for i in read]
    head = linear.train(rows[read], truth)
    sets, _ = linear.folds(truth, [golds[i].writer for i in read])
    yes = head.labels.index(_YES)
    margins = linear.held_out_margins(rows[read], truth, sets, head.labels)
    threshold = _threshold((margins[:, yes] - margins[:, 1 - yes]) / 2, heard[read], merah[read])
    margin = head.margins(rows[test])
    said = heard[test] | ((margin[:, yes] - margin[:, 1 - yes]) / 2 >= threshold)
    alarms = round(float(said[hijau[test]].mean()), 4) if hijau[test].any() else None
    return round(float(said[merah[test]].mean()), 4), alarms


def _threshold(margin: "np.ndarray", heard: "np.ndarray", merah: "np.ndarray") -> float:
    """The highest margin at which word list or model finds the share asked for."""
    best = np.sort(np.where(heard, np.inf, margin)[merah])[::-1]
    return float(min(best[min(len(best) - 1, int(np.ceil(_RECALL * len(best))) - 1)], 10.0))
