"""The order of questions: nothing known is asked, nothing skipped comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.assessment import FACTS, QUESTIONS, kecamatan_buttons, next_question, order, put_again, tone
from rules.buttons import BUTTONS
from rules.risk_items import GRAVE, SLOTS


def _asked_through(facts: dict[str, object], answers: dict[str, object]) -> list[str]:
    """The questions that would be put, each answered or skipped."""
    put: list[str] = []
    while (question := next_question(facts)) is not None:
        put.append(question.slot)
        settled = facts.get("asked")
        facts = {
            **facts,
            **{question.slot: answers.get(question.slot)},
            "asked": [*(settled if isinstance(settled, list) else []), question.slot],
        }
        assert len(put) < 30
    return put


_MIDDLE = ("kind", "victim", "relation")
_CALLED = ("contact_way", "contact_number", "contact_hours", "contact_name", "contact_cover")


@pytest.mark.parametrize(
    ("facts", "answers", "put"),
    [
        ({}, {"safe_now": "aman"}, ["safe_now", "consent", *_MIDDLE, "kecamatan", "help_wanted", "contact_way"]),
        ({}, {"safe_now": "tidak"}, ["safe_now", "abuser_near", "consent", *_MIDDLE, "kecamatan", "help_wanted", "contact_way"]),
        ({"safe_now": "aman"}, {"contact_way": "telepon"}, ["consent", *_MIDDLE, "kecamatan", "help_wanted", *_CALLED]),
        ({"safe_now": "aman"}, {"contact_way": "chat"}, ["consent", *_MIDDLE, "kecamatan", "help_wanted", "contact_way", "contact_hours"]),
        ({"safe_now": "aman"}, {"contact_way": "jangan"}, ["consent", *_MIDDLE, "kecamatan", "help_wanted", "contact_way"]),
        (
            {"kind": ["fisik"], "victim": "diri", "kecamatan": "Kemiling", "relation": "tetangga"},
            {"safe_now": "aman"},
            ["safe_now", "consent", "help_wanted", "contact_way"],
        ),
        (
            {"kind": ["fisik"], "victim": "diri", "relation": "suami", "safe_now": "aman", "consent": "ya"},
            dict.fromkeys(SLOTS, "tidak"),
            [*GRAVE, "kecamatan", "risk_worse", "risk_control", "help_wanted", "contact_way"],
        ),
        (
            {"kind": ["seksual"], "victim": "diri", "relation": "teman", "safe_now": "aman", "consent": "ya"},
            {},
            ["when", "kecamatan", "help_wanted", "contact_way"],
        ),
        ({"safe_now": "aman"}, {"consent": "tidak"}, ["consent"]),
        ({"victim": "anak", "kind": ["anak"]}, {}, ["safe_now", "consent", "relation", "kecamatan", "contact_way"]),
        ({"ended": "ya", "kind": ["fisik"]}, {}, ["safe_now", "consent", "help_wanted", "contact_way"]),
        ({"level": "merah"}, {"safe_now": "aman"}, ["safe_now", "kecamatan"]),
        ({"level": "merah"}, {"safe_now": "tidak"}, ["safe_now", "abuser_near", "kecamatan"]),
        ({"level": "merah", "crisis": "diri"}, {"safe_now": "tidak"}, ["safe_now", "kecamatan"]),
        ({"writer": "anak"}, {}, ["safe_now", "company", "trusted_adult", "kecamatan"]),
        ({"writer": "anak", "level": "merah"}, {}, ["safe_now", "company", "trusted_adult", "kecamatan"]),
        ({"writer": "pelaku"}, {}, ["safe_now", "consent", "contact_way"]),
        ({"paused": "berhenti"}, {}, []),
    ],
)
def test_the_order_of_questions(facts: dict[str, object], answers: dict[str, object], put: list[str]) -> None:
    assert put == _asked_through(facts, answers)


@given(
    st.dictionaries(st.sampled_from(sorted(QUESTIONS)), st.sampled_from(["aman", "tidak", "x"])),
    st.lists(st.sampled_from(sorted(QUESTIONS))),
)
def test_nothing_known_or_skipped_is_ever_asked(facts: dict[str, object], skipped: list[str]) -> None:
    question = next_question({**facts, "asked": skipped})

    assert question is None or (question.slot not in facts and question.slot not in skipped)


@given(
    st.dictionaries(
        st.sampled_from([*QUESTIONS, "level", "writer", "crisis"]), st.sampled_from(["aman", "tidak", "merah", "anak", "diri", "telepon"])
    )
)
def test_questions_always_come_to_an_end(facts: dict[str, object]) -> None:
    assert len(_asked_through(facts, {})) <= len(QUESTIONS)


@pytest.mark.parametrize(
    ("facts", "again", "voice"),
    [
        ({}, False, "biasa"),
        ({}, True, "ulang"),
        ({"crisis": "diri", "level": "merah"}, False, "krisis"),
        ({"crisis": "orang_lain", "level": "merah", "victim": "anak"}, False, "saksi"),
        ({"writer": "pelaku"}, False, "pelaku"),
        ({"writer": "anak", "victim": "anak", "level": "merah"}, False, "anak"),
        ({"victim": "dewasa_lain"}, False, "saksi"),
        ({"level": "merah", "victim": "diri"}, False, "darurat"),
    ],
)
def test_the_tone_of_a_question(facts: dict[str, object], again: bool, voice: str) -> None:
    assert voice == tone(facts, again)


def test_how_often_a_question_was_put_is_counted() -> None:
    once = put_again({}, "kind")

    assert {"kind": 1} == once
    assert {"kind": 2, "victim": 1} == put_again({"put": {"kind": 2}}, "victim")
    assert {"kind": 2} == put_again({"put": once}, "kind")


def test_a_shared_place_is_asked_with_buttons_and_a_way_out() -> None:
    buttons = kecamatan_buttons(["Tanjungkarang Pusat", "Telukbetung Selatan"])

    assert {"Tjk. Pusat", "Tlk. Betung Selatan", "Petugas", "Lewati", "Berhenti dulu"} == {button["title"] for button in buttons}
    assert all(button["payload"] in BUTTONS and len(button["title"]) <= 24 for button in buttons)


def test_every_question_asks_for_a_fact_and_names_its_wording() -> None:
    assert set(QUESTIONS) - {"readback"} <= set(FACTS)
    assert all(question.response == f"utter_ask_{slot}" for slot, question in QUESTIONS.items())
    assert all(set(order(facts)) <= set(QUESTIONS) for facts in ({}, {"writer": "anak"}, {"writer": "pelaku"}, {"level": "merah"}))
