"""Cleaning: nothing hidden survives, nothing long costs much, no honest word is changed."""

import pytest

from rules.text import LONGEST, clean, folded, single, unmasked, unstretched


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("to\u200blong", "tolong"),
        ("\u202edirab\u202c", "dirab"),
        ("b\u0336u\u0336n\u0336u\u0336h", "bunuh"),
        ("ＴＯＬＯＮＧ", "TOLONG"),
        ("  ya  \t ya \r\n\n ok ", "ya ya\nok"),
        ("👍🏽", "👍🏽"),
        ("a\x00b\x07c", "abc"),
    ],
)
def test_hidden_signs_are_dropped(written: str, cleaned: str) -> None:
    assert cleaned == clean(written)


@pytest.mark.parametrize("text", ["a" * 100_000, "ﷺ" * 50_000, "\u200b" * 100_000 + "tolong"])
def test_cleaning_is_bounded(text: str) -> None:
    assert len(clean(text)) <= LONGEST


def test_letters_of_other_scripts_are_read_as_latin_for_matching_only() -> None:
    assert "bunuh" == folded("вunuh".replace("в", "b"))
    assert "pacar" == folded("расаr")
    assert "расаr" == clean("расаr")


@pytest.mark.parametrize(("word", "plain"), [("tolooooong", "tolong"), ("iyaaa", "iya"), ("maaf", "maaf"), ("saat", "saat")])
def test_stretched_letters_count_once_and_honest_doubles_stay(word: str, plain: str) -> None:
    assert plain == unstretched(word)


def test_every_double_counts_once_as_a_last_resort() -> None:
    assert "bunuh" == single("bbunnuhh")


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("p3rk0sa", "perkosa"),
        ("perk*sa", "perkosa"),
        ("bvnvh", "bunuh"),
        ("b.u.n.u.h", "bunuh"),
        ("d!bunuh", "dibunuh"),
        ("m4ti", "mati"),
        ("anak2", "anak"),
        ("b*nvh", "bunuh"),
    ],
)
def test_masked_words_are_read(word: str, reading: str) -> None:
    assert reading in unmasked(word)


@pytest.mark.parametrize("word", ["", "12345", "iya", "tolong", "*" * 10, "a" * 60 + "1", "b***n*h*"])
def test_nothing_is_read_into_a_word_that_hides_nothing(word: str) -> None:
    assert () == unmasked(word)
