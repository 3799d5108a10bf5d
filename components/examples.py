"""Reads the trainers' examples for our classifiers: features, label, danger and who wrote them."""

from dataclasses import dataclass

import numpy as np
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from components.encoder import WIDTH
from components.features import row_of
from components.sentence_encoder import READ_WRITERS, vector_of


@dataclass(frozen=True)
class Examples:
    """Rows of features with one wanted label each; `writers` lets a test hold one person's style out."""

    messages: list[Message]
    rows: csr_matrix
    vectors: np.ndarray
    wanted: list[str]
    writers: list[str | None]
    read: frozenset[str]  # writers whose examples taught the encoder


def with_intent(training_data: TrainingData) -> Examples:
    """All examples that have a text and an intent."""
    return _gathered(training_data, [(m, m.get(INTENT)) for m in _texts(training_data) if m.get(INTENT)])


def with_danger(training_data: TrainingData) -> Examples:
    """All examples whose trainer noted how grave they are."""
    return _gathered(training_data, [(m, level) for m in _texts(training_data) if (level := noted(m).get("danger"))])


def noted(message: Message) -> dict[str, str]:
    """The `metadata:` that stands beside an example."""
    return dict((message.get(METADATA) or {}).get(METADATA_EXAMPLE) or {})


def _texts(training_data: TrainingData) -> list[Message]:
    return [message for message in training_data.training_examples if message.get(TEXT)]


def _gathered(training_data: TrainingData, pairs: list[tuple[Message, str]]) -> Examples:
    anybody = _texts(training_data)[0]  # tells the widths also where nobody was labelled
    messages = [message for message, _ in pairs]
    rows = vstack([row_of(message) for message in messages], format="csr") if messages else csr_matrix((0, row_of(anybody).shape[1]))
    vectors = np.stack([vector_of(message) for message in messages]) if messages else np.zeros((0, WIDTH), np.float32)
    writers = [noted(message).get("writer") for message in messages]
    return Examples(messages, rows, vectors, [label for _, label in pairs], writers, anybody.get(READ_WRITERS))
