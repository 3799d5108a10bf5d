"""Short answers in the light of the question; an unclear one is never a yes or a no."""

import pytest

from rules.answers import Reading, pressed, read, yes_or_no
from rules.assessment import QUESTIONS
from rules.speech import heard


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("iya", True),
        ("y", True),
        ("ya kak", True),
        ("iyaaa", True),
        ("betul", True),
        ("nggih", True),
        ("iya tp udah kering", True),
        ("gak", False),
        ("ga", False),
        ("blm", False),
        ("belom kak", False),
        ("enggak", False),
        ("ora", False),
        ("bukan", False),
        (".", None),
        ("🙏", None),
        ("hmm", None),
        ("ga tau", None),
        ("mungkin", None),
        ("iya tapi takut dia pulang", None),
        ("iya ga ya", None),
        ("kayaknya iya", None),
        ("aku cerita dulu ya tadi pagi itu dia datang terus marah marah ga jelas sampai sore", None),
    ],
)
def test_yes_and_no(said: str, meant: bool | None) -> None:
    assert meant is yes_or_no(heard(said))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("iya", "aman"),
        ("aman kok", "aman"),
        ("lagi aman", "aman"),
        ("1", "aman"),
        ("👍", "aman"),
        ("ga", "tidak"),
        ("blm", "tidak"),
        ("2", "tidak"),
        ("ga aman", "tidak"),
        ("tidak aman kak", "tidak"),
        ("👎", "tidak"),
        ("bahaya", "tidak"),
    ],
)
def test_safe_now_is_read(said: str, value: str) -> None:
    assert {"safe_now": value} == read("safe_now", said, "").facts


@pytest.mark.parametrize(
    "said",
    [
        ".",
        "?",
        "hmm",
        "🙏",
        "😭",
        "gpp",
        "aman ga ya",
        "iya tapi dia marah",
        "saya cape",
        "9",
        "👍👎",
        "dia kemarin bilang ya sudah terserah",
    ],
)
def test_an_unclear_answer_about_safety_is_never_yes_or_no(said: str) -> None:
    answer = read("safe_now", said, "")

    assert {} == answer.facts
    assert answer.reading in {Reading.UNCLEAR, Reading.UNKNOWN}


@pytest.mark.parametrize(
    ("slot", "said", "facts"),
    [
        ("abuser_near", "dia di kamar sebelah", {"abuser_near": "ya"}),
        ("abuser_near", "lagi kerja dia", {"abuser_near": "tidak"}),
        ("abuser_near", "ga ada", {"abuser_near": "tidak"}),
        ("kind", "dipukul", {"kind": ["fisik"]}),
        ("kind", "3", {"kind": ["seksual"]}),
        ("kind", "foto saya disebar", {"kind": ["kbgo"]}),
        ("kind", "ga dikasih nafkah", {"kind": ["penelantaran"]}),
        ("victim", "saya sendiri", {"victim": "diri"}),
        ("victim", "anak saya", {"victim": "anak"}),
        ("victim", "temen kuliah", {"victim": "dewasa_lain"}),
        ("victim", "2", {"victim": "anak"}),
        ("kecamatan", "kmiling", {"kecamatan": "Kemiling", "kelurahan": None}),
        ("kecamatan", "natar", {"kecamatan": "luar kota: Natar", "kelurahan": None}),
        ("help_wanted", "mau visum sama lapor polisi", {"help_wanted": ["hukum", "medis"]}),
        ("contact_way", "jangan telpon ya, wa aja jam 10 pagi", {"contact_way": "chat", "contact_hours": "jam 10 pagi"}),
        ("contact_way", "telp aja 0800-0123-4567", {"contact_way": "telepon", "contact_number": "080001234567"}),
        ("contact_way", "ga usah", {"contact_way": "jangan"}),
        ("contact_number", "yg ini aja", {"contact_number": "nomor ini"}),
        ("contact_number", "0800 0123 4567", {"contact_number": "080001234567"}),
        ("contact_hours", "abis magrib", {"contact_hours": "abis magrib"}),
        ("company", "sama nenek", {"company": "sama nenek"}),
    ],
)
def test_an_answer_is_read_in_the_light_of_its_question(slot: str, said: str, facts: dict[str, object]) -> None:
    answer = read(slot, said, "")

    assert Reading.CLEAR is answer.reading
    assert facts == answer.facts


@pytest.mark.parametrize(
    ("slot", "said", "intent", "reading"),
    [
        ("kecamatan", "lewati", "lewati", Reading.SKIP),
        ("kecamatan", "ga mau bilang", "tolak", Reading.SKIP),
        ("kind", "skip", "", Reading.SKIP),
        ("victim", "ga tau", "", Reading.UNKNOWN),
        ("kecamatan", "entah", "tidak_tahu", Reading.UNKNOWN),
        ("kecamatan", "di rumah", "", Reading.UNCLEAR),
        ("company", "hmm gatau", "", Reading.UNKNOWN),
        ("company", "", "", Reading.UNCLEAR),
        ("help_wanted", "zzz", "", Reading.UNCLEAR),
        ("victim", "panjang ceritanya kak dari awal nikah sampai sekarang semua kena", "", Reading.UNCLEAR),
        ("contact_way", "nanti saya kabari", "", Reading.UNCLEAR),
    ],
)
def test_other_readings(slot: str, said: str, intent: str, reading: Reading) -> None:
    assert reading is read(slot, said, intent).reading


@pytest.mark.parametrize(
    ("slot", "intent", "reading", "facts"),
    [
        ("safe_now", "setuju", Reading.CLEAR, {"safe_now": "aman"}),
        ("safe_now", "tolak", Reading.CLEAR, {"safe_now": "tidak"}),
        ("abuser_near", "setuju", Reading.CLEAR, {"abuser_near": "ya"}),
        ("kecamatan", "lewati", Reading.SKIP, {}),
        ("kecamatan", "tidak_tahu", Reading.UNKNOWN, {}),
        ("kecamatan", "setuju", Reading.UNCLEAR, {}),
    ],
)
def test_a_pressed_button_without_a_choice(slot: str, intent: str, reading: Reading, facts: dict[str, object]) -> None:
    answer = pressed(slot, intent)

    assert (reading, facts) == (answer.reading, answer.facts)


@pytest.mark.parametrize("slot", QUESTIONS)
def test_every_question_can_be_answered_by_number_where_it_has_choices(slot: str) -> None:
    for place, choice in enumerate(QUESTIONS[slot].choices, start=1):
        value = read(slot, f"no {place}", "").facts[slot]
        assert value == choice or value == [choice]
