"""The faster reading of trainers' files reads what Rasa's own reads, and refuses what Rasa's own refuses."""

from pathlib import Path

import pytest
import rasa.shared.utils.io as reading
import rasa.shared.utils.validation as checking
from rasa.shared.exceptions import YamlException
from ruamel import yaml as ruamel

from engine import ROOT
from engine import reading as ours

SCHEMA = "shared/nlu/training_data/schemas/nlu.yml"


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch):
    """For one test only."""
    monkeypatch.setattr(reading, "read_yaml", reading.read_yaml)
    monkeypatch.setattr(checking, "validate_yaml_schema", checking.validate_yaml_schema)
    ours.install()


@pytest.mark.parametrize(
    "path", sorted([ROOT / "domain.yml", ROOT / "config.yml", *(ROOT / "data").glob("r*/*.yml")]), ids=lambda p: p.name
)
def test_the_project_s_files_read_the_same(path: Path):
    content = path.read_text(encoding="utf-8")
    slow = ruamel.YAML(typ="safe")
    slow.version = (1, 2)

    assert slow.load(content) == reading.read_yaml(content)


def test_words_that_older_yaml_takes_for_yes_stay_words():
    assert {"a": "ya", "b": "on", "c": "no", "d": True} == reading.read_yaml("a: ya\nb: on\nc: no\nd: true\n")


@pytest.mark.parametrize(
    "content",
    ['version: "3.1"\nnlu:\n- intent: "sapa"\n  examples:\n  - {text: 5}\n', 'version: "3.1"\nnlu:\n- intent: "sapa\n'],
)
def test_a_broken_file_is_refused_with_its_line(content: str):
    with pytest.raises(YamlException, match=r"[Ll]ine"):
        checking.validate_yaml_schema(content, SCHEMA)
