"""The level of a conversation: highest of three voices, only ever rising."""

from itertools import product

import pytest

from rules.levels import Level, highest
from rules.risk import by_answers, raised

GRAVE = {"kind": ["fisik"]}


@pytest.mark.parametrize(
    ("safe", "near", "told", "level"),
    [
        ("tidak", "ya", {}, Level.MERAH),
        ("tidak", "ya", GRAVE, Level.MERAH),
        ("tidak", "tidak_tahu", GRAVE, Level.MERAH),
        ("tidak", None, GRAVE, Level.MERAH),
        ("tidak", None, {"weapon": "golok"}, Level.MERAH),
        ("tidak", None, {"injury": "lebam"}, Level.MERAH),
        ("tidak", None, {"victim": "anak"}, Level.MERAH),
        ("tidak", None, {}, Level.KUNING),
        ("tidak", "tidak_tahu", {}, Level.KUNING),
        ("tidak", None, {"kind": ["psikis"]}, Level.KUNING),
        ("tidak", "tidak", GRAVE, Level.KUNING),
        ("tidak_tahu", "ya", {}, Level.MERAH),
        ("aman", "ya", GRAVE, Level.KUNING),
        (None, "ya", {}, Level.KUNING),
        ("aman", None, GRAVE, Level.HIJAU),
        ("aman", None, {"kind": ["seksual"], "victim": "anak"}, Level.MERAH),
        ("aman", None, {"kind": ["tppo"]}, Level.MERAH),
        (None, None, {"kind": ["seksual"], "victim": "diri"}, Level.HIJAU),
        (None, None, {}, Level.HIJAU),
    ],
)
def test_what_the_answers_say(safe: str | None, near: str | None, told: dict[str, object], level: Level) -> None:
    facts = {"safe_now": safe, "abuser_near": near, **told}

    assert level is highest(reason.level for reason in by_answers(facts))


@pytest.mark.parametrize(("now", "first", "second"), list(product(Level, repeat=3)))
def test_a_level_is_the_highest_voice_and_never_falls(now: Level, first: Level, second: Level) -> None:
    new = raised(now, [first, second])

    assert new.rank == max(now.rank, first.rank, second.rank)
    assert raised(new, [Level.HIJAU]) is new


def test_reasons_of_the_answers_are_plain_words_gravest_first() -> None:
    reasons = by_answers({"safe_now": "tidak", "kind": ["seksual"], "victim": "anak"})

    assert ["kekerasan seksual terhadap anak", "menjawab tidak aman saat ini"] == [reason.words for reason in reasons]
