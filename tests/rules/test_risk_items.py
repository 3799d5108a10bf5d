"""The danger questions: any of the gravest or four of the rest is merah; few at a time, nobody is pressed."""

import pytest

from rules import risk, risk_items
from rules.assessment import next_question
from rules.levels import Level
from rules.speech import heard

WIFE: dict[str, object] = {
    "safe_now": "aman",
    "consent": "ya",
    "kind": ["fisik"],
    "victim": "diri",
    "relation": "suami",
    "kecamatan": "Kemiling",
    "level": "kuning",
}
NOES: dict[str, object] = dict.fromkeys(risk_items.GRAVE, "tidak")


def _level(**answers: object) -> Level:
    return max((reason.level for reason in risk.by_answers({**WIFE, **answers})), key=lambda level: level.rank, default=Level.HIJAU)


def test_every_item_of_the_screens_has_its_source_and_its_words() -> None:
    assert {"LAP 1", "LAP 2", "LAP 3"} <= {source for item in risk_items.ITEMS if item.grave for source in item.source.split(", ")}
    assert {f"LAP {number}" for number in range(1, 12)} <= {source for item in risk_items.ITEMS for source in item.source.split(", ")}
    assert all(item.when in risk_items.CONDITIONS and item.reason for item in risk_items.ITEMS)


@pytest.mark.parametrize("slot", risk_items.GRAVE)
def test_one_of_the_gravest_is_merah(slot: str) -> None:
    assert Level.MERAH is _level(**{slot: "ya"})


@pytest.mark.parametrize(("number", "level"), [(1, Level.KUNING), (3, Level.KUNING), (4, Level.MERAH), (6, Level.MERAH)])
def test_four_of_the_rest_are_merah(number: int, level: Level) -> None:
    assert level is _level(**dict.fromkeys(risk_items.REST[:number], "ya"))


def test_what_was_told_unasked_counts_with_the_answers() -> None:
    told = risk_items.told(heard("suami saya pengangguran, sering mabuk, cemburuan, makin kasar"))

    assert {"risk_jobless", "risk_drink", "risk_control", "risk_worse"} == set(told)
    assert Level.MERAH is _level(**told)


@pytest.mark.parametrize("text", ["dia ga mabuk", "suami ga cemburuan", "belum pisah rumah"])
def test_a_negated_sign_tells_nothing(text: str) -> None:
    assert {} == risk_items.told(heard(text))


@pytest.mark.parametrize(
    "facts",
    [
        {"relation": "tetangga"},
        {"victim": "anak"},
        {"kind": ["penelantaran"]},
        {"level_reasons": ["menyebut golok"]},
        {"asked": ["risk_kill", "risk_choke"]},
    ],
)
def test_nobody_else_is_asked_nor_what_was_told_nor_the_tired(facts: dict[str, object]) -> None:
    assert not risk_items.fits({**WIFE, **facts}, "risk_weapon")


def test_nothing_more_is_asked_once_the_level_is_merah() -> None:
    assert next_question({**WIFE, "level": "merah", "risk_weapon": "ya"}) is None


def test_two_noes_to_the_rest_end_it() -> None:
    asked = next_question({**WIFE, **NOES, "risk_worse": "tidak", "risk_control": "tidak"})

    assert asked is not None
    assert "help_wanted" == asked.slot


def test_at_most_five_of_the_rest_are_put() -> None:
    put = ["risk_worse", "risk_control", "risk_left", "risk_stalks", "risk_suicide"]
    facts = {**WIFE, **NOES, "risk_worse": "ya", **dict.fromkeys(put[1:], "tidak"), "asked": put}

    assert not risk_items.fits(facts, "risk_gun")
