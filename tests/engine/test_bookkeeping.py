"""Cheaper bookkeeping keeps its meaning: what differs is told apart, what is merged is a copy, a changed file is read again."""

from pathlib import Path

import numpy as np
import pytest
import rasa.shared.importers.utils as importing
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from components.memory import Memory
from engine import bookkeeping

bookkeeping.install()


def said(text: str = "saya takut", **more: object) -> Message:
    return Message(data={"text": text, "intent": "ungkap_takut", **more})


@pytest.mark.parametrize(
    "other",
    [
        said("saya takut pulang"),
        said(metadata={"example": {"danger": "merah"}}),
        said(entities=[{"entity": "hubungan", "start": 0, "end": 4}]),
        said(text_tokens=[Token("saya", 0, lemma="saya"), Token("takut", 5, lemma="takut")]),
        said(sentence_vector=np.ones(3, dtype=np.float32)),
        said(encoder_read=frozenset({"w01"})),
    ],
    ids=["text", "metadata", "entities", "tokens", "vector", "writers"],
)
def test_messages_that_differ_are_told_apart(other: Message):
    assert said().fingerprint() != other.fingerprint()
    assert said() != other


@pytest.mark.parametrize("value", [[Token("saya", 0, lemma="kami")], np.zeros(3), frozenset({"w02"}), {"danger": "hijau"}])
def test_a_changed_property_changes_the_fingerprint(value: object):
    message = said(noted=value)
    before = message.fingerprint()

    message.set("noted", "lain")

    assert before != message.fingerprint()


def test_features_count_too():
    plain, counted = said(), said()
    counted.add_features(Features(csr_matrix(np.array([[0.0, 1.0]])), FEATURE_TYPE_SENTENCE, TEXT, "ngrams"))

    assert plain.fingerprint() != counted.fingerprint()


def test_equal_messages_are_one_example():
    again = {"words": frozenset({"a", "b", "c"}), "tokens": [Token("saya", 0, lemma="saya")]}

    assert said(**again).fingerprint() == said(**dict(again)).fingerprint()
    assert 1 == len(TrainingData([said(), said()]).training_examples)
    assert 2 == len(TrainingData([said(), said("takut")]).training_examples)


def test_what_was_merged_is_changed_alone():
    first = TrainingData([said()], entity_synonyms={"bapak": "ayah"})

    both = first.merge(TrainingData([said("lain")], entity_synonyms={"laki": "suami"}))
    both.training_examples[0].set("noted", True)

    assert ["saya takut", "lain"] == [message.get("text") for message in both.training_examples]
    assert {"bapak": "ayah", "laki": "suami"} == both.entity_synonyms
    assert first.training_examples[0].get("noted") is None


def test_a_file_is_read_once_until_it_changes(tmp_path: Path):
    path = tmp_path / "nlu.yml"
    content = 'version: "3.1"\nnlu:\n- intent: "sapa"\n  examples:\n  - {text: "TEXT"}\n'
    path.write_text(content.replace("TEXT", "halo"), encoding="utf-8")
    read = importing.training_data_from_paths

    first, again = read([str(path)], "id"), read([str(path)], "en")
    path.write_text(content.replace("TEXT", "halo kak"), encoding="utf-8")
    changed = read([str(path)], "id")

    assert [["halo"], ["halo"], ["halo kak"]] == [[m.get("text") for m in data.training_examples] for data in (first, again, changed)]
    assert first.training_examples[0] is not again.training_examples[0]


def test_what_was_worked_out_is_remembered_by_text(tmp_path: Path):
    memory = Memory("read", tmp_path)
    memory.keep("suami saya 🙂", [1, ["dua"]])
    memory.save()

    again = Memory("read", tmp_path)

    assert [1, ["dua"]] == again.recall("suami saya 🙂")
    assert again.recall("suami saya") is None


def test_a_memory_that_cannot_be_read_is_begun_anew_and_an_old_one_is_thrown_away(tmp_path: Path):
    memory = Memory("read", tmp_path)
    memory.keep("halo", 1)
    memory.save()
    [file] = (tmp_path / ".read").glob("*.json")
    (tmp_path / ".read" / "0123456789abcdef.json").write_text("{}", encoding="utf-8")
    file.write_text("{", encoding="utf-8")

    again = Memory("read", tmp_path)
    again.keep("hai", 2)
    again.save()

    assert [file] == list((tmp_path / ".read").glob("*.json"))
    assert (None, 2) == (Memory("read", tmp_path).recall("halo"), Memory("read", tmp_path).recall("hai"))
