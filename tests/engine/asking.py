"""Short hands for the tests: a person who says one thing after another to an assistant."""

from typing import Any

from engine import office
from engine.asked import TurnAsked
from engine.assistant import Assistant
from rules.levels import Level

HELLO = f"Halo, di sini {office.placeholders()['kantor']}."


def question(text: str = "", state: str | None = None, **fields: Any) -> TurnAsked:
    given = {
        "conversation": "c-1",
        "state": state,
        "text": text,
        "button": None,
        "kind": "text",
        "level": Level.HIJAU,
        "reasons": (),
        "place": None,
    }
    return TurnAsked(**{**given, **fields})


class Person:
    """Keeps the state, as the service does."""

    def __init__(self, assistant: Assistant, conversation: str = "c-1") -> None:
        self.assistant, self.conversation = assistant, conversation
        self.state: str | None = None

    async def says(self, text: str, **fields: Any) -> dict[str, Any]:
        answer = await self.assistant.turn(question(text, self.state, conversation=self.conversation, **fields))
        self.state = answer["state"]
        return answer

    async def presses(self, button: str) -> dict[str, Any]:
        return await self.says("", button=button, kind="button")


def words(answer: dict[str, Any]) -> list[str]:
    return [reply["text"] for reply in answer["replies"]]
