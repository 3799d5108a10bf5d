"""The figures by which a model is judged: right on cases small enough to count by hand, and honest about how few they are."""

import json
import re
import subprocess
import sys
from dataclasses import asdict
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from engine import ROOT
from engine.evaluate import FALLBACK, Gold, Span, measure
from engine.evaluate import gold as golds
from engine.evaluate import model as models
from engine.evaluate.figures import calibration, rate, score
from engine.evaluate.measure import danger_from_intent
from engine.evaluate.nonsense import nonsense
from engine.evaluate.page import About, page

ABOUT = About("uji", "uji.yml", "hari ini", 100.0, 200.0)


def answer(intent: str, certainty: float = 0.9, **more: Any) -> dict[str, Any]:
    """Parse data as the engine gives it."""
    one = {"name": intent, "confidence": certainty}
    return {"intent": one, "intent_ranking": [one], "entities": [], "danger": "hijau", "danger_by": [], **more}


def voice(level: str, name: str = "model") -> dict[str, str]:
    return {"voice": name, "level": level, "reason": "sebab"}


def entity(start: int, end: int, label: str) -> dict[str, Any]:
    return {"start": start, "end": end, "entity": label, "value": "x"}


def test_an_interval_holds_for_few_and_for_all_found():
    assert (0.9747, 1.0) == (rate(148, 148).low, rate(148, 148).high)
    assert (0.2366, 0.7634) == (rate(5, 10).low, rate(5, 10).high)
    assert None is rate(0, 0).share


def test_precision_recall_and_f1_are_counted_as_everywhere():
    found = score("a", hits=6, said=8, wanted=12)

    assert (0.75, 0.5, 0.6) == (found.precision, found.recall, found.f1)
    assert 0.0 == score("a", 0, 0, 3).f1


def test_certainty_that_keeps_its_word_has_no_error():
    assert 0.0 == calibration([0.75] * 4, [True, True, True, False]).error
    assert 0.25 == calibration([1.0] * 4, [True, True, True, False]).error


def test_intents_are_counted_with_and_without_the_guard():
    unsure = {**answer(FALLBACK, 1.0), "intent_ranking": [{"name": FALLBACK, "confidence": 1.0}, {"name": "sapa", "confidence": 0.3}]}
    gold = [Gold("halo", "sapa"), Gold("hai", "sapa"), Gold("makasih", "terima_kasih"), Gold("dah", "pamit")]

    found = measure(gold, [answer("sapa"), unsure, answer("sapa"), answer("pamit")]).intents

    assert (2, 3) == (found.accuracy.hits, found.best_guess.hits)
    assert 1 == found.fallback.hits
    assert round((0.5 + 0.0 + 1.0) / 3, 4) == found.macro_f1
    assert 1 == found.matrix[found.labels.index("terima_kasih")][found.labels.index("sapa")]
    assert sum(map(sum, found.matrix)) == len(gold)


def test_what_is_mistaken_more_than_once_is_named():
    gold = [Gold("a", "lapor_fisik")] * 3 + [Gold("b", "sapa")]

    found = measure(gold, [answer("lapor_anak")] * 2 + [answer("sapa")] + [answer("pamit")]).intents

    assert [("lapor_fisik", "lapor_anak", 2)] == [(p.wanted, p.said, p.count) for p in found.confused]


def test_missed_and_false_merah_are_told_apart_with_their_text():
    gold = [
        Gold("dikejar golok", "x", danger="merah", slice="typo"),
        Gold("pgnmati", "x", danger="merah", slice="oneword"),
        Gold("mati lampu", "x", danger="hijau", slice="lookalike"),
        Gold("dipukul", "x", danger="kuning", slice="typo"),
    ]
    parsed = [
        answer("x", danger="merah", danger_by=[voice("merah", "kata"), voice("merah")]),
        answer("x"),
        answer("x", danger="merah", danger_by=[voice("merah")]),
        answer("x", danger="kuning", danger_by=[voice("kuning")]),
    ]

    found = measure(gold, parsed).danger

    assert found is not None
    assert ["pgnmati"] == [one.text for one in found.merah.missed]
    assert ["mati lampu"] == [one.text for one in found.merah.false]
    assert (1, 2, 1, 2) == (found.merah.recall.hits, found.merah.recall.of, found.merah.precision.hits, found.merah.precision.of)
    assert (2, 3) == (found.at_least_kuning.recall.hits, found.at_least_kuning.recall.of)
    assert {"kata+model": 1, "-": 1} == found.merah.voices
    assert [[0, 0, 1], [0, 1, 0], [1, 0, 1]] == found.matrix
    assert (1, 1) == (found.merah.alarms.hits, found.merah.alarms.of)
    assert {"lookalike": 1, "oneword": 0, "typo": 0} == {one.name: one.false.hits for one in found.slices}


