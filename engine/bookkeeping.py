"""Rasa's bookkeeping of examples made cheap: hashing, copying and reading them again took half the time of a training.

Meaning stays the same: what differs has another fingerprint, what is merged is copied, a changed file is read again. A message's
fingerprint is no longer Rasa's own number, so that the first training after an update finds nothing in Rasa's cache. Steps that
need nothing of each other (the classifiers, the tagger) run side by side.
"""

import ctypes
import hashlib
import os
from collections.abc import Iterable
from dataclasses import is_dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import dask.threaded
import numpy as np
import rasa
import rasa.engine.runner.dask as running
import rasa.shared.importers.utils as importing
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data import util
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import deep_container_fingerprint
from scipy.sparse import issparse

from engine import RASA

_AT_ONCE = 2  # steps: the tagger, which waits for a process of its own, and all others
_ARENAS, _OWN_PAGES = -8, -3  # M_ARENA_MAX and M_MMAP_THRESHOLD of glibc's mallopt
_PLAIN = (dict, list, tuple, int, float, type(None))


def install() -> None:
    """Raises RuntimeError under any other Rasa."""
    if rasa.__version__ != RASA:
        raise RuntimeError(f"Rasa {RASA} is what this is made for, this is {rasa.__version__}")
    _give_memory_back()
    Message.__hash__ = _hash
    Message.fingerprint = _fingerprint
    TrainingData.merge = _merged
    running.dask = SimpleNamespace(get=partial(dask.threaded.get, num_workers=_AT_ONCE))
    if not getattr(importing.training_data_from_paths, "once", False):
        importing.training_data_from_paths = _Once(importing.training_data_from_paths)


def _give_memory_back() -> None:
    """Large arrays are returned to the system when they are done with: the fits' threads would keep half a gigabyte of them."""
    settle = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc only
    if settle is not None:
        settle(_ARENAS, 2)
        settle(_OWN_PAGES, 1 << 20)


def _hash(message: Message) -> int:
    """Equal messages have equal texts and intents; the rest is told apart by their fingerprints."""
    return hash((message.data.get(TEXT), message.data.get(INTENT)))


def _fingerprint(message: Message) -> str:
    """Over all that the message carries, property by property."""
    if message._cached_fingerprint is None:
        digest = hashlib.sha256()
        for name in sorted(message.data):
            digest.update(name.encode() + b"\x00" + _bytes(message.data[name]) + b"\x01")
        for feature in message.features:
            digest.update(_bytes(feature) + b"\x02")
        message._cached_fingerprint = digest.hexdigest()
    return str(message._cached_fingerprint)


def _bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if issparse(value):
        rows = value.tocsr()
        return rows.data.tobytes() + rows.indices.tobytes() + rows.indptr.tobytes() + repr(rows.shape).encode()
    if isinstance(value, Features):
        return f"{value.type} {value.attribute} {value.origin} ".encode() + _bytes(value.features)
    if isinstance(value, list) and value and isinstance(value[0], Token):
        tokens = (f"{token.text}\x1f{token.lemma}\x1f{token.start}\x1f{token.end}\x1f{token.data}" for token in value)
        return "\x1e".join(tokens).encode("utf-8", "surrogatepass")
    if isinstance(value, (set, frozenset)):
        return repr(sorted(map(repr, value))).encode("utf-8", "surrogatepass")
    if isinstance(value, _PLAIN) or is_dataclass(value):
        return repr(value).encode("utf-8", "surrogatepass")
    return str(deep_container_fingerprint(value)).encode()


def _merged(self: TrainingData, *others: TrainingData | None) -> TrainingData:
    """A new set of new messages; what a message holds is replaced by components, never changed in place, and so is not copied."""
    sets = [self, *(one for one in others if one)]
    synonyms: dict[str, str] = {}
    for one in sets:
        for text, meant in one.entity_synonyms.items():
            util.check_duplicate_synonym(synonyms, text, meant, "merging training data")
        synonyms.update(one.entity_synonyms)
    return TrainingData(
        [_copied(message) for one in sets for message in one.training_examples],
        synonyms,
        [dict(feature) for one in sets for feature in one.regex_features],
        [dict(table) for one in sets for table in one.lookup_tables],
        {name: wordings for one in sets for name, wordings in one.responses.items()},
    )


def _copied(message: Message) -> Message:
    made = object.__new__(Message)
    made.__dict__.update(message.__dict__)
    made.data, made.features = dict(message.data), list(message.features)
    made.output_properties = set(message.output_properties)
    return made


class _Once:
    """Files are read and checked once, not for each of the three who ask; again where one has changed. Language means nothing."""

    once = True

    def __init__(self, read: Any) -> None:
        self._read = read
        self._last: tuple[object, TrainingData] | None = None

    def __call__(self, paths: Iterable[str], language: str) -> TrainingData:
        files = list(paths)
        state = tuple((path, os.stat(path).st_mtime_ns, os.stat(path).st_size) for path in files)
        if self._last is None or self._last[0] != state:
            self._last = state, self._read(files, language)
        return self._last[1].merge()
