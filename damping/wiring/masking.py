"""The masker of a process, made once at start from the office's own files."""

import structlog

from damping.wiring.settings import Settings
from damping.workbench.data_files import Unreadable
from damping.workbench.example_files import ExampleFiles
from damping.workbench.landmark_file import LandmarkFile
from damping.workbench.masks import a_masker
from rules.masking import Masker

log = structlog.get_logger()


def load(settings: Settings) -> Masker | None:
    """None where a file cannot be read: then no sentence is kept for the trainers, and everything else goes on."""
    data = settings.root / "data"
    try:
        return a_masker(ExampleFiles(data / "nlu").intents(), LandmarkFile(data / "lexicon" / "patokan.tsv").all())
    except (OSError, Unreadable) as trouble:
        log.warning("no_masker", error=type(trouble).__name__)
        return None
