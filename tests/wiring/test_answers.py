"""The ready-made answers of `config/answers.yml`: readable, filled, and as careful with words as the assistant."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from damping.console.answers import filled, gaps
from damping.wiring import answers, settings
from damping.wiring.settings import Settings, WrongSetting
from tests.support import NIGHT

ROOT = Path(__file__).parents[2]
HARM = re.compile(
    r"\b(?:kenapa|mengapa|seharusnya|kok bisa|sabar|maafkan|pasti|dijamin|damai|baik-baik|tidak akan ada yang tahu|harusnya)\b",
    re.IGNORECASE,
)
BETRAYS = re.compile(r"\b(?:kekerasan|korban|pelaku|perkosa\w*|dipukul|lapor\w*|polisi)\b", re.IGNORECASE)


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """A checkout of its own with the real configuration."""
    (tmp_path / "config").mkdir()
    for name in ("answers.yml", "office.yml"):
        shutil.copy(ROOT / "config" / name, tmp_path / "config" / name)
    return replace(settings.load({}), root=tmp_path)


def test_every_answer_is_short_asks_one_thing_and_blames_nobody(office: Settings) -> None:
    topics = filled(answers.load(office), NIGHT, "Kedaton")

    assert len(topics) >= 6
    for topic in topics:
        for answer in topic.answers:
            assert "<" not in answer.text, answer.title
            assert answer.text.count("?") <= 1, answer.title
            assert not HARM.search(answer.text), answer.title
            assert not BETRAYS.search(answer.text[:40]) or topic.name == "Sekarang berbahaya", answer.title
            assert len(answer.text) <= 300, answer.title


def test_some_answers_leave_a_gap_that_the_officer_must_fill(office: Settings) -> None:
    assert any(gaps(answer.text) for topic in answers.load(office) for answer in topic.answers)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<kantor>", "<kantro>", "kantro"),
        ("topics:", "topik:", "topics"),
        ('title: "Luka"', 'judul: "Luka"', "title"),
    ],
)
def test_a_mistake_in_the_file_is_named(before: str, after: str, told: str, office: Settings) -> None:
    path = office.root / "config" / "answers.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    with pytest.raises(WrongSetting, match=told):
        answers.load(office)


def test_an_empty_answer_and_a_missing_file_are_named(office: Settings) -> None:
    path = office.root / "config" / "answers.yml"
    path.write_text('topics:\n  - topic: "x"\n    answers:\n      - {title: "y", text: " "}\n', encoding="utf-8")
    with pytest.raises(WrongSetting, match="y"):
        answers.load(office)

    path.unlink()
    with pytest.raises(WrongSetting, match=r"answers\.yml"):
        answers.load(office)
