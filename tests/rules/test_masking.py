"""Nothing personal leaves a conversation: planted canaries, all invented, none of which may be left in the masked sentence."""

import random
import re
from pathlib import Path

import pytest

from rules.masking import Masker, everyday

ROOT = Path(__file__).parents[2]
SENTENCES = [
    re.sub(r"\[([^\]]+)\]\(\w+\)", r"\1", found)
    for file in sorted((ROOT / "data/nlu").glob("*.yml"))
    for found in re.findall(r'text: "((?:[^"\\]|\\.)*)"', file.read_text(encoding="utf-8"))
]
MASKER = Masker(everyday(SENTENCES), ["Pasar Tugu", "psr tugu", "Lapangan Saburai"])
# names that are in no list
START, MIDDLE, END = (
    ["Zu", "Ma", "Wiro", "Suko", "Tir", "Kar", "Yun", "Gim", "Sar", "Jum"],
    ["bai", "to", "dar", "no", "ya", "ju", "ra"],
    ["jan", "ningsih", "diman", "natun", "wanti", "yem", "tono"],
)


def canaries() -> list[tuple[str, str]]:
    """Two hundred and more sentences, each with the invented thing that must not be left in it."""
    dice = random.Random(7)

    def digits(number: int) -> str:
        return "".join(dice.choice("0123456789") for _ in range(number))

    def strange() -> str:
        return dice.choice(START) + dice.choice(MIDDLE) + dice.choice(END)

    def known() -> str:
        return dice.choice(
            [
                "Suparmi",
                "Rohani",
                "Bambang",
                "Nurjanah",
                "Iwan",
                "Yulianti",
                "Hendra",
                "Wagiyem",
                "Fitriani",
                "Ahmad",
                "Rosdiana",
                "Sutrisno",
            ]
        )

    spoken = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
    named = ["nama saya {}", "nama saya {} kak", "panggil saja {}", "tetangga saya bu {} dipukul", "namanya {}", "suami saya {} mabuk lagi"]
    named += ["saya dipukul sama {} tadi malam", "kemarin Pak {} datang bawa golok", "pacarku {} ngancem sebar foto"]
    listed = ["{} mukul saya lagi", "semalam {} ngamuk", "tolong {} dikurung", "anaknya {} nangis terus", "aku takut {} balik"]
    told = [(shape.format(name), name) for shape in named for name in (strange(), strange(), strange().lower(), known().lower())]
    told += [(shape.format(name), name) for shape in listed for name in (known(), known().lower(), known().upper(), strange())]
    for shape in ("nomor saya {} ya", "wa {}", "telpon aja {}", "hp suami {}", "{}"):
        mobile = "08" + digits(10)
        spaced = f"{mobile[:4]} {mobile[4:8]} {mobile[8:]}"
        for number in (mobile, f"{mobile[:4]}-{mobile[4:8]}-{mobile[8:]}", spaced, "+62 " + spaced[1:], "o8" + digits(9)):
            told.append((shape.format(number), number))
        told.append((shape.format(" ".join(dice.choice(spoken) for _ in range(11))), "satu dua"))
    for _ in range(10):
        nik = "1871" + digits(12)
        told += [(f"nik saya {nik}", nik), (f"ktp {nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}", nik[8:12] + " " + nik[12:])]
        name = (strange() + dice.choice("._") + digits(2)).lower()
        told += [
            (f"email {name}@gmail.com", name),
            (f"ig saya {name}", name),
            (f"follow @{name}", name),
            (f"https://x.id/{name} itu saya", name),
        ]
        street = dice.choice(["Pulau Damar", "kenanga", "Zulyansah", "raden intan", "cendana", "Imam Bonjol"])
        told += [(f"rumah di jl {street} no {digits(2)}", street), (f"saya di gang {street}, tolong", street)]
        told += [(f"alamat rt {digits(2)} rw 0{digits(1)} kemiling", " rw "), (f"tinggal di blok C{digits(2)}", "blok C")]
        told += [(f"platnya BE {digits(4)} {dice.choice(['AB', 'YZ', 'CK'])}", "BE "), (f"motor be {digits(4)} xy", " xy")]
        day = dice.randint(1, 28)
        told += [(f"kejadian tgl {day} maret", f"{day} maret"), (f"sejak {day}/0{dice.randint(1, 9)}/2025 itu", f"{day}/")]
    for village in ("Way Kandis", "gedong meneng", "Sumur Putri", "kaliawi", "Segalamider", "waydadi", "Pasar Tugu"):
        told += [(f"saya di {village} kak", village), (f"rumah dekat {village}", village)]
    for school in ("smpn 4", "SD Negeri 2", "sma 9", "SMK 5"):
        told.append((f"anak saya sekolah di {school} kemiling", school))
    return list(dict.fromkeys(told))


def test_there_are_two_hundred_canaries_at_least() -> None:
    assert 200 <= len(canaries())


def test_no_canary_survives() -> None:
    left = {text: MASKER.masked(text) for text, canary in canaries() if canary.lower() in MASKER.masked(text).lower()}

    assert {} == left


def test_no_run_of_five_digits_survives() -> None:
    left = [text for text, _ in canaries() if re.search(r"\d(?:[ .-]?\d){4,}", MASKER.masked(text))]

    assert [] == left


@pytest.mark.parametrize(
    "text",
    [
        "bu tolong saya dipukul suami",
        "kak ada apa",
        "saya jalan kaki pulang dari pasar",
        "umur saya 13 tahun",
        "di jalan pulang saya diikuti",
        "saya di kemiling",
        "2 juta sebulan",
        "nama saya jangan ditulis ya",
        "panggil polisi sekarang",
        "aku takut dia bawa golok",
    ],
)
def test_what_says_nothing_about_anybody_stays_as_it_was(text: str) -> None:
    assert text == MASKER.masked(text)


def test_most_of_the_invented_examples_stay_as_they_are() -> None:
    """Too much taken out would leave trainers nothing to learn from."""
    some = random.Random(3).sample(SENTENCES, 1500)

    touched = [text for text in some if MASKER.pieces(text)]

    assert len(touched) / len(some) < 0.15


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u200b0\u200b8\u200b1\u200b2\u200b3\u200b4\u200b5\u200b6\u200b7\u200b8", "a" * 9000, "rina " * 400, "１２３４５６７８"],
)
def test_any_input_is_bounded_and_hidden_signs_do_not_help(text: str) -> None:
    masked = MASKER.masked(text)

    assert len(masked) <= 3000
    assert not re.search(r"\d{5}", masked)
    assert "rina" not in masked
