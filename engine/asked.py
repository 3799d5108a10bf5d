"""What the service may ask, typed and capped. A wrong request is refused with the field's name and what was expected of it,
never with what stood in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.buttons import BUTTONS
from rules.levels import Level

KINDS = ("text", "button", "location", "media", "resume")
MOST_TEXTS = 2_000
LONGEST_STATE = 200_000
MOST_RECENT = 10
MOST_MINUTES = 24 * 60
_FIELDS = {
    "conversation",
    "state",
    "text",
    "button",
    "kind",
    "level",
    "reasons",
    "place",
    "facts",
    "recent",
    "channel",
    "gap",
    "wait_minutes",
}
LONGEST_TEXT = 100_000  # refused beyond; understood up to `understanding.LONGEST`, heard for danger in full


class BadRequest(ValueError):
    """The request is not one of ours; the message names the field."""


@dataclass(frozen=True)
class TurnAsked:
    """One turn of one conversation."""

    conversation: str
    state: str | None
    text: str
    button: str | None
    kind: str
    level: Level
    reasons: tuple[str, ...]
    place: dict[str, float] | None
    facts: dict[str, Any] = field(default_factory=dict)
    recent: tuple[str, ...] = ()  # what the same person wrote in the last minutes, oldest first
    channel: str | None = None  # whatsapp, webchat or partner: how to leave is told by it
    gap: bool = False  # a pause lies before this message: safety and contact are open again
    wait_minutes: int | None = None  # how long people wait for an officer today, as measured; None where nothing was

    def __repr__(self) -> str:
        return f"<TurnAsked {self.kind}>"


def turn(body: object) -> TurnAsked:
    """Raises BadRequest."""
    fields = _mapping(body, _FIELDS)
    button = _maybe(fields, "button", 64)
    if button is not None and button not in BUTTONS:
        raise BadRequest("button: not one of ours")
    kind = fields.get("kind", "text")
    if kind not in KINDS:
        raise BadRequest("kind: one of " + ", ".join(KINDS))
    return TurnAsked(
        conversation=_text(fields, "conversation", 200),
        state=_maybe(fields, "state", LONGEST_STATE),
        text=_text(fields, "text", LONGEST_TEXT, empty=True),
        button=button,
        kind="button" if button else kind,
        level=_level(fields.get("level", Level.HIJAU.value)),
        reasons=_strings(fields.get("reasons", []), "reasons", 50, 500),
        place=_place(fields.get("place")),
        facts=_facts(fields.get("facts", {})),
        recent=_strings(fields.get("recent", []), "recent", MOST_RECENT, LONGEST_TEXT),
        channel=_maybe(fields, "channel", 32),
        gap=_flag(fields.get("gap", False)),
        wait_minutes=_minutes(fields.get("wait_minutes")),
    )


def texts(body: object) -> list[str]:
    """The texts of a /parse. Raises BadRequest."""
    fields = _mapping(body, {"texts"})
    return list(_strings(fields.get("texts"), "texts", MOST_TEXTS, LONGEST_TEXT))


def model(body: object) -> tuple[str, str]:
    """Folder and SHA-256 of a /model. Raises BadRequest."""
    fields = _mapping(body, {"path", "sha256"})
    digest = _text(fields, "sha256", 64)
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise BadRequest("sha256: 64 hexadecimal digits")
    return _text(fields, "path", 1_000), digest


def _mapping(body: object, allowed: set[str]) -> Mapping[str, Any]:
    if not isinstance(body, dict):
        raise BadRequest("body: a JSON object")
    unknown = sorted(set(body) - allowed)
    if unknown:
        raise BadRequest(f"unknown field, allowed are {', '.join(sorted(allowed))}")
    return body


def _text(fields: Mapping[str, Any], name: str, longest: int, empty: bool = False) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or (not value and not empty):
        raise BadRequest(f"{name}: a string")
    if len(value) > longest:
        raise BadRequest(f"{name}: at most {longest} characters")
    return value


def _maybe(fields: Mapping[str, Any], name: str, longest: int) -> str | None:
    return None if fields.get(name) in (None, "") else _text(fields, name, longest)


def _strings(value: object, name: str, most: int, longest: int) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadRequest(f"{name}: a list of strings")
    if len(value) > most or any(len(item) > longest for item in value):
        raise BadRequest(f"{name}: at most {most} strings of at most {longest} characters")
    return tuple(value)


def _level(value: object) -> Level:
    try:
        return Level(value)
    except ValueError:
        raise BadRequest("level: hijau, kuning or merah") from None


def _place(value: object) -> dict[str, float] | None:
    if value is None:
        return None
    if (
        not isinstance(value, dict)
        or not {"latitude", "longitude"} <= set(value)
        or not all(isinstance(v, (int, float)) for v in value.values())
    ):
        raise BadRequest("place: latitude and longitude as numbers")
    return {"latitude": float(value["latitude"]), "longitude": float(value["longitude"])}


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadRequest("gap: true or false")
    return value


def _minutes(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_MINUTES:
        raise BadRequest(f"wait_minutes: a whole number up to {MOST_MINUTES}")
    return value


def _facts(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise BadRequest("facts: an object")
    return dict(value)
