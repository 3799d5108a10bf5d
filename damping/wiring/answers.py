"""Reads the ready-made answers from `config/answers.yml`; a mistake there refuses to start with a sentence that says which."""

import re
from pathlib import Path
from typing import Any

import yaml

from damping.console.answers import PLACEHOLDERS, Answer, Topic
from damping.wiring.settings import Settings, WrongSetting

_LONGEST = 600
_PLACEHOLDER = re.compile(r"<(\w+)>")
_WHERE = Path("config") / "answers.yml"


def load(settings: Settings) -> tuple[Topic, ...]:
    """Raises `WrongSetting`."""
    told, facts = _read(settings.root / _WHERE), _read(settings.root / "config" / "office.yml")
    words = {**facts["words"], **{line["placeholder"]: line["number"] for line in facts["hotlines"]}}
    try:
        topics = [(str(one["topic"]), [(str(answer["title"]), str(answer["text"])) for answer in one["answers"]]) for one in told["topics"]]
    except (KeyError, TypeError) as wrong:
        raise WrongSetting(f"{_WHERE}: each topic needs topic and answers, each answer title and text ({wrong})") from None
    return tuple(Topic(name, tuple(Answer(title, _filled(title, text, words)) for title, text in answers)) for name, answers in topics)


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as trouble:
        raise WrongSetting(f"{path} cannot be read: {type(trouble).__name__}") from trouble


def _filled(title: str, text: str, words: dict[str, Any]) -> str:
    if not text.strip() or len(text) > _LONGEST:
        raise WrongSetting(f"{_WHERE}: the text of '{title}' must have 1 to {_LONGEST} characters")

    def fill(match: re.Match[str]) -> str:
        if match[1] in PLACEHOLDERS:
            return match[0]
        if match[1] not in words:
            raise WrongSetting(f"{_WHERE}: <{match[1]}> in '{title}' is not in config/office.yml")
        return str(words[match[1]])

    return _PLACEHOLDER.sub(fill, text)
