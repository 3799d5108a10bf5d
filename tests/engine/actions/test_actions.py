"""Actions are glue: they read slots, ask one rule, speak, and put orders into the reply."""

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

import actions
from actions import assessment, intake, steering
from actions.glue import FORM

ROOT = Path(__file__).resolve().parents[3]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))


def _tracker(
    text: str = "", intent: str = "beri_info", asking: str | None = None, events: list[dict[str, Any]] | None = None, **slots: Any
) -> Tracker:
    """A tracker as Rasa hands it over, right after a message."""
    latest = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": [], "danger": "hijau", "danger_by": []}
    loop = {"name": FORM} if asking else {}
    held = {"greeted": True, "requested_slot": asking, **slots}
    return Tracker(
        "c", held, latest, events if events is not None else [{"event": "user", "text": text}], False, None, loop, "action_listen"
    )


async def _run(action: Any, tracker: Tracker) -> tuple[CollectingDispatcher, list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    return dispatcher, await action.run(dispatcher, tracker, DOMAIN)


def _said(dispatcher: CollectingDispatcher) -> list[str]:
    return [message["response"] for message in dispatcher.messages if message.get("response")]


def _orders(dispatcher: CollectingDispatcher) -> list[str]:
    return [message["custom"]["order"] for message in dispatcher.messages if message.get("custom")]


def _slots(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_the_domain_names_exactly_the_actions_that_exist() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")

    ours = {name for name in executor.actions if name in DOMAIN["actions"] or not name.startswith("toy")}
    assert set(DOMAIN["actions"]) <= ours


def test_no_run_is_longer_than_fifteen_lines_and_no_module_does_io() -> None:
    for found in pkgutil.iter_modules(actions.__path__):
        module = import_module(f"actions.{found.name}")
        source = inspect.getsource(module)
        assert not any(word in source for word in ("open(", "import requests", "httpx", "os.environ", "datetime", "import time"))
        for _, member in inspect.getmembers(module, inspect.isclass):
            if member.__module__ == module.__name__ and "run" in vars(member):
                assert len(inspect.getsource(member.run).splitlines()) <= 15


async def test_a_red_message_is_told_and_ordered_before_any_rule() -> None:
    dispatcher, events = await _run(intake.ActionTakeIn(), _tracker("dia nyekik saya", "tanya_biaya"))

    assert ["utter_alarm"] == _said(dispatcher)
    assert "escalate" == _orders(dispatcher)[0]
    assert "merah" == _slots(events)["level"]


async def test_a_message_is_heard_once_though_the_form_makes_rasa_extract_twice() -> None:
    heard = [{"event": "user", "text": "x"}, {"event": "slot", "name": "turn", "value": {}}]

    dispatcher, events = await _run(intake.ActionTakeIn(), _tracker("dia nyekik saya", events=heard))

    assert ([], []) == (dispatcher.messages, events)


async def test_the_voices_of_the_engine_are_heard() -> None:
    tracker = _tracker("om itu gitu lagi")
    tracker.latest_message |= {"danger": "merah", "danger_by": [{"voice": "model", "level": "merah", "reason": "mirip pesan darurat"}]}

    dispatcher, _ = await _run(intake.ActionTakeIn(), tracker)

    assert "escalate" in _orders(dispatcher)


async def test_an_answer_is_read_in_the_light_of_the_form_question() -> None:
    _, events = await _run(intake.ActionTakeIn(), _tracker("gak", "tolak", asking="safe_now"))

    assert "tidak" == _slots(events)["safe_now"]
    assert "answer" == _slots(events)["turn"]["heard"]


async def test_the_form_goes_on_with_the_next_question() -> None:
    _, events = await _run(assessment.ValidateAssessment(), _tracker(safe_now="aman", turn={"heard": "answer", "question": "safe_now"}))

    assert "consent" == _slots(events)["requested_slot"]


async def test_the_form_steps_aside_once_and_then_comes_back() -> None:
    aside = {"heard": "aside", "question": "kind"}

    _, first = await _run(assessment.ValidateAssessment(), _tracker(safe_now="aman", turn=aside))
    _, second = await _run(assessment.ValidateAssessment(), _tracker(safe_now="aman", turn=_slots(first)["turn"]))

    assert "action_execution_rejected" in [event["event"] for event in first]
    assert "consent" == _slots(second)["requested_slot"]


async def test_the_form_ends_when_nothing_is_left_to_ask() -> None:
    _, events = await _run(assessment.ValidateAssessment(), _tracker(paused="berhenti", turn={"heard": "answer"}))

    assert None is _slots(events)["requested_slot"]


async def test_a_question_left_unread_offers_a_person() -> None:
    dispatcher, _ = await _run(
        assessment.ValidateAssessment(), _tracker(asked=["kind"], turn={"heard": "unclear", "question": "kind", "lost": 1})
    )

    assert ["utter_offer_person"] == _said(dispatcher)


async def test_the_next_question_is_left_to_the_form() -> None:
    dispatcher, events = await _run(assessment.ActionNextQuestion(), _tracker())

    assert ([], [{"event": "followup", "timestamp": None, "name": FORM}]) == (dispatcher.messages, events)


async def test_with_nothing_left_the_conversation_is_closed_kindly() -> None:
    dispatcher, events = await _run(assessment.ActionNextQuestion(), _tracker(level="merah", safe_now="aman", kecamatan="Kemiling"))

    assert ["utter_waiting"] == _said(dispatcher)
    assert {"event": "active_loop", "timestamp": None, "name": None} in events


@pytest.mark.parametrize("ask", assessment.AskQuestion.__subclasses__(), ids=lambda ask: ask.slot)
async def test_every_question_is_put_in_its_own_words_and_counted(ask: Any) -> None:
    dispatcher, events = await _run(ask(), _tracker(put={ask.slot: 1}))

    assert [f"utter_ask_{ask.slot}"] == _said(dispatcher)
    assert 2 == _slots(events)["put"][ask.slot]


async def test_a_place_that_several_share_is_asked_with_buttons() -> None:
    dispatcher, _ = await _run(assessment.AskKecamatan(), _tracker(candidates=["Tanjungkarang Barat", "Enggal"]))

    assert ["utter_ask_kecamatan_which"] == _said(dispatcher)
    assert ["kec_tanjungkarang_barat", "kec_enggal", "petugas", "lewati", "berhenti"] == [
        button["payload"] for button in dispatcher.messages[0]["buttons"]
    ]


@pytest.mark.parametrize("action", steering.Decided.__subclasses__(), ids=lambda action: action.called)
async def test_every_decision_can_be_carried_out(action: Any) -> None:
    tracker = _tracker(turn={"intent": "x", "trusted": "x", "first": False, "heard": "aside"}, paused="petugas")

    dispatcher, events = await _run(action(), tracker)

    assert dispatcher.messages
    assert all(event["event"] in {"slot", "active_loop"} for event in events)


async def test_a_pause_puts_the_form_away() -> None:
    dispatcher, events = await _run(steering.ActionPause(), _tracker(asking="kind", turn={"trusted": "berhenti_dulu"}))

    assert ["utter_berhenti_dulu"] == _said(dispatcher)
    assert {"event": "active_loop", "timestamp": None, "name": None} in events
    assert ("berhenti", None) == (_slots(events)["paused"], _slots(events)["requested_slot"])
