"""Hours in a person's own words; what nobody can tell is never permission."""

from datetime import datetime

import pytest

from rules import safe_hours

EVERY_DAY = tuple(range(7))
TUESDAY = datetime(2026, 11, 24)


@pytest.mark.parametrize(
    ("words", "windows", "days"),
    [
        ("kapan saja", ((0, 1440),), EVERY_DAY),
        ("pagi", ((360, 660),), EVERY_DAY),
        ("siang aja", ((660, 900),), EVERY_DAY),
        ("sore", ((900, 1080),), EVERY_DAY),
        ("malam", ((1080, 1260),), EVERY_DAY),
        ("jam 10", ((600, 660),), EVERY_DAY),
        ("jam 9 sampai 11", ((540, 660),), EVERY_DAY),
        ("jam 9-11 pagi", ((540, 660),), EVERY_DAY),
        ("jam 7 malam", ((1140, 1200),), EVERY_DAY),
        ("jam 8 malam sampai 10", ((1200, 1320),), EVERY_DAY),
        ("jam 1 siang", ((780, 840),), EVERY_DAY),
        ("antara jam 1 sampai 3", ((780, 900),), EVERY_DAY),
        ("pukul 13.30", ((810, 870),), EVERY_DAY),
        ("setelah jam 9", ((540, 720),), EVERY_DAY),
        ("setelah jam 8 malam", ((1200, 1260),), EVERY_DAY),
        ("sebelum jam 12", ((540, 720),), EVERY_DAY),
        ("habis magrib", ((1095, 1155),), EVERY_DAY),
        ("ba'da dzuhur", ((750, 870),), EVERY_DAY),
        ("hari senin", ((480, 1020),), (0,)),
        ("senin jam 10", ((600, 660),), (0,)),
        ("jam 2 malam", ((120, 180),), EVERY_DAY),
    ],
)
def test_words_become_windows(words: str, windows: tuple[tuple[int, int], ...], days: tuple[int, ...]) -> None:
    assert safe_hours.Hours(windows, days) == safe_hours.hours(words)


@pytest.mark.parametrize(
    "words", ["kalau dia kerja", "pas suami tidur", "jam 25", "jam 12 malam", "nanti dikabari", "jam 10 sampai 9 pagi", ""]
)
def test_what_nobody_can_tell_is_no_hour(words: str) -> None:
    assert None is safe_hours.hours(words)


@pytest.mark.parametrize(("hour", "minute", "opens"), [(8, 59, False), (9, 0, True), (10, 59, True), (11, 0, False)])
def test_a_window_begins_and_ends_on_the_minute(hour: int, minute: int, opens: bool) -> None:
    chosen = safe_hours.hours("jam 9 sampai 11")
    assert chosen is not None

    assert opens is safe_hours.is_open(chosen, TUESDAY.replace(hour=hour, minute=minute))


def test_the_next_opening_is_today_tomorrow_or_on_the_day() -> None:
    mornings, mondays = safe_hours.hours("jam 9 sampai 11"), safe_hours.hours("hari senin")
    assert mornings is not None
    assert mondays is not None

    assert TUESDAY.replace(hour=9) == safe_hours.next_opening(mornings, TUESDAY.replace(hour=7))
    assert TUESDAY.replace(day=25, hour=9) == safe_hours.next_opening(mornings, TUESDAY.replace(hour=9))
    assert TUESDAY.replace(day=30, hour=8) == safe_hours.next_opening(mondays, TUESDAY)
    assert not safe_hours.is_open(mondays, TUESDAY.replace(hour=9))
    assert None is safe_hours.next_opening(safe_hours.Hours((), ()), TUESDAY)
