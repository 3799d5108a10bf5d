"""Reads the trainers' examples for our classifiers: features, label, danger and who wrote them."""

from dataclasses import dataclass

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from components.features import row_of


@dataclass(frozen=True)
class Examples:
    """Rows of features with one wanted label each; `writers` lets a test hold one person's style out."""

    messages: list[Message]
    rows: csr_matrix
    wanted: list[str]
    writers: list[str | None]


def with_intent(training_data: TrainingData) -> Examples:
    """All examples that have a text and an intent."""
    return _gathered([(m, m.get(INTENT)) for m in training_data.training_examples if m.get(TEXT) and m.get(INTENT)])


def with_danger(training_data: TrainingData) -> Examples:
    """All examples whose trainer noted how grave they are."""
    return _gathered([(m, level) for m in training_data.training_examples if m.get(TEXT) and (level := noted(m).get("danger"))])


def noted(message: Message) -> dict[str, str]:
    """The `metadata:` that stands beside an example."""
    return dict((message.get(METADATA) or {}).get(METADATA_EXAMPLE) or {})


def _gathered(pairs: list[tuple[Message, str]]) -> Examples:
    messages = [message for message, _ in pairs]
    rows = vstack([row_of(message) for message in messages], format="csr") if messages else csr_matrix((0, 0))
    return Examples(messages, rows, [label for _, label in pairs], [noted(m).get("writer") for m in messages])
