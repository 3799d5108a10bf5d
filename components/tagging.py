"""What the tagger may know of each word: its spelling, its neighbours, what the word lists found there; and the fit of the model.

Knows nothing of Rasa, so that a fit can run in a process of its own beside the other classifiers':
`python -m components.tagging FOLDER` reads FOLDER/examples.json and leaves the model there.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from components import crf
from components.sources import ROOT

NAME = "tagger"
_EXAMPLES = "examples.json"
_AFFIX = 4  # letters of a beginning or an end
_SHAPE = 8
_MEANT_IN = 5  # examples that a word must stand in before the whole message may tell of it
Listed = Sequence[tuple[str, str, int, int, bool]]  # label, value, start, end, told: as the word lists found it


class Word(Protocol):
    """A token, Rasa's or our own."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def lemma(self) -> str: ...  # noqa: D102


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    lemma: str


@dataclass(frozen=True)
class Example:
    """One message with what the trainer marked in it: entity, start, end."""

    words: Sequence[Word]
    listed: Listed
    marks: Sequence[tuple[str, int, int]]


@dataclass(frozen=True)
class Effort:
    """How the model is fitted: tokens that a feature must occur at to be learnt, and rounds."""

    rarest: int
    rounds: int


def features(words: Sequence[Word], listed: Listed) -> list[list[str]]:
    """What is true of each word."""
    lemmas = ["", *(word.lemma for word in words), ""]
    named = ["", *_named(words, listed), ""]
    return [_of_word(word.text, word.text.lower(), lemmas[n : n + 3], named[n : n + 3]) for n, word in enumerate(words)]


def _of_word(text: str, word: str, lemmas: Sequence[str], listed: Sequence[str]) -> list[str]:
    before, lemma, after = lemmas
    found = ["-", f"w={word}", f"l={lemma}", f"s={_shape(text)}"]
    for length in range(1, min(_AFFIX, len(word) - 1) + 1):
        found += [f"p={word[:length]}", f"x={word[-length:]}"]
    found += [f"l<{before}", f"l>{after}", f"l<={before} {lemma}", f"l=>{lemma} {after}"]
    return [*found, f"r={listed[1]}", f"r<{listed[0]}", f"r>{listed[2]}", f"r<={listed[0]} {listed[1]}", f"rl={listed[1]} {before}"]


def shared(words: Sequence[Word]) -> list[str]:
    """What is true of all words alike: the message's words, in our canonical wording."""
    return sorted({f"m={word.lemma}" for word in words})


def _shape(text: str) -> str:
    """'Jl.' is 'Xx.', '0812-3456' is 'dd-dd': kinds of characters, none more than twice in a row."""
    shape = ""
    for character in text[:_SHAPE]:
        kind = "d" if character.isdigit() else character if not character.isalpha() else "X" if character.isupper() else "x"
        shape += "" if shape.endswith(kind * 2) else kind
    return shape


def _named(words: Sequence[Word], listed: Listed) -> list[str]:
    named = [""] * len(words)
    for label, _, start, end, told in listed:
        for n, at in enumerate(_within(words, start, end)):
            named[at] = f"{'I' if n else 'B'}{label}{'' if told else '?'}"
    return named


def tags(example: Example) -> list[str]:
    """The trainer's marks, word by word; a mark on a part of a word means the word."""
    result = [crf.OUTSIDE] * len(example.words)
    for entity, start, end in example.marks:
        for n, at in enumerate(_within(example.words, start, end)):
            result[at] = f"{'I' if n else 'B'}-{entity}"
    return result


def _within(words: Sequence[Word], start: int, end: int) -> list[int]:
    return [n for n, word in enumerate(words) if word.start < end and word.end > start]


def fit(examples: Sequence[Example], effort: Effort) -> crf.Crf:
    """The model of these examples; silent where nothing is marked."""
    said = Counter(name for example in examples for name in shared(example.words))
    sentences = []
    for example in examples:
        common = [name for name in shared(example.words) if said[name] >= _MEANT_IN]
        sentences.append([[*names, *common] for names in features(example.words, example.listed)])
    return crf.train(sentences, [tags(example) for example in examples], effort.rarest, effort.rounds)


def fit_apart(examples: Iterable[Example], effort: Effort, folder: Path) -> crf.Crf:
    """The same in a process of its own, since CRFsuite lets no other thread of its process work. Uses `folder`; raises RuntimeError."""
    plain = [([_Word(w.text, w.start, w.end, w.lemma) for w in one.words], one.listed, one.marks) for one in examples]
    (folder / _EXAMPLES).write_text(json.dumps({"effort": asdict(effort), "examples": plain}), encoding="utf-8")
    call = [sys.executable, "-m", "components.tagging", str(folder)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # ourselves
    if done.returncode:
        raise RuntimeError(f"the tagger was not fitted: {done.stderr[-500:]}")
    return crf.Crf.load(folder, NAME)


def main(folder: Path) -> None:
    """What `fit_apart` runs."""
    order = json.loads((folder / _EXAMPLES).read_text(encoding="utf-8"))
    examples = [Example([_Word(*word) for word in words], listed, marks) for words, listed, marks in order["examples"]]
    fit(examples, Effort(**order["effort"])).save(folder, NAME)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
