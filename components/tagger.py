"""Learns from the trainers' marks where entities stand, and joins what it finds with the spans of the word lists.

The word lists know values and roles, and only their own words; the tagger knows no values, and finds what nobody listed. It
reads tokens, our canonical wording and the lists' spans, never a meaning: a span that it alone found is worth its own text.
"""

from __future__ import annotations

import importlib.metadata
import string
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, TEXT, TEXT_TOKENS
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import crf, tagging
from components.entities import Found, joined
from components.sources import everything
from components.tokenizer import SPANS, IndonesianTokenizer

_EDGE = set(string.punctuation + "…“”‘’–—") - {"+"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class TaggerEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds to `entities`, after `RulerEntityExtractor`."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: crf.Crf | None = None) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs our tokens and spans."""
        return [IndonesianTokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`rarest`: tokens that a feature must occur at to be learnt; `rounds`: of training; `doubt`: a span of the word lists
        to which the tagger gives less than this chance of being any entity is left out (0 keeps all)."""
        return {"rarest": 3, "rounds": 30, "doubt": 0.005}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The helpers of this module, the word lists and CRFsuite, whose package Rasa cannot find by the name it is imported by."""
        return f"{everything()} {importlib.metadata.version('python-crfsuite')}"

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TaggerEntityExtractor:
        """Rasa's constructor for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> TaggerEntityExtractor:
        """Rasa's constructor for serving; an unreadable model is an error."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, crf.Crf.load(folder, tagging.NAME))

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the marks of all examples that carry a text; where nothing is marked, the tagger stays silent."""
        read = [example(message) for message in training_data.training_examples if message.get(TEXT) and message.get(TEXT_TOKENS)]
        with tempfile.TemporaryDirectory(prefix="damping-tagger-") as aside:
            effort = tagging.Effort(self._config["rarest"], self._config["rounds"])
            self._model = tagging.fit_apart(read, effort, Path(aside))
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder, tagging.NAME)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Joins the learnt spans with those that stand on the message already."""
        if self._model is None:
            raise RuntimeError("the tagger was not trained")
        for message in messages:
            tokens = message.get(TEXT_TOKENS) or []
            reading = self._model.read(tagging.features(tokens, message.get(SPANS) or []), tagging.shared(tokens))
            learnt = spans(message.get(TEXT) or "", tokens, reading.tags)
            chance = [(token.start, token.end, float(c)) for token, c in zip(tokens, reading.chance, strict=True)]
            doubt = self._config["doubt"] if len(self._model.labels) > 1 else 0.0
            found = joined(message.get(ENTITIES) or [], learnt, message.get(SPANS) or [], chance, doubt)
            old = [entity for entity in found if "extractor" in entity]
            new = self.add_extractor_name([entity for entity in found if "extractor" not in entity])
            message.set(ENTITIES, sorted(old + new, key=lambda entity: int(entity["start"])), add_to_output=True)
        return messages


def example(message: Message) -> tagging.Example:
    """What the fit needs of a message."""
    marks = [(mark["entity"], mark["start"], mark["end"]) for mark in message.get(ENTITIES) or []]
    return tagging.Example(message.get(TEXT_TOKENS) or [], message.get(SPANS) or [], marks)


def spans(text: str, tokens: Sequence[Token], found: Sequence[str]) -> list[Found]:
    """Tags as spans of the raw text, without the punctuation around them; one without a letter or digit is none."""
    pieces: list[Found] = []
    kind = ""
    for token, tag in zip(tokens, found, strict=True):
        if tag.startswith("I-") and tag[2:] == kind:
            pieces[-1] = Found(kind, pieces[-1].start, token.end)
        elif tag != crf.OUTSIDE:
            pieces.append(Found(tag[2:], token.start, token.end))
        kind = "" if tag == crf.OUTSIDE else tag[2:]
    return [clean for piece in pieces if (clean := _trimmed(text, piece)) is not None]


def _trimmed(text: str, piece: Found) -> Found | None:
    start, end = piece.start, piece.end
    while start < end and (text[start] in _EDGE or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        end -= 1
    return Found(piece.label, start, end, text[start:end]) if any(map(str.isalnum, text[start:end])) else None
