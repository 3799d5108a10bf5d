"""Read-back and corrections: what was noted can be put right in free words, and is not asked again."""

import pytest

from rules import corrections, readback
from rules.hearing import Heard, Message
from rules.intake import Intake, take_in

NOTED: dict[str, object] = {
    "greeted": True, "safe_now": "aman", "consent": "ya", "kind": ["fisik"], "victim": "diri", "relation": "suami", "when": "3 tahun",
    "weapon": "sapu", "kecamatan": "Kemiling", "level": "kuning", "pending": ["relation", "when", "kecamatan"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("bukan suami, mantan", {"relation": "mantan"}),
        ("bukan 3 tahun, 2 tahun", {"when": "2 tahun"}),
        ("mantan bukan suami", {"relation": "mantan"}),
        ("salah, di kedaton", {"kecamatan": "Kedaton", "kelurahan": None}),
        ("bukan kemiling tapi panjang", {"kecamatan": "Panjang", "kelurahan": None}),
        ("eh maaf maksudnya pacar", {"relation": "pacar"}),
        ("bukan sapu, gagang pel", {"weapon": "gagang pel"}),
        ("bukan cuma dipukul, ditendang juga", {}),
        ("saya bukan orang sini, tapi tinggal lama", {}),
        ("dia mukul lagi kemarin", {}),
    ],
)
def test_what_a_message_puts_right(text: str, changes: dict[str, object]) -> None:
    assert changes == {slot: value for slot, value in corrections.found(text, NOTED, (), False).items() if value or slot in changes}


def _said(text: str, intent: str = "beri_info", question: str | None = "readback", **facts: object) -> Intake:
    return take_in({**NOTED, **facts}, Message(text, intent), question)


def test_a_correction_of_the_read_back_closes_it() -> None:
    taken = _said("bukan suami, mantan")

    assert ("mantan", Heard.ANSWER, []) == (taken.changes["relation"], taken.heard, taken.changes["pending"])
    assert "diubah" in taken.marks


def test_a_bare_no_is_asked_which_part_once() -> None:
    taken = _said("salah")

    assert "ulang" == taken.changes["tone"]
    assert taken.changes["pending"]
    assert [] == _said("salah", put={"readback": 2}).changes["pending"]


@pytest.mark.parametrize("text", ["benar", "iya", "hmm", "👍"])
def test_any_other_answer_closes_it(text: str) -> None:
    assert [] == _said(text, "nlu_fallback").changes["pending"]


def test_a_correction_never_lowers_the_level() -> None:
    assert "level" not in _said("bukan suami, mantan", level="merah").changes


def test_three_facts_are_read_back_in_the_persons_words_where_it_is_safe() -> None:
    assert readback.due(NOTED)
    assert "suami; 3 tahun; di Kemiling" == readback.line(NOTED)
    assert not readback.due({**NOTED, "safe_now": None})
    assert not readback.due({**NOTED, "readbacks": readback.MOST})
    assert not readback.due({**NOTED, "pending": ["relation", "when"]})


def test_what_a_person_wrote_cannot_break_the_line() -> None:
    assert "catatan polisi" == readback.plainly("{catatan} <polisi>\n${}")
    assert len(readback.plainly("x" * 500)) <= 40


def test_how_to_correct_is_told_where_somebody_asks() -> None:
    assert corrections.asks_how("jawaban saya tadi salah")
    assert corrections.asks_how("mau ganti jawaban yang tadi")
    assert not corrections.asks_how("saya merasa salah")
