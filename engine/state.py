"""The dialogue state that travels with each message: slots, active form and the events of the last few turns.

Opaque to everybody else: base64 of compressed JSON. Holds no sentence of anybody, only what was understood; its size does
not grow with the conversation. A state that cannot be read starts a new session, with the facts that are still known.
"""

import base64
import binascii
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

VERSION = 1
KEPT_TURNS = 4
_LARGEST = 1_000_000  # bytes of a state once unpacked
_RANKED = 3
_WHICH_ANSWER = {"utter_action", "variant"}
_INTERNAL = {"requested_slot", "session_started_metadata"}


@dataclass
class Thawed:
    """What a state gave: a tracker ready for the next message, or none and the facts that could be saved."""

    tracker: DialogueStateTracker | None
    facts: dict[str, Any] = field(default_factory=dict)


def mark(domain: Domain) -> str:
    """Changes when a name that a state may hold changes; wording and rules do not count."""
    names = [
        sorted((s.name, s.type_name) for s in domain.slots),
        sorted(domain.form_names),
        sorted(domain.user_actions),
        sorted(domain.intents),
    ]
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()[:16]


def facts(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All slots that hold something."""
    values = {name: slot.value for name, slot in tracker.slots.items() if name not in _INTERNAL}
    return {name: value for name, value in values.items() if value is not None and value != [] and value != ""}


def freeze(tracker: DialogueStateTracker, domain: Domain) -> str:
    """The state after a turn."""
    events = _of_session(list(tracker.events))
    cut = _cut(events)
    head, tail = events[:cut], events[cut:]
    before = DialogueStateTracker.from_events(tracker.sender_id, head, slots=domain.slots, domain=domain)
    content = {
        "version": VERSION,
        "mark": mark(domain),
        "slots": {name: slot.value for name, slot in before.slots.items() if slot.value != slot.initial_value},
        "loop": before.active_loop_name,
        "events": [slim(event.as_dict()) for event in tail],
    }
    packed = zlib.compress(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(), 6)
    return base64.b64encode(packed).decode()


def thaw(state: str | None, conversation: str, domain: Domain) -> Thawed:
    """The tracker that the state describes; no tracker where there is no state or none that this model can read."""
    content = _unpacked(state) if state else None
    if content is None or content.get("version") != VERSION:
        return Thawed(None)
    slots = dict(content["slots"].items())
    if content["mark"] != mark(domain) and not _readable(content, domain):
        return Thawed(None, _known(_final_slots(content), domain))
    head: list[Event] = [SlotSet(name, value) for name, value in slots.items()]
    if content["loop"]:
        head.append(ActiveLoop(content["loop"]))
    events = head + deserialise_events(content["events"])
    return Thawed(DialogueStateTracker.from_events(conversation, events, slots=domain.slots, domain=domain))


def slim(event: dict[str, Any]) -> dict[str, Any]:
    """An event without what was said: a later turn needs what was understood and which answer was given, nothing else."""
    kind = event.get("event")
    if kind == "user":
        parsed = event.get("parse_data") or {}
        event["text"] = None
        event["metadata"] = {}
        event["parse_data"] = {
            "text": None,
            "intent": parsed.get("intent") or {},
            "entities": [{"entity": e["entity"], "value": e.get("value")} for e in parsed.get("entities") or []],
            "intent_ranking": (parsed.get("intent_ranking") or [])[:_RANKED],
        }
    elif kind == "bot":
        event["text"] = None
        event["data"] = {}
        event["metadata"] = {key: value for key, value in (event.get("metadata") or {}).items() if key in _WHICH_ANSWER}
    return event


def _of_session(events: list[Event]) -> list[Event]:
    """From the last session start on; what an older session left stands in the slots set after it."""
    starts = [i for i, event in enumerate(events) if isinstance(event, SessionStarted)]
    return events[starts[-1] :] if starts else events


def _cut(events: list[Event]) -> int:
    """Where the last KEPT_TURNS turns begin: at the listening before the first of their messages."""
    messages = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(messages) <= KEPT_TURNS:
        return 0
    cut = messages[-KEPT_TURNS]
    while cut > 0 and not (isinstance(events[cut], ActionExecuted) and events[cut].action_name == ACTION_LISTEN_NAME):
        cut -= 1
    return cut


def _unpacked(state: str) -> dict[str, Any] | None:
    try:
        unpacker = zlib.decompressobj()
        raw = unpacker.decompress(base64.b64decode(state, validate=True), _LARGEST)
        content = json.loads(raw) if unpacker.eof else None
        if not isinstance(content, dict) or not {"version", "mark", "slots", "loop", "events"} <= content.keys():
            return None
        return content
    except (binascii.Error, zlib.error, ValueError):
        return None


def _readable(content: dict[str, Any], domain: Domain) -> bool:
    """Whether every slot, form, action and intent that the state names still exists."""
    slots = set(content["slots"]) | {e.get("name") for e in content["events"] if e.get("event") == "slot"}
    loops = {content["loop"]} | {e.get("name") for e in content["events"] if e.get("event") == "active_loop"}
    actions = {e.get("name") for e in content["events"] if e.get("event") == "action"}
    intents = {((e.get("parse_data") or {}).get("intent") or {}).get("name") for e in content["events"] if e.get("event") == "user"}
    return (
        slots <= {slot.name for slot in domain.slots}
        and loops - {None} <= set(domain.form_names)
        and actions - {None} <= set(domain.action_names_or_texts)
        and intents - {None} <= set(domain.intents)
    )


def _final_slots(content: dict[str, Any]) -> dict[str, Any]:
    values = dict(content["slots"])
    values.update({e["name"]: e.get("value") for e in content["events"] if e.get("event") == "slot" and "name" in e})
    return values


def _known(slots: dict[str, Any], domain: Domain) -> dict[str, Any]:
    names = {slot.name for slot in domain.slots} - _INTERNAL
    return {name: value for name, value in slots.items() if name in names and value is not None}
