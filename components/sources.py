"""Which files the components are made from, and one hash over them for Rasa's training cache.

Without the hash an edited word list would change nothing until somebody forced a training: Rasa itself only looks at
the source of the component class.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEXICON = ROOT / "data" / "lexicon"
ENTITIES = LEXICON / "entities"


def fingerprint(*paths: Path) -> str:
    """SHA-256 over the names and bytes of all files at or under the paths; a missing path counts as absent."""
    digest = hashlib.sha256()
    for path in _files(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(paths: Iterable[Path]) -> list[Path]:
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(p for p in path.rglob("*") if p.suffix in {".py", ".tsv"})
        elif path.is_file():
            found.add(path)
    return sorted(found)


def everything() -> str:
    """The hash that each component of ours gives Rasa: word lists, rules and the components' own modules."""
    return fingerprint(LEXICON, ROOT / "components", ROOT / "rules")
