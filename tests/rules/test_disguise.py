"""Safe words count however they are typed, only where they stand alone; the city chat says nothing of the matter."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules import danger, disguise
from rules.disguise import Choice, CityChat, Refused, Said, Topic, Words
from rules.levels import Level

ROOT = Path(__file__).resolve().parents[2]
WORDS = Words(office="info kota", office_stop="maaf salah kirim", own="melati putih", own_stop="hujan deras")


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("melati putih", Said.OWN),
        ("Melati Putih", Said.OWN),
        ("MELATIPUTIH", Said.OWN),
        ("  melati-putih!! ", Said.OWN),
        ("mеlati putih", Said.OWN),  # a look-alike letter of another script
        ("Info Kota.", Said.OFFICE),
        ("maaf, salah kirim", Said.STOP),
        ("hujan deras", Said.STOP),
        ("Lanjut", Said.GO_ON),
        ("melati putih ya", None),
        ("aku suka melati putih", None),
        ("melati", None),
        ("hujan deras banget di sini", None),
        ("maaf salah kirim foto tadi", None),
        ("", None),
        ("...", None),
    ],
)
def test_a_word_counts_only_where_it_stands_alone(line: str, meaning: Said | None) -> None:
    assert meaning is disguise.said(line, WORDS)


def test_without_words_nothing_is_one() -> None:
    assert None is disguise.said("", Words())
    assert None is disguise.said("apa saja", Words())


def test_a_line_of_its_own_counts_among_other_lines() -> None:
    assert Said.OWN is disguise.last_said("dia datang\nMelati putih", WORDS)
    assert None is disguise.last_said("dia datang\nbawa melati putih", WORDS)


@pytest.mark.parametrize(
    ("line", "word", "stop"),
    [
        ("kata aman saya mawar merah", "mawar merah", False),
        ("Kata aman: 'kopi susu'", "kopi susu", False),
        ("kak, kata aman aku jeruk", "jeruk", False),
        ("kata amanku nasi uduk", "nasi uduk", False),
        ("oke, kata sandi saya adalah kelinci", "kelinci", False),
        ("kata aman saya ganti jadi pempek", "pempek", False),
        ("saya pakai jeruk bali sebagai kata aman", "jeruk bali", False),
        ("pilih cempaka untuk kata aman saya", "cempaka", False),
        ("kata berhenti saya hujan lebat", "hujan lebat", True),
        ("kata stop: angin", "angin", True),
    ],
)
def test_a_word_is_chosen_in_free_words(line: str, word: str, stop: bool) -> None:
    assert Choice(word, stop) == disguise.choice(line, WORDS)


@pytest.mark.parametrize("line", ["kata aman", "kata aman itu apa?", "apa itu kata aman", "mau bikin kata aman", "kata aman saya apa ya?"])
def test_asking_about_it_chooses_nothing(line: str) -> None:
    assert Choice() == disguise.choice(line, WORDS)


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("kata aman saya dia", Refused.SHORT),
        ("kata aman saya halo", Refused.EVERYDAY),
        ("kata aman saya lanjut", Refused.EVERYDAY),
        ("kata aman saya info kota", Refused.EVERYDAY),
    ],
)
def test_a_word_that_would_be_typed_by_accident_is_refused(line: str, refused: Refused) -> None:
    assert Choice(refused=refused) == disguise.choice(line, WORDS)


@pytest.mark.parametrize(
    "line",
    [
        "kata aman saya dia lagi mukul saya tolong",
        "kata aman saya mukul aku",
        "kata aman saya udah ga berlaku lagi",
        "kata-kata dia kasar sekali",
        "dia tahu kata sandi hp saya",
        "",
    ],
)
def test_a_telling_is_no_choice(line: str) -> None:
    assert None is disguise.choice(line, WORDS)


def test_the_chosen_word_is_not_shown_in_a_log() -> None:
    assert "mawar" not in repr(Choice("mawar"))


CHAT = CityChat(("Halo.", "Halo lagi."), ("Belum ada.",), (Topic(("ktp", "kartu keluarga"), ("Bawa KK.", "Gratis.")),))


def test_the_city_chat_answers_by_subject_and_does_not_repeat_itself() -> None:
    assert "Bawa KK." == disguise.city_answer(CHAT, "Mau urus KTP!", "")
    assert "Gratis." == disguise.city_answer(CHAT, "kartu keluarga gimana", "Bawa KK.")
    assert "Bawa KK." == disguise.city_answer(CHAT, "ktp", "Gratis.")
    assert "Belum ada." == disguise.city_answer(CHAT, "istri saya cerita apa", "Halo.")
    assert "Halo." == disguise.city_answer(CHAT, "", "")
    assert "Belum ada." == disguise.city_answer(CHAT, "ektp2", "")


OFFICES: dict[str, Any] = yaml.safe_load((ROOT / "config" / "informasi_kota.yml").read_text(encoding="utf-8"))
SENTENCES = [*OFFICES["greetings"], *OFFICES["otherwise"], *(said for topic in OFFICES["topics"] for said in topic["answers"])]
_OF_THE_MATTER = (
    r"korban|kekerasan|perempuan|anak|pelaku|polisi|lapor|aman|petugas ppa|uptd|rahasia|samar|suami|istri|psikolog|\b1(?:10|12|19|29)\b"
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_offices_city_chat_never_touches_the_matter(sentence: str) -> None:
    assert None is re.search(_OF_THE_MATTER, sentence.lower())
    assert Level.HIJAU is danger.screen(sentence).level
    assert len(sentence) <= 160


def test_every_subject_can_be_answered_twice_without_repeating() -> None:
    assert all(len(set(topic["answers"])) >= 2 for topic in OFFICES["topics"])
    assert all(word == word.lower() for topic in OFFICES["topics"] for word in topic["words"])