def test_the_curve_is_word_list_or_model_at_each_threshold():
    gold = [Gold("a", "x", danger="merah"), Gold("b", "x", danger="merah"), Gold("c", "x", danger="hijau")]
    parsed = [
        answer("x", danger="merah", danger_by=[voice("merah", "kata")], danger_chances={"merah": 0.01, "kuning": 0.02}),
        answer("x", danger_chances={"merah": 0.6, "kuning": 0.9}),
        answer("x", danger_chances={"merah": 0.3, "kuning": 0.3}),
    ]

    found = measure(gold, parsed).danger

    assert found is not None
    by = {point.threshold: point for point in found.merah.curve}
    assert (2, 0) == (by[0.5].recall.hits, by[0.5].alarms.hits)
    assert (2, 1) == (by[0.3].recall.hits, by[0.3].alarms.hits)
    assert 1 == by[0.7].recall.hits  # the word list cannot be outvoted
    assert [] == measure(gold, [answer("x")] * 3).danger.merah.curve  # type: ignore[union-attr]  # not None: see above


def test_without_danger_in_the_data_nothing_is_said_of_it():
    assert None is measure([Gold("a", "x")], [answer("x")]).danger


def test_a_yes_that_nobody_gave_is_counted_and_shown():
    gold = [Gold("gas", "lanjut"), Gold("ga usah", "tolak"), Gold("iya", "setuju"), Gold("saya tidak mau itu semua lagi", "cabut_laporan")]

    found = measure(gold, [answer("setuju"), answer("setuju"), answer("setuju"), answer("tolak")]).yes_no

    assert (2, 1, 1, 2) == (found.false_yes, found.false_no, found.opposite, found.short)
    assert {"gas", "ga usah", "saya tidak mau itu semua lagi"} == {one.text for one in found.texts}


def test_what_is_beyond_the_office_may_be_recognised_or_not_understood_but_not_misread():
    gold = [Gold("resep rendang", "di_luar_topik")] * 4 + [Gold("asdf", FALLBACK)]
    parsed = [answer("di_luar_topik"), answer("iseng"), answer(FALLBACK), answer("lapor_fisik"), answer(FALLBACK)]

    topic, nothing = measure(gold, parsed).outside

    assert (2, 1, 1) == (topic.right.hits, topic.fallback.hits, topic.misread.hits)
    assert (1, 0) == (nothing.right.hits, nothing.misread.hits)
    assert 4 == measure(gold, parsed).intents.accuracy.of  # what means nothing has no intent to get right


def test_entities_count_strictly_and_by_touch():
    gold = [Gold("suami saya pulang tadi malam", "x", (Span(0, 5, "hubungan"), Span(18, 28, "waktu")))]
    parsed = [answer("x", entities=[entity(0, 5, "hubungan"), entity(18, 22, "waktu"), entity(23, 28, "waktu"), entity(6, 10, "usia")])]

    found = measure(gold, parsed).entities

    assert (0.5, 0.25) == (found.strict_all.recall, found.strict_all.precision)
    assert (1.0, 0.5) == (found.overlap_all.recall, found.overlap_all.precision)
    assert {"hubungan": 1.0, "waktu": 0.0} == {one.name: one.f1 for one in found.strict}


def test_a_model_without_a_danger_classifier_is_read_by_its_intents():
    assert "merah" == danger_from_intent(answer("krisis_bunuh_diri"))["danger"]
    assert "hijau" == danger_from_intent(answer("lapor_fisik"))["danger"]


@pytest.fixture
def measured():
    """A little of everything, with a text that would be markup."""
    gold = [
        Gold("<script>alert(1)</script> & golok", "darurat_sekarang", (Span(0, 3, "senjata"),), "merah", "typo"),
        Gold("halo", "sapa", (), "hijau", "plain"),
        Gold("gas", "lanjut", (), "hijau", "oneword"),
        *nonsense(10),
    ]
    chances = {"danger_chances": {"merah": 0.4, "kuning": 0.6}}
    return measure(gold, [answer("sapa", **chances), answer("sapa"), answer("setuju"), *[answer(FALLBACK)] * 10])


