"""An invented person writing to the trained model with the real actions, and what must be true in every turn."""

import asyncio
import warnings
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import pytest

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

WAYS_OUT = {"petugas", "lewati", "berhenti"}
MOST_REPLIES = 3
LONGEST = 300
LARGEST_STATE = 16_000
_REMEMBERED = 4  # lines that the service passes along, as `damping.store.turns` does


@lru_cache(maxsize=1)
def trained() -> Assistant:
    """The current model, with the real actions; loaded once. Skips in words where none is trained."""
    folder = models.current(train.Project().models)
    if folder is None:
        pytest.skip("no model is trained: make train")
    faster.install()
    actions = inside.InsideEndpoint("actions", 5.0)
    return models.load(folder, models.manifest(folder)["sha256"], actions, office.placeholders()).assistant


class Person:
    """One invented person writing, with what the service would remember between turns."""

    def __init__(self, assistant: Assistant, channel: str | None = None, apart: bool = False) -> None:
        """`apart`: each message is judged by itself, as where minutes lie between them."""
        self._apart = apart
        self._assistant = assistant
        self._channel = channel
        self._heard: list[str] = []
        self._recent: list[str] = []
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
        self._heard = [reply["text"] for reply in self.answer.get("replies", [])]
        self._recent = [] if turn.get("gap") or self._apart else self._recent
        asked = TurnAsked(
            "c",
            self._state,
            text,
            turn.get("presses"),
            kind,
            self._level,
            reasons,
            None,
            {},
            channel=self._channel,
            recent=tuple(self._recent),
            gap=bool(turn.get("gap")),
            wait_minutes=turn.get("wait"),
        )
        self.answer = asyncio.run(self._assistant.turn(asked))
        self._recent = [*self._recent, text][-_REMEMBERED:] if text.strip() else self._recent
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
        assert not {reply["text"] for reply in replies} & set(self._heard), "the same sentence twice in a row"
        level = Level(answer["facts"].get("level", "hijau"))
        assert level.rank >= self._level.rank
        if answer["understood"]["danger"] == "merah":
            assert "escalate" in [order["order"] for order in answer["orders"]]
        self._level = level
        for reply in replies:
            if (reply["response"] or "").startswith("utter_ask_"):
                assert WAYS_OUT <= {button["id"] for button in reply["buttons"]}
                assert reply is replies[-1]
