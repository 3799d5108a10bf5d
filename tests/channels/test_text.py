"""What a person typed becomes harmless and stays whole."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damping.channels.text import LONGEST, clean, pieces, shorten, windows


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  halo kak  ", "halo kak"),
        ("/restart", "∕restart"),
        ("  //sapa{}", "∕∕sapa{}"),
        ("\u200b/sapa", "∕sapa"),
        ("\uff0fsapa", "∕sapa"),
        ("dia bilang / entah", "dia bilang / entah"),
        ("go\u200dlok go\u00adlok go\u200clok", "golok golok golok"),
        ("aman\u202egnay kadit", "amangnay kadit"),
        ("satu\r\ndua\u2028tiga", "satu\ndua\ntiga"),
        ("a\x00b\x1b[31mc\td", "ab[31mc d"),
        ("cafe\u0301", "café"),
        ("\ud83d\ude00 \ud800", "😀 \ufffd"),
        ("👩\u200d👧 tolong", "👩\u200d👧 tolong"),
        ("\u200f\u200e", ""),
    ],
)
def test_it_is_cleaned(typed: str, kept: str):
    assert kept == clean(typed)


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
def test_no_text_is_a_command_and_nothing_hides(typed: str):
    kept = clean(typed)

    assert not kept.startswith(("/", "\uff0f"))
    assert not unicodedata.normalize("NFKC", kept).lstrip().startswith("/")
    assert all(unicodedata.category(sign) not in ("Cc", "Cs") or sign == "\n" for sign in kept)
    assert kept == clean(kept)


@given(st.text(alphabet="ab \n/é👩", min_size=0, max_size=9000))
def test_a_long_text_is_kept_whole_in_pieces(typed: str):
    kept = clean(typed)

    parts = pieces(kept)

    assert all(len(part) <= LONGEST for part in parts)
    assert not any(part.startswith("/") for part in parts)
    assert kept.replace("∕", "/").split() == " ".join(parts).replace("∕", "/").split() or max(map(len, kept.split()), default=0) > 200


def test_a_bomb_of_marks_is_cheap():
    started = time.perf_counter()

    kept = clean("a" + "\u0301\u0316" * 50_000)

    assert len(kept) < 20
    assert time.perf_counter() - started < 1


@given(st.text(max_size=200), st.integers(2, 60))
def test_a_title_is_cut_to_its_measure(text: str, limit: int):
    cut = shorten(text, limit)

    assert len(cut.encode("utf-16-le")) // 2 <= limit
    assert cut == text or cut.endswith("…")


def test_a_cut_parts_no_sign_to_the_eye():
    assert "halo…" == shorten("halo 👩\u200d👧\u200d👦 apa", 9)


@given(st.text(alphabet="ab \n", max_size=5000), st.integers(0, 5000))
def test_every_stretch_of_words_stands_whole_in_one_window(text: str, at: int):
    stretch = text[at : at + 100]

    assert any(stretch in window for window in windows(text))
    assert all(len(window) <= 1000 for window in windows(text))
