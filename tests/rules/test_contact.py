"""How a person may be contacted: doubt is never permission."""

import pytest

from rules.contact import hours, number, way
from rules.speech import heard


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("jangan telpon, chat aja", "chat"),
        ("jangan ditelepon ya", "chat"),
        ("ga bisa angkat telpon", "chat"),
        ("wa aja", "chat"),
        ("telpon aja", "telepon"),
        ("boleh ditelpon jam 10", "telepon"),
        ("jangan hubungi saya dulu", "jangan"),
        ("ga usah dihubungi", "jangan"),
        ("nanti saya kabari", None),
        ("terserah", None),
    ],
)
def test_the_way(said: str, meant: str | None) -> None:
    assert meant == way(heard(said))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("nomor saya 0800-0123-4567", "080001234567"),
        ("+62 800 0123 456", "+628000123456"),
        ("jam 10", None),
        ("umur 13", None),
        ("080001", None),
    ],
)
def test_the_number(said: str, found: str | None) -> None:
    assert found == number(said)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("jam 10 pagi", "jam 10 pagi"),
        ("jam 9-11", "jam 9-11"),
        ("abis magrib aja", "abis magrib"),
        ("kalo suami kerja", "kalo suami kerja"),
        ("siang", "siang"),
        ("iya", None),
    ],
)
def test_the_hours(said: str, found: str | None) -> None:
    assert found == hours(said)
