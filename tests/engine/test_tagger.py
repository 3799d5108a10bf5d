"""What the tagger learns from marks, what it hands on, and how its spans and the word lists' become one list."""

import json
import time
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import crf, pipeline, tagger, tagging
from components.entities import Found, joined
from components.tagger import TaggerEntityExtractor

ABUSERS = ("om", "pacar", "bosku", "guru les", "ketua rt", "tukang ojek")
DEEDS = ("mukul saya", "maki saya", "nampar adik saya", "ngancem saya", "ngikutin saya")


@pytest.fixture(scope="module")
def nlp():
    """The word lists as they stand."""
    return pipeline.build()


@pytest.fixture
def read(nlp):
    """A message as the tokenizer leaves it where the lists know nothing, with the marks of `[words](kind)`."""

    def _read(marked: str) -> Message:
        text, marks = "", []
        for piece in marked.split("["):
            if "](" in piece:
                words, rest = piece.split("](", 1)
                kind, rest = rest.split(")", 1)
                marks.append({"entity": kind, "start": len(text), "end": len(text) + len(words), "value": words})
                text += words + rest
            else:
                text += piece
        doc = nlp(text)
        message = Message({"text": text, "entities": marks})
        message.set("text_tokens", [Token(t.text, t.idx, t.idx + len(t.text), lemma=t.lemma_) for t in doc if not t.is_space])
        return message

    return _read


def stored_in(folder: Path) -> SimpleNamespace:
    """Rasa's model storage, as far as a component sees it."""

    @contextmanager
    def opened(_resource):
        yield folder

    return SimpleNamespace(write_to=opened, read_from=opened)


def taught(folder: Path, messages: list[Message], **config: object) -> TaggerEntityExtractor:
    """Trained, written, and read again as the engine does."""
    wanted = {**TaggerEntityExtractor.get_default_config(), **config}
    TaggerEntityExtractor.create(wanted, stored_in(folder), None, None).train(TrainingData(messages))
    return TaggerEntityExtractor.load(wanted, stored_in(folder), None, None)


@pytest.fixture
def lessons(read) -> list[Message]:
    """Thirty invented lines, each with its abuser marked, and as many without."""
    marked = [read(f"tadi [{who}](hubungan) {deed} terus") for who in ABUSERS for deed in DEEDS]
    return marked + [read(f"saya {word} soal {deed}") for word in ("tanya", "mikir", "cerita", "bingung") for deed in DEEDS]


def heard(extractor: TaggerEntityExtractor, message: Message) -> list[tuple[str, str, int, int]]:
    """What comes out where the word lists said nothing."""
    message.set("entities", [])
    extractor.process([message])
    return [(e["entity"], e["value"], e["start"], e["end"]) for e in message.get("entities")]


def test_a_person_that_no_list_knows_is_found_after_a_few_marks(tmp_path: Path, lessons, read):
    extractor = taught(tmp_path, lessons)

    message = read("tadi penjaga maki saya terus")

    assert [("hubungan", "penjaga", 5, 12)] == heard(extractor, message)
    assert "TaggerEntityExtractor" == message.get("entities")[0]["extractor"]


def test_nothing_marked_teaches_nothing(tmp_path: Path, read):
    extractor = taught(tmp_path, [read("saya takut"), read("saya mau pulang")])
    message = read("suami saya bawa golok")
    listed = [{"entity": "senjata", "value": "golok", "start": 16, "end": 21, "extractor": "RulerEntityExtractor"}]
    message.set("entities", listed)

    extractor.process([message])

    assert listed == message.get("entities")


@pytest.mark.parametrize("text", ["", "   ", ".", "😭"])
def test_a_text_without_words_has_no_entity(tmp_path: Path, lessons, read, text: str):
    assert [] == heard(taught(tmp_path, lessons), read(text))


def test_training_twice_gives_the_same_weights(tmp_path: Path, lessons):
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir(), other.mkdir()

    first, second = taught(one, lessons)._model, taught(other, lessons)._model

    assert first.names == second.names
    assert np.array_equal(first.weights, second.weights)


