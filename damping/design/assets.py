"""Static files of the pages, named by what is in them: a changed file has a new address, an old page keeps its own.

Read once at start from inside the packages; nothing is served that is not listed here.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """One file: `digest` is the start of its SHA-256."""

    name: str
    digest: str
    media_type: str
    content: bytes


class Assets:
    """The files of one app."""

    def __init__(self, root: str, *folders: Traversable) -> None:
        """`root`: the path under which they are served, such as `/aset`; later folders win where names repeat."""
        self._root = root
        self._known = {asset.name: asset for folder in folders for asset in _read(folder)}

    def address(self, name: str) -> str:
        """Where a page finds it. Raises `KeyError` for an unknown name."""
        return f"{self._root}/{self._known[name].digest}/{name}"

    def find(self, digest: str, name: str) -> Asset | None:
        """The file at an address, or None."""
        asset = self._known.get(name)
        return asset if asset is not None and asset.digest == digest else None


def shared() -> Traversable:
    """The folder of the pieces that all pages share."""
    return files("damping.design")


def _read(folder: Traversable) -> Iterable[Asset]:
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        media_type = _TYPES.get(file.name.rpartition(".")[2])
        if media_type is not None:
            content = file.read_bytes()
            yield Asset(file.name, hashlib.sha256(content).hexdigest()[:16], media_type, content)
