"""The middle band: where the engine is not sure that no life is in danger, one gentle question comes first, and only once."""

from dataclasses import replace

import pytest

from rules import assessment, doubt, steering
from rules.hearing import Heard, Message
from rules.intake import Intake, take_in
from rules.levels import Level

UNSURE = Message("dia makin sering bilang mau bikin perhitungan sama aku", "lapor_psikis", doubt=True)
SAFE: dict[str, object] = {
    "greeted": True,
    "level": "kuning",
    "kind": ["psikis"],
    "victim": "diri",
    "relation": "suami",
    "consent": "ya",
    "safe_now": "aman",
    "asked": ["safe_now", "consent", "victim"],
    "put": {"safe_now": 2, "consent": 1},
    "doubt": {"since": 5, "asked": False},
}


def after(facts: dict[str, object], taken: Intake) -> dict[str, object]:
    return {**facts, **taken.changes}


def next_slot(facts: dict[str, object]) -> str | None:
    question = assessment.next_question(facts)
    return question.slot if question else None


def test_doubt_asks_for_safety_before_anything_else_in_words_of_its_own() -> None:
    taken = take_in(SAFE, UNSURE, "kecamatan")

    assert "safe_now" == next_slot(after(SAFE, taken))
    assert "ragu" == taken.changes["tone"]
    assert "ragu" in taken.marks


def test_it_is_asked_once_in_a_stretch() -> None:
    once = after(SAFE, take_in(SAFE, UNSURE, "kecamatan"))
    answered = after(once, take_in(once, Message("aman kok", "beri_info"), "safe_now"))
    for _ in range(5):
        answered = after(answered, take_in(answered, Message("di rumah sepi sekarang ya kak", "beri_info"), "kecamatan"))

    again = take_in(answered, UNSURE, "kecamatan")

    assert "aman" == after(answered, again)["safe_now"]
    assert "ragu" not in again.marks


def test_after_a_gap_it_may_be_asked_again() -> None:
    asked = {**SAFE, "doubt": {"since": 9, "asked": True}, "gap": True}

    taken = take_in(asked, UNSURE, "kecamatan")

    assert "safe_now" == next_slot(after(asked, taken))


@pytest.mark.parametrize(
    ("facts", "message", "question"),
    [
        ({**SAFE, "doubt": {"since": 0, "asked": False}}, UNSURE, "kecamatan"),
        ({**SAFE, "safe_now": "tidak"}, UNSURE, "kecamatan"),
        ({**SAFE, "level": "merah", "alarmed": ["diancam"]}, UNSURE, "kecamatan"),
        (SAFE, Message("kemiling", "beri_info", doubt=True), "kecamatan"),
        (SAFE, replace(UNSURE, doubt=False), "kecamatan"),
        (SAFE, Message("tutup dulu", "tidak_aman_chat", doubt=True), "kecamatan"),
    ],
    ids=["answered a moment ago", "not safe already", "merah already", "a bare answer", "no doubt", "somebody is near"],
)
def test_it_is_not_asked(facts: dict[str, object], message: Message, question: str) -> None:
    taken = take_in(facts, message, question)

    assert "ragu" not in taken.marks


def test_a_message_that_rings_is_past_doubt() -> None:
    taken = take_in(SAFE, replace(UNSURE, danger=Level.MERAH), "kecamatan")

    assert taken.alarm
    assert "ragu" not in taken.marks


def test_the_open_question_about_safety_is_put_in_the_words_for_doubt() -> None:
    fresh = {"greeted": True, "level": "hijau", "put": {"safe_now": 1}}

    taken = take_in(fresh, UNSURE, "safe_now")

    assert "safe_now" == next_slot(after(fresh, taken))
    assert "ragu" == taken.changes["tone"]


def test_a_rest_ends_for_that_question() -> None:
    paused = {**SAFE, "paused": "berhenti"}

    taken = take_in(paused, replace(UNSURE, intent="terima_kasih"), None)

    assert taken.changes["paused"] is None
    assert "safe_now" == next_slot(after(paused, taken))


def test_banter_that_may_hide_danger_is_met_with_the_question() -> None:
    facts = {**SAFE, "turn": {"intent": "iseng", "marks": ["ragu"]}}

    decided = steering.instead(facts)

    assert decided is not None
    assert decided.goes_on
    assert () == decided.says


def test_the_count_begins_again_with_each_answer() -> None:
    changes = doubt.after(SAFE, {"safe_now": "aman"}, Message("aman", "beri_info"), "aman", Heard.ANSWER)

    assert {"since": 0, "asked": False} == changes["doubt"]
