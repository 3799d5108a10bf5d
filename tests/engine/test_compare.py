"""Two models on the same messages: what became better and worse, what may never be missed, and what the gate is told."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine import ROOT
from engine.compare import compare
from engine.compare import sets as measuring
from engine.compare.page import page
from engine.compare.plays import Plays, play
from engine.compare.report import About, Report, write
from engine.compare.sets import Sets
from engine.compare.spoil import spoiled
from engine.compare.wording import broken
from engine.evaluate import Gold
from engine.mislaid import mislaid
from rules.gate import refusals
from rules.levels import Level

SETS = Sets(
    golden=[Gold("halo", "sapa", danger="hijau"), Gold("dia bawa golok", "ancaman_nyawa", danger="merah")],
    spoiled=[Gold("hallo", "sapa", danger="hijau"), Gold("dy bw golok", "ancaman_nyawa", danger="merah")],
    never_miss=[Gold("saya dicekik", "ancaman_nyawa", danger="merah")],
    look_alike=[Gold("harga golok", "di_luar_topik", danger="hijau")],
)


def answer(intent: str, danger: str = "hijau", certainty: float = 0.9) -> dict[str, Any]:
    one = {"name": intent, "confidence": certainty}
    return {"intent": one, "intent_ranking": [one], "entities": [], "danger": danger, "danger_by": []}


RIGHT = [
    answer("sapa"),
    answer("ancaman_nyawa", "merah"),
    answer("sapa"),
    answer("ancaman_nyawa", "merah"),
    answer("ancaman_nyawa", "merah"),
    answer("di_luar_topik"),
]


def changed(at: int, instead: dict[str, Any]) -> list[dict[str, Any]]:
    return [instead if number == at else one for number, one in enumerate(RIGHT)]


def a_report(before: list[dict[str, Any]] | None, after: list[dict[str, Any]]) -> Report:
    about = About("m2", "0" * 64, "d", "m1" if before else "", "", "2026-11-24T13:00:00Z", {"emas": 2, "rusak": 2, "wajib": 1, "mirip": 1})
    return Report(about, compare(SETS, before, after), [], Plays(1, []), {}, {}, {})


def test_the_same_answers_are_no_change():
    found = compare(SETS, RIGHT, RIGHT)

    assert [] == found.changes
    assert [] == found.never_miss.wrong


@pytest.mark.parametrize(
    ("at", "instead", "verdict"),
    [
        (0, answer("pamit"), "worse"),
        (1, answer("ancaman_nyawa", "kuning"), "worse"),
        (1, answer("ungkap_takut", "hijau"), "worse"),
        (4, answer("ancaman_nyawa", "hijau"), "worse"),
        (5, answer("di_luar_topik", "merah"), "worse"),
    ],
)
def test_every_change_is_told_with_its_verdict(at: int, instead: dict[str, Any], verdict: str):
    (down,) = compare(SETS, RIGHT, changed(at, instead)).changes
    (up,) = compare(SETS, changed(at, instead), RIGHT).changes

    assert (verdict, "better") == (down.verdict, up.verdict)
    assert SETS.all()[at].text == down.text


def test_an_intent_of_a_set_about_danger_alone_is_no_change():
    assert [] == compare(SETS, RIGHT, changed(5, answer("iseng"))).changes


def test_nearer_to_the_right_level_is_better_even_with_a_wrong_intent():
    (one,) = compare(SETS, changed(1, answer("ancaman_nyawa", "hijau")), changed(1, answer("ungkap_takut", "merah"))).changes

    assert "better" == one.verdict


def test_a_missed_message_reaches_the_gate():
    report = a_report(RIGHT, changed(4, answer("sapa", "kuning")))

    assert ["1 dari 1 pesan bahaya yang tidak boleh terlewat ternyata terlewat."] == [one.sentence for one in refusals(report.evidence())]
    assert "saya dicekik" in page(report)


def test_without_a_model_before_only_the_absolute_rules_hold():
    report = a_report(None, RIGHT)

    assert () == refusals(report.evidence())
    assert {None} == {one.before for one in report.compared.recalls}


def test_the_report_is_kept_beside_the_model(tmp_path: Path):
    write(a_report(RIGHT, changed(0, answer("pamit"))), tmp_path)

    content = json.loads((tmp_path / "report.json").read_text())
    assert 1 == content["evidence"]["never_miss"]
    assert ["halo"] == [one["text"] for one in content["compared"]["changes"]]
    assert "Menjadi lebih buruk: 1" in (tmp_path / "report.html").read_text()


def test_messages_are_misspelt_the_same_way_every_time_and_keep_their_meaning():
    golds = [Gold("saya sudah tidak tahan dipukul suami saya sendiri", "lapor_fisik", danger="kuning")] * 2

    first, second = spoiled(golds)

    assert first == second
    assert first.text != golds[0].text
    assert ("lapor_fisik", "kuning") == (first.intent, first.danger)


def test_slips_keep_short_words_and_signs():
    assert ["ya? 110!"] == [one.text for one in spoiled([Gold("ya? 110!", "setuju")])]


def test_the_office_has_enough_that_may_never_be_missed_and_that_only_sounds_alike():
    sets = measuring.load()

    assert 60 <= len(sets.never_miss)
    assert 60 <= len(sets.look_alike)
    assert {"hijau"} == {gold.danger for gold in sets.look_alike}
    assert Level.HIJAU.value not in {gold.danger for gold in sets.never_miss}


def test_what_is_measured_on_was_never_trained_on():
    trained = {re.sub(r"\W+", " ", line.lower()) for path in (ROOT / "data" / "nlu").glob("*.yml") for line in _texts(path)}
    sets = measuring.load()

    learnt = [gold.text for gold in [*sets.never_miss, *sets.look_alike] if re.sub(r"\W+", " ", gold.text.lower()) in trained]
    assert [] == [text for text in learnt if len(text.split()) > 3]


def _texts(path: Path) -> list[str]:
    return [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text) for text in re.findall(r'text: "((?:[^"\\]|\\.)*)"', path.read_text())]


def test_sets_that_cannot_be_measured_with_are_refused_in_words(tmp_path: Path):
    (tmp_path / "dev.yml").write_text('nlu:\n- intent: "sapa"\n  examples:\n  - {text: "halo"}\n')
    (tmp_path / "look_alike.yml").write_text("nlu: []\n")
    (tmp_path / "never_miss.yml").write_text('nlu:\n- intent: "sapa"\n  examples:\n  - {text: "tolong"}\n')

    with pytest.raises(ValueError, match="every message needs its danger"):
        measuring.load(tmp_path)


def test_danger_that_is_taught_as_a_courtesy_is_counted(tmp_path: Path):
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "lain.yml").write_text(
        'nlu:\n- intent: "sapa"\n  examples:\n'
        '  - {text: "halo kak", metadata: {danger: "hijau"}}\n'
        '  - {text: "[suami](hubungan) saya bawa golok mau bunuh saya", metadata: {danger: "hijau"}}\n'
        '- intent: "ancaman_nyawa"\n  examples:\n  - {text: "dia mau bunuh saya", metadata: {danger: "merah"}}\n'
        '- intent: "pamit"\n  examples: |\n    - udah ya\n    - saya mau bunuh diri\n'
    )

    assert {"pamit": 1, "sapa": 1} == mislaid(tmp_path)


def test_a_sentence_that_breaks_a_rule_is_found_unless_it_is_set_aside(tmp_path: Path):
    (tmp_path / "uji.yml").write_text('    # boleh kenapa: diucapkan anak\n    - text: "Kenapa begitu."\n')
    responses = {
        "utter_a": [{"text": "Kenapa begitu."}, {"text": "Kenapa tidak cerita dari dulu."}],
        "utter_b": [{"text": "Baik, dicatat."}],
    }

    assert [("utter_a", "kenapa")] == [(one.response, one.rule) for one in broken(responses, {}, tmp_path)]


def conversations(folder: Path, *turns: dict[str, Any]) -> Path:
    with (folder / "uji.yml").open("w") as file:
        YAML().dump({"conversations": [{"who": "seseorang", "turns": list(turns)}]}, file)
    return folder


def test_a_conversation_that_goes_as_it_should_passes(assistant: Any, tmp_path: Path):
    folder = conversations(tmp_path, {"says": "halo", "level": "hijau"}, {"says": "saya di rumah", "hasnt": ["utter_x"]})

    assert Plays(1, []) == play(assistant, folder)


@pytest.mark.parametrize("asked", [{"level": "merah"}, {"has": ["utter_nothing"]}, {"facts": {"weapon": "golok"}}, {"text": "pelangi"}])
def test_a_conversation_that_goes_another_way_is_told_with_its_turn(asked: dict[str, Any], assistant: Any, tmp_path: Path):
    folder = conversations(tmp_path, {"says": "halo"}, {"says": "halo", **asked})

    (failed,) = play(assistant, folder).failed

    assert ("uji", "seseorang") == (failed.topic, failed.who)


def test_a_file_that_holds_no_conversations_is_refused_in_words(assistant: Any, tmp_path: Path):
    (tmp_path / "rusak.yml").write_text("percakapan: []\n")

    with pytest.raises(ValueError, match=r"rusak\.yml: no conversations"):
        play(assistant, tmp_path)
