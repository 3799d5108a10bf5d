"""The assessment: a Rasa form whose next question is decided by `rules.assessment`."""

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.glue import FORM, REQUESTED, carry_out, facts_of
from rules import assessment, readback, replies, steering
from rules.hearing import Heard
from rules.place_names import CITY


class ValidateAssessment(Action):
    """Runs inside the form: lets an answer pass, steps aside for a matter of its own, names the next question."""

    def name(self) -> str:
        """The name that Rasa's form looks for."""
        return f"validate_{FORM}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]) -> list[dict[str, Any]]:
        """The slot event beside the question tells the form that something was heard; without it the form gives the turn away."""
        facts = facts_of(tracker)
        turn = dict(facts.get("turn") or {})
        if steering.hushed(facts):
            return [*carry_out(steering.hush(facts), dispatcher), SlotSet(REQUESTED, None)]
        if turn.get("heard") == Heard.ASIDE.value and not turn.get("returning") and turn.get("question"):
            return [SlotSet("turn", {**turn, "returning": True}), ActionExecutionRejected(FORM)]
        remembered = carry_out(replies.before_question(facts), dispatcher)
        question = assessment.next_question(facts)
        return [*remembered, SlotSet("turn", {**turn, "returning": True}), SlotSet(REQUESTED, question.slot if question else None)]


class ActionNextQuestion(Action):
    """Goes on with the assessment, or closes it kindly when nothing is left to ask."""

    def name(self) -> str:
        """Ends nearly every rule."""
        return "action_next_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]) -> list[dict[str, Any]]:
        """The form puts the question; it is called by name, so that no rule needs to know whether it is running."""
        facts = facts_of(tracker)
        if replies.rests(facts):
            return carry_out(replies.rest(facts), dispatcher)
        if assessment.next_question(facts):
            return [FollowupAction(FORM)]
        return carry_out(replies.close(facts), dispatcher)


class AskQuestion(Action, ABC):
    """Puts one question of the form."""

    @property
    @abstractmethod
    def slot(self) -> str:
        """The fact that is asked for."""

    def name(self) -> str:
        """The name that Rasa's form looks for."""
        return f"action_ask_{FORM}_{self.slot}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Speaks the question's wording; its tone is chosen by the slot `tone`."""
        dispatcher.utter_message(response=assessment.QUESTIONS[self.slot].response)
        return [SlotSet("put", assessment.put_again(facts_of(tracker), self.slot))]


def _asks(slot: str) -> type[AskQuestion]:
    """The action that puts one question; rasa_sdk finds it as a class of this module."""
    return type(f"Ask{slot.title().replace('_', '')}", (AskQuestion,), {"slot": slot, "__doc__": f"Puts the question for {slot}."})


_PLAIN = [_asks(slot) for slot in assessment.QUESTIONS if slot not in {"kecamatan", "readback"}]


class AskKecamatan(AskQuestion):
    """Where? A name that several kecamatan share is asked back with buttons."""

    slot = "kecamatan"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]) -> list[dict[str, Any]]:
        """With candidates the person only chooses."""
        candidates = [name for name in tracker.get_slot("candidates") or [] if name in CITY]
        if not candidates:
            return await super().run(dispatcher, tracker, _domain)
        dispatcher.utter_message(response="utter_ask_kecamatan_which", buttons=assessment.kecamatan_buttons(candidates))
        return [SlotSet("put", assessment.put_again(facts_of(tracker), self.slot))]


class AskReadback(AskQuestion):
    """Is this right? With the line of what was noted."""

    slot = "readback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]) -> list[dict[str, Any]]:
        """The line is the person's own words, cleaned."""
        dispatcher.utter_message(response=assessment.QUESTIONS[self.slot].response, catatan=readback.line(facts_of(tracker)))
        return [SlotSet("put", assessment.put_again(facts_of(tracker), self.slot))]
