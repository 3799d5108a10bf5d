"""The sentence encoder: a small multilingual transformer, taught on this office's examples, run by ONNX Runtime.

`scripts/encoder` makes its files and says from what. Text becomes lower-cased word pieces; a message becomes one vector of
384 numbers, the mean over its pieces. One thread, so that several engines share a small machine fairly.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

WIDTH = 384
WEIGHTS = Path(__file__).resolve().parent / "weights"
FILES = ("encoder.onnx", "tokenizer.json", "encoder.json")
_LONGEST = 160  # pieces of a message that are read, both ends included
_LONGEST_TEXT = 2_000  # characters that are cut into pieces at all
_FIRST, _LAST = 0, 2  # the numbers of <s> and </s>


class Encoder:
    """Loaded weights and tokenizer."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """Raises OSError or ValueError where a file is missing or was altered."""
        import onnxruntime
        from tokenizers import Tokenizer

        self.about: dict[str, object] = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        content = (folder / "encoder.onnx").read_bytes()
        if hashlib.sha256(content).hexdigest() != self.about["sha256"]:
            raise ValueError("the encoder's weights are not those its record names")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._network = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    @property
    def read_writers(self) -> frozenset[str]:
        """The writers whose examples taught it: nothing may be calibrated on them."""
        return frozenset(map(str, self.about["writers"]))  # type: ignore[call-overload]  # a list in the record

    def encode(self, texts: Sequence[str]) -> "np.ndarray":
        """texts x 384 float32; an empty text has a vector too. One at a time: in a batch, eight-bit arithmetic would make a
        text's vector depend on its company, and on short texts it is no faster."""
        return np.stack([self._one(text) for text in texts]) if texts else np.zeros((0, WIDTH), dtype=np.float32)

    def _one(self, text: str) -> "np.ndarray":
        ids = np.array([[_FIRST, *self._tokenizer.encode(text[:_LONGEST_TEXT]).ids[: _LONGEST - 2], _LAST]], dtype=np.int64)
        return np.asarray(self._network.run(["sentence"], {"ids": ids, "real": np.ones(ids.shape, dtype=np.float32)})[0][0])


def copy(source: Path, target: Path) -> None:
    """The encoder's files, into or out of a model."""
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(source / name, target / name)
