"""Reads the neutral texts from `config/templates.yml`; one that would tell a stranger something refuses to start."""

import re
from pathlib import Path

import yaml

from damping.casework.templates import LONGEST, Template, telling
from damping.wiring.settings import Settings, WrongSetting

_WHERE = Path("config") / "templates.yml"
_NAME = re.compile(r"[a-z0-9_]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_CATEGORIES = ("utility", "marketing")


def load(settings: Settings) -> tuple[Template, ...]:
    """Raises `WrongSetting`. A missing file is no template."""
    path = settings.root / _WHERE
    if not path.exists():
        return ()
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        language = str(written["language"])
        found = tuple(
            Template(str(one["name"]), str(one.get("language", language)), str(one["title"]), str(one["text"]), str(one["category"]))
            for one in written["templates"] or ()
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as trouble:
        raise WrongSetting(f"{_WHERE} cannot be read: {type(trouble).__name__} {trouble}") from trouble
    for one in found:
        _check(one)
    if len({one.name for one in found}) < len(found):
        raise WrongSetting(f"{_WHERE}: two templates have the same name")
    return found


def _check(one: Template) -> None:
    if not _NAME.fullmatch(one.name) or not _LANGUAGE.fullmatch(one.language) or one.category not in _CATEGORIES:
        raise WrongSetting(f"{_WHERE}: '{one.name}' needs a name of a-z, 0-9 and _, a language such as id, a category utility or marketing")
    if not 0 < len(one.text.strip()) <= LONGEST or "{{" in one.text:
        raise WrongSetting(f"{_WHERE}: the text of '{one.name}' must have 1 to {LONGEST} signs and no blanks to fill in")
    if telling(one.text):
        raise WrongSetting(f"{_WHERE}: '{telling(one.text)}' in '{one.name}' would tell whoever sees the screen what the chat is about")
