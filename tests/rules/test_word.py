"""When a silent officer loses the word, when the bell rings, and where the danger stands in a message."""

from datetime import datetime, timedelta, timezone

import pytest

from rules import marking
from rules.levels import Level
from rules.word import bell_rings, is_silent, patience

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("level", "waits", "minutes"),
    [
        (Level.MERAH, True, 3),
        (Level.MERAH, False, 20),
        (Level.KUNING, True, 15),
        (Level.KUNING, False, 60),
        (Level.HIJAU, True, 30),
        (Level.HIJAU, False, 240),
    ],
)
def test_the_graver_and_the_more_somebody_waits_the_shorter_the_patience(level: Level, waits: bool, minutes: int) -> None:
    limit = timedelta(minutes=minutes)
    waiting_since = NOW if waits else None

    assert limit == patience(level, waits)
    assert not is_silent(level, waiting_since, NOW, NOW + limit - timedelta(seconds=1))
    assert is_silent(level, waiting_since, NOW, NOW + limit)


def test_a_message_that_came_a_moment_ago_gives_the_holder_the_whole_time() -> None:
    long_still = NOW - timedelta(minutes=19)

    assert not is_silent(Level.MERAH, None, long_still, NOW)
    assert not is_silent(Level.MERAH, NOW, long_still, NOW + timedelta(minutes=2))
    assert is_silent(Level.MERAH, NOW, long_still, NOW + timedelta(minutes=3))


@pytest.mark.parametrize(
    ("before", "level", "fresh", "reads", "rings"),
    [
        (Level.HIJAU, Level.MERAH, True, True, True),
        (Level.KUNING, Level.MERAH, False, True, True),
        (Level.MERAH, Level.MERAH, False, False, True),
        (Level.MERAH, Level.MERAH, True, False, True),
        (Level.MERAH, Level.MERAH, True, True, True),
        (Level.MERAH, Level.MERAH, False, True, False),
        (Level.HIJAU, Level.KUNING, True, False, False),
        (Level.MERAH, Level.KUNING, True, False, False),
    ],
)
def test_the_bell_rings_unless_somebody_reads_what_is_known_already(
    before: Level, level: Level, fresh: bool, reads: bool, rings: bool
) -> None:
    assert rings is bell_rings(before, level, fresh, reads)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dia di depan pintu bawa golok", ["depan pintu", "golok"]),
        ("suamiku nyekek aku, terus ngancem mau bunuh", ["nyekek", "ngancem", "bunuh"]),
        ("gue dicekek bojo, toloong!!", ["dicekek"]),
        ("ga dipukul sih cuma dicekik", ["dicekik"]),
        ("halo kak, mau tanya jam buka", []),
        ("", []),
        ("   ", []),
    ],
)
def test_the_words_that_say_the_danger_are_marked(text: str, words: list[str]) -> None:
    parts = marking.marked(text)

    assert text == "".join(part for part, _ in parts)
    assert words == [part for part, grave in parts if grave]


def test_marks_change_nothing_of_what_was_typed_and_end_soon() -> None:
    text = "dia cekik aku 🔪 <b>tolong</b>\n\t" + "a" * 5000 + " golok"

    parts = marking.marked(text)

    assert text == "".join(part for part, _ in parts)
    assert not parts[-1][1]


def test_reasons_are_those_of_the_word_list() -> None:
    assert "dicekik" in marking.reasons("suamiku nyekek aku")
    assert () == marking.reasons("halo")
