"""Collects what the assistant says and orders in one turn; fills the office's numbers and hours into its words."""
# ruff: noqa: ARG002  # the signatures are Rasa's

import re
from typing import Any

from rasa.core.channels.channel import OutputChannel

from engine.failure import TurnFailed

_PLACEHOLDER = re.compile(r"<([a-z][a-z0-9_]*)>")
_LEFT_OVER = re.compile(r"\{[a-z_]+\}")


class Spoken(OutputChannel):
    """Rasa's output of one turn. A message with an `order` is an order to the service, all else is a reply to the person."""

    def __init__(self, office: dict[str, str]) -> None:
        self._office = office
        self.replies: list[dict[str, Any]] = []
        self.orders: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """For responses that differ by channel; ours do not."""
        return "damping"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes one message as the domain or an action made it."""
        custom = message.get("custom") or {}
        if custom.get("order"):
            self.orders.append(dict(custom))
        text = message.get("text")
        if text:
            buttons = [{"id": button["payload"], "title": button["title"]} for button in message.get("buttons") or []]
            self.replies.append({"text": self._filled(text), "buttons": buttons, "response": message.get("utter_action")})

    def _filled(self, text: str) -> str:
        found = _PLACEHOLDER.sub(lambda match: self._office.get(match[1], match[0]), text)
        if _LEFT_OVER.search(found) or any(match[1] not in self._office for match in _PLACEHOLDER.finditer(text)):
            raise TurnFailed("action", "Spoken: UnknownPlaceholder")
        return found


def placeholders(text: str) -> set[str]:
    """The office facts that a response asks for."""
    return set(_PLACEHOLDER.findall(text))
