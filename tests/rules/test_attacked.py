"""Who is attacked: the writer herself, though a child, mother or sister is with her; or somebody else."""

import pytest

from rules.attacked import merely_there, writer_attacked
from rules.hearing import Message
from rules.intake import take_in
from rules.levels import Level
from rules.speech import heard

HERSELF = [
    "dia di depan pintu bawa golok, aku di kamar mandi sama anakku",
    "suami ngamuk bawa parang, saya sembunyi sama anak saya di kamar",
    "tolong bu, saya sama ibu saya ngumpet, bapak bawa pisau",
    "saya dan adik saya dikejar bapak pake kayu",
    "aku sama adikku di kamar, bapak ngamuk gedor2 pintu",
    "dia nyekik aku di depan anakku",
    "saya ditodong pisau, anak saya lihat semua",
    "mantan saya dobrak pintu, saya sama ibu di dalam",
    "aku lagi gendong bayi, dia lempar piring ke aku",
    "suami mau bakar rumah, saya dan anak2 di dalam",
    "dia ngejar saya sama kakak saya bawa clurit",
    "aku lari bawa anak, dia masih nyari",
    "tolong dia gedor pintu kamar, aku sama anak2 ketakutan",
    "ngumpet di rumah tetangga sama anak, suami bawa parang",
    "saya disekap sama anak saya di rumah",
    "bapak mukulin aku sama ibu, sekarang kami di kamar",
    "dia ngancem bunuh aku sama anak2",
    "suami ngancam bunuh saya dan ibu saya",
]
SOMEBODY_ELSE = [
    "anak saya dicekik bapaknya",
    "tetangga saya dibacok suaminya",
    "adik saya dikurung pacarnya",
    "ibu saya dipukulin bapak pakai kayu sekarang",
    "anak saya disekap mantan suami saya",
    "saya denger tetangga dicekik suaminya",
    "kakak saya sembunyi di kamar, suaminya bawa golok",
    "aku di kamar, bapak mukulin ibu",
    "dia mau bunuh anakku",
    "temen aku dipukulin pacarnya di kos",
    "saya lihat anak tetangga dipukul bapaknya",
    "tetangga sebelah rumah saya sering dipukulin suaminya",
]


@pytest.mark.parametrize("text", HERSELF)
def test_the_writer_is_the_victim_though_others_are_with_her(text: str) -> None:
    assert writer_attacked(heard(text))


@pytest.mark.parametrize("text", SOMEBODY_ELSE)
def test_somebody_else_stays_somebody_else(text: str) -> None:
    assert not writer_attacked(heard(text))


def test_she_hears_words_for_herself_and_her_child_is_noted() -> None:
    child = ({"entity": "korban", "value": "anak"},)
    taken = take_in({}, Message(HERSELF[0], "darurat_sekarang", child, Level.MERAH), None)

    assert ("diri", "ya") == (taken.changes["victim"], taken.changes["children"])
    assert ("utter_alarm",) == taken.preamble


@pytest.mark.parametrize(
    ("text", "person", "there"),
    [
        ("suami saya bawa golok, anak saya nangis ketakutan", "anak", True),
        ("aku di kamar anak", "anak", True),
        ("dia bawa golok ke rumah ibu", "ibu", True),
        ("anak saya dicekik", "anak", False),
        ("dia mau bunuh anak saya, anak saya nangis", "anak", False),
        ("tolong ibu", "", False),
    ],
)
def test_who_only_looks_on_is_no_victim(text: str, person: str, there: bool) -> None:
    assert there is merely_there(heard(text), person)


def test_a_threat_to_kill_is_no_wish_to_die() -> None:
    for text in ("dia ngancem bunuh aku sama anak2", "suami ngancam bunuh saya dan ibu saya"):
        taken = take_in({}, Message(text, "ancaman_nyawa"), None)

        assert "crisis" not in taken.changes
        assert ("utter_alarm",) == taken.preamble
