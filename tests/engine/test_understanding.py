"""What the components make of Indonesian chat: tokens, canonical words, spans, features, danger, doubt."""

from pathlib import Path

import numpy as np
import pytest
from rasa.engine.training.fingerprinting import calculate_fingerprint_key

from components import affixes, lexicon, pipeline, sources
from components.features import NgramFeaturizer
from components.lexicon import LexiconError
from components.linear import Linear, best_temperature, folds, softmax
from components.ngrams import Line, Ngrams
from components.spelling import Speller
from components.tokenizer import IndonesianTokenizer
from engine.assistant import Assistant


@pytest.fixture(scope="module")
def nlp(tmp_path_factory: pytest.TempPathFactory):
    """The pipeline as a model carries it: built, saved, loaded."""
    folder = tmp_path_factory.mktemp("pipeline")
    pipeline.build().to_disk(folder)
    return pipeline.load(folder)


@pytest.fixture(scope="module")
def speller() -> Speller:
    """The word lists as they stand."""
    return Speller(lexicon.load())


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("no hp 0812-3456-7890.", ["no", "hp", "0812-3456-7890", "."]),
        ("tgl 12/05/2024 jam 22.30", ["tgl", "12/05/2024", "jam", "22.30"]),
        ("dipukul 3x, minta 500rb", ["dipukul", "3x", ",", "minta", "500rb"]),
        ("di kec. Kemiling", ["di", "kec.", "Kemiling"]),
        ("takut😭😭tolong", ["takut", "😭", "😭", "tolong"]),
        ("anak-anak saya,tolong", ["anak-anak", "saya", ",", "tolong"]),
        ("sy takut.tolong kak", ["sy", "takut", ".", "tolong", "kak"]),
        ("dan/atau", ["dan", "/", "atau"]),
        ("sedih :(", ["sedih", ":("]),
    ],
)
def test_chat_is_split_as_people_mean_it(nlp, text: str, tokens: list[str]):
    assert tokens == [token.text for token in nlp(text)]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("gk", "tidak"),
        ("gamau", "tidak mau"),
        ("tolooooong", "tolong"),
        ("matiii", "mati"),
        ("suamiku", "suami saya"),
        ("suaminya", "suami -nya"),
        ("dipukulin", "di- pukul"),
        ("mukulin", "me- pukul"),
        ("pukul2", "pukul"),
        ("digebukin", "di- pukul"),
        ("nyekik", "me- cekik"),
        ("dicekek", "di- cekik"),
        ("ngancem", "me- ancam"),
        ("menangis", "me- tangis"),
        ("bensin", "bensin"),
        ("meninggal", "meninggal"),
        ("kerahasiaan", "rahasia"),
        ("xyzzy", "xyzzy"),
        ("👍", "ya"),
        ("✔️", "ya"),
        ("🙂", "🙂"),
    ],
)
def test_spellings_find_their_canonical_wording(speller: Speller, typed: str, canonical: str):
    assert canonical == speller.canonical(typed)[0]


def test_a_safety_word_stays_itself(speller: Speller):
    for row in lexicon.rows(sources.LEXICON / "dilindungi.tsv"):
        meaning = speller.canonical(row[0])[0]
        assert row[0] in meaning or row[0] in {"piso", "clurit", "loncat", "silet"}, (row[0], meaning)


def copied(folder: Path) -> Path:
    import shutil

    shutil.copytree(sources.LEXICON, folder / "lexicon")
    return folder / "lexicon"


def test_a_list_that_changes_a_safety_word_is_refused(tmp_path: Path):
    lists = copied(tmp_path)
    with (lists / "kata.tsv").open("a", encoding="utf-8") as file:
        file.write("lapor\tbunuh\n")

    with pytest.raises(LexiconError, match="bunuh"):
        lexicon.load(lists)


