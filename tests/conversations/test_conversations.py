"""Plays the conversations in the YAML files beside this one through the engine's own turn, with the trained model and the real actions.

A turn says what a person writes (`says`) or presses (`presses`), and what must then be true: `replies` (names of responses, in order),
`has` and `hasnt` (some of them), `orders` and `no_orders`, `level`, `facts`, `said` (responses said by now), `forgotten` (facts that
are gone). Wording is not compared.
What must be true in every turn is checked in every turn.
"""

import asyncio
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

if find_spec("rasa") is None:
    pytest.skip("Rasa lives in .venv-engine: run this with .venv-engine/bin/python -m pytest tests/conversations", allow_module_level=True)

with warnings.catch_warnings():  # Rasa's imports warn
    warnings.simplefilter("ignore")
    from engine import absent, quiet

    quiet.silence()
    absent.install()
    quiet.quiet_rasa()
    from engine import faster, inside, models, office, train
    from engine.asked import TurnAsked
    from engine.assistant import Assistant

from rules.danger import screen
from rules.levels import Level, highest

pytestmark = pytest.mark.filterwarnings("ignore")
HERE = Path(__file__).parent
CONVERSATIONS = [
    (path.stem, one) for path in sorted(HERE.glob("*.yml")) for one in yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]
]
WAYS_OUT = {"petugas", "lewati", "berhenti"}
MOST_REPLIES = 3
LONGEST = 300
LARGEST_STATE = 16_000


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    """The current model, with the real actions."""
    folder = models.current(train.Project().models)
    if folder is None:
        pytest.skip("no model is trained: make train")
    faster.install()
    actions = inside.InsideEndpoint("actions", 5.0)
    return models.load(folder, models.manifest(folder)["sha256"], actions, office.placeholders()).assistant


class Person:
    """One invented person writing, with what the service would remember between turns."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._state: str | None = None
        self._level = Level.HIJAU
        self.answer: dict[str, Any] = {}

    def does(self, turn: dict[str, Any]) -> None:
        """Writes, presses or sends a place."""
        text = str(turn.get("says", ""))
        screening = screen(text)
        self._level = highest([self._level, screening.level])
        kind = "button" if "presses" in turn else str(turn.get("sends", "text"))
        reasons = tuple(reason.words for reason in screening.reasons)
        asked = TurnAsked("c", self._state, text, turn.get("presses"), kind, self._level, reasons, None, {})
        self.answer = asyncio.run(self._assistant.turn(asked))
        self._state = self.answer["state"]

    def check_always(self) -> None:
        """What no turn may break."""
        answer = self.answer
        assert answer["failed"] is None
        replies = answer["replies"]
        assert len(replies) <= MOST_REPLIES
        assert all(len(reply["text"]) <= LONGEST for reply in replies)
        assert sum(reply["text"].count("?") for reply in replies) <= 1
        assert len(answer["state"]) <= LARGEST_STATE
        level = Level(answer["facts"].get("level", "hijau"))
        assert level.rank >= self._level.rank
        if answer["understood"]["danger"] == "merah":
            assert "escalate" in [order["order"] for order in answer["orders"]]
        self._level = level
        for reply in replies:
            if (reply["response"] or "").startswith("utter_ask_"):
                assert WAYS_OUT <= {button["id"] for button in reply["buttons"]}
                assert reply is replies[-1]


@pytest.mark.parametrize(("topic", "conversation"), CONVERSATIONS, ids=[f"{topic}-{one['who']}" for topic, one in CONVERSATIONS])
def test_conversation(topic: str, conversation: dict[str, Any], assistant: Assistant) -> None:
    person = Person(assistant)
    for number, turn in enumerate(conversation["turns"], start=1):
        person.does(turn)
        try:
            person.check_always()
            _check(turn, person.answer)
        except AssertionError as broken:
            shown = {key: person.answer[key] for key in ("understood", "orders", "facts")}
            raise AssertionError(
                f"turn {number} {turn}: {broken}\n{[reply['response'] for reply in person.answer['replies']]}\n{shown}"
            ) from broken


def _check(turn: dict[str, Any], answer: dict[str, Any]) -> None:
    said = [reply["response"] for reply in answer["replies"]]
    ordered = [order["order"] for order in answer["orders"]]
    facts = answer["facts"]
    if "replies" in turn:
        assert turn["replies"] == said
    assert set(turn.get("has", [])) <= set(said)
    assert not set(turn.get("hasnt", [])) & set(said)
    assert set(turn.get("orders", [])) <= set(ordered)
    assert not set(turn.get("no_orders", [])) & set(ordered)
    if "level" in turn:
        assert turn["level"] == facts.get("level", "hijau")
    for name, value in turn.get("facts", {}).items():
        assert value == facts.get(name), name
    assert set(turn.get("said", [])) <= set(facts.get("said", []))
    assert not set(turn.get("forgotten", [])) & set(facts)


def test_the_invented_people_are_enough() -> None:
    assert 25 <= len(CONVERSATIONS)
    assert len(CONVERSATIONS) == len({one["who"] for _, one in CONVERSATIONS})


def test_the_same_sentence_is_not_said_twice_running(assistant: Assistant) -> None:
    person = Person(assistant)
    heard: dict[str, str] = {}
    for text in ["halo", "berapa biayanya?", *["bayar ga?", "gratis ga?"] * 4]:
        person.does({"says": text})
        for reply in person.answer["replies"]:
            assert reply["text"] != heard.get(reply["response"])
            heard[reply["response"]] = reply["text"]

    assert {"utter_tanya_biaya", "utter_ask_safe_now"} <= set(heard)
