"""How grave a message is, by two voices that cannot silence each other: the word list (`kata`) and a trained model (`model`).

The model's thresholds are chosen at training on writers it had not seen, so that both voices together find nearly every
message that a trainer called merah; the price in false alarms stands in the model's report.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from components import linear, mixed
from components.examples import Examples, with_danger
from components.features import NgramFeaturizer, row_of
from components.intent import RANKING
from components.sentence_encoder import SentenceEncoder, vector_of
from components.sources import everything
from components.tokenizer import SCREENING
from rules.danger import Screening
from rules.levels import Level, highest

DANGER = "danger"
DANGER_BY = "danger_by"
# True in the band where a safety question is better than a guess. An action finds it as `tracker.latest_message["danger_doubt"]`.
DOUBT = "danger_doubt"
DANGER_CHANCES = "danger_chances"  # the model's calibrated chance of each level
_YES, _NO = "ya", "bukan"
# each head answers one question: is it merah; is it at least kuning
_HEADS = {Level.MERAH: {"merah"}, Level.KUNING: {"merah", "kuning"}}
# A text of few words in which the word list hears nothing gives the model little to go by: 'sendirian di kamar' came out at 0.14,
# 'di kamar' at 0.49, 'dia' at 0.83, 'potas' at 0.87. Every short merah text of tests/nlu/dev.yml is in the word list or above this.
_FEW_WORDS = 3
_SURE_OF_FEW = 0.85
# Rude or idle talk is full of blood and death. Where the message looks like banter and no word of danger stands in it, the model alone
# must be sure: on 2,500 rude public chats that takes merah from 3.3 to 2.4 %, and costs none of the merah of tests/nlu/dev.yml.
_BANTER = {"iseng", "di_luar_topik"}
_MUCH_BANTER = 0.15
_SURE_OF_BANTER = 0.8
# Nothing that the word list knows, not even mildly: the threshold for both voices together is too low for the model alone. Takes 2,500
# rude public chats from 2.2 to 2.0 % and costs no merah of tests/nlu/dev.yml; what lies below is still asked about (`DOUBT`).
_SURE_ALONE = 0.28
_SAID = {Level.MERAH: "mirip pesan darurat", Level.KUNING: "mirip pesan tentang kekerasan"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DangerClassifier(GraphComponent, IntentClassifier):
    """Sets `danger` (a level's name) and `danger_by` (who says so, and why)."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, heads: dict[Level, mixed.Mixed] | None = None
    ) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._heads = heads

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs our features."""
        return [NgramFeaturizer, SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`recall`: the share of held-out messages of a level that the two voices together must find; between the threshold for
        that and the one for `doubt_recall` the person is asked rather than judged."""
        return {"recall": 0.95, "doubt_recall": 0.98}

    @staticmethod
    def required_packages() -> list[str]:
        """Their versions are part of the fingerprint."""
        return ["sklearn", "scipy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed word list changes what the model has to add."""
        return everything()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> DangerClassifier:
        """Rasa's constructor for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> DangerClassifier:
        """Rasa's constructor for serving; an unreadable model is an error."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, {level: mixed.Mixed.read(folder, level.value) for level in _HEADS})

    def train(self, training_data: TrainingData) -> Resource:
        """One head a level, class-weighted; thresholds from held-out writers."""
        examples = with_danger(training_data)
        self._heads = {level: self._head(examples, level, wanted) for level, wanted in _HEADS.items()}
        with self._storage.write_to(self._resource) as folder:
            for level, head in self._heads.items():
                head.save(folder, level.value)
        return self._resource

    def _head(self, examples: Examples, level: Level, wanted: set[str]) -> mixed.Mixed:
        truth = [_YES if label in wanted else _NO for label in examples.wanted]
        if len(set(truth)) < 2:
            return _mute(examples.rows.shape[1], examples.vectors.shape[1])
        head, held = mixed.learn(examples.rows, examples.vectors, truth, examples.writers, examples.read)
        positive = np.array([truth[i] == _YES for i in held.where])
        chance = linear.softmax(held.margins / head.temperature)[:, head.labels.index(_YES)]
        heard = np.array([_heard(examples.messages[i]).level.rank >= level.rank for i in held.where])
        threshold = _threshold(chance, heard, positive, self._config["recall"])
        doubt = min(threshold, _threshold(chance, heard, positive, self._config["doubt_recall"]))
        head.report = {
            "held_out": len(positive),
            "held_out_by": held.by,
            "threshold": threshold,
            "doubt": doubt,
            **_quality(chance >= threshold, heard, positive, np.array([examples.wanted[i] == "hijau" for i in held.where])),
        }
        return head

    def process(self, messages: list[Message]) -> list[Message]:
        """Both voices on every message; a message without text has only the word list's (empty) one."""
        if self._heads is None:
            raise RuntimeError("the danger classifier was not trained")
        if not messages:
            return messages
        rows = vstack([row_of(message) for message in messages], format="csr")
        vectors = np.stack([vector_of(message) for message in messages])
        chances = {level: _chance(head, rows, vectors) for level, head in self._heads.items()}
        for number, message in enumerate(messages):
            found = {level: float(chance[number]) for level, chance in chances.items()}
            self._speak(message, found if message.get(TEXT) else {})
        return messages

    def _speak(self, message: Message, chances: dict[Level, float]) -> None:
        voices = [{"voice": "kata", "level": r.level.value, "reason": r.words} for r in _heard(message).reasons]
        least = _least(message)
        for level, chance in chances.items():
            threshold = float(self._heads[level].report.get("threshold", 2.0))  # type: ignore[index,arg-type]  # set above, a number
            if chance >= max(threshold, least):
                voices.append({"voice": "model", "level": level.value, "reason": _SAID[level]})
                break
        message.set(DANGER, highest(Level(voice["level"]) for voice in voices).value, add_to_output=True)
        message.set(DANGER_BY, voices, add_to_output=True)
        message.set(DOUBT, self._doubts(chances, voices), add_to_output=True)
        message.set(DANGER_CHANCES, {level.value: round(chance, 4) for level, chance in chances.items()}, add_to_output=True)

    def _doubts(self, chances: dict[Level, float], voices: list[dict[str, str]]) -> bool:
        if Level.MERAH not in chances or any(voice["level"] == Level.MERAH.value for voice in voices):
            return False
        return chances[Level.MERAH] >= float(self._heads[Level.MERAH].report.get("doubt", 2.0))  # type: ignore[index,arg-type]  # as above


def _heard(message: Message) -> Screening:
    return message.get(SCREENING) or Screening(Level.HIJAU, ())


def _least(message: Message) -> float:
    """How sure the model must be to speak alone: very, of a few words or of banter without a word of danger."""
    if _heard(message).reasons:
        return 0.0
    few = len((message.get(TEXT) or "").split()) <= _FEW_WORDS
    banter = sum(intent["confidence"] for intent in message.get(RANKING) or [] if intent["name"] in _BANTER)
    return max(_SURE_ALONE, _SURE_OF_FEW if few else 0.0, _SURE_OF_BANTER if banter >= _MUCH_BANTER else 0.0)


def _chance(head: mixed.Mixed, rows: csr_matrix, vectors: np.ndarray) -> np.ndarray:
    return head.probabilities(rows, vectors)[:, head.labels.index(_YES)]


def _mute(words: int, sentence: int) -> mixed.Mixed:
    """A head that never speaks, where the examples say nothing about its level."""
    silent = [linear.Linear([_YES, _NO], np.zeros((width, 2), dtype=np.float32), np.array([-100.0, 0.0])) for width in (words, sentence)]
    return mixed.Mixed(silent[0], silent[1], report={"threshold": 2.0})


def _threshold(chance: np.ndarray, heard: np.ndarray, positive: np.ndarray, recall: float) -> float:
    """The highest threshold at which word list or model finds `recall` of the positives."""
    for threshold in np.arange(0.95, 0.02, -0.01):
        if ((chance >= threshold) | heard)[positive].mean() >= recall:
            return round(float(threshold), 2)
    return 0.02


def _quality(said: np.ndarray, heard: np.ndarray, positive: np.ndarray, harmless: np.ndarray) -> dict[str, float]:
    both = said | heard
    return {
        "recall": round(float(both[positive].mean()), 4),
        "recall_words": round(float(heard[positive].mean()), 4),
        "recall_model": round(float(said[positive].mean()), 4),
        "precision": round(float(positive[both].mean()) if both.any() else 0.0, 4),
        "false_alarms": round(float(both[harmless].mean()) if harmless.any() else 0.0, 4),
    }
