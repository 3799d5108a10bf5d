"""The first node of the understanding: reads the raw text once and leaves tokens, spans and what the word list heard on the message.

Trainable only in name: training builds the pipeline from the word lists and keeps it inside the model.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokens import Doc, Span

from components import pipeline
from components.memory import Memory
from components.roles import UNTOLD
from components.sources import everything
from rules.danger import Reason, Screening, screen
from rules.levels import Level

SPANS = "chat_spans"  # list of (label, value, start, end, told) on the message; told: False where only a default gave the role
SCREENING = "screening"  # what the word list of danger heard in the raw text
_FOLDER = "chat_id"
_MOST_STRINGS = 300_000  # distinct words that a long-lived process may remember before it forgets them all


def _span(entity: Span) -> tuple[str, str, int, int, bool]:
    return entity.label_, entity.ent_id_ or entity.text.lower(), entity.start_char, entity.end_char, entity.kb_id_ != UNTOLD


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class IndonesianTokenizer(Tokenizer):
    """Tokens with our canonical wording as `lemma`; offsets are those of the raw text."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        nlp: Language | None = None,
        files: dict[str, bytes] | None = None,
    ) -> None:
        super().__init__(config)
        self._storage, self._resource = storage, resource
        self._nlp = nlp
        self._at_first = len(nlp.vocab.strings) if nlp else 0
        self._files = files or {}
        self._memory: Memory | None = None  # while training

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own keys; intents are never split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> list[str]:
        """Their versions are part of the fingerprint."""
        return ["spacy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed word list retrains (Rasa looks only at this class)."""
        return everything()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> IndonesianTokenizer:
        """Rasa's constructor for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> IndonesianTokenizer:
        """Rasa's constructor for serving: the pipeline that the model carries."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, pipeline.load(folder / _FOLDER), pipeline.packed(folder / _FOLDER))

    def train(self, training_data: TrainingData) -> Resource:
        """Builds the pipeline and keeps it in the model."""
        with self._storage.write_to(self._resource) as folder:
            pipeline.build().to_disk(folder / _FOLDER)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Every example, from memory where it was read before."""
        self._memory = Memory("read")
        try:
            return super().process_training_data(training_data)
        finally:
            self._memory.save()
            self._memory = None

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one text; a text without any word has none."""
        text = message.get(attribute) or ""
        if attribute != TEXT:
            return _tokens(self._read(text))
        known = self._memory.recall(text) if self._memory else None
        if known is None:
            doc = self._read(text)
            spans, tokens, heard = [_span(entity) for entity in doc.ents], _tokens(doc), screen(text)
            if self._memory:
                self._memory.keep(text, _packed(spans, tokens, heard))
        else:
            spans, tokens, heard = _unpacked(known)
        message.set(SPANS, spans)
        message.set(SCREENING, heard)
        return tokens

    def _read(self, text: str) -> Doc:
        if self._nlp is None:
            raise RuntimeError("the tokenizer was not trained")
        if len(self._nlp.vocab.strings) > self._at_first + _MOST_STRINGS:
            self._nlp = pipeline.unpacked(self._files)  # spaCy keeps every word it ever saw
        return self._nlp(text)


def _tokens(doc: Doc) -> list[Token]:
    return [Token(t.text, t.idx, t.idx + len(t.text), lemma=t.lemma_) for t in doc if not t.is_space]


def _packed(spans: list[tuple[str, str, int, int, bool]], tokens: list[Token], heard: Screening) -> list[Any]:
    reasons = [(reason.level.value, reason.words) for reason in heard.reasons]
    return [spans, [(t.text, t.start, t.end, t.lemma) for t in tokens], heard.level.value, reasons]


def _unpacked(known: list[Any]) -> tuple[list[tuple[str, str, int, int, bool]], list[Token], Screening]:
    spans, tokens, level, reasons = known
    heard = Screening(Level(level), tuple(Reason(Level(of), words) for of, words in reasons))
    return [tuple(span) for span in spans], [Token(text, start, end, lemma=lemma) for text, start, end, lemma in tokens], heard
