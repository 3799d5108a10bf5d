"""Writes the taught encoder as the engine reads it: ONNX with weights in eight bits, a tokenizer, and a record of its making."""

import hashlib
import json
from pathlib import Path

import onnx
import pieces
import torch
from network import Encoder, Sentence
from onnxruntime.quantization import QuantType, quantize_dynamic

FOLDER = pieces.ROOT / "components" / "weights"


def write(encoder: Encoder, kept: list[tuple[str, float]], record: dict[str, object], folder: Path = FOLDER) -> None:
    """encoder.onnx (inputs ids, real; output sentence), tokenizer.json, encoder.json."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.onnx"
    example = (torch.tensor([[0, 5, 6, 2], [0, 5, 2, 1]]), torch.tensor([[1.0, 1, 1, 1], [1, 1, 1, 0]]))
    axes = {"ids": {0: "messages", 1: "pieces"}, "real": {0: "messages", 1: "pieces"}, "sentence": {0: "messages"}}
    torch.onnx.export(
        Sentence(encoder).eval(),
        example,
        str(whole),
        input_names=["ids", "real"],
        output_names=["sentence"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        whole, folder / "encoder.onnx", per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"]
    )
    whole.unlink()
    onnx.checker.check_model(str(folder / "encoder.onnx"))
    record["sha256"] = hashlib.sha256((folder / "encoder.onnx").read_bytes()).hexdigest()
    pieces.tokenizer(kept).save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "encoder.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
