"""Hears every message before any rule runs: facts, level, alarm. Rasa calls it by its own name for slot validation.

An escalation therefore never depends on an intent, a rule or a form.
"""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.glue import facts_of, message_of, open_question, order, slots, taken_in
from rules import intake
from rules.hearing import Message


class ActionTakeIn(Action):
    """Sets the facts of one message, says the alarm or the greeting, orders what must be done."""

    def name(self) -> str:
        """The name under which Rasa runs it after each message."""
        return "action_validate_slot_mappings"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Once a message."""
        if taken_in(tracker):
            return []
        facts, message, question = facts_of(tracker), message_of(tracker), open_question(tracker)
        taken = intake.take_in(facts, message, question)
        for response in taken.preamble:
            dispatcher.utter_message(response=response)
        order(dispatcher, taken.orders)
        return slots({**taken.changes, "turn": _remembered(facts, message, question, taken)})


def _remembered(facts: dict[str, Any], message: Message, question: str | None, taken: intake.Intake) -> dict[str, object]:
    """What the actions after this one want to know of the message; the text itself is not kept."""
    return {
        "intent": message.intent,
        "trusted": taken.trusted,
        "heard": taken.heard.value,
        "loud": taken.loud,
        "first": not facts.get("greeted"),
        "question": question,
        "offered": facts.get("offered"),
        "told": taken.told,
        "yes": taken.yes,
        "hush": taken.hush,
        "lost": taken.lost,
        "marks": list(taken.marks),
        "spoken": len(taken.preamble),
        "preamble": list(taken.preamble),
        "gave": list(taken.gave),
        "topic": taken.topic,
        "asks": taken.asks,
    }
