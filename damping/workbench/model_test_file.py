"""Played conversations as tests, in the form of `tests/conversations/`: added at the end, nothing else of the file is touched."""

import json
import threading
from dataclasses import dataclass
from pathlib import Path

from damping.workbench.model_play import Turn

_HEAD = (
    "# Conversations that trainers played and kept: every later model has to go the same way. All people are invented.\nconversations:\n"
)
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Kept:
    """`facts`: names of those that must be known at the end; `replies`: whether the same responses must come."""

    who: str
    turns: tuple[Turn, ...]
    facts: frozenset[str]
    replies: bool


def add(path: Path, kept: Kept) -> None:
    """Write it down; a file is made where there is none."""
    with _ONE_AT_A_TIME:
        before = path.read_text(encoding="utf-8") if path.is_file() else _HEAD
        who = _fresh(kept.who, before)
        lines = [f"  - who: {_quoted(who)}", "    turns:"]
        lines += [f"      - {_turn(turn, kept, last=turn is kept.turns[-1])}" for turn in kept.turns]
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}")
        fresh.write_text(before.rstrip("\n") + "\n" + "\n".join(lines) + "\n\n", encoding="utf-8")
        fresh.replace(path)


def _fresh(who: str, before: str) -> str:
    """Two people of one name would be one person to whoever reads the list."""
    name, number = who, 1
    while _quoted(name) in before:
        number += 1
        name = f"{who} ({number})"
    return name


def _turn(turn: Turn, kept: Kept, *, last: bool) -> str:
    told: dict[str, object] = {"presses": turn.presses} if turn.presses else {"says": turn.says}
    if kept.replies:
        told["replies"] = [name for name, _ in turn.new.replies]
    told["level"] = turn.new.level.value
    if "escalate" in turn.new.orders:
        told["orders"] = ["escalate"]
    if last and kept.facts:
        told["facts"] = {name: turn.new.facts[name] for name in sorted(kept.facts)}
    return "{" + ", ".join(f"{key}: {_quoted(value)}" for key, value in told.items()) + "}"


def _quoted(value: object) -> str:
    """JSON is YAML: every string quoted, so that nothing in it is read as anything else."""
    return json.dumps(value, ensure_ascii=False)
