"""Ready-made answers, as the office words them in `config/answers.yml`: filled from the conversation, finished by the officer."""

import re
from dataclasses import dataclass
from datetime import datetime

from damping.console.pages import wib

PLACEHOLDERS = frozenset({"waktu", "kecamatan"})  # filled from the conversation; all others from the office's configuration
_GAP = re.compile(r"\[[^\[\]\n]{1,40}\]")
_TIMES = ((4, "malam"), (11, "pagi"), (15, "siang"), (18, "sore"), (24, "malam"))


@dataclass(frozen=True)
class Answer:
    """One answer; `title` is what the officer looks for."""

    title: str
    text: str


@dataclass(frozen=True)
class Topic:
    """Answers for one moment of a conversation."""

    name: str
    answers: tuple[Answer, ...]


def filled(topics: tuple[Topic, ...], now: datetime, kecamatan: str) -> tuple[Topic, ...]:
    """With what this conversation knows; what nobody knows becomes a gap for the officer."""
    known = {"<waktu>": time_of_day(now), "<kecamatan>": kecamatan or "[kecamatan]"}
    return tuple(Topic(topic.name, tuple(Answer(one.title, _with(one.text, known)) for one in topic.answers)) for topic in topics)


def gaps(text: str) -> tuple[str, ...]:
    """What the officer has not filled in yet."""
    return tuple(_GAP.findall(text))


def time_of_day(now: datetime) -> str:
    """
    from  | until | said
    04.00 | 11.00 | pagi
    11.00 | 15.00 | siang
    15.00 | 18.00 | sore
    18.00 | 04.00 | malam
    """
    hour = wib(now).hour
    return next(name for until, name in _TIMES if hour < until)


def _with(text: str, known: dict[str, str]) -> str:
    for sign, word in known.items():
        text = text.replace(sign, word)
    return text
