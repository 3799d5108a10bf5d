"""The sentence encoder and the mix of voices: what is read, what is remembered, on whom the mix is judged."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from components import encoder, mixed, sentence_encoder
from components.encoder import Encoder


@pytest.fixture(scope="module")
def reader() -> Encoder:
    """The encoder that the project ships."""
    return Encoder()


def near(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def test_the_same_meaning_lies_nearer_than_another(reader: Encoder):
    hit, struck, ask = reader.encode(["suami saya mukul saya", "aku digebukin laki gue", "kantornya buka jam berapa ya"])

    assert near(hit, struck) > near(hit, ask) + 0.2


def test_company_changes_no_vector(reader: Encoder):
    text = "kak tolong"

    assert np.array_equal(reader.encode([text])[0], reader.encode([text, "panjang sekali ceritanya " * 12])[0])


def test_letters_held_down_and_capitals_change_nothing(reader: Encoder):
    calm, loud = reader.encode(["tolong suamiku bawa golok", "TOLOOOOOONG SUAMIKU BAWA GOLOKKKKK"])

    assert near(calm, loud) > 0.9


@pytest.mark.parametrize("text", ["", " ", "\u200b", "ﷺ" * 300, "😭" * 500, "a" * 100_000, "\u202e\u0000\ud800"])
def test_any_text_has_a_finite_vector(reader: Encoder, text: str):
    sentence = reader.encode([text.encode("utf-8", "replace").decode()])[0]

    assert sentence.shape == (encoder.WIDTH,)
    assert np.isfinite(sentence).all()


def test_altered_weights_are_refused(tmp_path: Path):
    encoder.copy(encoder.WEIGHTS, tmp_path)
    content = bytearray((tmp_path / "encoder.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "encoder.onnx").write_bytes(content)

    with pytest.raises(ValueError, match="record"):
        Encoder(tmp_path)


def test_training_texts_are_encoded_once_and_not_kept_in_words(reader: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    texts = ["rahasiaku ini", "halo"]
    first = sentence_encoder.remembered(reader, texts, tmp_path)
    monkeypatch.setattr(reader, "encode", lambda _: pytest.fail("encoded again"))

    again = sentence_encoder.remembered(reader, texts[::-1], tmp_path)[::-1]

    assert np.allclose(first, again, atol=0.01)
    assert not any(b"rahasiaku" in path.read_bytes() for path in tmp_path.iterdir())


def test_a_broken_memory_is_begun_anew(reader: Encoder, tmp_path: Path):
    sentence_encoder.remembered(reader, ["halo"], tmp_path)
    (memory,) = tmp_path.iterdir()
    memory.write_bytes(b"PK broken")

    assert len(sentence_encoder.remembered(reader, ["halo", "hai"], tmp_path)) == 2


def people(each: int, writers: list[str]) -> tuple[csr_matrix, np.ndarray, list[str], list[str | None]]:
    """Two labels; words tell them apart for everybody, vectors only for the writers that the encoder 'read' (a, b)."""
    luck = np.random.default_rng(1)
    wanted, names, rows, vectors = [], [], [], []
    for writer in writers:
        for number in range(each):
            label = number % 2
            wanted.append("ya" if label else "bukan")
            names.append(writer)
            rows.append([1.0, 0.0] if label else [0.0, 1.0])
            known = label if writer in {"a", "b"} else luck.integers(2)
            vectors.append([float(known), *luck.normal(size=3)])
    return csr_matrix(np.array(rows)), np.array(vectors), wanted, list(names)


def test_the_mix_is_judged_on_writers_whom_the_encoder_had_not_read():
    rows, vectors, wanted, writers = people(200, ["a", "b", "c", "d"])
    model, held = mixed.learn(rows, vectors, wanted, writers, frozenset({"a", "b"}))

    assert {writers[i] for i in held.where} == {"c", "d"}
    assert held.by == "penulis"
    assert model.share < 0.5  # the vectors know only their teachers; believed on their own word they would look perfect


def test_without_unread_writers_examples_are_held_out_at_random():
    rows, vectors, wanted, writers = people(50, ["a", "b"])
    _, held = mixed.learn(rows, vectors, wanted, writers, frozenset({"a", "b"}))

    assert held.by == "acak"
    assert sorted(held.where) == list(range(100))


def test_a_mix_is_kept_without_anything_that_runs(tmp_path: Path):
    rows, vectors, wanted, writers = people(50, ["a", "b"])
    model, _ = mixed.learn(rows, vectors, wanted, writers, frozenset())
    model.save(tmp_path, "x")
    again = mixed.Mixed.read(tmp_path, "x")

    assert np.allclose(model.probabilities(rows, vectors), again.probabilities(rows, vectors), atol=1e-5)
    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".json"}


def test_a_mix_whose_voices_disagree_on_the_labels_is_refused(tmp_path: Path):
    rows, vectors, wanted, writers = people(50, ["a", "b"])
    model, _ = mixed.learn(rows, vectors, wanted, writers, frozenset())
    model.save(tmp_path, "x")
    other = tmp_path / "x-sentences.json"
    content = json.loads(other.read_text())
    other.write_text(json.dumps({**content, "labels": content["labels"][::-1]}))

    with pytest.raises(ValueError, match="labels"):
        mixed.Mixed.read(tmp_path, "x")


def test_a_missing_file_is_an_error_and_not_an_untaught_encoder(tmp_path: Path):
    shutil.copyfile(encoder.WEIGHTS / "encoder.json", tmp_path / "encoder.json")

    with pytest.raises(OSError, match=r"encoder\.onnx"):
        Encoder(tmp_path)
