"""Rasa's Agent as a pure function: (state, message) -> (state, replies, orders). One object is one loaded model.

Everything that belongs together (graph, domain, responses) is loaded at once and never changed; swapping a model means
exchanging the whole object, and a turn that has begun ends on the one it began with.
"""
# ruff: noqa: ARG002  # the signatures are Rasa's

import asyncio
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from engine import state, understanding
from engine.asked import TurnAsked
from engine.failure import TurnFailed, mishaps, named
from engine.inside import InsideEndpoint
from engine.office import danger_words, landmarks
from engine.processor import SureWords, TurnProcessor
from engine.spoken import Spoken
from rules import office_signs, places
from rules.buttons import BUTTONS
from rules.levels import Level, highest

TURN_LIMIT = 10.0  # seconds; a turn takes some milliseconds
_MOST_REASONS = 20
# What a message without words is to the dialogue: the intent made for it, and one that every domain has
_WORDLESS = {"location": ("kirim_lokasi", "beri_info"), "media": ("kirim_media", "nlu_fallback"), "resume": ("lanjut_percakapan", "lanjut")}


class CarryingAgent(Agent):
    """Rasa's Agent without anything that outlives a turn."""

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Loads graph, domain and responses together."""
        words = SureWords({})
        self.processor = TurnProcessor(
            str(model_path), lock_store=InMemoryLockStore(), generator=words, action_endpoint=self.action_endpoint
        )
        self.domain = self.processor.domain
        words.responses = self.domain.responses
        self.nlg = words
        _remember_as_dict(self.domain)


class Assistant:
    """One model, ready to answer; safe for any number of turns at once."""

    def __init__(self, model: Path, actions: InsideEndpoint, office: dict[str, str]) -> None:
        self._agent = CarryingAgent(action_endpoint=actions)
        self._agent.load_model(model)
        self._office = office
        places.learn(landmarks())
        office_signs.learn(danger_words())
        processor = self._agent.processor
        assert isinstance(processor, TurnProcessor)
        self.processor = processor
        self.domain: Domain = self._agent.domain

    def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        """Understanding only, as the service sees it, with the text."""
        return [{"text": data["text"], **understanding.shown(data)} for data in understanding.parse(self.processor, texts)]

    async def turn(self, asked: TurnAsked) -> dict[str, Any]:
        """The whole answer of a /turn. Never raises for what happens inside the turn: a failed one says so and changes nothing."""
        understood: dict[str, Any] = understanding.shown({"intent": {}, "entities": []})
        noted = mishaps.set([])
        try:
            data = self._data(asked)
            understood = understanding.shown(data)
            return {"understood": understood, **await asyncio.wait_for(self._answer(asked, data), TURN_LIMIT)}
        except TurnFailed as failure:
            return _failed(asked, understood, (mishaps.get() or [failure])[0])
        except asyncio.TimeoutError:
            return _failed(asked, understood, TurnFailed("timeout", "turn"))
        except Exception as error:  # noqa: BLE001  # the outermost loop of a turn: whatever it was, the person gets the service's safe reply
            return _failed(asked, understood, (mishaps.get() or [TurnFailed("component", named("turn", error))])[0])
        finally:
            mishaps.reset(noted)

    def _data(self, asked: TurnAsked) -> dict[str, Any]:
        """What is understood of the message: looked up for a button, made up for a message without words, else parsed."""
        if asked.button is not None:
            button = BUTTONS[asked.button]
            return _made(button.intent, [{"entity": name, "value": value} for name, value in button.entities])
        if not asked.text.strip() and asked.kind in _WORDLESS:
            own, common = _WORDLESS[asked.kind]
            return _made(own if own in self.domain.intents else common, [])
        if not asked.recent or len(asked.text.split()) > understanding.FRAGMENT:
            return understanding.parse(self.processor, [asked.text])[0]
        return understanding.in_context(self.processor, asked.text, asked.recent)

    async def _answer(self, asked: TurnAsked, data: dict[str, Any]) -> dict[str, Any]:
        thawed = state.thaw(asked.state, asked.conversation, self.domain)
        tracker = thawed.tracker or DialogueStateTracker(asked.conversation, self.domain.slots)
        spoken = Spoken(self._office)
        text = "" if asked.button is not None else understanding.harmless(asked.text)
        message = UserMessage(text, spoken, asked.conversation, parse_data=data, metadata={"kind": asked.kind, "place": asked.place})
        began = await self.processor.take(message, tracker, self._slots(asked, data, tracker, thawed.facts))
        if mishaps.get():
            raise TurnFailed("action", "noted")
        if not spoken.replies and not spoken.orders:
            raise TurnFailed("empty", "neither reply nor order")
        return {
            "state": state.freeze(tracker, self.domain),
            "new_session": began or thawed.tracker is None,
            "replies": spoken.replies,
            "orders": spoken.orders,
            "facts": state.facts(tracker),
            "failed": None,
        }

    def _slots(self, asked: TurnAsked, data: dict[str, Any], tracker: DialogueStateTracker, saved: dict[str, Any]) -> dict[str, Any]:
        """Slots set before the message counts: facts known elsewhere, and the risk, which only rises."""
        names = {slot.name for slot in self.domain.slots}
        held = state.facts(tracker)
        slots = {name: value for name, value in {**asked.facts, **saved}.items() if name in names and name not in held}
        now = {**slots, **held}
        level = highest([Level(now.get("level") or "hijau"), asked.level, Level(data.get("danger", "hijau"))])
        reasons = [*(now.get("level_reasons") or []), *asked.reasons, *_telling(data.get("danger_by", []))]
        risk = {"level": level.value, "level_reasons": list(dict.fromkeys(reasons))[:_MOST_REASONS]}
        waited = {
            "channel": asked.channel or held.get("channel"),
            "gap": asked.gap or None,
            "wait_minutes": asked.wait_minutes,
            "wait_known": "ya" if asked.wait_minutes else None,
        }
        slots.update({name: value for name, value in {**risk, **waited}.items() if name in names and value != held.get(name)})
        return slots


def _telling(voices: list[dict[str, str]]) -> list[str]:
    """The reasons worth an officer's time: what the word list heard; the model's impression only where it says more."""
    heard = [voice for voice in voices if voice["voice"] == "kata"]
    gravest = highest(Level(voice["level"]) for voice in heard)
    return [voice["reason"] for voice in voices if voice in heard or Level(voice["level"]).rank > gravest.rank]


def _made(intent: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
    ranking = [{"name": intent, "confidence": 1.0}]
    heard = {"danger": Level.HIJAU.value, "danger_by": [], "danger_doubt": False}
    return {"text": "", "intent": ranking[0], "intent_ranking": ranking, "entities": entities, **heard}


def _failed(asked: TurnAsked, understood: dict[str, Any], failure: TurnFailed) -> dict[str, Any]:
    why = {"kind": failure.kind, "reason": failure.reason}
    return {"state": asked.state, "new_session": False, "replies": [], "orders": [], "understood": understood, "facts": {}, "failed": why}


def _remember_as_dict(domain: Domain) -> None:
    """Rasa writes the whole domain anew for every action; a loaded domain does not change."""
    content = domain.as_dict()
    domain.as_dict = lambda: content  # read only by our own actions
