"""Actions of the toy assistant: one that counts, one that escalates, one that misbehaves in every way an action can."""

import asyncio
import time

from rasa_sdk import Action
from rasa_sdk.events import ConversationPaused, FollowupAction, SlotSet
from rasa_sdk.interfaces import ActionExecutionRejection

BLOCKED_S = 3.0


class Escalate(Action):
    def name(self):
        return "toy_escalate"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(response="utter_gawat")
        dispatcher.utter_message(
            json_message={"order": "escalate", "level": tracker.get_slot("level"), "reasons": tracker.get_slot("level_reasons")}
        )
        return []


class Count(Action):
    def name(self):
        return "toy_count"

    def run(self, dispatcher, tracker, domain):
        return [SlotSet("turns", (tracker.get_slot("turns") or 0) + 1)]


class Misbehave(Action):
    def name(self):
        return "toy_misbehave"

    async def run(self, dispatcher, tracker, domain):
        text = tracker.latest_message["text"]
        dispatcher.utter_message(text="sudah beres")
        if "gagal" in text:
            raise KeyError(text)  # the name of a person could stand in any exception
        if "lambat" in text:
            await asyncio.sleep(60)
        if "macet" in text:
            await asyncio.get_running_loop().run_in_executor(None, time.sleep, BLOCKED_S)
        if "berhenti" in text:
            return [ConversationPaused()]
        if "hilang kata" in text:
            dispatcher.utter_message(response="utter_tidak_ada")
        if "salah bentuk" in text:
            return [{"event": "slot"}]
        if "putar" in text:
            return [FollowupAction("toy_misbehave")]
        if "batal" in text:
            raise ActionExecutionRejection("toy_misbehave")
        if "diam" in text:
            dispatcher.messages.clear()
        return []
