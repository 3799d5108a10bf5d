"""The office's own danger words: they raise, they never lower, they can be tried before they count."""

from collections.abc import Iterator

import pytest

from rules import danger, office_signs
from rules.levels import Level
from rules.office_signs import OfficeWord, learn, may_be_one
from rules.speech import heard


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    learn([])


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("dia bawa mandau ke sini", Level.MERAH),
        ("DIA BAWA MANDAUUU", Level.MERAH),
        ("dia nggak bawa mandau", Level.HIJAU),
        ("kemandauan itu apa", Level.HIJAU),
        ("rumahku mau diratain tanah", Level.HIJAU),
    ],
)
def test_a_word_of_the_office_raises_like_the_list_itself(message: str, level: Level) -> None:
    assert Level.HIJAU is danger.screen(message).level

    learn([OfficeWord("bawa mandau", Level.MERAH)])

    assert level is danger.screen(message).level


def test_the_officer_reads_which_word_of_the_office_it_was() -> None:
    learn([OfficeWord("mandau", Level.KUNING)])

    assert ["menyebut 'mandau' (daftar kantor)"] == [reason.words for reason in danger.screen("mandau").reasons]
    assert [("mandau", "menyebut 'mandau' (daftar kantor)")] == list(danger.pieces("mandau"))


def test_it_never_lowers_and_is_forgotten_when_taken_away() -> None:
    learn([OfficeWord("golok", Level.KUNING)])
    assert Level.MERAH is danger.screen("dia bawa golok").level

    learn([OfficeWord("mandau", Level.MERAH)])
    learn([])

    assert Level.HIJAU is danger.screen("mandau").level


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("mandau", True),
        ("bawa mandau", True),
        ("Bawa Mandau", True),
        ("ma", False),
        ("", False),
        ("mandau 2", False),
        ("man(dau", False),
        (".*", False),
        ("saya dan dia", False),
        ("satu dua tiga empat lima enam", False),
    ],
)
def test_only_telling_words_of_letters_may_stand_in_the_list(words: str, may: bool) -> None:
    assert may == may_be_one(words)
    learn([OfficeWord(words, Level.MERAH)])
    assert may == bool(office_signs.learnt())


def test_a_word_is_tried_without_counting() -> None:
    tried = office_signs.sign(OfficeWord("bawa mandau", Level.MERAH))

    assert danger.rings(tried, heard("dia bawa mandau"))
    assert not danger.rings(tried, heard("dia tidak bawa mandau"))
    assert Level.HIJAU is danger.screen("dia bawa mandau").level
