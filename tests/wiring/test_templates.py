"""The office's neutral texts: read as written, and refused where they would tell a stranger something."""

from dataclasses import replace
from pathlib import Path

import pytest

from damping.wiring import media_rules, settings, templates
from damping.wiring.settings import Settings, WrongSetting

GOOD = 'language: "id"\ntemplates:\n  - {name: "sapa", title: "Sapa", category: "utility", text: "Balas bila sudah aman."}\n'


def an_office(root: Path, name: str, written: str) -> Settings:
    (root / "config").mkdir(exist_ok=True)
    (root / "config" / name).write_text(written, encoding="utf-8")
    return replace(settings.load({}), root=root)


def test_the_shipped_files_are_right():
    shipped = settings.load({})

    assert 2 == len(templates.load(shipped))
    assert 25_000_000 == media_rules.load(shipped).at_most


def test_a_text_keeps_name_language_and_words(tmp_path: Path):
    [one] = templates.load(an_office(tmp_path, "templates.yml", GOOD))

    assert ("sapa", "id", "Sapa", "Balas bila sudah aman.") == (one.name, one.language, one.title, one.text)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (GOOD.replace("Balas bila", "Petugas menunggu, balas bila"), "Petugas"),
        (GOOD.replace("aman.", "aman {{1}}."), "blanks"),
        (GOOD.replace('"sapa"', '"Sapa Dia"'), "needs a name"),
        (GOOD.replace("utility", "apa"), "category"),
        (GOOD + GOOD.splitlines()[-1], "same name"),
        ("language: id", "cannot be read"),
        ("- a", "cannot be read"),
    ],
)
def test_a_wrong_one_refuses_to_start_and_says_which(tmp_path: Path, wrong: str, told: str):
    with pytest.raises(WrongSetting, match=told):
        templates.load(an_office(tmp_path, "templates.yml", wrong))


def test_without_the_file_there_is_none(tmp_path: Path):
    assert () == templates.load(replace(settings.load({}), root=tmp_path))


@pytest.mark.parametrize(
    "wrong",
    [
        "largest_mb: 25",
        "{largest_mb: 200, of_one_person_mb: 300, kept_days: 30}",
        "{largest_mb: 5, of_one_person_mb: 1, kept_days: 3}",
        "{largest_mb: x, of_one_person_mb: 1, kept_days: 3}",
    ],
)
def test_limits_that_make_no_sense_refuse_to_start(tmp_path: Path, wrong: str):
    with pytest.raises(WrongSetting, match=r"media\.yml"):
        media_rules.load(an_office(tmp_path, "media.yml", wrong))
