"""The examples' files: a change touches its own line and nothing else."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damping.workbench.data_files import Changed, Unreadable
from damping.workbench.example import Example, MarkMissing, found_marks, read_line, told_marks, with_marks
from damping.workbench.example_files import Doubled, ExampleFiles, Placed
from tests.workbench.bench import DANGER, NLU

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kemudi.yml").write_text(NLU, encoding="utf-8")
    (tmp_path / "bahaya.yml").write_text(DANGER, encoding="utf-8")
    return tmp_path


def placed(intent: str, marked: str, danger: str = "hijau") -> Placed:
    return Placed(intent, Example(marked, danger, "p1"))


def lines(folder: Path, name: str = "kemudi") -> list[str]:
    return (folder / f"{name}.yml").read_text(encoding="utf-8").split("\n")


def test_every_line_of_the_offices_own_files_comes_back_as_it_was() -> None:
    changed = [
        line
        for path in sorted((ROOT / "data/nlu").glob("*.yml"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.startswith("  - ") and ((example := read_line(line)) is None or example.line != line)
    ]

    assert [] == changed


def test_adding_and_taking_away_leaves_every_one_of_the_offices_files_as_it_was(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data/nlu", tmp_path / "nlu")
    files, before = ExampleFiles(tmp_path / "nlu"), {path: path.read_bytes() for path in (tmp_path / "nlu").glob("*.yml")}
    for topic in files.topics():
        intent = next(iter(topic.intents))
        fresh = placed(intent, f"kalimat karangan untuk {topic.name} zzqx")

        files.swap(None, fresh)
        grown = (tmp_path / "nlu" / f"{topic.name}.yml").read_bytes()
        files.swap(fresh, None)

        assert len(grown) == len(before[tmp_path / "nlu" / f"{topic.name}.yml"]) + len(fresh.example.line.encode()) + 1
    assert before == {path: path.read_bytes() for path in (tmp_path / "nlu").glob("*.yml")}


def test_a_new_example_stands_in_the_order_of_the_alphabet_and_touches_no_other_line(folder: Path) -> None:
    before = lines(folder)

    ExampleFiles(folder).swap(None, placed("sapa", 'pagi "bu" 🙏'))

    after = lines(folder)
    assert 6 == after.index('  - {text: "pagi \\"bu\\" 🙏", metadata: {danger: "hijau", writer: "p1"}}')
    assert before == after[:6] + after[7:]


def test_a_change_changes_its_own_line_alone(folder: Path) -> None:
    files = ExampleFiles(folder)
    old = files.intents()["sapa"][1]

    files.swap(Placed("sapa", old), Placed("sapa", Example("halo kakak", "hijau", old.writer)))

    differing = [(a, b) for a, b in zip(NLU.split("\n"), lines(folder), strict=True) if a != b]
    assert [(old.line, old.line.replace("halo kak", "halo kakak"))] == differing


def test_a_move_takes_the_sentence_from_one_file_to_another(folder: Path) -> None:
    files = ExampleFiles(folder)
    old = files.intents()["sapa"][1]

    files.swap(Placed("sapa", old), Placed("ancaman_nyawa", old))

    assert old not in files.intents()["sapa"]
    assert old in files.intents()["ancaman_nyawa"]


def test_two_who_change_the_same_sentence_do_not_overwrite_each_other(folder: Path) -> None:
    first, second = ExampleFiles(folder), ExampleFiles(folder)
    seen = second.intents()["sapa"][1]
    first.swap(Placed("sapa", seen), placed("sapa", "halo kakak"))

    with pytest.raises(Changed):
        second.swap(Placed("sapa", seen), placed("sapa", "halo kak, permisi"))

    assert ["assalamualaikum", "halo kakak", "selamat pagi bu"] == [one.plain for one in second.intents()["sapa"]]


def test_two_who_work_on_one_meaning_both_keep_their_sentences(folder: Path) -> None:
    first, second = ExampleFiles(folder), ExampleFiles(folder)
    seen = second.intents()["sapa"][0]

    first.swap(None, placed("sapa", "permisi"))
    second.swap(Placed("sapa", seen), placed("sapa", "assalamualaikum bu"))

    assert ["assalamualaikum bu", "halo kak", "permisi", "selamat pagi bu"] == [one.plain for one in first.intents()["sapa"]]


@pytest.mark.parametrize("again", ["halo kak", "Halo  KAK!"])
def test_a_sentence_stands_only_once_whatever_its_meaning(again: str, folder: Path) -> None:
    with pytest.raises(Doubled, match="sapa"):
        ExampleFiles(folder).swap(None, placed("pamit", again))

    assert NLU.split("\n") == lines(folder)


def test_what_the_workbench_does_not_know_stays_where_it_is(folder: Path) -> None:
    path = folder / "kemudi.yml"
    path.write_text("# catatan kantor\n" + NLU + '- lookup: "kota"\n  examples: |\n    - metro\n', encoding="utf-8")
    before = path.read_text(encoding="utf-8")

    files = ExampleFiles(folder)
    files.swap(None, placed("pamit", "permisi dulu"))

    assert before == path.read_text(encoding="utf-8").replace(placed("pamit", "permisi dulu").example.line + "\n", "")


def test_examples_in_another_form_are_left_to_a_technician(folder: Path) -> None:
    (folder / "lain.yml").write_text('nlu:\n- intent: "iseng"\n  examples:\n  - text: hei\n', encoding="utf-8")

    with pytest.raises(Unreadable, match=r"lain\.yml: 4"):
        ExampleFiles(folder).intents()


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="[]"), min_size=1, max_size=60))
def test_any_sentence_survives_being_written_and_read(plain: str) -> None:
    line = Example(plain, "merah", "p1").line

    assert Example(plain, "merah", "p1") == read_line(line)
    import yaml

    assert plain == yaml.safe_load(line)[0]["text"]


def test_marks_are_told_and_found_again() -> None:
    marked = Example("[suami](hubungan) bawa [golok](senjata), suami mabuk", "merah", "p1")

    told = told_marks(marked.marks, marked.plain)

    assert "suami = hubungan; golok = senjata" == told
    assert marked.marked == with_marks(marked.plain, found_marks(told, marked.plain))
    with pytest.raises(MarkMissing, match="pisau"):
        found_marks("pisau = senjata", marked.plain)


@pytest.mark.slow
def test_rasa_reads_what_the_workbench_writes(folder: Path) -> None:
    ExampleFiles(folder).swap(None, placed("sapa", '[kak](korban) "$" \\ {x} / 🙏 ${HOME}'.replace("$", "S")))
    asked = (
        "import sys; from rasa.shared.nlu.training_data.loading import load_data\n"
        "found = load_data(sys.argv[1])\nprint(len(found.intent_examples), sorted(found.intents))"
    )

    told = subprocess.run(
        [ROOT / ".venv-engine/bin/python", "-W", "ignore", "-c", asked, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    assert "8 ['ancaman_nyawa', 'pamit', 'sapa']" == told.stdout.strip().splitlines()[-1]
