"""Which of the trainers' intents a message has: one linear model, probabilities that hold, the five likeliest kept.

The level of certainty below which we rather ask again is measured at training on writers the model had not seen, and kept
with the model; so is the higher bar of short answers such as `setuju`, which must never be guessed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import vstack

from components import linear, mixed
from components.examples import Examples, with_intent
from components.features import NgramFeaturizer, row_of
from components.sentence_encoder import SentenceEncoder, vector_of
from components.sources import everything

FLOORS = "certainty_floors"  # {intent: lowest probability that counts}, "" for all others; for the guard
RANKING = "intent_ranking"
_NAME = "intent"
_KEPT = 5
_FEW = 60  # predictions in a band before its accuracy is believed


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Sets `intent` and `intent_ranking`."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: mixed.Mixed | None = None) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs our features."""
        return [NgramFeaturizer, SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`right_at_least`: share of right answers that makes a band of certainty worth answering on; `sure`: intents with a
        bar of their own, and the precision asked of them."""
        return {"right_at_least": 0.35, "sure": ["setuju", "tolak", "hapus_data", "cabut_laporan"], "precision": 0.9}

    @staticmethod
    def required_packages() -> list[str]:
        """Their versions are part of the fingerprint."""
        return ["sklearn", "scipy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The helpers of this module are not in Rasa's own fingerprint."""
        return everything()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> LinearIntentClassifier:
        """Rasa's constructor for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> LinearIntentClassifier:
        """Rasa's constructor for serving; a model that cannot be read is an error, never an untrained classifier."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, mixed.Mixed.read(folder, _NAME))

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the model and measures it on held-out writers."""
        examples = with_intent(training_data)
        model, held = mixed.learn(examples.rows, examples.vectors, examples.wanted, examples.writers, examples.read)
        model.report = self._measured(examples, model, held)
        with self._storage.write_to(self._resource) as folder:
            model.save(folder, _NAME)
        self._model = model
        return self._resource

    def _measured(self, examples: Examples, model: mixed.Mixed, held: mixed.Held) -> dict[str, object]:
        truth = np.array([model.labels.index(examples.wanted[i]) for i in held.where])
        certainty = linear.softmax(held.margins / model.temperature).max(axis=1)
        guess = held.margins.argmax(axis=1)
        floor = _floor(certainty, guess == truth, self._config["right_at_least"])
        bars = {
            name: _bar(certainty, guess, truth, model.labels.index(name), self._config["precision"], floor)
            for name in self._config["sure"]
            if name in model.labels
        }
        return {
            "examples": len(examples.wanted),
            "held_out": len(truth),
            "held_out_by": held.by,
            "accuracy": round(float((guess == truth).mean()), 4),
            "macro_f1": round(_macro_f1(guess, truth, len(model.labels)), 4),
            "floors": {"": floor, **bars},
        }

    def process(self, messages: list[Message]) -> list[Message]:
        """All messages in one multiplication."""
        model = self._model
        if model is None:
            raise RuntimeError("the classifier was not trained")
        if not messages:
            return messages
        rows = vstack([row_of(message) for message in messages], format="csr")
        found = model.probabilities(rows, np.stack([vector_of(message) for message in messages]))
        for message, row in zip(messages, found, strict=True):
            best = np.argsort(-row)[:_KEPT]
            ranking = [{"name": model.labels[i], "confidence": float(row[i])} for i in best]
            message.set(INTENT, dict(ranking[0]) if message.get(TEXT) else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set(RANKING, ranking, add_to_output=True)
            message.set(FLOORS, model.report.get("floors", {}))
        return messages


def _floor(certainty: np.ndarray, right: np.ndarray, share: float) -> float:
    """The lowest certainty from which on answers around it are right at least `share` of the time."""
    for low in np.arange(0.05, 0.6, 0.01):
        near = right[(certainty >= low) & (certainty < low + 0.1)]
        if len(near) >= min(_FEW, len(right) // 20) and near.mean() >= share:
            return round(float(low), 2)
    return 0.3


def _bar(certainty: np.ndarray, guess: np.ndarray, truth: np.ndarray, label: int, precision: float, floor: float) -> float:
    """The lowest certainty from which on this label is right with the precision asked for; 0.9 where no certainty is."""
    for low in np.arange(max(floor, 0.5), 0.96, 0.01):
        chosen = (guess == label) & (certainty >= low)
        if chosen.any() and (truth[chosen] == label).mean() >= precision:
            return round(float(low), 2)
    return 0.9


def _macro_f1(guess: np.ndarray, truth: np.ndarray, labels: int) -> float:
    scores = []
    for label in range(labels):
        hit = float(((guess == label) & (truth == label)).sum())
        either = float((guess == label).sum() + (truth == label).sum())
        scores.append(2 * hit / either if either else 0.0)
    return float(np.mean(scores))
