"""Sparse features of a message for our linear models: n-grams, the kinds of entity found, and what the word list heard.

Rasa's own CountVectorsFeaturizer knows neither marks nor the edges of a message, and cannot say how much of a text it had
ever seen; in time they do not differ much (measured: 0.6 ms a message for its two, 0.4 ms for this one).
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT, TEXT_TOKENS
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from components.ngrams import Line, Ngrams
from components.sources import everything
from components.tokenizer import SCREENING, SPANS
from rules.danger import screen

ORIGIN = "ngrams"
FAMILIAR = "familiar"  # share of the text that training knew, for the guard
_PERSONS = {"hubungan", "korban"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(GraphComponent):
    """One sparse sentence feature per message."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, ngrams: Ngrams | None = None) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._ngrams = ngrams

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs tokens."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`longest`: characters in an n-gram; `rarest`: lines an n-gram must occur in to be kept."""
        return {"longest": 5, "rarest": 2}

    @staticmethod
    def required_packages() -> list[str]:
        """Their versions are part of the fingerprint."""
        return ["scipy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed word list or rule changes the marks."""
        return everything()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> NgramFeaturizer:
        """Rasa's constructor for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> NgramFeaturizer:
        """Rasa's constructor for serving."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Ngrams.read(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the vocabulary from the examples that carry a text."""
        lines = [line_of(message) for message in training_data.training_examples if message.get(TEXT)]
        self._ngrams = Ngrams.learn(lines, self._config["longest"], self._config["rarest"])
        with self._storage.write_to(self._resource) as folder:
            self._ngrams.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The examples with features; those without stay as they are for the tagger, which reads them meanwhile."""
        training_data = training_data.merge()
        self.process([message for message in training_data.training_examples if message.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the features and the familiarity."""
        if self._ngrams is None:
            raise RuntimeError("the featurizer was not trained")
        for message in messages:
            line = line_of(message)
            message.add_features(Features(self._ngrams.row(line), FEATURE_TYPE_SENTENCE, TEXT, ORIGIN))
            message.set(FAMILIAR, self._ngrams.familiar(line))
        return messages


def line_of(message: Message) -> Line:
    """What is counted of a message."""
    heard = message.get(SCREENING) or screen(message.get(TEXT) or "")
    words = tuple(word for token in message.get(TEXT_TOKENS) or () for word in token.lemma.split())
    marks = {f"#{label}" for label, *_ in message.get(SPANS) or ()}
    marks |= {f"#{label}:{value}" for label, value, *_ in message.get(SPANS) or () if label in _PERSONS}
    marks |= {f"#kata:{reason.words}" for reason in heard.reasons} | {f"#kata:{heard.level.value}"}
    return Line(words, tuple(sorted(marks)), message.get(TEXT) or "")


def row_of(message: Message) -> csr_matrix:
    """The features that `NgramFeaturizer` left."""
    return next(feature.features for feature in message.features if feature.origin == ORIGIN)
