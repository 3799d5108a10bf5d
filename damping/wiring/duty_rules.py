"""Duty as the office set it: hours from `config/office.yml`, times, ladder and the words of calls from `config/jaga.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from damping.casework.duty import DutyRules
from damping.channels.calls.words import CallWords
from damping.wiring.settings import Settings, WrongSetting
from rules.ladder import Plan
from rules.office_calendar import Calendar, ServiceTimes

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Duty:
    """What both files say."""

    rules: DutyRules
    words: CallWords
    template: str
    language: str


def load(settings: Settings) -> Duty:
    """Raises `WrongSetting` for a file that is missing or makes no sense."""
    facts, told = _read(settings, "office.yml"), _read(settings, "jaga.yml")
    try:
        calendar = Calendar(ZoneInfo(facts["office"]["time_zone"]), _weekly(facts["hours"]["weekly"]))
        rules = DutyRules(calendar, _times(told["service_times"]), _plan(told["ladder"]))
        calls = {name: str(words) for name, words in told["calls"].items()}
        words = CallWords(calls["subject"], calls["alarm"], calls["ladder"], calls["try"], settings.public_url)
        return Duty(rules, words, calls["whatsapp_template"], calls["whatsapp_language"])
    except (KeyError, TypeError, ValueError, AttributeError, ZoneInfoNotFoundError) as trouble:
        raise WrongSetting(f"hours in config/office.yml or config/jaga.yml cannot be read: {type(trouble).__name__} {trouble}") from trouble


def _weekly(written: Mapping[str, Any]) -> dict[int, tuple[time, time]]:
    hours = {_DAYS.index(day): (time.fromisoformat(span[0]), time.fromisoformat(span[1])) for day, span in written.items()}
    if any(opens >= closes for opens, closes in hours.values()):
        raise ValueError("a day closes before it opens")
    return hours


def _times(written: Mapping[str, Any]) -> ServiceTimes:
    return ServiceTimes(
        timedelta(minutes=float(written["merah_minutes"])),
        timedelta(hours=float(written["kuning_hours"])),
        int(written["hijau_working_days"]),
    )


def _plan(written: Mapping[str, Any]) -> Plan:
    plan = Plan(
        timedelta(seconds=float(written["again_seconds"])),
        timedelta(minutes=float(written["on_call_minutes"])),
        timedelta(minutes=float(written["supervisor_minutes"])),
        timedelta(minutes=float(written["every_minutes"])),
    )
    if not timedelta(0) < plan.again < plan.on_call < plan.supervisor or plan.every < timedelta(seconds=30):
        raise ValueError("the ladder must rise: again, on_call, supervisor; every half minute at most")
    return plan


def _read(settings: Settings, name: str) -> Any:
    path = settings.root / "config" / name
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as trouble:
        raise WrongSetting(f"{path} cannot be read: {type(trouble).__name__}") from trouble
