"""What the office writes into its files is read, and a mistake there is named."""

import shutil
from pathlib import Path

import pytest

from damping.casework.message import Channel
from damping.wiring import office, settings
from damping.wiring.settings import Settings, WrongSetting
from rules.disguise import key

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """An office of its own, with a copy of the files."""
    for name in ("config/office.yml", "config/informasi_kota.yml", "data/responses/service.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return settings.load({}, tmp_path)


def change(own: Settings, file: str, before: str, after: str) -> None:
    path = own.root / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_office_as_it_is_has_words_pauses_and_a_city_chat(own: Settings) -> None:
    found = office.load(own)

    assert found.precautions.safe_word
    assert key(found.precautions.safe_word) != key(found.precautions.stop_word)
    assert (3600, 600) == tuple(found.precautions.gaps[channel].total_seconds() for channel in (Channel.WHATSAPP, Channel.WEBCHAT))
    assert found.city.topics
    assert all(text.text for text in (found.texts.check, found.texts.check_go_on, found.texts.urgent, found.texts.safe_word_kept))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('safe_word: "info kota"', 'safe_word: "ktp"', "five letters"),
        ('stop_word: "maaf salah kirim"', 'stop_word: "Info Kota!"', "must differ"),
        ("gap_whatsapp: 60", 'gap_whatsapp: "satu jam"', "safety in config/office.yml"),
        ("  minutes:", "  menit:", "safety in config/office.yml"),
        ('time_zone: "Asia/Jakarta"', 'time_zone: "Asia/Lampung"', "safety in config/office.yml"),
    ],
)
def test_a_mistake_in_the_safety_of_the_office_is_named(own: Settings, before: str, after: str, says: str) -> None:
    change(own, "config/office.yml", before, after)

    with pytest.raises(WrongSetting, match=says):
        office.load(own)


@pytest.mark.parametrize(("before", "after"), [("otherwise:", "lainnya:"), ("answers:", "jawaban:")])
def test_a_mistake_in_the_city_chat_is_named(own: Settings, before: str, after: str) -> None:
    change(own, "config/informasi_kota.yml", before, after)

    with pytest.raises(WrongSetting, match=r"informasi_kota\.yml"):
        office.load(own)


def test_a_missing_sentence_of_the_service_is_named(own: Settings) -> None:
    change(own, "data/responses/service.yml", "utter_service_check_go_on:", "utter_service_lain:")

    with pytest.raises(WrongSetting, match="utter_service_check_go_on"):
        office.load(own)
