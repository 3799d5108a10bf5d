"""What every handler of the workbench works with; only `damping.wiring` makes one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from damping.store.context import Store
from damping.workbench.danger_words_file import DangerWordsFile
from damping.workbench.example import Example
from damping.workbench.example_checks import Checks
from damping.workbench.example_files import ExampleFiles
from damping.workbench.landmark_file import LandmarkFile
from damping.workbench.masks import a_masker
from damping.workbench.model_bench import ModelBench
from damping.workbench.wording_files import WordingFiles
from rules.masking import Masker
from rules.speech import heard


class Reader(Protocol):
    """The engine's own account of single sentences."""

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        """Intent, ranking, danger and entities of each, in the order asked. Raises `EngineUnavailable`."""
        ...


class Keeper(Protocol):
    """A kind of data file whose changes go through the journal."""

    def swap_told(self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        """Put `after` in the place of `before`; either may be missing. Raises `Changed`, `Doubled`, `Unreadable`."""
        ...


@dataclass(frozen=True)
class Bench:
    """`root`: the folder that holds `data/` and `config/`."""

    store: Store
    root: Path
    reader: Reader
    models: ModelBench
    examples: ExampleFiles = field(init=False)
    wording: WordingFiles = field(init=False)
    landmarks: LandmarkFile = field(init=False)
    danger_words: DangerWordsFile = field(init=False)
    _checks: list[tuple[object, Masker, Checks]] = field(default_factory=list, repr=False)
    _heard: list[tuple[object, list[tuple[Example, str]]]] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "examples", ExampleFiles(self.data / "nlu"))
        object.__setattr__(self, "wording", WordingFiles(self.data / "responses"))
        object.__setattr__(self, "landmarks", LandmarkFile(self.data / "lexicon" / "patokan.tsv"))
        object.__setattr__(self, "danger_words", DangerWordsFile(self.data / "lexicon" / "kata_kantor.tsv"))

    @property
    def data(self) -> Path:
        """What trainers edit."""
        return self.root / "data"

    @property
    def keepers(self) -> Mapping[str, Keeper]:
        """Who writes which kind of change."""
        return {"example": self.examples, "wording": self.wording, "landmark": self.landmarks, "word": self.danger_words}

    @property
    def masker(self) -> Masker:
        """Knows the words of all examples as they are now."""
        return self._learnt()[0]

    @property
    def checks(self) -> Checks:
        """Knows all examples as they are now."""
        return self._learnt()[1]

    def heard_examples(self) -> list[tuple[Example, str]]:
        """Every example with its plain line, as the word list hears it."""
        topics = self.examples.topics()
        if not self._heard or self._heard[0][0] != topics:
            examples = [one for topic in topics for found in topic.intents.values() for one in found]
            self._heard[:] = [(topics, [(one, heard(one.plain)) for one in examples])]
        return self._heard[0][1]

    def _learnt(self) -> tuple[Masker, Checks]:
        topics, landmarks = self.examples.topics(), self.landmarks.all()
        known = (topics, landmarks)
        if not self._checks or self._checks[0][0] != known:
            intents = {intent: examples for topic in topics for intent, examples in topic.intents.items()}
            masker = a_masker(intents, landmarks)
            self._checks[:] = [(known, masker, Checks(intents, masker))]
        return self._checks[0][1:]
