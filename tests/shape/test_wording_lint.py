"""The lint of wording passes on what the office says now, and names file, line and rule where something is wrong."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "lint_wording.py"


def lint(*files: Path) -> tuple[int, list[str]]:
    ran = subprocess.run([sys.executable, str(SCRIPT), *map(str, files)], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout.splitlines()


def written(folder: Path, *lines: str) -> Path:
    path = folder / "contoh.yml"
    path.write_text("\n".join(["responses:", "  utter_contoh:", *lines, ""]), encoding="utf-8")
    return path


def test_everything_that_the_office_says_keeps_to_its_rules() -> None:
    assert (0, []) == (lint()[0], [line for line in lint()[1] if "tidak ada yang melanggar" not in line])


def test_a_broken_rule_is_named_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, '    - text: "Terima kasih."', '    - text: "Kenapa baru sekarang menulis."')

    assert (1, [f"{path}:4: kenapa: 'kenapa'"]) == lint(path)


def test_a_rule_is_set_aside_for_one_text_with_a_reason(tmp_path: Path) -> None:
    same_line = '    - text: "Kenapa baru sekarang menulis."  # boleh kenapa: kutipan dari buku pelatihan'
    line_above = ["    # boleh kenapa: kutipan dari buku pelatihan", '    - text: "Kenapa baru sekarang menulis."']

    assert 0 == lint(written(tmp_path, same_line))[0]
    assert 0 == lint(written(tmp_path, *line_above))[0]
    assert 1 == lint(written(tmp_path, same_line, '    - text: "Baik."', '    - text: "Kenapa begitu."'))[0]


def test_an_exception_needs_a_reason_a_known_rule_and_a_use(tmp_path: Path) -> None:
    reasonless = written(tmp_path, '    - text: "Kenapa begitu."  # boleh kenapa:')
    assert [f"{reasonless}:3: kenapa: pengecualian tanpa alasan"] == lint(reasonless)[1]

    unknown = written(tmp_path, '    - text: "Baik."  # boleh kanapa: salah ketik')
    assert [f"{unknown}:3: kanapa: aturan ini tidak ada"] == lint(unknown)[1]

    needless = written(tmp_path, '    - text: "Baik."  # boleh kenapa: dulu perlu')
    assert [f"{needless}:3: kenapa: pengecualian ini tidak diperlukan lagi"] == lint(needless)[1]


def test_a_shared_list_of_buttons_counts_as_a_way_out(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '    - text: "Sekarang aman?"',
        "      buttons: &keluar",
        '        - {title: "Petugas", payload: "petugas"}',
        '    - text: "Aman?"',
        "      buttons: *keluar",
    )

    assert 0 == lint(path)[0]


def test_words_on_the_page_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "halaman.html"
    path.write_text("<p>Tenang saja, semua pasti aman.</p>\n", encoding="utf-8")

    assert (1, [f"{path}:1: janji: 'pasti'"]) == lint(path)
