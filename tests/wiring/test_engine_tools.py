"""The commands that run in the engine's environment: what is asked of them arrives, whole and with full paths."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from damping.wiring import engine_tools
from damping.wiring.commands import cli


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """What the engine's tools were started with; each of them ends with 1."""
    calls: list[list[str]] = []
    monkeypatch.setenv("DAMPING_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(engine_tools, "run", lambda settings, module, arguments: calls.append([module, *arguments]) or 1)
    return calls


def test_a_report_goes_to_the_var_folder_unless_told_otherwise(asked: list[list[str]], tmp_path: Path):
    result = CliRunner().invoke(cli, ["evaluate"])

    assert 1 == result.exit_code
    assert [["engine.evaluate", "--out", str(tmp_path / "var" / "evaluation")]] == asked


def test_a_path_means_the_same_in_the_other_process(asked: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "uji.yml").touch()
    monkeypatch.chdir(tmp_path)

    CliRunner().invoke(cli, ["benchmark-nlu", "--train", "uji.yml", "--folds", "5", "--against", "stock", "--json"])

    assert [["engine.benchmark", "--train", str(tmp_path / "uji.yml"), "--folds", "5", "--against", "stock", "--json"]] == asked


def test_a_benchmark_needs_exactly_one_kind_of_test(asked: list[list[str]], tmp_path: Path):
    (tmp_path / "uji.yml").touch()
    train = ["benchmark-nlu", "--train", str(tmp_path / "uji.yml")]

    assert 2 == CliRunner().invoke(cli, train).exit_code
    assert 2 == CliRunner().invoke(cli, [*train, "--folds", "5", "--test", str(tmp_path / "uji.yml")]).exit_code
    assert [] == asked


def test_unsound_examples_end_the_command_with_one(asked: list[list[str]]):
    assert 1 == CliRunner().invoke(cli, ["data-report", "--json"]).exit_code
    assert [["engine.data_report", "--json"]] == asked
