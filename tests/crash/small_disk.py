"""A disk so small that it can be filled in a test: a file system in memory, where the machine lets us make one."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = "24m"


class NoSmallDisk(Exception):
    """This machine does not let us mount a file system in memory: run as root, outside a locked container."""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Raises `NoSmallDisk`."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        raise NoSmallDisk("not root")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True, check=False)
    if made.returncode:
        raise NoSmallDisk(made.stderr.decode().strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
