"""Hands the spans that our spaCy pipeline found to Rasa as entities; values are canonical, offsets those of the raw text."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from components.danger import DANGER, DangerClassifier
from components.roles import VICTIM
from components.sources import everything
from components.tokenizer import SPANS, IndonesianTokenizer
from rules.levels import Level


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RulerEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Sets `entities`."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs our tokenizer, which ran the pipeline, and the danger that a message was found to be in."""
        return [IndonesianTokenizer, DangerClassifier]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The spans depend on the word lists."""
        return everything()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> RulerEntityExtractor:
        """Nothing to keep."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """One entity a span."""
        for message in messages:
            calm = message.get(DANGER) == Level.HIJAU.value
            found = [
                {"entity": label, "value": value, "start": start, "end": end}
                for label, value, start, end, told in message.get(SPANS) or ()
                if told or label != VICTIM or not calm  # a child in a calm question is no victim
            ]
            message.set(ENTITIES, self.add_extractor_name(found), add_to_output=True)
        return messages
