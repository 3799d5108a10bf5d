"""What the report finds in examples that have something wrong with them, and that it keeps still about those that have not."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import ROOT
from engine.data_report import rules, twins
from engine.data_report.curve import curve
from engine.data_report.report import FEWEST, report
from engine.evaluate import Gold

LONG = "suami saya memukul saya tadi malam di rumah"


def test_equal_texts_with_other_labels_are_a_clash():
    golds = [Gold("Iya, kak.", "setuju", danger="hijau"), Gold("iya kak", "lanjut", danger="hijau"), Gold(LONG, "lapor_fisik")]

    found = report(golds)

    assert 1 == found.clashes.count
    assert ("setuju/hijau", "lanjut/hijau") == found.clashes.shown[0].labels
    assert not found.sound


def test_a_cry_in_pictures_is_not_the_bare_word():
    """'🆘🆘 panjang' calls for help from Panjang; 'Panjang' answers where somebody lives."""
    golds = [Gold("🆘🆘 panjang", "darurat_sekarang", danger="merah"), Gold("Panjang", "beri_info", danger="hijau")]

    assert report(golds).sound


def test_the_same_danger_is_part_of_the_label():
    golds = [Gold("dipukul", "lapor_fisik", danger="kuning"), Gold("dipukul", "lapor_fisik", danger="merah")]

    assert 1 == report(golds).clashes.count


def test_copies_and_near_copies_are_told_but_do_no_harm():
    golds = [Gold(LONG, "a"), Gold(LONG + "!", "a"), Gold(LONG.replace("malam", "mlm"), "a"), Gold("hal yang lain sama sekali", "a")]

    found = report(golds)

    assert (1, 2, 0) == (found.copies.count, found.near_copies.count, found.near_clashes.count)
    assert found.sound


def test_nearly_equal_texts_with_other_labels_are_shown_but_may_be_right():
    found = report([Gold(LONG, "lapor_fisik"), Gold(LONG.replace("saya memukul", "sy memukul"), "ancaman_nyawa")])

    assert (1, 0) == (found.near_clashes.count, found.clashes.count)
    assert found.sound


def test_short_texts_are_not_near_copies():
    assert [] == twins.near([twins.bare(text) for text in ("iya kak", "iya kaa", "iye kak")])


def test_sixteen_thousand_lines_are_compared_in_seconds():
    chance = random.Random(3)
    words = ["".join(chance.choices("aeioukstnmrp", k=chance.randint(2, 9))) for _ in range(3_000)]
    texts = [" ".join(chance.choices(words, k=9)) for _ in range(16_000)]
    planted = [(n, texts[n][:-2] + "xy") for n in range(0, 16_000, 400)]
    began = time.process_time()

    found = {(a, b) for a, b, _ in twins.near([*texts, *[text for _, text in planted]])}

    assert time.process_time() - began < 20
    hits = sum((n, 16_000 + i) in found for i, (n, _) in enumerate(planted))
    assert hits >= 38  # of 40


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hub 0812-3456-7891 ya", "nomor"),
        ("wa +62 813 4567 8912", "nomor"),
        ("6281345678912", "nomor"),
        ("nik saya 1871012345678901", "nik"),
        ("kirim ke sari@kantor.id", "surel"),
        ("rumahnya di jl. melati no. 5", "alamat"),
        ("Gang Mawar III nomor 12", "alamat"),
        ("hub 0800-1234-5678", None),
        ("+62 800 1234 5678", None),
        ("0812-0000-1111", None),
        ("sari@contoh.id", None),
        ("rumahnya di jalan melati", None),
        ("umur 08 tahun, 12 kali", None),
        ("Rp 500.000.000", None),
    ],
)
def test_only_what_could_be_somebodys_is_personal(text: str, kind: str | None):
    assert ([kind] if kind else []) == [found.kind for found in rules.personal(text)]
    assert (kind is None) == report([Gold(text, "a")]).sound


@pytest.mark.parametrize(
    ("text", "kind"),
    [("/restart", "garis miring di depan"), ("bayar $5", "tanda $"), ("a\x07b", "tanda kendali"), (" ", "kosong"), ("dan/atau", None)],
)
def test_signs_that_mean_something_to_rasa_are_found(text: str, kind: str | None):
    assert ([kind] if kind else []) == [found.kind for found in rules.signs(text)]


def test_an_unquoted_text_is_found_where_yaml_would_misread_it(tmp_path: Path):
    file = tmp_path / "a.yml"
    file.write_text(
        'nlu:\n- intent: "a"\n  examples:\n  - {text: ya, metadata: {danger: "hijau"}}\n  - {text: "ya"}\n'
        "- intent: b\n  examples: |\n    - ya\n",
        encoding="utf-8",
    )

    assert ["a.yml:4", "a.yml:6"] == [found.text.rsplit(": ", 2)[0].split(": ")[0] for found in rules.unquoted([file])]


def test_few_examples_and_who_wrote_them_are_counted():
    golds = [Gold(f"pesan nomor {n} tentang hal lain", "besar", (), "hijau", None, f"w{n % 2}") for n in range(FEWEST)]

    found = report([*golds, Gold("tolong ada golok", "kecil", (), "merah", None, "w0")], with_curve=False)

    assert ["kecil"] == found.few
    assert {"w0": 1} == found.merah_by_writer
    assert {"hijau": FEWEST, "merah": 1} == found.by_danger


def test_whoever_repeats_themself_is_named_first():
    same = [Gold(f"saya mau lapor suami saya {n}", "a", writer="ulang") for n in range(30)]
    words = ["anak", "ibu", "pulang", "malam", "takut", "rumah", "kerja", "pagi", "sakit", "uang", "pintu", "lari", "telepon", "dapur"]
    chance = random.Random(1)
    other = [Gold(" ".join(chance.sample(words, 6)), "a", writer="beda") for _ in range(30)]

    found = report([*same, *other], with_curve=False).sameness

    assert ["ulang", "beda"] == [one.writer for one in found]
    assert ("saya mau", 30) == found[0].openings[0]


def test_more_writers_are_read_step_by_step_and_tested_on_others():
    chance = random.Random(5)
    intents = {name: [f"{name}{n}" for n in range(12)] for name in ("lapor", "tanya", "sapa")}
    golds = [
        Gold(" ".join(chance.choices(words, k=3)), name, (), "merah" if name == "lapor" else "hijau", None, f"w{n % 8}")
        for name, words in intents.items()
        for n in range(160)
    ]

    steps = curve(golds)

    assert [1, 2, 4, 6] == [step.writers for step in steps]
    assert [60, 120, 240, 360] == [step.examples for step in steps]
    assert steps[-1].macro_f1 > 0.95
    assert all(step.merah_recall is not None and step.merah_recall > 0.8 for step in steps)


def test_two_writers_are_too_few_for_a_curve():
    assert [] == curve([Gold("a", "b", writer="w0"), Gold("c", "d", writer="w1")])


def run(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "engine.data_report", "--data", str(data), "--without-curve", *more]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_fails_on_unsound_examples_and_says_which(tmp_path: Path):
    file = tmp_path / "a.yml"
    file.write_text('version: "3.1"\nnlu:\n- intent: "a"\n  examples:\n  - {text: "hub 0812-3456-7891"}\n', encoding="utf-8")

    done = run(tmp_path)

    assert 1 == done.returncode
    assert "nomor: 0812-3456-7891" in done.stdout
    assert "0812-3456-7891" == json.loads(run(tmp_path, "--json").stdout)["personal"][0]["text"]


def test_the_command_passes_sound_examples_and_refuses_what_is_no_data(tmp_path: Path):
    file = tmp_path / "a.yml"
    file.write_text('version: "3.1"\nnlu:\n- intent: "a"\n  examples:\n  - {text: "halo kak"}\n', encoding="utf-8")

    assert 0 == run(file).returncode
    file.write_text("nlu: 3", encoding="utf-8")
    assert 2 == run(file).returncode
