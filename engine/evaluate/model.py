"""A trained model's understanding alone, in this process: the same graph that serves, without dialogue and actions."""

import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.processor import TurnProcessor

_AT_ONCE = 64


def archive(path: Path) -> Path:
    """The model.tar.gz that is meant: an archive, a model's folder, or the file `current` that names one. Raises ValueError in words."""
    try:
        if path.is_file() and not tarfile.is_tarfile(path):
            path = path.parent / path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"{path} is no model") from None
    found = path / "model.tar.gz" if path.is_dir() else path
    if not found.is_file():
        raise ValueError(f"no model at {path}: train one with `make train`")
    return found


def load(path: Path) -> "TurnProcessor":
    """The model of an archive, ready to understand; `quiet.silence` and `absent.install` come first, where they are wanted.

    Raises ValueError in words."""
    from rasa.core.lock_store import InMemoryLockStore

    from engine.processor import SureWords, TurnProcessor

    try:
        return TurnProcessor(str(path), lock_store=InMemoryLockStore(), generator=SureWords({}))
    except Exception as error:  # whatever an archive of other components makes Rasa raise
        raise ValueError(f"the model does not load ({type(error).__name__}): train it anew with `make train`") from error


def parse(processor: "TurnProcessor", texts: Sequence[str]) -> list[dict[str, Any]]:
    """Parse data of every text, some at a time."""
    from engine import understanding

    found: list[dict[str, Any]] = []
    for start in range(0, len(texts), _AT_ONCE):
        found += understanding.parse(processor, texts[start : start + _AT_ONCE])
    return found


def peak_memory_mb() -> float:
    """The most that this process ever held."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