def test_a_mark_on_a_part_of_a_word_means_the_word(read):
    message = read("[bapak](hubungan)ku marah")

    assert ["B-hubungan", "O"] == tagging.tags(tagger.example(message))


@pytest.mark.parametrize(
    ("text", "tags", "expected"),
    [
        ("oleh (pak RT) kemarin", ["O", "B-a", "I-a", "I-a", "I-a", "O"], [("pak RT", 6, 12)]),
        ("di rumah, malam", ["O", "B-a", "I-a", "B-b"], [("rumah", 3, 8), ("malam", 10, 15)]),
        ("takut ... sekali", ["O", "B-a", "O"], []),
        ("takut 😭", ["O", "B-a"], []),
        ("pakde bude", ["B-a", "B-a"], [("pakde", 0, 5), ("bude", 6, 10)]),
        ("pakde bude", ["I-a", "I-b"], [("pakde", 0, 5), ("bude", 6, 10)]),
    ],
)
def test_spans_come_out_clean(read, text: str, tags: list[str], expected: list[tuple[str, int, int]]):
    tokens = read(text).get("text_tokens")
    assert len(tags) == len(tokens), [token.text for token in tokens]

    assert expected == [(span.value, span.start, span.end) for span in tagger.spans(text, tokens, tags)]


def entity(kind: str, value: str, start: int, end: int) -> dict[str, object]:
    """As `RulerEntityExtractor` leaves it."""
    return {"entity": kind, "value": value, "start": start, "end": end, "extractor": "RulerEntityExtractor"}


@pytest.mark.parametrize(
    ("ruled", "learnt", "told", "chance", "expected"),
    [
        (("senjata", "pisau", 5, 9), Found("senjata", 5, 15, "piso dapur"), True, 0.9, ("senjata", "pisau", 5, 15)),
        (("usia", "3 tahun", 5, 12), Found("waktu", 0, 12, "udah 3 tahun"), True, 0.9, ("usia", "3 tahun", 5, 12)),
        (("hubungan", "ayah", 5, 10), Found("korban", 5, 10, "bapak"), True, 0.9, ("hubungan", "ayah", 5, 10)),
        (("hubungan", "ayah", 5, 10), Found("korban", 5, 15, "bapak saya"), False, 0.9, ("korban", "ayah", 5, 15)),
        (("lokasi", "rumah", 5, 10), None, True, 0.1, ("lokasi", "rumah", 5, 10)),
        (("lokasi", "rumah", 5, 10), None, True, 0.001, None),
        (None, Found("luka", 5, 10, "nyeri"), True, 0.9, ("luka", "nyeri", 5, 10)),
    ],
)
def test_the_lists_and_the_tagger_become_one(ruled, learnt, told: bool, chance: float, expected):
    found = joined(
        [entity(*ruled)] if ruled else [], [learnt] if learnt else [], [(*ruled, told)] if ruled else [], [(5, 10, chance)], 0.005
    )

    assert ([expected] if expected else []) == [(e["entity"], e["value"], e["start"], e["end"]) for e in found]


def test_edges_that_would_swallow_another_listed_span_stay_as_they_were():
    ruled = [entity("lokasi", "kontrakan", 3, 12), entity("lokasi", "Kemiling", 13, 21)]

    found = joined(ruled, [Found("lokasi", 3, 21, "kontrakan kemiling")], [], [], 0.005)

    assert ruled == found


def test_a_value_that_the_lists_know_is_kept_for_a_span_that_was_held_back():
    found = joined([], [Found("korban", 0, 9, "ponakanku")], [("korban", "keponakan", 0, 9, False)], [], 0.005)

    assert [("korban", "keponakan")] == [(e["entity"], e["value"]) for e in found]


def test_without_doubt_no_listed_span_is_ever_left_out(tmp_path: Path, lessons, read):
    extractor = taught(tmp_path, lessons, doubt=0.0)
    message = read("saya tanya soal rumah dan pisau")
    message.set("entities", [entity("lokasi", "rumah", 16, 21), entity("senjata", "pisau", 26, 31)])

    extractor.process([message])

    assert {"rumah", "pisau"} == {e["value"] for e in message.get("entities")}


