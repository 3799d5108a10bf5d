"""A verb of violence is found under its affixes; ordinary words are not."""

import pytest

from rules.forms import stem_of
from rules.text import word_set


@pytest.mark.parametrize(
    ("word", "kind", "stem", "voice"),
    [
        ("dicekik", "choke", "cekik", "p"),
        ("nyekek", "choke", "cekik", "a"),
        ("mencekikku", "choke", "cekik", "a"),
        ("kecekik", "choke", "cekik", "t"),
        ("dipukulin", "hit", "pukul", "p"),
        ("dpukul", "hit", "pukul", "p"),
        ("dipkul", "hit", "pukul", "p"),
        ("mukulin", "hit", "pukul", "a"),
        ("ngegampar", "hit", "gampar", "a"),
        ("digebugi", "hit", "gebuk", "p"),
        ("ngebunuh", "kill", "bunuh", "a"),
        ("bvnuh", "kill", "bunuh", "b"),
        ("pembunuhan", "kill", "bunuh", "n"),
        ("diperkosa", "rape", "perkosa", "p"),
        ("nyabulin", "rape", "cabul", "a"),
        ("ngancemin", "threat", "ancam", "a"),
        ("dibuntutin", "stalk", "buntut", "p"),
        ("ditelantarin", "neglect", "telantar", "p"),
        ("dihajarrrr", "hit", "hajar", "p"),
    ],
)
def test_affixes_slips_and_stretching_are_looked_through(word: str, kind: str, stem: str, voice: str) -> None:
    assert (kind, stem, voice) == stem_of(word)


@pytest.mark.parametrize(
    "word",
    sorted(
        word_set(
            "makin semakin perasaan beraninya senayan select giliran jualan keburu ngajar belajar pelajar nangis mulai rabu sabar ikut"
            " nyata ya x maaf kuku akita posting share abis gitu penjual larangan"
        )
    ),
)
def test_ordinary_words_stay_unknown(word: str) -> None:
    assert stem_of(word) is None
