"""The last word on an intent: without a text, without anything familiar, or without certainty it becomes `nlu_fallback`.

A linear model gives some intent to everything, also to "." and to an emoji. "Apakah kamu aman?" must never be answered
with a yes that nobody wrote.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.features import FAMILIAR
from components.intent import FLOORS, RANKING, LinearIntentClassifier


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Guard(GraphComponent, IntentClassifier):
    """Replaces `intent` where it rests on nothing; the ranking keeps what the model would have said."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def required_components(cls) -> list[type]:
        """Guards our classifier."""
        return [LinearIntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`familiar`: least share of known character n-grams; `floor`: overrides the measured certainty where it is a number."""
        return {"familiar": 0.3, "floor": None}

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> Guard:
        """Nothing to keep."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Leaves a well-founded intent as it is."""
        for message in messages:
            if not self._founded(message):
                unsure = {"name": FALLBACK, "confidence": 1.0}
                message.set(INTENT, unsure, add_to_output=True)
                message.set(RANKING, [unsure, *(message.get(RANKING) or [])][:5] if message.get(TEXT) else [unsure], add_to_output=True)
        return messages

    def _founded(self, message: Message) -> bool:
        intent = message.get(INTENT) or {}
        if not (message.get(TEXT) or "").strip() or not intent.get("name"):
            return False
        if message.get(FAMILIAR, 0.0) < self._config["familiar"]:
            return False
        floors = message.get(FLOORS) or {}
        floor = self._config["floor"] if self._config["floor"] is not None else floors.get("", 0.3)
        return float(intent["confidence"]) >= max(floor, floors.get(intent["name"], 0.0))
