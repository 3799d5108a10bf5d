"""The wording in data/responses: kind, short, one question, neutral on a lock screen, and made of buttons and facts that exist."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules import assessment, duties, speaking, steering
from rules.buttons import BUTTONS, CHOICE

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data" / "responses").glob("*.yml"))
OFFICE: dict[str, Any] = yaml.safe_load((ROOT / "config" / "office.yml").read_text(encoding="utf-8"))
PLACEHOLDERS = {**OFFICE["words"], **{line["placeholder"]: line["number"] for line in OFFICE["hotlines"]}}
WAYS_OUT = {"petugas", "lewati", "berhenti"}
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))

BLAME = r"kenapa|mengapa|seharusnya|harusnya|kok bisa|sabar|demi anak|bicarakan baik-baik|maafkan|ikhlas|cobaan|berdoa|takdir|salah sendiri"
PROMISE = r"pasti|dijamin|jamin|tidak akan ada yang tahu|selamanya aman|percayalah|100%"
ADVICE = r"tinggalkan (?:dia|suami)|ceraikan|lawan|rekam diam-diam|mediasi|berdamai"
# A screen on a table shows about sixty letters.
LOCK_SCREEN = r"kekerasan|pelaku|polisi|lapor|korban|kdrt|perkosa|seksual|bunuh|pukul|suami|darurat|bahaya|visum|kabur"


# Words that a turn fills in: the line that is read back, the nearest place, the measured minutes.
FILLED = {
    "utter_ask_readback": {"catatan"},
    "utter_place_medis": {"tempat"},
    "utter_place_polisi_ppa": {"tempat"},
    "utter_minta_petugas": {"wait_minutes"},
    "utter_closing": {"wait_minutes"},
    "utter_service_officer_late_minutes": {"angka"},
    "utter_service_officer_late_hours": {"angka"},
}
FILLING = {"catatan": "x" * 150, "tempat": "x" * 70, "wait_minutes": "120", "angka": "12"}


def _variations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in FILES:
        for name, variations in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].items():
            for variation in variations:
                yield path.stem, name, variation


ALL = list(_variations())
NAMES = {name for _, name, _ in ALL}
IDS = [f"{name}-{number}" for number, (_, name, _) in enumerate(ALL)]


def _filled(text: str) -> str:
    office = re.sub(r"<([a-z_]+)>", lambda match: str(PLACEHOLDERS[match[1]]), text)
    return re.sub(r"\{([a-z_]+)\}", lambda match: FILLING[match[1]], office)


def _tone(said: dict[str, Any]) -> str:
    return next((str(one["value"]) for one in said.get("condition", []) if one["name"] == "tone"), "")


def _answered_by(action: str) -> set[str]:
    rules = [rule for path in ROOT.glob("data/rules/*.yml") for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]]
    return {step["intent"] for rule in rules for step in rule["steps"] if "intent" in step and {"action": action} in rule["steps"]}


@pytest.mark.parametrize(("topic", "name", "said"), ALL, ids=IDS)
def test_only_known_placeholders_are_used(topic: str, name: str, said: dict[str, Any]) -> None:
    assert set(re.findall(r"<([^>]*)>", said["text"])) <= set(PLACEHOLDERS)
    assert set(re.findall(r"\{([^}]*)\}", said["text"])) <= FILLED.get(name, set())
    assert "${" not in said["text"]


@pytest.mark.parametrize(("topic", "name", "said"), ALL, ids=IDS)
def test_a_bubble_is_short(topic: str, name: str, said: dict[str, Any]) -> None:
    assert 2 <= len(_filled(said["text"])) <= 300
    assert "\n" not in said["text"]


@pytest.mark.parametrize(("topic", "name", "said"), ALL, ids=IDS)
def test_a_bubble_asks_one_question_and_only_questions_ask(topic: str, name: str, said: dict[str, Any]) -> None:
    asks = said["text"].count("?")

    assert asks <= 1
    if not name.startswith(("utter_ask_", "utter_service_check")) and name != "utter_hapus_data":
        assert 0 == asks


@pytest.mark.parametrize(("topic", "name", "said"), ALL, ids=IDS)
def test_nobody_is_blamed_advised_or_promised_anything(topic: str, name: str, said: dict[str, Any]) -> None:
    words = said["text"].lower()

    assert None is re.search(rf"\b(?:{BLAME})\b", words)
    assert None is re.search(rf"\b(?:{PROMISE})\b", words)
    assert None is re.search(rf"\b(?:{ADVICE})\b", words)


@pytest.mark.parametrize("sentence", ["Kenapa tidak lapor dari dulu", "Pasti selamat", "Sabar ya demi anak", "Lebih baik ceraikan saja"])
def test_the_lint_would_notice(sentence: str) -> None:
    assert re.search(rf"\b(?:{BLAME}|{PROMISE}|{ADVICE})\b", sentence.lower())


@pytest.mark.parametrize(("topic", "name", "said"), ALL, ids=IDS)
def test_the_first_letters_on_a_lock_screen_are_neutral(topic: str, name: str, said: dict[str, Any]) -> None:
    assert None is re.search(LOCK_SCREEN, _filled(said["text"])[:60].lower())


@pytest.mark.parametrize(("topic", "name", "said"), ALL, ids=IDS)
def test_buttons_are_ours_and_fit_a_phone(topic: str, name: str, said: dict[str, Any]) -> None:
    buttons = said.get("buttons", [])

    assert {button["payload"] for button in buttons} <= set(BUTTONS)
    assert len(buttons) <= 10
    longest = 20 if len(buttons) <= 3 else 24
    assert all(1 <= len(button["title"]) <= longest for button in buttons)
    assert len(buttons) == len({button["title"] for button in buttons})


@pytest.mark.parametrize("slot", assessment.QUESTIONS)
def test_every_question_has_words_a_simpler_form_and_a_way_out(slot: str) -> None:
    said = [variation for _, name, variation in ALL if name == f"utter_ask_{slot}"]
    tones = {variation["condition"][0]["value"] for variation in said if "condition" in variation}

    assert "ulang" in tones
    assert any("condition" not in variation for variation in said)
    for variation in said:
        assert WAYS_OUT <= {button["payload"] for button in variation["buttons"]}
        assert variation["text"].count("?") == 1 or slot in {"company", "kecamatan"}


@pytest.mark.parametrize("slot", [slot for slot, question in assessment.QUESTIONS.items() if question.choices])
def test_a_number_means_the_button_at_that_place(slot: str) -> None:
    """'2' is the second choice: the table in rules and the buttons on the screen must not drift apart."""
    shown = next(variation for _, name, variation in ALL if name == f"utter_ask_{slot}")["buttons"]
    values = [dict(BUTTONS[button["payload"]].entities).get(CHOICE) for button in shown]

    assert [f"{slot}={choice}" for choice in assessment.QUESTIONS[slot].choices] == [value for value in values if value]


def test_every_button_that_chooses_names_a_question_and_an_intent_of_the_domain() -> None:
    for button in BUTTONS.values():
        assert button.intent in DOMAIN["intents"]
        for name, value in button.entities:
            assert CHOICE == name
            assert value.split("=")[0] in assessment.QUESTIONS


def test_every_response_that_the_rules_name_exists_and_every_other_is_used() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (*ROOT.glob("rules/*.py"), *ROOT.glob("actions/*.py"), *ROOT.glob("data/rules/*.yml"))
    )
    named = set(re.findall(r"utter_[a-z_]+[a-z]", sources)) - {"utter_ask"} | {
        question.response for question in assessment.QUESTIONS.values()
    }
    named |= {f"utter_{intent}" for intent in _answered_by("action_answer")}

    assert set() == {name for name in named if name not in NAMES and name != "utter_message"}
    assert set() == {name for name in NAMES - named if not name.startswith("utter_service_")}


# Said once in a conversation, by the rules that say them (`rules.duties`, `rules.advice`, `rules.replies.close`).
_ONCE = (
    "utter_greeting",
    "utter_alarm",
    "utter_waiting",
    "utter_closing",
    "utter_advice",
    "utter_place",
    "utter_legal_limit",
    "utter_received",
)
_SEVERAL = ("utter_alarm_again",)


def test_nothing_that_may_be_heard_twice_has_a_single_wording() -> None:
    """In each tone; a question that is put more simply is put so once, then left (`rules.hearing.settled`)."""
    counts: dict[tuple[str, str], int] = {}
    for topic, name, said in ALL:
        tone = _tone(said) or ",".join(str(one["value"]) for one in said.get("condition", []))
        if topic != "service" and tone != "ulang" and (name.startswith(_SEVERAL) or not name.startswith(_ONCE)):
            counts[name, tone] = counts.get((name, tone), 0) + 1

    assert [] == [group for group, count in counts.items() if count < 2]


def test_what_is_often_heard_has_more_than_one_wording() -> None:
    often = [
        "utter_greeting",
        "utter_received",
        "utter_noted",
        "utter_nlu_fallback",
        "utter_alarm_again",
        "utter_iseng_again",
        "utter_still_read",
        "utter_terima_kasih",
    ]
    often += [name for name in NAMES if name.startswith(("utter_tanya_", "utter_minta_", "utter_ungkap_")) and not name.endswith("_abuser")]

    assert [] == [name for name in often if sum(name == other for _, other, _ in ALL) < 2]


@pytest.mark.parametrize("name", ["safe_reply", "officer_joined", "handed_back", "media_received", "unknown_kind"])
def test_the_service_finds_its_own_words(name: str) -> None:
    assert [topic for topic, other, _ in ALL if other == f"utter_service_{name}"] == ["service"]


@pytest.mark.parametrize(
    "name", ["utter_alarm", "utter_alarm_again", "utter_alarm_witness", "utter_alarm_abuser", "utter_service_safe_reply", "utter_waiting"]
)
def test_words_for_danger_give_numbers(name: str) -> None:
    for _, other, said in ALL:
        if other == name:
            aid = "sapa" if _tone(said) == "aparat" else "polisi"
            assert {aid, "ambulans"} <= set(re.findall(r"<([a-z_]+)>", said["text"]))


def test_where_the_abuser_is_police_110_is_not_offered() -> None:
    assert all("<polisi>" not in said["text"] for _, name, said in ALL if name == "utter_alarm_in_force")
    assert all("<polisi>" not in said["text"] for _, name, said in ALL if _tone(said) == "aparat")


# Said before the abuser can be known to be police, to somebody else's tone, or about the office itself.
_NEVER_TO_THEM = (
    "greeting",
    "alarm",
    "service",
    "received_danger",
    "tanya",
    "ungkap_sedih",
    "minta_rumah",
    "waiting_c",
    "closing_ab",
    "hapus_data_u",
)


def test_every_word_that_offers_110_has_another_form_for_the_police_officers_victim() -> None:
    offering = {name for _, name, said in ALL if "<polisi>" in said["text"] and not _tone(said)}
    instead = {name for _, name, said in ALL if _tone(said) == "aparat"}

    assert set() == {name for name in offering - instead if not name.removeprefix("utter_").startswith(_NEVER_TO_THEM)}


def test_the_legal_limit_is_named_with_its_article_and_time() -> None:
    said = next(said["text"] for _, name, said in ALL if name == speaking.LEGAL_LIMIT)

    assert "pasal 41" in said
    assert "3x24 jam" in said


def test_a_word_for_a_screen_in_other_hands_means_nothing() -> None:
    assert all(len(said["text"]) <= 10 and not said.get("buttons") for _, name, said in ALL if name == "utter_tidak_aman_chat")


def test_every_number_of_the_office_has_a_source_and_a_date() -> None:
    for line in OFFICE["hotlines"]:
        assert {"placeholder", "name", "number", "source", "checked", "confirmed"} <= set(line)


def test_the_taxonomy_of_intents_is_answered_by_a_rule() -> None:
    rules = [
        rule
        for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
    ]
    answered = [step["intent"] for rule in rules for step in rule["steps"] if "intent" in step]

    assert sorted(DOMAIN["intents"]) == sorted(answered)


def test_no_rule_carries_an_escalation() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "data" / "rules").glob("*.yml"))

    assert None is re.search(r"action: .*(?:escalate|alarm)", text)


def test_the_domain_holds_a_slot_for_every_fact() -> None:
    assert set(assessment.FACTS) <= set(DOMAIN["slots"])
    assert list(assessment.QUESTIONS) == DOMAIN["forms"]["assessment_form"]["required_slots"]
    assert {"carry_over_slots_to_new_session": False, "session_expiration_time": 0} == DOMAIN["session_config"]


def test_orders_are_made_of_plain_words() -> None:
    """What travels to the service must be texts, numbers and lists, never nothing."""
    orders = duties.orders({}, {"level": "kuning", "contact_way": "chat", "kind": ["fisik"]}, "lapor_fisik", (), False)

    assert ["open_case", "record_assessment", "arrange_contact"] == [one["order"] for one in orders]
    assert {"order": "arrange_contact", "way": "chat", "number": "", "hours": "", "name": "", "cover": ""} == orders[-1]
    assert None not in [value for one in orders for value in one.values()]


def test_steering_names_only_actions_that_say_something_known() -> None:
    assert set(steering.call_officer({}).says + steering.pause({}).says) <= NAMES