def test_a_spelling_written_down_twice_is_refused(tmp_path: Path):
    lists = copied(tmp_path)
    with (lists / "kata.tsv").open("a", encoding="utf-8") as file:
        file.write("apel\tgk\n")

    with pytest.raises(LexiconError, match="gk"):
        lexicon.load(lists)


@pytest.mark.parametrize(
    ("root", "form"), [("siksa", "menyiksa"), ("tendang", "nendang"), ("kurung", "ngurung"), ("aniaya", "menganiaya"), ("cekik", "nyekik")]
)
def test_roots_take_their_nasal(root: str, form: str):
    assert f"me- {root}" == dict(affixes.forms(root, root))[form]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anak saya umur 5 thn dicabuli bapak tirinya", {("korban", "anak"), ("usia", "5 tahun"), ("hubungan", "ayah tiri")}),
        ("ibu dipukul sama bapak", {("korban", "ibu"), ("hubungan", "ayah")}),
        ("bapak mukulin ibu tiap malam", {("hubungan", "ayah"), ("korban", "ibu"), ("waktu", "tiap malam")}),
        ("laki gue bawa golok", {("hubungan", "suami"), ("senjata", "golok")}),
        ("hub 0812 3456 7890 ya", {("nomor", "081234567890")}),
        ("saya di tanjung karang barat", {("lokasi", "Tanjungkarang Barat")}),
        ("rumah di wayhalim", {("lokasi", "rumah"), ("lokasi", "Way Halim")}),
        ("2 hari yg lalu tangan saya memar", {("waktu", "2 hari yg lalu"), ("luka", "memar")}),
        ("15 th", {("usia", "15 tahun")}),
        ("kelas 2 smp", {("usia", "kelas 2 smp")}),
    ],
)
def test_facts_are_found_with_their_value(nlp, text: str, expected: set[tuple[str, str]]):
    found = {(span.label_, span.ent_id_) for span in nlp(text).ents}

    assert expected <= found


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("udah damai kak", set()),
        ("ceritanya panjang kak saya capek", set()),
        ("saya tinggal di panjang dekat pasar", {"Panjang", "pasar"}),
        ("panjang", {"Panjang"}),
        ("di kedamaian kak", {"Kedamaian"}),
    ],
)
def test_a_place_that_is_an_ordinary_word_is_only_a_place_where_it_is_meant(nlp, text: str, places: set[str]):
    assert places == {span.ent_id_ for span in nlp(text).ents if "lokasi" == span.label_}


def test_the_pipeline_is_indonesian_named_and_versioned_by_its_lists(nlp):
    assert ("id", pipeline.NAME) == (nlp.lang, nlp.meta["name"])
    assert sources.everything()[:12] in nlp.meta["version"]


def test_the_pipeline_loads_fast(tmp_path: Path):
    """Stock Indonesian re-tokenises 15,963 exceptions at every load: 3-4 s."""
    import time

    pipeline.build().to_disk(tmp_path)
    began = time.process_time()
    loaded = pipeline.load(tmp_path)

    assert time.process_time() - began < 1.5
    assert len(loaded.tokenizer.rules) < 1_000


def test_a_changed_word_list_trains_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Rasa's cache looks at the class only; without the hash an edited list would silently do nothing."""
    before = calculate_fingerprint_key(IndonesianTokenizer, {}, {})
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    monkeypatch.setattr(sources, "LEXICON", copied(tmp_path))
    (tmp_path / "lexicon" / "kata.tsv").write_text("apel\tapl\n")

    assert before != calculate_fingerprint_key(IndonesianTokenizer, {}, {})


