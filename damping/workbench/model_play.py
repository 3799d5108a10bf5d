"""A person played at the workbench: what was written, and what two models made of it turn by turn. Kept in memory for a while.

The same question goes to both; each keeps its own state. Nothing of it reaches a real conversation.
"""

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from damping.casework.dialogue import TurnAnswered, TurnAsked
from damping.casework.models import TrialRoom
from rules.assessment import FACTS
from rules.buttons import BUTTONS
from rules.danger import screen
from rules.levels import Level, highest

TURNS_AT_MOST = 30
LONGEST = 2_000
_KEPT = 50
_LASTS_S = 3 * 3600
_TOLD = set(FACTS) - {"level", "level_reasons", "style_changed"}  # what a person told; the rest is the dialogue's own bookkeeping


@dataclass(frozen=True)
class Said:
    """What one model answered in a turn."""

    intent: str
    confidence: float
    danger: Level
    replies: tuple[tuple[str, str], ...]  # name of the response, text
    buttons: tuple[tuple[str, str], ...]  # id, title: under the last bubble
    orders: tuple[str, ...]
    level: Level  # of the conversation so far
    facts: dict[str, object]
    failed: bool


@dataclass(frozen=True)
class Turn:
    """One message, and both answers."""

    says: str
    presses: str
    now: Said  # the model that serves
    new: Said

    @property
    def differs(self) -> tuple[str, ...]:
        """In what a person, or an officer, would notice the difference. Another wording of the same response is none."""
        pairs = {
            "arti": (self.now.intent, self.new.intent),
            "bahaya": (self.now.danger, self.new.danger),
            "jawaban": ([name for name, _ in self.now.replies], [name for name, _ in self.new.replies]),
            "tindakan": (self.now.orders, self.new.orders),
        }
        return tuple(name for name, (one, other) in pairs.items() if one != other)


@dataclass
class Play:
    """One played conversation."""

    officer: str
    model: str
    began: float = field(default_factory=time.monotonic)
    turns: list[Turn] = field(default_factory=list)
    states: dict[str, str | None] = field(default_factory=dict)  # "" is the model that serves
    level: Level = Level.HIJAU

    @property
    def facts(self) -> dict[str, object]:
        """What the new model knows by now."""
        return self.turns[-1].new.facts if self.turns else {}

    @property
    def buttons(self) -> tuple[tuple[str, str], ...]:
        """Those that could be pressed now."""
        return self.turns[-1].new.buttons if self.turns else ()

    async def say(self, trial: TrialRoom, text: str, button: str = "") -> None:
        """One more message to both. Raises `EngineUnavailable`."""
        screening = screen(text)
        self.level = highest([self.level, screening.level])
        told: dict[str, Said] = {}
        for model in ("", self.model):
            asked = TurnAsked(
                conversation="uji",
                state=self.states.get(model),
                text=text,
                button=button if button in BUTTONS else None,
                kind="button" if button in BUTTONS else "text",
                level=self.level,
                reasons=[reason.words for reason in screening.reasons],
            )
            answer = await trial.turn(model, asked)
            self.states[model] = answer.state
            told[model] = _said(answer, self.level)
        self.turns.append(Turn(text, button, told[""], told[self.model]))
        self.level = highest([self.level, told[self.model].level])


def _said(answer: TurnAnswered, before: Level) -> Said:
    told = str(answer.facts.get("level", ""))
    last = answer.replies[-1] if answer.replies else None
    return Said(
        intent=answer.understood.intent,
        confidence=answer.understood.confidence,
        danger=answer.understood.danger,
        replies=tuple((reply.response, reply.text) for reply in answer.replies),
        buttons=tuple((choice.id, choice.title) for choice in last.buttons) if last else (),
        orders=tuple(dict.fromkeys(type(order).__struct_config__.tag or type(order).__name__ for order in answer.orders)),  # type: ignore[misc]
        level=highest([before, answer.understood.danger, *([Level(told)] if told in {level.value for level in Level} else [])]),
        facts={name: value for name, value in answer.facts.items() if name in _TOLD and value not in (None, "", [])},
        failed=answer.failed is not None,
    )


class Plays:
    """The conversations that trainers play now, each under a word that only its page knows."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Play] = OrderedDict()

    def begin(self, officer: str, model: str) -> str:
        """A fresh one; its word."""
        for key in [key for key, play in self._kept.items() if time.monotonic() - play.began > _LASTS_S]:
            del self._kept[key]
        while len(self._kept) >= _KEPT:
            self._kept.popitem(last=False)
        key = secrets.token_urlsafe(12)
        self._kept[key] = Play(officer, model)
        return key

    def find(self, key: str, officer: str, model: str) -> Play | None:
        """The one of this officer with this model; None where it is gone."""
        play = self._kept.get(key)
        return play if play is not None and (play.officer, play.model) == (officer, model) else None
