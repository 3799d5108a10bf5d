"""Plays the conversations in the YAML files beside this one through the engine's own turn, with the trained model and the real actions.

A turn says what a person writes (`says`) or presses (`presses`), and what must then be true: `replies` (names of responses, in order),
`has` and `hasnt` (some of them), `orders` and `no_orders`, `level`, `facts`, `said` (responses said by now), `forgotten` (facts that
are gone), `text` (a word that must be heard). Wording is not compared otherwise. `gap` and `wait` are what the service passes along:
a pause before the message, and the measured minutes; `channel` stands at the conversation, and so does `apart`: no message is judged
together with those before it.
What must be true in every turn is checked in every turn.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.compare.plays import Person
from tests.conversations.playing import trained

pytestmark = pytest.mark.filterwarnings("ignore")
HERE = Path(__file__).parent
CONVERSATIONS = [
    (path.stem, one) for path in sorted(HERE.glob("*.yml")) for one in yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]
]


@pytest.fixture(scope="session")
def assistant() -> Any:
    """The current model, with the real actions."""
    return trained()


@pytest.mark.parametrize(("topic", "conversation"), CONVERSATIONS, ids=[f"{topic}-{one['who']}" for topic, one in CONVERSATIONS])
def test_conversation(topic: str, conversation: dict[str, Any], assistant: Any) -> None:
    person = Person(assistant, conversation.get("channel"), bool(conversation.get("apart")))
    for number, turn in enumerate(conversation["turns"], start=1):
        person.does(turn)
        shown = {key: person.answer[key] for key in ("understood", "orders", "facts")}
        assert [] == list(person.broken(turn)), f"turn {number} {turn}\n{shown}"


def test_the_invented_people_are_enough() -> None:
    assert 120 <= len(CONVERSATIONS)
    assert len(CONVERSATIONS) == len({one["who"] for _, one in CONVERSATIONS})


def test_the_same_sentence_is_not_said_twice_running(assistant: Any) -> None:
    person = Person(assistant)
    heard: dict[str, str] = {}
    for text in ["halo", "berapa biayanya?", *["bayar ga?", "gratis ga?"] * 4]:
        person.does({"says": text})
        for reply in person.answer["replies"]:
            assert reply["text"] != heard.get(reply["response"])
            heard[reply["response"]] = reply["text"]

    assert {"utter_tanya_biaya", "utter_ask_safe_now"} <= set(heard)
