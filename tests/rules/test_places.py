"""Every kecamatan and kelurahan is found, however spelt; what several share is asked back."""

import pytest

from rules.place_names import CITY, SHORT, SHORT_VILLAGES
from rules.places import NAMES, Place, find, narrowed

_OWNERS: dict[str, list[str]] = {}
for _kecamatan, _villages in CITY.items():
    for _village in _villages:
        _OWNERS.setdefault(_village, []).append(_kecamatan)


def test_the_city_has_20_kecamatan_and_126_kelurahan() -> None:
    assert 20 == len(CITY)
    assert 126 == sum(len(villages) for villages in CITY.values())
    assert set(CITY) <= set(NAMES)


@pytest.mark.parametrize("kecamatan", CITY)
def test_every_kecamatan_is_found_by_its_name(kecamatan: str) -> None:
    assert Place(kecamatan) == find(kecamatan, asked=True)
    assert Place(kecamatan) == find(f"saya di kec. {kecamatan.lower()}")


@pytest.mark.parametrize(("village", "owners"), _OWNERS.items())
def test_every_kelurahan_is_found_by_its_name(village: str, owners: list[str]) -> None:
    place = find(village, asked=True)

    assert place is not None
    if village in CITY or village in {"Tanjungkarang", "Telukbetung"}:
        assert place.kecamatan == village or place.candidates
    elif len(owners) == 1:
        assert Place(owners[0], village) == place


@pytest.mark.parametrize(("written", "kecamatan"), [(w.strip(), k) for k, words in SHORT.items() for w in words.split(";")])
def test_abbreviations_of_a_kecamatan_are_known(written: str, kecamatan: str) -> None:
    assert Place(kecamatan) == find(written, asked=True)


@pytest.mark.parametrize(("written", "village"), [(w.strip(), v) for v, words in SHORT_VILLAGES.items() for w in words.split(";")])
def test_spellings_of_a_kelurahan_are_known(written: str, village: str) -> None:
    place = find(written, asked=True)

    assert place is not None
    assert village == place.kelurahan or place.candidates


@pytest.mark.parametrize(
    ("written", "kecamatan"),
    [
        ("kmiling", "Kemiling"),
        ("rajabsa", "Rajabasa"),
        ("kedatonn", "Kedaton"),
        ("sukarme", "Sukarame"),
        ("langkapurra", "Langkapura"),
        ("wayhalimm", "Way Halim"),
    ],
)
def test_near_spellings_are_accepted_as_an_answer(written: str, kecamatan: str) -> None:
    place = find(written, asked=True)

    assert place is not None
    assert kecamatan == place.kecamatan


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("sukarame 2", Place("Telukbetung Barat", "Sukarame II")),
        ("kampung baru", Place("Labuhan Ratu", "Kampung Baru")),
        ("kota baru", Place("Tanjungkarang Timur", "Kota Baru")),
        ("deket perumnas way halim", Place("Way Halim", "Perumnas Way Halim")),
        ("tanjung agung raya", Place("Kedamaian", "Tanjungagung Raya")),
        ("metro", Place(outside="Metro")),
        ("natar", Place(outside="Natar")),
    ],
)
def test_traps_of_the_list(written: str, place: Place) -> None:
    assert place == find(written, asked=True)


@pytest.mark.parametrize("written", ["tanjung karang", "tj karang", "teluk betung", "telbet", "teluk"])
def test_a_shared_name_is_doubtful(written: str) -> None:
    place = find(written, asked=True)

    assert place is not None
    assert not place.known
    assert 4 == len(place.candidates)


@pytest.mark.parametrize(
    ("answer", "chosen"),
    [
        ("barat", "Tanjungkarang Barat"),
        ("yang pusat kak", "Tanjungkarang Pusat"),
        ("enggal", "Enggal"),
        ("ga tau", None),
        ("barat apa timur", None),
    ],
)
def test_a_shared_name_is_narrowed_by_the_next_answer(answer: str, chosen: str | None) -> None:
    assert chosen == narrowed(["Tanjungkarang Pusat", "Tanjungkarang Barat", "Tanjungkarang Timur", "Enggal"], answer)


@pytest.mark.parametrize(
    "text",
    ["panjang banget ceritanya", "ga mau", "saya di rumah", "gak tau", "", "pelita hidupku", "iya", "surabaya jauh ya", "suami saya"],
)
def test_ordinary_words_are_no_places(text: str) -> None:
    assert find(text) is None


def test_a_common_word_is_a_place_where_a_place_was_asked_for() -> None:
    assert Place("Panjang") == find("panjang", asked=True)
    assert Place("Panjang") == find("saya di panjang")
