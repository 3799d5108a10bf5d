"""Writing the office's data files: one writer at a time, whole or not at all, and only if nobody changed the file underneath."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Changed(Exception):
    """What was to be changed is not there any more: somebody else was quicker."""


class Unreadable(Exception):
    """A file has not the form that the workbench writes; only a technician may go on."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Nobody else of any process writes in `folder` meanwhile."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def put(path: Path, text: str) -> None:
    """Replace the file by `text` in one step that survives a power cut."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
    os.replace(name, path)
