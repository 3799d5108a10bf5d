"""Rasa's message processor, made honest: no store, no half-done turn, nothing swallowed.

Rasa logs a failing action and lets the rule go on to say that all went well; it skips a missing response without a word;
it stops a runaway prediction loop in the middle. Here each of these fails the whole turn.
"""
# ruff: noqa: ARG001, ARG002  # the signatures are Rasa's

import random
from copy import deepcopy
from typing import Any, NoReturn

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from engine.failure import TurnFailed, named, note
from engine.faster import InOrder

_OPTIONAL = {"utter_default"}  # Rasa's own fallback speaks it only where it exists


class NoStore(TrackerStore):
    """The tracker lives in the request; whoever asks a store for one, or to keep one, has made a mistake."""

    async def retrieve(self, sender_id: str) -> NoReturn:
        """Never."""
        raise TurnFailed("component", "NoStore: retrieve")

    async def save(self, tracker: DialogueStateTracker) -> NoReturn:
        """Never."""
        raise TurnFailed("component", "NoStore: save")

    async def keys(self) -> NoReturn:
        """Never."""
        raise TurnFailed("component", "NoStore: keys")


class SureWords(TemplatedNaturalLanguageGenerator):
    """The responses of the domain; one that is missing is a failure, not silence; no wording is spoken twice running."""

    async def generate(self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any) -> dict[str, Any] | None:
        """The filled response with the number of its wording, or None after noting that there is none."""
        slots = tracker.current_slot_values()
        fitting = (
            ResponseVariationFilter(self.responses).responses_for_utter_action(utter_action, output_channel, slots)
            if (utter_action in self.responses)
            else []
        )
        if not fitting:
            if utter_action not in _OPTIONAL:
                note("action", f"{utter_action}: NoResponse")
            return None
        numbered = {self.responses[utter_action].index(wording): wording for wording in fitting}
        fresh = [number for number in numbered if number != _last_spoken(utter_action, tracker)] or list(numbered)
        chosen = random.choice(fresh)  # noqa: S311  # a wording, no secret
        return {**self._fill_response(deepcopy(numbered[chosen]), slots, **kwargs), "variant": chosen}


def _last_spoken(utter_action: str, tracker: DialogueStateTracker) -> object:
    """The number of the wording in which this was said last, as far as the state remembers."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered) and event.metadata.get("utter_action") == utter_action:
            return event.metadata.get("variant")
    return None


class Watched:
    """An action that remembers the exception which Rasa is about to swallow."""

    def __init__(self, action: Action) -> None:
        self._action = action
        self.error: Exception | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)

    async def run(self, *args: Any, **kwargs: Any) -> Any:
        """The action's events."""
        try:
            return await self._action.run(*args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            self.error = error
            raise


class TurnProcessor(MessageProcessor):
    """One message at a time on a tracker that the caller brings and takes away."""

    def __init__(self, model: str, **kwargs: Any) -> None:
        super().__init__(model, tracker_store=NoStore(Domain.empty()), on_circuit_break=_runaway, **kwargs)
        self.graph_runner: Any = InOrder(self.graph_runner)

    async def take(self, message: UserMessage, tracker: DialogueStateTracker, slots: dict[str, Any]) -> bool:
        """Runs the turn on `tracker`; `slots` are set before the message counts. True where a new session began."""
        before = len(tracker.events)
        await self._update_tracker_session(tracker, message.output_channel)
        began = any(isinstance(event, SessionStarted) for event in list(tracker.events)[before:])
        for name, value in slots.items():
            tracker.update(SlotSet(name, value), self.domain)
        await self._handle_message_with_tracker(message, tracker)
        tracker = await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)
        if tracker.is_paused():
            raise TurnFailed("action", "ConversationPaused: who has the word is not the engine's business")
        return began

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: TemplatedNaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        watched = Watched(action)
        more = await super()._run_action(watched, tracker, output_channel, nlg, prediction)
        if watched.error is not None:
            raise TurnFailed("action", named(action.name(), watched.error))
        return more


def _runaway(tracker: DialogueStateTracker, output_channel: OutputChannel, nlg: object) -> NoReturn:
    raise TurnFailed("action", "ActionLimitReached")
