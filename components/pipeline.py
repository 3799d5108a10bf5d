"""Builds the Indonesian spaCy pipeline: spacy.blank("id") with chat tokenizer, normaliser, patterns, entity ruler, roles.

Built once at training and saved inside the Rasa model; serving loads that folder once. Never SpacyNLP, which stands twice
in Rasa's graph and would load everything twice.
"""

import tempfile
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.pipeline import EntityRuler

from components import chat_tokenizer, doubtful_places, facts, lexicon, normaliser, roles
from components.sources import ENTITIES, everything
from rules.places import NAMES

NAME = "damping_chat"
_LISTS = ("senjata", "luka", "lokasi", "waktu")


def build() -> Language:
    """The pipeline as the word lists now stand; its name and version (a hash of the lists) stand in its meta."""
    words = lexicon.load()
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": chat_tokenizer.NAME}}})
    nlp.add_pipe(normaliser.NAME).use(words)  # type: ignore[attr-defined]  # spaCy types a pipe as a callable
    nlp.add_pipe(facts.NAME)
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "NORM", "overwrite_ents": False})
    nlp.add_pipe(doubtful_places.NAME, config={"words": [row[0] for row in lexicon.rows(ENTITIES / "nama_umum.tsv")]})
    nlp.add_pipe(roles.NAME)
    assert isinstance(ruler, EntityRuler)
    ruler.add_patterns(_patterns(words))
    nlp.meta.update(name=NAME, version=f"1.0.0+{everything()[:12]}", description="Indonesian chat, as the office reads it")
    return nlp


def load(folder: Path) -> Language:
    """The pipeline that a model carries."""
    return spacy.load(folder)


def packed(folder: Path) -> dict[str, bytes]:
    """The files of a saved pipeline, to load it again when its folder is gone. (An entity ruler loses its patterns in `to_bytes`.)"""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def unpacked(files: dict[str, bytes]) -> Language:
    """A fresh pipeline from what `packed` gave; some 0.2 s."""
    with tempfile.TemporaryDirectory(prefix="damping-pipeline-") as aside:
        for name, content in files.items():
            path = Path(aside) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return load(Path(aside))


def _patterns(words: lexicon.Lexicon) -> list[dict[str, Any]]:
    """Phrases on canonical head words; a phrase that people also write as one word gets that word too."""
    joined = set(words.table.values())
    seen: set[str] = set()
    patterns: list[dict[str, Any]] = []
    for label, value, phrase in _phrases():
        if phrase in seen:
            continue
        seen.add(phrase)
        patterns.append({"label": label, "pattern": phrase, "id": value})
        if " " in phrase and phrase in joined:
            patterns.append({"label": label, "pattern": [{"NORM": phrase}], "id": value})
    return patterns


def _phrases() -> list[tuple[str, str, str]]:
    """(label, value, phrase), places first: a street called after a thing stays a place."""
    found = [("lokasi", name, spelling) for name in NAMES for spelling in _spellings(name)]
    for value, role, others in (row + [""] * (3 - len(row)) for row in lexicon.rows(ENTITIES / "orang.tsv")):
        found += [(role, value, phrase) for phrase in _listed(value, others)]
    for label in _LISTS:
        for row in lexicon.rows(ENTITIES / f"{label}.tsv"):
            found += [(label, row[0], phrase) for phrase in _listed(*([*row, ""])[:2])]
    return found


def _listed(value: str, others: str) -> list[str]:
    return [value] + [phrase.strip() for phrase in others.split(";") if phrase.strip()]


def _spellings(name: str) -> list[str]:
    """'Tanjungkarang Barat' is also typed 'tanjung karang barat' and 'tj karang barat'; 'Way Halim' also 'wayhalim'."""
    low = name.lower()
    forms = {
        low,
        low.replace("tanjungk", "tanjung k"),
        low.replace("tanjungk", "tj k"),
        low.replace("telukb", "teluk b"),
        low.replace("way ", "way"),
    }
    forms |= {low.replace("gunung", "gunung ").replace("  ", " "), low.replace("gedong", "gedung")}
    return sorted(forms)
