"""The office's own danger words in a running process: a word that two trainers agreed on counts from the next message on."""

from pathlib import Path

from damping.wiring.settings import Settings
from damping.workbench.danger_words_file import DangerWordsFile
from rules import office_signs
from rules.danger import Screening, screen


class FreshScreen:
    """`rules.danger.screen`, with the office's list as it stands on disk now."""

    def __init__(self, settings: Settings) -> None:
        self._path = path(settings)
        self._file = DangerWordsFile(self._path)
        self._seen = 0
        self._look()

    def __call__(self, text: str) -> Screening:
        """The level of one message and the reasons for it."""
        self._look()
        return screen(text)

    def _look(self) -> None:
        changed = _changed_at(self._path)
        if changed != self._seen:
            office_signs.learn(self._file.all())
            self._seen = changed


def learn(settings: Settings) -> None:
    """Once, for a process that marks words but screens nothing."""
    office_signs.learn(DangerWordsFile(path(settings)).all())


def path(settings: Settings) -> Path:
    """Where the list stands."""
    return settings.root / "data" / "lexicon" / "kata_kantor.tsv"


def _changed_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:  # no list of its own, or somebody moves it at this moment: the words known so far stay
        return 0
