"""What is noticed besides facts, and what becomes of it: peace again, a piece of a sentence, 'lanjut', years that are no age."""

from collections.abc import Iterator

import pytest

from rules import people, places, replies, risk_items, steering
from rules.answers import read
from rules.danger import screen_line
from rules.hearing import Heard, Message, must_hush
from rules.intake import take_in
from rules.levels import Level
from rules.noticed import at_peace
from rules.speech import heard

BEATEN: dict[str, object] = {"greeted": True, "level": "kuning", "kind": ["fisik"], "victim": "diri", "relation": "suami"}
WITHDRAWN: dict[str, object] = {"greeted": True, "level": "hijau", "paused": "cabut", "said": ["utter_cabut_laporan"]}


@pytest.fixture
def landmarks() -> Iterator[None]:
    """A landmark that two kecamatan share, as the engine learns it from the office's list."""
    places.learn({"pasar tugu": ["Kedamaian", "Tanjungkarang Timur"]})
    yield
    places.learn({})


@pytest.mark.parametrize(
    ("text", "peace"),
    [
        ("udah baikan sama suami", True),
        ("dia udah minta maaf kok", True),
        ("kami sudah rujuk", True),
        ("udah aku maafin kak", True),
        ("suami minta maaf tapi mukul lagi", False),
        ("dia sudah minta maaf, terus mukul", False),
        ("disuruh damai sama keluarga", False),
        ("mau cabut laporan, udah damai", False),
        ("belum baikan", False),
        ("dia udah minta maaf, apa bisa minta psikolog?", False),
    ],
)
def test_peace_is_heard_only_where_nothing_else_is_told(text: str, peace: bool) -> None:
    assert peace is at_peace(heard(text))


def test_peace_after_a_withdrawal_is_no_new_report() -> None:
    taken = take_in(WITHDRAWN, Message("udah baikan sama suami", "lapor_psikis", confidence=0.9), None)

    facts = {**WITHDRAWN, **taken.changes, "turn": {"marks": list(taken.marks), "heard": taken.heard.value}}
    assert "cabut" == facts["paused"]
    assert "open_case" not in [one["order"] for one in taken.orders]
    assert "psikis" not in (facts.get("kind") or [])  # type: ignore[operator]  # a list or nothing
    decided = steering.instead(facts)
    assert decided is not None
    assert ("utter_setuju",) == decided.says


def test_peace_in_the_middle_lets_the_questions_rest() -> None:
    taken = take_in(BEATEN, Message("udah baikan sama suami", "lapor_psikis", confidence=0.9), "kecamatan")

    decided = steering.instead({**BEATEN, "turn": {"marks": list(taken.marks)}})
    assert Heard.ASIDE is taken.heard
    assert decided is not None
    assert ("utter_damai",) == decided.says
    assert "berhenti" == decided.changes["paused"]


def test_peace_with_danger_in_it_is_danger() -> None:
    taken = take_in(BEATEN, Message("udah baikan sama suami", "darurat_sekarang", danger=Level.MERAH), "kecamatan")

    assert taken.alarm
    assert "damai" not in taken.marks


@pytest.mark.parametrize("question", [None, "kind", "kecamatan"])
def test_a_lone_pronoun_is_waited_for_and_neither_hushed_nor_called_unread(question: str | None) -> None:
    taken = take_in(BEATEN, Message("dia", "tidak_aman_chat"), question)

    decided = steering.instead({**BEATEN, "turn": {"marks": list(taken.marks), "hush": taken.hush}})
    assert not taken.hush
    assert Heard.UNCLEAR is not taken.heard
    assert decided is not None
    assert ("utter_silakan_teruskan",) == decided.says


def test_where_it_was_asked_who_is_near_a_lone_pronoun_may_be_all_that_can_be_written() -> None:
    assert must_hush(Message("dia", "tidak_aman_chat"), heard("dia"), "abuser_near", BEATEN)


@pytest.mark.parametrize("text", ["", "lanjut"])
def test_to_go_on_is_no_unreadable_answer(text: str) -> None:
    taken = take_in({**BEATEN, "tone": "biasa"}, Message(text, "lanjut"), "kecamatan")

    assert Heard.ASIDE is taken.heard
    assert "ulang" != taken.changes["tone"]


def test_to_go_on_after_a_gap_asks_for_safety_in_the_usual_words() -> None:
    facts = {**BEATEN, "safe_now": "aman", "asked": ["safe_now"], "put": {"safe_now": 3, "kecamatan": 1}, "gap": True}

    taken = take_in(facts, Message("", "lanjut"), "kecamatan")

    assert taken.changes["safe_now"] is None
    assert {"kecamatan": 1} == taken.changes["put"]
    assert "ulang" != taken.changes["tone"]


def test_lanjut_aja_still_leaves_a_question() -> None:
    assert "skip" == read("kecamatan", "lanjut aja", "lanjut").reading.value


@pytest.mark.parametrize(
    ("text", "said", "age"),
    [
        ("cerai 5 tahun", "5 tahun", None),
        ("mantan suami neror, udah cerai 5 tahun", "5 tahun", None),
        ("nikah udah 10 tahun", "10 tahun", None),
        ("sudah 5 tahun begini", "5 tahun", None),
        ("kejadiannya 3 tahun lalu", "3 tahun", None),
        ("anak saya udah 5 tahun", "5 tahun", "5 tahun"),
        ("udah nikah 8 tahun, anak umur 5 tahun", "5 tahun", "5 tahun"),
        ("aku 14 tahun", "14 tahun", "14 tahun"),
    ],
)
def test_years_of_marriage_or_divorce_are_no_age(text: str, said: str, age: str | None) -> None:
    line = heard(text)

    found = people.facts(line, screen_line(line), "beri_info", [{"entity": "usia", "value": said}])

    assert age == found.get("age")


@pytest.mark.parametrize(("text", "left"), [("udah cerai 5 tahun", None), ("udah cerai", "ya"), ("mau cerai bulan depan", "ya")])
def test_a_divorce_of_years_ago_is_not_newly_parted(text: str, left: str | None) -> None:
    assert left == risk_items.told(heard(text)).get("risk_left")


def test_an_ambiguous_landmark_is_asked_back_although_the_place_was_left(landmarks: None) -> None:
    facts = {**BEATEN, "asked": ["kecamatan", "help_wanted"], "put": {"kecamatan": 1}}

    taken = take_in(facts, Message("deket pasar tugu", "beri_info"), "contact_way")

    assert ["Kedamaian", "Tanjungkarang Timur"] == taken.changes["candidates"]
    assert "kecamatan" not in taken.changes["asked"]  # type: ignore[operator]  # a list
    assert Heard.TOLD is taken.heard


def test_a_question_that_waits_shows_the_ways_on_and_out() -> None:
    facts = {**BEATEN, "turn": {"spoken": 0}}

    assert ("utter_bila_siap",) == replies.rest(facts).says
    assert () == replies.rest({**BEATEN, "turn": {"spoken": 1, "preamble": ["utter_person_called"]}}).says
