"""Hands the spans that our spaCy pipeline found to Rasa as entities; values are canonical, offsets those of the raw text.

Also says how these spans and those of a trained tagger become one list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from components.danger import DANGER, DangerClassifier
from components.roles import ABUSER, VICTIM
from components.sources import everything
from components.tokenizer import SPANS, IndonesianTokenizer
from rules.levels import Level

Entity = dict[str, Any]
Listed = tuple[str, str, int, int, bool]  # a span of the word lists, as the tokenizer leaves it


@dataclass(frozen=True)
class Found:
    """A span that the tagger found; `value` is its own text."""

    label: str
    start: int
    end: int
    value: str = ""


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


def joined(
    ruled: Sequence[Entity], learnt: Sequence[Found], listed: Sequence[Listed], chances: Sequence[tuple[int, int, float]], doubt: float
) -> list[Entity]:
    """
    found by             | becomes
    both, the same kind  | the word lists' value and kind, the tagger's edges where these hold no other span of the lists
    both, another kind   | the word lists'; a person whose role the sentence does not tell takes the tagger's
    the word lists alone | theirs; nothing where the tagger gives every word of it less than `doubt` chance of being an entity
    the tagger alone     | the tagger's, with the value that the lists know for these words, else their own text

    `chances`: (start, end, chance) of each token.
    """
    untold = {(start, end) for label, _, start, end, told in listed if not told and label in (ABUSER, VICTIM)}
    entities = []
    for entity in ruled:
        met = [span for span in learnt if _touch(span.start, span.end, entity)]
        if met or max((c for start, end, c in chances if _touch(start, end, entity)), default=1.0) >= doubt:
            entities.append(_agreed(entity, met, (entity["start"], entity["end"]) in untold, ruled))
    alone = [span for span in learnt if not any(_touch(span.start, span.end, entity) for entity in entities)]
    return entities + [{"entity": s.label, "value": _known(s, listed), "start": s.start, "end": s.end} for s in alone]


def _agreed(entity: Entity, met: Sequence[Found], untold: bool, ruled: Sequence[Entity]) -> Entity:
    kind = entity["entity"]
    if untold and met and met[0].label in (ABUSER, VICTIM):
        kind = met[0].label
    same = [span for span in met if span.label == kind]
    if len(same) != 1 or sum(_touch(same[0].start, same[0].end, other) for other in ruled) != 1:
        return {**entity, "entity": kind}
    return {**entity, "entity": kind, "start": same[0].start, "end": same[0].end}


def _known(span: Found, listed: Sequence[Listed]) -> str:
    return next(
        (value for label, value, start, end, _ in listed if label == span.label and start < span.end and end > span.start), span.value
    )


def _touch(start: int, end: int, entity: Entity) -> bool:
    return bool(start < entity["end"] and end > entity["start"])
