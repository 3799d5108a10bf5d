"""Whether a new model may be switched on."""

import dataclasses

import pytest

from rules.gate import MOST_MISLAID, Evidence, Found, refusals

GOOD = Evidence(
    signed=True,
    whole=True,
    compared=True,
    never_miss=70,
    found=(Found("merah", 145, 143, 143, 0.9511),),
    mislaid=(("tolak", 8),),
    conversations=169,
)


def codes(**wrong: object) -> list[str]:
    return [refusal.code for refusal in refusals(dataclasses.replace(GOOD, **wrong))]


def test_a_model_without_fault_may_be_switched_on():
    assert () == refusals(GOOD)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"signed": False}, "unsigned"),
        ({"whole": False}, "altered"),
        ({"compared": False}, "not_compared"),
        ({"missed": 1}, "missed"),
        ({"mislaid": (("sapa", 50),)}, "mislaid"),
        ({"found": (Found("merah", 145, 143, 137, 0.9511),)}, "lower_recall"),
        ({"found": (Found("krisis_bunuh_diri", 21, 21, 15, 0.8454),)}, "lower_recall"),
        ({"wording": 1}, "wording"),
        ({"conversations_failed": 1}, "conversations"),
    ],
)
def test_each_fault_keeps_it_off(wrong: dict[str, object], code: str):
    assert [code] == codes(**wrong)


@pytest.mark.parametrize(
    "harmless",
    [
        {"found": (Found("merah", 145, 143, 140, 0.9511),)},  # within what chance explains
        {"found": (Found("merah", 145, 120, 125, 0.75),)},  # more than before
        {"found": (Found("merah", 145, None, 100, None),)},  # nothing to compare with
        {"found": (Found("lapor_tppo", 12, 12, 8, 0.75),)},  # too few to say anything
        {"mislaid": (("tolak", MOST_MISLAID),)},
    ],
)
def test_chance_is_no_reason_to_refuse(harmless: dict[str, object]):
    assert [] == codes(**harmless)


def test_nothing_else_is_believed_of_a_file_that_was_changed():
    assert ["altered"] == codes(whole=False, missed=3, wording=2)


def test_all_reasons_are_told_and_the_gravest_first():
    assert ["missed", "wording", "conversations"] == codes(missed=1, wording=1, conversations_failed=2)


def test_a_reason_is_one_sentence_with_its_figures():
    (refusal,) = refusals(dataclasses.replace(GOOD, found=(Found("merah", 145, 143, 130, 0.9511),)))

    assert "Dari 145 pesan merah, model ini menemukan 130, model yang berjalan 143: lebih banyak bahaya yang terlewat." == refusal.sentence