def test_the_page_asks_nothing_of_the_network_and_runs_nothing(measured):
    html = page(measured, ABOUT)

    assert not re.search(r"(src|href)=|url\(|@import|<script|<link|http", html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; golok" in html
    assert "prefers-color-scheme: dark" in html


def test_every_chart_has_a_name_a_sentence_and_its_figures(measured):
    html = page(measured, ABOUT)

    for section in re.findall(r"<section>(.*?)</section>", html, re.S):
        assert re.search(r"<h2>[^<]+</h2><p>[^<]{15,}</p>", section), section[:200]
    assert html.count("<svg") == len(re.findall(r'<svg role="img" class="[a-z]*" aria-label="[^"]+"', html))
    assert html.count("<details") >= 8
    assert "nan" not in unescape(re.sub(r"<style>.*?</style>", "", html, flags=re.S)).lower().split()


def test_the_page_stands_without_danger_slices_and_entities():
    html = page(measure([Gold("halo", "sapa")], [answer("sapa")]), ABOUT)

    assert "Maksud demi maksud" in html
    assert "Pesan gawat" not in html


def test_everything_measured_is_json(measured):
    again = json.loads(json.dumps(asdict(measured)))

    assert 13 == again["messages"]
    assert "<script>alert(1)</script> & golok" == again["danger"]["merah"]["missed"][0]["text"]


def test_messages_are_read_as_rasa_reads_them():
    from rasa.shared.nlu.training_data.loading import load_data

    path = ROOT / "tests" / "nlu" / "dev.yml"
    theirs = load_data(str(path)).training_examples

    ours = golds.read(path)

    assert len(theirs) == len(ours)
    assert [m.get("text") for m in theirs] == [g.text for g in ours]
    assert [m.get("intent") for m in theirs] == [g.intent for g in ours]
    spans = [tuple(Span(e["start"], e["end"], e["entity"]) for e in m.get("entities") or ()) for m in theirs]
    assert spans == [g.entities for g in ours]
    assert {"merah", "kuning", "hijau"} == {g.danger for g in ours}


def test_conll_keeps_its_offsets_and_slashes_in_intents_become_dots(tmp_path: Path):
    file = tmp_path / "a.conll"
    file.write_text(
        "# id = 1\n# text = Apakah hujan hari ini?\n# intent = weather/find\n"
        "1\tApakah\tweather/find\tO\n2\thujan\tweather/find\tB-cuaca\n3\thari\tweather/find\tB-waktu\n4\tini\tweather/find\tI-waktu\n"
        "5\t?\tweather/find\tO\n\n# id = 2\n# text = ya\n# intent = ok\n1\tya\tok\tO\n",
        encoding="utf-8",
    )

    first, second = golds.read(file)

    assert "weather.find" == first.intent
    assert ["hujan", "hari ini"] == [first.text[s.start : s.end] for s in first.entities]
    assert ("ya", "ok", ()) == (second.text, second.intent, second.entities)


def test_both_spellings_of_examples_are_read(tmp_path: Path):
    file = tmp_path / "a.yml"
    file.write_text('version: "3.1"\nnlu:\n- intent: sapa\n  examples: |\n    - halo\n    - hai [kak](siapa)\n', encoding="utf-8")

    found = golds.read(file)

    assert ["halo", "hai kak"] == [g.text for g in found]
    assert (Span(4, 7, "siapa"),) == found[1].entities


@pytest.mark.parametrize("content", ["[]", "nlu: 3", "a: [", "- x"])
def test_a_file_of_something_else_is_one_sentence(tmp_path: Path, content: str):
    file = tmp_path / "a.yml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(ValueError, match=r"a\.yml"):
        golds.read(file)


def test_the_command_measures_a_model_and_writes_both_reports(toy_model: Path, tmp_path: Path):
    data = tmp_path / "uji.yml"
    data.write_text(
        'version: "3.1"\nnlu:\n- intent: "sapa"\n  examples:\n  - {text: "halo kak", metadata: {danger: "hijau", slice: "plain"}}\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "engine.evaluate", "--data", str(data), "--model", str(toy_model), "--out", str(tmp_path / "keluar")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert "1" == re.findall(r"maksud +tepat (\d)", done.stdout)[0]
    assert 10 <= len(done.stdout.splitlines()) <= 12
    content = json.loads((tmp_path / "keluar" / "report.json").read_text(encoding="utf-8"))
    assert 1 == content["measured"]["intents"]["accuracy"]["of"]
    assert 0 < content["about"]["messages_per_s"]
    assert "</html>" in (tmp_path / "keluar" / "report.html").read_text(encoding="utf-8")


def test_a_model_is_named_by_archive_folder_or_pointer(toy_model: Path, tmp_path: Path):
    archive = toy_model / "model.tar.gz"

    assert archive == models.archive(archive) == models.archive(toy_model) == models.archive(toy_model.parent / "current")
    with pytest.raises(ValueError, match="no model"):
        models.archive(tmp_path / "nothing")
