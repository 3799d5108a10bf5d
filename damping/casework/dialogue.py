"""The engine as the casework sees it: a pure function from (state, message) to (state, replies, orders)."""

from typing import Any, Protocol

import msgspec

from damping.casework.orders import AnyOrder
from rules.levels import Level


class Hint(msgspec.Struct, frozen=True):
    """Why a voice raised the level: `voice` is kata, model, bersama or jawaban; `reason` plain Indonesian."""

    voice: str
    level: Level
    reason: str


class Ranked(msgspec.Struct, frozen=True):
    """One of the meanings that the engine thought of, likeliest first."""

    intent: str | None = None
    confidence: float = 0.0


class Understood(msgspec.Struct, frozen=True):
    """What the engine made of the text."""

    intent: str = ""
    confidence: float = 0.0
    danger: Level = Level.HIJAU
    danger_by: list[Hint] = []
    danger_doubt: bool = False  # between the thresholds: the model would rather ask
    ranking: list[Ranked] = []
    entities: list[dict[str, Any]] = []

    def __repr__(self) -> str:
        return f"<Understood {self.intent}>"


class SpokenChoice(msgspec.Struct, frozen=True):
    """A button as the engine names it."""

    id: str
    title: str


class Spoken(msgspec.Struct, frozen=True):
    """One bubble of the bot."""

    text: str
    buttons: list[SpokenChoice] = []
    response: str = ""

    def __repr__(self) -> str:
        return f"<Spoken {self.response}>"


class Failed(msgspec.Struct, frozen=True):
    """The engine could not finish the turn; class names only, never text."""

    kind: str
    reason: str = ""


class TurnAsked(msgspec.Struct, frozen=True):
    """The engine's question: one turn of one conversation."""

    conversation: str
    state: str | None
    text: str
    button: str | None = None
    kind: str = "text"
    level: Level = Level.HIJAU
    reasons: list[str] = []
    facts: dict[str, Any] = {}
    place: dict[str, float] | None = None
    channel: str = ""  # whatsapp or webchat: how to leave is told by it
    recent: list[str] = []  # what the person wrote in the last minutes, oldest first
    wait_minutes: int | None = None  # how long people wait for an officer lately, where it was measured and is worth saying
    gap: bool = False  # a long silence, or a request for silence, came before: safety and contact are asked afresh

    def __repr__(self) -> str:
        return f"<TurnAsked {self.kind}>"


class TurnAnswered(msgspec.Struct, frozen=True):
    """The engine's answer. `state` is opaque to everybody but the engine."""

    state: str | None
    new_session: bool = False
    replies: list[Spoken] = []
    orders: list[AnyOrder] = []
    understood: Understood = Understood()
    facts: dict[str, Any] = {}
    failed: Failed | None = None

    def __repr__(self) -> str:
        return f"<TurnAnswered failed={self.failed}>"


class EngineUnavailable(Exception):
    """The engine is late, down or answers nonsense."""


class Dialogue(Protocol):
    """The port to the engine."""

    async def turn(self, asked: TurnAsked) -> TurnAnswered:
        """Raises `EngineUnavailable`."""
        ...

    async def understand(self, texts: list[str]) -> list[Understood]:
        """Understanding only, in the order asked. Raises `EngineUnavailable`."""
        ...
