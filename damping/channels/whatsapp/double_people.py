"""Invented persons and what stands on their phones' screens. Development and tests only."""

from collections import deque
from dataclasses import dataclass, field

from damping.channels.whatsapp.payloads import Json, Names

PAIR_BURST = 45  # messages that Meta lends one person at once


@dataclass
class Bubble:
    """One message on a person's screen. `ticks`: waiting, sent, delivered, read or failed."""

    id: str
    own: bool
    kind: str
    text: str
    at: float
    ticks: str = "waiting"
    choices: list[dict[str, str]] = field(default_factory=list)
    list_label: str = ""
    callback: str = ""
    answered: bool = False
    changed: str = ""  # edited or revoked


@dataclass
class Person:
    """An invented person with a phone."""

    key: str
    names: Names
    note: str = ""
    screen: list[Bubble] = field(default_factory=list)
    wrote_at: float = 0.0  # opens the window
    online: bool = True
    watching: bool = False  # the chat is open on the screen
    typing_until: float = 0.0
    sent_to: deque[float] = field(default_factory=lambda: deque(maxlen=PAIR_BURST))


_FILES = ("image", "audio", "video", "document", "sticker")


def shown(request: Json) -> Json:
    """What a screen shows of a request: kind, text, choices, list_label."""
    if request["type"] == "text":
        return {"kind": "text", "text": request["text"]["body"]}
    if request["type"] == "template":
        return {"kind": "template", "text": f"[templat {request['template']['name']}]"}
    if request["type"] in _FILES:
        return {"kind": request["type"], "text": request[request["type"]].get("caption") or f"[{request['type']}]"}
    interactive = request["interactive"]
    if interactive["type"] == "location_request_message":
        return {"kind": "interactive", "text": interactive["body"]["text"]}
    action = interactive["action"]
    if interactive["type"] == "button":
        choices = [{"id": b["reply"]["id"], "title": b["reply"]["title"]} for b in action["buttons"]]
        return {"kind": "interactive", "text": interactive["body"]["text"], "choices": choices}
    rows = [row for section in action["sections"] for row in section["rows"]]
    return {"kind": "interactive", "text": interactive["body"]["text"], "choices": rows, "list_label": action["button"]}
