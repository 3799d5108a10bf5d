"""The conversation tests of `tests/conversations/`, played by a model before it may serve: the same files, the same promises.

What a turn of such a file may say stands in `tests/conversations/test_conversations.py`.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import ROOT
from engine.asked import TurnAsked
from rules.danger import screen
from rules.levels import Level, highest

if TYPE_CHECKING:
    from engine.assistant import Assistant

FOLDER = ROOT / "tests" / "conversations"
_MOST_REPLIES = 3
_LONGEST = 300
_LARGEST_STATE = 16_000
_REMEMBERED = 4  # lines that the service passes along, as `damping.store.turns` does
_WAYS_OUT = {"petugas", "lewati", "berhenti"}


@dataclass(frozen=True)
class Played:
    """A conversation that went another way than it should: in which turn, and what was broken."""

    topic: str
    who: str
    turn: int
    why: str


@dataclass(frozen=True)
class Plays:
    """How many were played, and which failed."""

    of: int
    failed: list[Played]


def play(assistant: "Assistant", folder: Path = FOLDER) -> Plays:
    """Every conversation of a folder. Raises ValueError for a file that cannot be read."""
    found = list(_conversations(folder))
    failed = [broken for topic, one in found if (broken := _play_one(assistant, topic, one)) is not None]
    return Plays(len(found), failed)


def _conversations(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    from ruamel.yaml import YAML, YAMLError

    for path in sorted(folder.glob("*.yml")):
        try:
            content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
            yield from ((path.stem, dict(one)) for one in content["conversations"])
        except (YAMLError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}: no conversations can be read from it ({type(error).__name__})") from None


def _play_one(assistant: "Assistant", topic: str, conversation: dict[str, Any]) -> Played | None:
    person = Person(assistant, conversation.get("channel"), bool(conversation.get("apart")))
    for number, turn in enumerate(conversation["turns"], start=1):
        person.does(turn)
        why = next(person.broken(turn), None)
        if why:
            return Played(topic, str(conversation["who"]), number, why)
    return None


class Person:
    """One invented person, with what the service would remember between turns."""

    def __init__(self, assistant: "Assistant", channel: str | None = None, apart: bool = False) -> None:
        """`apart`: each message is judged by itself, as where minutes lie between them."""
        self._assistant, self._channel, self._apart = assistant, channel, apart
        self._state: str | None = None
        self._heard: set[str] = set()
        self._recent: list[str] = []
        self._level = Level.HIJAU
        self.answer: dict[str, Any] = {}

    def does(self, turn: dict[str, Any]) -> None:
        """Writes, presses or sends a place."""
        text = str(turn.get("says", ""))
        screening = screen(text)
        self._level = highest([self._level, Level(self._facts().get("level", "hijau")), screening.level])
        self._heard = {reply["text"] for reply in self.answer.get("replies", [])}
        self._recent = [] if turn.get("gap") or self._apart else self._recent
        asked = self._turn(turn, text, tuple(reason.words for reason in screening.reasons))
        self.answer = asyncio.run(self._assistant.turn(asked))
        self._recent = [*self._recent, text][-_REMEMBERED:] if text.strip() else self._recent
        self._state = self.answer["state"]

    def _turn(self, turn: dict[str, Any], text: str, reasons: tuple[str, ...]) -> TurnAsked:
        return TurnAsked(
            conversation="c",
            state=self._state,
            text=text,
            button=turn.get("presses"),
            kind="button" if "presses" in turn else str(turn.get("sends", "text")),
            level=self._level,
            reasons=reasons,
            place=None,
            channel=self._channel,
            recent=tuple(self._recent),
            gap=bool(turn.get("gap")),
            wait_minutes=turn.get("wait"),
        )

    def _facts(self) -> dict[str, Any]:
        return dict(self.answer.get("facts") or {})

    def broken(self, turn: dict[str, Any]) -> Iterator[str]:
        """What no turn may break, then what this turn's line in the file asks; each in a few words."""
        if self.answer["failed"]:
            return iter([f"giliran gagal: {self.answer['failed']['kind']}"])
        return (why for why in (*self._always(), *_asked(turn, self.answer)) if why)

    def _always(self) -> Iterator[str]:
        answer = self.answer
        replies = answer["replies"]
        yield "terlalu banyak balasan" if len(replies) > _MOST_REPLIES else ""
        yield "balasan terlalu panjang" if any(len(reply["text"]) > _LONGEST for reply in replies) else ""
        yield "lebih dari satu pertanyaan" if sum(reply["text"].count("?") for reply in replies) > 1 else ""
        yield "keadaan terlalu besar" if len(answer["state"]) > _LARGEST_STATE else ""
        yield "kalimat yang sama dua kali berturut-turut" if {reply["text"] for reply in replies} & self._heard else ""
        yield "tingkat bahaya turun sendiri" if Level(self._facts().get("level", "hijau")).rank < self._level.rank else ""
        merah = answer["understood"]["danger"] == Level.MERAH.value
        yield "merah tanpa memanggil petugas" if merah and "escalate" not in _ordered(answer) else ""
        for reply in replies:
            asks = (reply["response"] or "").startswith("utter_ask_")
            yield "pertanyaan tanpa jalan keluar" if asks and not {b["id"] for b in reply["buttons"]} >= _WAYS_OUT else ""
            yield "pertanyaan bukan di akhir" if asks and reply is not replies[-1] else ""


def _ordered(answer: dict[str, Any]) -> set[str]:
    return {order["order"] for order in answer["orders"]}


def _asked(turn: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    """What this turn's line in the file asks."""
    said = [reply["response"] for reply in answer["replies"]]
    facts, spoken = answer["facts"], " ".join(reply["text"] for reply in answer["replies"])
    checks: dict[str, Callable[[Any], bool]] = {
        "replies": lambda wanted: list(wanted) == said,
        "has": lambda wanted: set(wanted) <= set(said),
        "hasnt": lambda wanted: not set(wanted) & set(said),
        "orders": lambda wanted: set(wanted) <= _ordered(answer),
        "no_orders": lambda wanted: not set(wanted) & _ordered(answer),
        "level": lambda wanted: wanted == facts.get("level", "hijau"),
        "facts": lambda wanted: all(value == facts.get(name) for name, value in wanted.items()),
        "said": lambda wanted: set(wanted) <= set(facts.get("said", [])),
        "forgotten": lambda wanted: not set(wanted) & set(facts),
        "text": lambda wanted: str(wanted) in spoken,
    }
    for name, holds in checks.items():
        if name in turn and not holds(turn[name]):
            really = said if name in _OF_REPLIES else _really(name, answer, facts)
            yield f"{name}: seharusnya {_shown(turn[name])}, ternyata {_shown(really)}"


_OF_REPLIES = {"replies", "has", "hasnt", "text"}


def _really(name: str, answer: dict[str, Any], facts: dict[str, Any]) -> object:
    if name in ("orders", "no_orders"):
        return sorted(_ordered(answer))
    return facts.get("level", "hijau") if name == "level" else {key: facts[key] for key in sorted(facts) if key != "said"}


def _shown(value: object) -> str:
    plain = dict(value) if isinstance(value, dict) else list(value) if isinstance(value, (list, tuple)) else value
    return str(plain)[:200]
