"""The office's facts and fixed wording, read from `config/office.yml` and `data/responses/service.yml`.

Phone numbers are the office's configuration, each with its source and the date on which it was checked.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from damping.casework.fixed import FixedTexts
from damping.casework.message import Body, Channel
from damping.casework.precautions import Precautions
from damping.wiring.settings import Settings, WrongSetting
from rules.disguise import CityChat, Topic, key

_SHORTEST_WORD = 5
_PLACEHOLDER = re.compile(r"<(\w+)>")
_FIXED = {
    "safe_reply": "utter_service_safe_reply",
    "officer_joined": "utter_service_officer_joined",
    "handed_back": "utter_service_handed_back",
    "media_received": "utter_service_media_received",
    "location_received": "utter_service_location_received",
    "erase_asked": "utter_service_erase_asked",
    "unknown_kind": "utter_service_unknown_kind",
    "check": "utter_service_check",
    "check_again": "utter_service_check_again",
    "check_go_on": "utter_service_check_go_on",
    "check_go_on_again": "utter_service_check_go_on_again",
    "urgent": "utter_service_urgent",
    "safe_word_kept": "utter_service_safe_word_kept",
    "safe_word_asked": "utter_service_safe_word_asked",
    "safe_word_refused": "utter_service_safe_word_refused",
    "officer_late": "utter_service_officer_late",
    "officer_late_minutes": "utter_service_officer_late_minutes",
    "officer_late_hours": "utter_service_officer_late_hours",
    "noted": "utter_service_noted",
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
    precautions: Precautions
    city: CityChat  # the harmless chat that a safe word turns to


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
        precautions=precautions(settings),
        city=_city(_read(settings.root / "config" / "informasi_kota.yml")),
    )


def precautions(settings: Settings) -> Precautions:
    """Safe words and pauses. Raises `WrongSetting` for one that is missing or makes no sense."""
    facts = _read(settings.root / "config" / "office.yml")
    try:
        safety, minutes = facts["safety"], {name: timedelta(minutes=float(n)) for name, n in facts["safety"]["minutes"].items()}
        found = Precautions(
            safe_word=str(safety["safe_word"]),
            stop_word=str(safety["stop_word"]),
            gaps={channel: minutes[f"gap_{channel}"] for channel in Channel},
            quiet=minutes["quiet"],
            live=minutes["live"],
            late=minutes["late"],
            zone=ZoneInfo(facts["office"]["time_zone"]),
        )
    except (KeyError, TypeError, ValueError, ZoneInfoNotFoundError) as trouble:
        raise WrongSetting(f"safety in config/office.yml cannot be read: {type(trouble).__name__} {trouble}") from trouble
    typed = [key(word) for word in (found.safe_word, found.stop_word)]
    if not all(len(word) >= _SHORTEST_WORD for word in typed) or len(set(typed)) < len(typed):
        raise WrongSetting("safe_word and stop_word in config/office.yml must differ and have five letters or more")
    return found


def _city(written: Any) -> CityChat:
    try:
        topics = tuple(Topic(tuple(one["words"]), tuple(one["answers"])) for one in written["topics"])
        chat = CityChat(tuple(written["greetings"]), tuple(written["otherwise"]), topics)
    except (KeyError, TypeError) as trouble:
        raise WrongSetting(f"config/informasi_kota.yml cannot be read: {type(trouble).__name__} {trouble}") from trouble
    if not all((chat.greetings, chat.otherwise, *(topic.answers for topic in topics))):
        raise WrongSetting("config/informasi_kota.yml: greetings, otherwise and every topic need at least one sentence")
    return chat


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