def test_an_inside_never_follows_another_kind_and_chances_are_chances():
    labels = ["B-a", "B-b", "I-a", "I-b", "O"]
    rng = np.random.default_rng(3)
    model = crf.Crf(labels, {str(n): n for n in range(30)}, rng.normal(0, 3, (30, 5)), rng.normal(0, 1, (5, 5)))

    for _ in range(50):
        reading = model.read([[str(n)] for n in rng.integers(0, 30, 12)])
        for before, after in zip(["O", *reading.tags], reading.tags, strict=False):
            assert not after.startswith("I-") or before[2:] == after[2:]
        assert ((reading.chance >= -1e-9) & (reading.chance <= 1.0)).all()


def test_chances_and_path_are_those_of_every_path_counted():
    labels = ["B-a", "I-a", "O"]
    rng = np.random.default_rng(5)
    model = crf.Crf(labels, {str(n): n for n in range(4)}, rng.normal(0, 1, (4, 3)), rng.normal(0, 1, (3, 3)))
    reading = model.read([[str(n)] for n in range(4)])

    paths = np.array(np.meshgrid(*[range(3)] * 4)).T.reshape(-1, 4)
    scores = [
        sum(model.weights[n, tag] for n, tag in enumerate(path)) + sum(model.follow[a, b] for a, b in pairwise(path)) for path in paths
    ]
    shares = np.exp(scores) / np.exp(scores).sum()
    lawful = [n for n, path in enumerate(paths) if all(tag != 1 or (at and path[at - 1] != 2) for at, tag in enumerate(path))]

    assert np.allclose(reading.chance, [1 - shares[paths[:, n] == 2].sum() for n in range(4)])
    assert [labels[tag] for tag in paths[max(lawful, key=lambda n: scores[n])]] == reading.tags


def test_a_long_message_costs_little_and_overflows_nothing(tmp_path: Path, lessons, read):
    extractor = taught(tmp_path, lessons)
    message = read("tadi om mukul saya terus " * 400)

    began = time.process_time()
    found = heard(extractor, message)

    assert found
    assert time.process_time() - began < 2.0
    assert {"hubungan"} == {kind for kind, *_ in found}
    assert np.isfinite(extractor._model.read(tagging.features(message.get("text_tokens"), [])).chance).all()


@pytest.mark.parametrize("damage", ["shape", "nan", "absent"])
def test_damaged_weights_are_refused(tmp_path: Path, damage: str):
    weights = np.zeros((2, 2), dtype=np.float32)
    crf.Crf(["B-a", "O"], {"w": 0, "l": 1}, weights, np.zeros((2, 2))).save(tmp_path, "x")
    if damage == "absent":
        (tmp_path / "x.npz").unlink()
    elif damage == "nan":
        np.savez(tmp_path / "x.npz", weights=weights + np.nan, follow=np.zeros((2, 2)))
    else:
        content = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
        (tmp_path / "x.json").write_text(json.dumps({**content, "names": ["w"]}), encoding="utf-8")

    with pytest.raises((ValueError, OSError)):
        crf.Crf.load(tmp_path, "x")


def test_a_fit_in_a_process_of_its_own_learns_the_same(tmp_path: Path, lessons, read):
    examples = [tagger.example(message) for message in lessons]
    effort = tagging.Effort(1, 10)

    here, apart = tagging.fit(examples, effort), tagging.fit_apart(examples, effort, tmp_path)

    assert here.labels == apart.labels
    assert here.names == apart.names
    assert np.allclose(here.weights, apart.weights)


def test_a_fit_that_fails_is_told(tmp_path: Path, lessons):
    with pytest.raises(RuntimeError, match="not fitted"):
        tagging.fit_apart([tagger.example(message) for message in lessons], tagging.Effort("three", 10), tmp_path)
