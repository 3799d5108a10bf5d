"""The office's facts and fixed wording, read from `config/office.yml` and `data/responses/service.yml`.

Phone numbers are the office's configuration, each with its source and the date on which it was checked.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from damping.casework.fixed import FixedTexts
from damping.casework.message import Body
from damping.wiring.settings import Settings, WrongSetting

_PLACEHOLDER = re.compile(r"<(\w+)>")
_FIXED = {
    "safe_reply": "utter_service_safe_reply",
    "officer_joined": "utter_service_officer_joined",
    "handed_back": "utter_service_handed_back",
    "media_received": "utter_service_media_received",
    "location_received": "utter_service_location_received",
    "erase_asked": "utter_service_erase_asked",
    "unknown_kind": "utter_service_unknown_kind",
}


@dataclass(frozen=True)
class Hotline:
    """A number that a person in danger may call."""

    name: str
    number: str
    note: str
    confirmed: bool


@dataclass(frozen=True)
class Office:
    """What the pages and fixed texts say of the office."""

    name: str
    assistant: str
    hotlines: tuple[Hotline, ...]
    texts: FixedTexts
    list_label: str  # on WhatsApp's button that opens a list of choices
    greeting: str  # first words of the web chat, before anybody wrote


def load(settings: Settings) -> Office:
    """Raises `WrongSetting` for a missing file, text, or placeholder."""
    facts = _read(settings.root / "config" / "office.yml")
    spoken = _read(settings.root / "data" / "responses" / "service.yml")["responses"]
    words = dict(facts["words"]) | {line["placeholder"]: line["number"] for line in facts["hotlines"]}

    def said(response: str) -> str:
        if response not in spoken:
            raise WrongSetting(f"{response} is missing in data/responses/service.yml")
        return _filled(str(spoken[response][0]["text"]), words)

    return Office(
        name=facts["office"]["name"],
        assistant=facts["assistant"]["name"],
        hotlines=tuple(Hotline(h["name"], h["number"], h.get("note", ""), bool(h.get("confirmed"))) for h in facts["hotlines"]),
        texts=FixedTexts(**{field: Body(text=said(response), response=response) for field, response in _FIXED.items()}),
        list_label=said("utter_service_list_label"),
        greeting=said("utter_service_webchat_greeting"),
    )


def _filled(text: str, words: dict[str, str]) -> str:
    def fill(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise WrongSetting(f"<{match[1]}> in data/responses/service.yml is not in config/office.yml")
        return words[match[1]]

    return _PLACEHOLDER.sub(fill, text)


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as trouble:
        raise WrongSetting(f"{path} cannot be read: {type(trouble).__name__}") from trouble
