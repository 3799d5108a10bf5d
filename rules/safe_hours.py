"""When the office may write, by the hours that the person chose in his own words. Doubt is never permission. Pure.

Windows are minutes of the local day; the words are those that `rules.contact.hours` finds and the buttons offer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.text import clean, folded

_ALWAYS = re.compile(r"kapan (?:aja|saja|pun)|bebas|terserah|24 jam")
_CLOCK = re.compile(
    r"(?P<after>(?:abis|habis|setelah|sesudah|di ?atas|mulai) )?(?P<before>sebelum )?(?:antara |sekitar )?(?:jam|jm|pukul|pkl) ?"
    r"(?P<h1>\d{1,2})(?:[.:](?P<m1>\d{2}))?(?: ?(?P<part1>pagi|siang|sore|malam|malem))?"
    r"(?: ?(?:-|sampai|sampe|s/d|sd|sm) ?(?:jam ?)?(?P<h2>\d{1,2})(?:[.:](?P<m2>\d{2}))?)?(?: ?(?P<part2>pagi|siang|sore|malam|malem))?"
)
_PARTS = {"pagi": (6, 11), "siang": (11, 15), "sore": (15, 18), "malam": (18, 21), "malem": (18, 21)}
_PRAYERS = {"subuh": (5, 6), "zuhur": (12.5, 14.5), "asar": (15.5, 17.5), "magrib": (18.25, 19.25), "isya": (19.25, 21)}
_SPELLED = {"dzuhur": "zuhur", "ashar": "asar", "maghrib": "magrib"}
_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_WORKING_DAY = (8, 17)
_A_WHILE = 180  # minutes that 'setelah jam 9' or 'sebelum jam 12' reaches
_AN_HOUR = 60
_LATEST, _EARLIEST = 21 * 60, 5 * 60  # nobody is written to at night without having said so by the hour


@dataclass(frozen=True)
class Hours:
    """Windows in minutes of the day, on some weekdays (Monday is 0)."""

    windows: tuple[tuple[int, int], ...]
    days: tuple[int, ...] = tuple(range(7))


def hours(words: str) -> Hours | None:
    """
    kapan saja            | always
    pagi, siang, sore, malam | 6-11, 11-15, 15-18, 18-21
    jam 10                | 10-11
    jam 9 sampai 11       | that
    jam 7 malam           | 19-20
    setelah jam 9         | three hours from then, not after 21
    habis magrib          | until isya
    senin                 | that day, 8-17
    anything else         | None: nobody can tell, so nobody writes
    """
    line = folded(clean(words))
    if _ALWAYS.search(line):
        return Hours(((0, 24 * 60),))
    days = tuple(number for number, day in enumerate(_DAYS) if re.search(rf"\b{day}\b", line)) or tuple(range(7))
    windows = _clock(line) if _CLOCK.search(line) else _named(line)
    if windows:
        return Hours(windows, days)
    if _CLOCK.search(line):
        return None
    return Hours((_minutes(_WORKING_DAY),), days) if len(days) < len(_DAYS) else None


def is_open(chosen: Hours, local: datetime) -> bool:
    """Whether the local time lies in a window."""
    minute = local.hour * 60 + local.minute
    return local.weekday() in chosen.days and any(start <= minute < end for start, end in chosen.windows)


def next_opening(chosen: Hours, local: datetime) -> datetime | None:
    """The beginning of the next window after the local time, within a week."""
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=number) for number in range(8)]
    starts = [day + timedelta(minutes=start) for day in days if day.weekday() in chosen.days for start, _ in chosen.windows]
    return min((start for start in starts if start > local), default=None)


def _clock(line: str) -> tuple[tuple[int, int], ...]:
    found = [window for match in _CLOCK.finditer(line) if (window := _window(match)) is not None]
    return tuple(found)


def _window(match: "re.Match[str]") -> tuple[int, int] | None:
    part = match["part1"] or match["part2"]
    start = _minute(match["h1"], match["m1"], part)
    end = _minute(match["h2"], match["m2"], match["part2"] or part) if match["h2"] else None
    if start is None or (match["h2"] and end is None):
        return None
    if end is not None:
        return (start, end) if end > start else None
    if match["after"]:
        return start, max(start + 1, min(start + _A_WHILE, _LATEST))
    if match["before"]:
        return max(_EARLIEST, start - _A_WHILE), start
    return start, start + _AN_HOUR


def _minute(hour: str, minute: str | None, part: str | None) -> int | None:
    """'7' in the evening is 19; without a part of the day 1 to 5 is the afternoon: nobody asks to be written to before dawn."""
    number, past = int(hour), int(minute or 0)
    late = part in {"malam", "malem"}
    if number > 24 or past > 59 or (number == 12 and late):
        return None
    if number < 12 and ((late and number > 4) or part == "sore" or (part in {None, "siang"} and 1 <= number <= 5)):
        number += 12
    return (number * 60 + past) if number < 24 else 24 * 60 - 1


def _named(line: str) -> tuple[tuple[int, int], ...]:
    spelled = " ".join(_SPELLED.get(word, word) for word in re.findall(r"[a-z]+", line))
    prayers: Sequence[tuple[float, float]] = [span for name, span in _PRAYERS.items() if re.search(rf"\b{name}\b", spelled)]
    parts = [span for name, span in _PARTS.items() if re.search(rf"\b{name}\b", spelled)]
    return tuple(_minutes(span) for span in (prayers or parts))


def _minutes(span: tuple[float, float]) -> tuple[int, int]:
    return int(span[0] * 60), int(span[1] * 60)
