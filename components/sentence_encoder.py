"""Leaves the sentence encoder's vector on each message, for the classifiers.

The model carries a copy of the encoder, so that a model of last month still runs after the encoder was renewed. Training
remembers vectors by a hash of the text (models/.vectors), since every training encodes the same thousands of examples;
serving remembers nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import encoder
from components.encoder import Encoder
from components.sources import ROOT

VECTOR = "sentence_vector"  # 384 float32
READ_WRITERS = "encoder_read"  # whose examples taught the encoder
_FOLDER = "encoder"
_REMEMBERED = ROOT / "models" / ".vectors"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(GraphComponent):
    """Trainable only in name: training puts the encoder's files into the model."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, reader: Encoder | None = None) -> None:
        self._config, self._storage, self._resource, self._encoder = config, storage, resource, reader

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to choose."""
        return {}

    @staticmethod
    def required_packages() -> list[str]:
        """Their versions are part of the fingerprint."""
        return ["onnxruntime", "tokenizers"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Other weights are another encoder."""
        return hashlib.sha256((encoder.WEIGHTS / "encoder.json").read_bytes()).hexdigest()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SentenceEncoder:
        """Rasa's constructor for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> SentenceEncoder:
        """Rasa's constructor for serving: the encoder that the model carries."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Encoder(folder / _FOLDER))

    def train(self, training_data: TrainingData) -> Resource:
        """Keeps the encoder in the model."""
        with self._storage.write_to(self._resource) as folder:
            encoder.copy(encoder.WEIGHTS, folder / _FOLDER)
        self._encoder = Encoder()
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Vectors for every example, from memory where it was encoded before."""
        reader = self._ready()
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        vectors = remembered(reader, [message.get(TEXT) for message in messages])
        for message, vector in zip(messages, vectors, strict=True):
            message.set(VECTOR, vector)
            message.set(READ_WRITERS, reader.read_writers)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """A vector for every message, also for one without text."""
        for message, vector in zip(messages, self._ready().encode([message.get(TEXT) or "" for message in messages]), strict=True):
            message.set(VECTOR, vector)
        return messages

    def _ready(self) -> Encoder:
        if self._encoder is None:
            raise RuntimeError("the encoder was not trained")
        return self._encoder


def vector_of(message: Message) -> np.ndarray:
    """The vector that `SentenceEncoder` left."""
    return np.asarray(message.get(VECTOR))


def remembered(reader: Encoder, texts: Sequence[str], memory: Path = _REMEMBERED) -> list[np.ndarray]:
    """Vectors of training texts; what is not remembered is encoded and added. A memory that cannot be read is begun anew."""
    path = memory / f"{str(reader.about['sha256'])[:16]}.npz"
    known = _recalled(path)
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if fresh:
        known.update(zip(fresh, reader.encode(list(fresh.values())), strict=True))
        memory.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(".new.npz")
        np.savez(aside, keys=np.array(list(known)), vectors=np.stack(list(known.values())).astype(np.float16))
        aside.replace(path)
    return [np.asarray(known[key], dtype=np.float32) for key in keys]


def _recalled(path: Path) -> dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}
