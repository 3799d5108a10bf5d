"""Writes each token's canonical wording to `lemma_` and its head word to `norm_`; the text and its offsets stay as typed.

Carries its dictionary inside the saved pipeline, so that a model understands with the words it was trained with.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from components.lexicon import Lexicon
from components.spelling import Speller

NAME = "damping_normaliser"
_FILE = "lexicon.json"


@Language.factory(NAME, assigns=["token.lemma", "token.norm"])
def create(nlp: Language, name: str) -> "Normaliser":
    """Empty until `use` or `from_disk` gives it a dictionary."""
    return Normaliser()


class Normaliser:
    """A spaCy component; `lemma_` may hold several words ("gamau" -> "tidak mau")."""

    def __init__(self) -> None:
        self.speller = Speller(Lexicon({}, frozenset()))

    def use(self, lexicon: Lexicon) -> None:
        """Takes the dictionary that training read from the word lists."""
        self.speller = Speller(lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Marks every token."""
        for token in doc:
            token.lemma_, token.norm_ = self.speller.canonical(token.text)
        return doc

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """spaCy's protocol: one file in the pipeline's folder."""
        lexicon = self.speller.lexicon
        content = {"table": lexicon.table, "known": sorted(lexicon.known), "names": sorted(lexicon.names)}
        path.mkdir(parents=True, exist_ok=True)
        (path / _FILE).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> "Normaliser":
        """spaCy's protocol: reads what `to_disk` wrote."""
        content = json.loads((Path(path) / _FILE).read_text(encoding="utf-8"))
        self.use(Lexicon(content["table"], frozenset(content["known"]), frozenset(content["names"])))
        return self
