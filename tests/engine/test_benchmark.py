"""The comparison anybody can repeat: same data, same test, both pipelines, figures that mean the same."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from engine import ROOT
from engine.benchmark import STOCK_CONFIG, Result, folds, our_config, table
from engine.evaluate import Gold, Span
from engine.evaluate.gold import training_json

TRAVEL = {
    "pesan_tiket": [
        "pesan tiket ke [kota]",
        "mau beli tiket kereta ke [kota]",
        "carikan tiket ke [kota] dong",
        "booking tiket pesawat ke [kota]",
    ],
    "cuaca": ["cuaca di [kota] gimana", "apakah di [kota] hujan", "besok di [kota] panas tidak", "prakiraan cuaca [kota]"],
}
CITIES = ["Medan", "Solo", "Palu", "Ambon", "Kupang", "Bogor"]


def travel() -> list[Gold]:
    """Another domain altogether: no danger, other intents, other entities."""
    found = []
    for intent, lines in TRAVEL.items():
        for line in lines:
            for city in CITIES:
                start = line.index("[kota]")
                found.append(Gold(line.replace("[kota]", city), intent, (Span(start, start + len(city), "kota"),)))
    return found


def as_yaml(golds: list[Gold]) -> str:
    lines = ['version: "3.1"', "nlu:"]
    for intent in sorted({g.intent for g in golds}):
        lines += [f'- intent: "{intent}"', "  examples: |"]
        for gold in golds:
            if gold.intent == intent:
                [span] = gold.entities
                lines.append(f"    - {gold.text[: span.start]}[{gold.text[span.start : span.end]}](kota){gold.text[span.end :]}")
    return "\n".join(lines) + "\n"


def test_every_message_is_tested_once_and_every_intent_is_in_every_fold():
    golds = travel()

    rounds = folds(golds, 4)

    assert Counter(g.text for g in golds) == Counter(g.text for each in rounds for g in each.test)
    for each in rounds:
        assert not {g.text for g in each.test} & {g.text for g in each.train}
        assert {6} == set(Counter(g.intent for g in each.test).values())
    assert rounds == folds(list(reversed(golds)), 4)


def test_small_intents_do_not_all_fall_into_the_first_fold():
    golds = [Gold(f"pesan {n}", f"maksud {n:02}") for n in range(40)]

    assert [10] * 4 == [len(each.test) for each in folds(golds, 4)]


def test_one_fold_is_no_cross_validation():
    with pytest.raises(ValueError, match="two folds"):
        folds(travel(), 1)


def test_signs_that_are_markup_elsewhere_survive_the_way_to_rasa():
    gold = Gold("harga [x](y) {a} \\ \" 'ok' $HOME", "a", (Span(0, 5, "b"),), "merah")

    [one] = json.loads(training_json([gold]))["rasa_nlu_data"]["common_examples"]

    assert gold.text == one["text"]
    assert {"danger": "merah"} == one["example_metadata"]
    assert [{"start": 0, "end": 5, "value": "harga", "entity": "b"}] == one["entities"]


def test_our_pipeline_is_the_one_that_serves():
    names = [step["name"] for step in our_config([Gold("a", "b", danger="hijau")])["pipeline"]]

    assert "components.danger.DangerClassifier" in names
    assert [name for name in names if "danger" not in name] == [step["name"] for step in our_config([Gold("a", "b")])["pipeline"]]


def test_the_peer_is_rasas_default_pipeline():
    [diet] = [step for step in STOCK_CONFIG["pipeline"] if step["name"] == "DIETClassifier"]

    assert 100 == diet["epochs"]
    assert 6 == len(STOCK_CONFIG["pipeline"])


def test_the_table_sets_the_two_side_by_side():
    ours = Result("damping", 10, 0.9, 0.95, 0.8, 0.7, None, None, 1.0, 5.0, 300.0)
    stock = Result("stock", 10, 0.6, 0.6, 0.8, 0.7, None, None, 4.0, 50.0, 900.0)

    lines = table(ours, stock).splitlines()

    assert ["0.9", "0.6", "1.5"] == lines[1].split()[-3:]
    assert not [line for line in lines if "merah" in line]
    assert 2 == len(table(ours, None).splitlines()[1].split()[1:])


def test_another_domain_is_learnt_without_ours(tmp_path: Path):
    """A real training in a process of its own: the domain, the danger levels and the actions of this project play no part."""
    file = tmp_path / "wisata.yml"
    file.write_text(as_yaml(travel()), encoding="utf-8")
    command = [sys.executable, "-m", "engine.benchmark", "--train", str(file), "--folds", "2", "--json"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert "" == done.stderr
    [ours] = json.loads(done.stdout)
    assert len(travel()) == ours["messages"]
    assert 0.9 <= ours["intent_accuracy_unguarded"]
    assert None is ours["merah_recall"]
    assert 0 < ours["ms_a_message"] < 1_000
    assert 0 < ours["training_s"]


def test_a_file_without_messages_is_one_sentence(tmp_path: Path):
    file = tmp_path / "kosong.yml"
    file.write_text('version: "3.1"\nnlu: []\n', encoding="utf-8")
    command = [sys.executable, "-m", "engine.benchmark", "--train", str(file), "--folds", "2"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert 1 == done.returncode
    assert ["kosong.yml: no labelled message found"] == done.stderr.splitlines()