def test_a_long_life_does_not_fill_the_memory(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    """spaCy keeps every word it ever saw; the tokenizer starts afresh before that matters."""
    [node] = [node for name, node in assistant.processor.graph_runner.nodes.items() if "IndonesianTokenizer" in name]
    tokenizer = node._component
    monkeypatch.setattr("components.tokenizer._MOST_STRINGS", 200)
    before = assistant.parse(["suami saya di kemiling"])

    for number in range(60):
        assistant.parse([" ".join(f"kata{number}x{n}" for n in range(20))])

    assert len(tokenizer._nlp.vocab.strings) < tokenizer._at_first + 300
    assert before == assistant.parse(["suami saya di kemiling"])


def test_one_by_one_or_all_at_once_is_the_same(assistant: Assistant):
    texts = ["halo kak", "suami saya mukul saya", "", "umur 9 tahun", "saya mau mati aja"]

    assert [assistant.parse([text])[0] for text in texts] == assistant.parse(texts)


def test_only_the_likeliest_five_are_kept(assistant: Assistant):
    from engine import understanding

    [data] = understanding.parse(assistant.processor, ["halo kak"])

    assert 5 == len(data["intent_ranking"])
    assert "text_tokens" not in data


@pytest.mark.parametrize("text", ["suami saya bawa golok", "dia mencekik saya tadi", "saya mau bunuh diri"])
def test_the_word_list_and_the_model_both_speak(assistant: Assistant, text: str):
    [result] = assistant.parse([text])

    assert "merah" == result["danger"]
    assert "kata" in {voice["voice"] for voice in result["danger_by"]}
    assert all({"voice", "level", "reason"} == set(voice) for voice in result["danger_by"])


def test_danger_behind_two_thousand_characters_is_heard(assistant: Assistant):
    text = "halo kak " * 400 + " dia bawa golok mau bunuh saya"

    assert "merah" == assistant.parse([text])[0]["danger"]


def test_what_was_learnt_is_read_back(tmp_path: Path):
    lines = [Line(("saya", "takut"), (), "sy takut"), Line(("saya", "pulang"), ("#usia",), "sy pulang")]
    learnt = Ngrams.learn(lines, 3, 1)
    learnt.save(tmp_path)

    again = Ngrams.read(tmp_path)

    assert (learnt.row(lines[0]) != again.row(lines[0])).nnz == 0
    assert 1.0 == again.familiar(lines[0])
    assert 0.0 == again.familiar(Line((), (), ""))
    assert 0.0 == again.familiar(Line(("zzzz",), (), "zzzz"))


def test_a_classifier_with_damaged_weights_is_refused(tmp_path: Path):
    Linear(["a", "b"], np.zeros((3, 1), dtype=np.float32), np.zeros(2)).save(tmp_path, "x")

    with pytest.raises(ValueError, match="weights"):
        Linear.read(tmp_path, "x")


def test_probabilities_fit_what_was_right():
    margins = np.array([[3.0, 0.0], [0.0, 3.0], [3.0, 0.0], [3.0, 0.0]])

    unsure = best_temperature(margins, np.array([0, 1, 0, 1]))
    sure = best_temperature(margins, np.array([0, 1, 0, 0]))

    assert unsure > sure
    assert np.allclose(1.0, softmax(margins / unsure).sum(axis=1))


def test_a_writer_is_tested_by_a_model_that_never_read_them():
    wanted, writers = ["a", "b"] * 30, [f"w{n // 20}" for n in range(60)]

    sets, kind = folds(wanted, writers)

    assert "penulis" == kind
    assert [{"w0"}, {"w1"}, {"w2"}] == sorted(({writers[i] for i in held} for held in sets), key=min)
    assert "acak" == folds(wanted, [None] * 60)[1]


def test_many_writers_share_few_folds_and_none_is_split():
    wanted, writers = ["a", "b"] * 200, [f"w{n // 20:02}" for n in range(400)]

    sets, kind = folds(wanted, writers)

    held = [{writers[i] for i in one} for one in sets]
    assert "penulis" == kind
    assert 8 == len(sets)
    assert 20 == sum(map(len, held)) == len(set().union(*held))


def test_the_featurizer_belongs_to_rasas_graph():
    assert NgramFeaturizer.required_components()
    assert NgramFeaturizer.fingerprint_addon({}) == sources.everything()
