"""What all actions share: reading facts and the message from a tracker, and carrying out a decision."""

from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from rules import assessment
from rules.decision import Decision
from rules.hearing import Message
from rules.levels import Level

FORM = "assessment_form"
REQUESTED = "requested_slot"


def facts_of(tracker: Tracker) -> dict[str, Any]:
    """The slots that hold something."""
    return {name: value for name, value in tracker.slots.items() if value is not None}


def open_question(tracker: Tracker) -> str | None:
    """The slot that the form is asking for, or None where no form is active."""
    if (tracker.active_loop or {}).get("name") != FORM:
        return None
    asked = tracker.get_slot(REQUESTED)
    return str(asked) if asked else None


def message_of(tracker: Tracker) -> Message:
    """The latest message as understood."""
    latest = tracker.latest_message or {}
    return Message(
        text=str(latest.get("text") or ""),
        intent=str((latest.get("intent") or {}).get("name") or ""),
        entities=latest.get("entities") or [],
        danger=Level(str(latest.get("danger") or Level.HIJAU.value)),
        danger_by=latest.get("danger_by") or [],
        confidence=float((latest.get("intent") or {}).get("confidence") or 0.0),
        doubt=bool(latest.get("danger_doubt")),
    )


def taken_in(tracker: Tracker) -> bool:
    """Whether this message was heard already: activating the form makes Rasa extract slots a second time."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "slot" and event.get("name") == "turn":
            return True
    return False


def slots(changes: Mapping[str, object]) -> list[dict[str, Any]]:
    """Changes as events."""
    return [SlotSet(name, value) for name, value in changes.items()]


def order(dispatcher: CollectingDispatcher, orders: Iterable[Mapping[str, object]]) -> None:
    """Orders travel to the service in the `custom` part of a reply."""
    for one in orders:
        dispatcher.utter_message(json_message=dict(one))


def carry_out(decision: Decision, dispatcher: CollectingDispatcher, facts: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """Speaks and orders what was decided; the events that remember it. `facts`: where a decision may go on to a question."""
    for response in decision.says:
        dispatcher.utter_message(response=response, **decision.fills)
    order(dispatcher, decision.orders)
    goes_on = decision.goes_on and facts is not None and assessment.next_question({**facts, **decision.changes}) is not None
    put_away = [ActiveLoop(None), SlotSet(REQUESTED, None)] if decision.puts_away else []
    return [*put_away, *slots(decision.changes), *([FollowupAction(FORM)] if goes_on else [])]
