"""Tables of safety: what a safe word does, what a hidden chat is answered, and whether the office may write now."""

from datetime import UTC, datetime, timedelta

import pytest

from damping.casework.message import Body, Channel, Kind
from damping.casework.neutral import Neutral, after_word, neutral, sift
from damping.casework.orders import ArrangeContact, Erase, Hush
from damping.casework.precautions import Change, Contact, Guard, Held, Hold, OwnWords, Precautions, change, is_gap, may_leave
from damping.casework.turn import decide
from rules.disguise import Said, Words
from rules.levels import Level
from tests.casework.test_turn import answered

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # Tuesday, 10.00 in Lampung
RULES = Precautions(safe_word="info kota", stop_word="maaf salah kirim")
WORDS = Words("info kota", "maaf salah kirim", "melati putih")
OPEN, HIDDEN, STOPPED, UNCHECKED = Guard(), Guard(disguised_at=NOW), Guard(stopped_at=NOW, veiled_at=NOW), Guard(veiled_at=NOW)
NONE, OWN = OwnWords(), OwnWords(hide="melati putih")


@pytest.mark.parametrize(
    ("guard", "said", "own", "does"),
    [
        (OPEN, Said.OFFICE, NONE, Change.HIDDEN),
        (OPEN, Said.OFFICE, OWN, Change.HIDDEN),
        (OPEN, Said.OWN, OWN, Change.HIDDEN),
        (OPEN, Said.GO_ON, NONE, None),
        (OPEN, None, OWN, None),
        (HIDDEN, Said.OFFICE, NONE, Change.OPENED),
        (HIDDEN, Said.OFFICE, OWN, None),
        (HIDDEN, Said.OWN, OWN, Change.OPENED),
        (HIDDEN, Said.GO_ON, NONE, None),
        (STOPPED, Said.GO_ON, NONE, Change.OPENED),
        (STOPPED, Said.GO_ON, OWN, None),
        (STOPPED, Said.OWN, OWN, Change.OPENED),
        (STOPPED, Said.OFFICE, NONE, Change.HIDDEN),
        (UNCHECKED, Said.GO_ON, NONE, Change.OPENED),
        (UNCHECKED, Said.GO_ON, OWN, None),
        (UNCHECKED, Said.OWN, OWN, Change.OPENED),
        *((guard, Said.STOP, own, Change.SILENCED) for guard in (OPEN, HIDDEN, STOPPED, UNCHECKED) for own in (NONE, OWN)),
    ],
)
def test_what_a_word_does(guard: Guard, said: Said | None, own: OwnWords, does: Change | None) -> None:
    assert does is change(guard, said, own)


@pytest.mark.parametrize(
    ("guard", "after", "danger", "answer"),
    [
        (HIDDEN, 0, Level.HIJAU, Neutral.CITY),
        (HIDDEN, 0, Level.MERAH, Neutral.CITY),
        (STOPPED, 4, Level.HIJAU, Neutral.NOTHING),
        (STOPPED, 4, Level.MERAH, Neutral.NOTHING),
        (STOPPED, 5, Level.KUNING, Neutral.CHECK),
        (STOPPED, 5, Level.MERAH, Neutral.URGENT),
        (UNCHECKED, 0, Level.KUNING, Neutral.CHECK),
        (UNCHECKED, 0, Level.MERAH, Neutral.URGENT),
    ],
)
def test_what_a_hidden_silenced_or_unchecked_chat_is_answered(guard: Guard, after: int, danger: Level, answer: Neutral) -> None:
    assert answer is neutral(guard, danger, RULES, NOW + timedelta(minutes=after))


def lines(*texts: str) -> list[tuple[Kind, Body]]:
    return [(Kind.TEXT, Body(text=text)) for text in texts]


@pytest.mark.parametrize(
    ("written", "after_gap", "heard", "opened"),
    [
        (["aku takut"], False, ["aku takut"], False),
        (["jam buka?", "melati putih", "aku lagi"], False, ["aku lagi"], True),
        (["melati putih"], False, [], True),
        (["kata aman saya kopi susu"], False, [], False),
        (["aku takut\nkata aman saya kopi susu"], False, ["aku takut"], False),
        (["soal kemarin", "lanjut"], True, ["soal kemarin"], False),
        (["lanjut"], True, ["lanjut"], False),
        (["soal kemarin", "lanjut"], False, ["soal kemarin", "lanjut"], False),
    ],
)
def test_which_lines_the_dialogue_hears(written: list[str], after_gap: bool, heard: list[str], opened: bool) -> None:
    sifted = sift(lines(*written), WORDS, after_gap=after_gap)

    assert (heard, opened) == ([body.text for _, body in sifted.lines], sifted.opened)
    assert (sifted.choice is not None) is any("kata aman" in text for text in written)


def test_a_hidden_chat_answers_what_came_after_the_word() -> None:
    assert ["ktp"] == after_word(["dia mukul", "info kota", "ktp"], WORDS)
    assert ["ktp"] == after_word(["ktp"], WORDS)


@pytest.mark.parametrize(
    ("channel", "minutes", "gap"),
    [(Channel.WHATSAPP, 60, False), (Channel.WHATSAPP, 61, True), (Channel.WEBCHAT, 10, False), (Channel.WEBCHAT, 11, True)],
)
def test_a_gap_is_an_hour_on_the_phone_and_ten_minutes_on_the_page(channel: Channel, minutes: int, gap: bool) -> None:
    assert gap is is_gap(RULES, channel, NOW - timedelta(minutes=minutes), NOW)
    assert not is_gap(RULES, channel, None, NOW)


IN_HOURS, OUTSIDE = Contact("chat", hours="jam 9 sampai 11"), Contact("chat", hours="jam 13 sampai 15")


@pytest.mark.parametrize(
    ("contact", "minutes_ago", "held"),
    [
        (None, 10, None),
        (None, 60, None),
        (None, 61, Held(Hold.NO_SAFE_TIME)),
        (Contact("chat"), 61, Held(Hold.NO_SAFE_TIME)),
        (IN_HOURS, 600, None),
        (OUTSIDE, 10, None),
        (OUTSIDE, 11, Held(Hold.OUTSIDE_HOURS, NOW + timedelta(hours=3))),
        (Contact("chat", hours="kalau dia kerja"), 11, Held(Hold.HOURS_UNCLEAR)),
        (Contact("jangan"), 10, None),
        (Contact("jangan", hours="kapan saja"), 11, Held(Hold.NO_CONTACT)),
        (Contact("telepon", "0800", "kapan saja"), 11, Held(Hold.PHONE_ONLY)),
    ],
)
def test_whether_the_office_may_write_now(contact: Contact | None, minutes_ago: int, held: Held | None) -> None:
    assert held == may_leave(RULES, Channel.WHATSAPP, contact, NOW - timedelta(minutes=minutes_ago), NOW)


def test_nobody_who_never_wrote_is_written_to_and_a_page_shows_itself_only_to_who_is_there() -> None:
    assert Held(Hold.NO_SAFE_TIME) == may_leave(RULES, Channel.WHATSAPP, None, None, NOW)
    assert None is may_leave(RULES, Channel.WEBCHAT, None, NOW - timedelta(days=3), NOW)


def test_a_contract_of_a_day_that_has_no_opening_waits_for_the_person() -> None:
    friday_only = Contact("chat", hours="hari jumat")

    found = may_leave(RULES, Channel.WHATSAPP, friday_only, NOW - timedelta(hours=2), NOW)

    assert Held(Hold.OUTSIDE_HOURS, datetime(2026, 11, 27, 1, 0, tzinfo=UTC)) == found


def test_a_turn_carries_contract_and_silence() -> None:
    outcome = decide(
        answered(ArrangeContact("chat", "", "pagi"), ArrangeContact("telepon", "0800", "sore", "Sari", "salah sambung")), Level.HIJAU
    )

    assert Contact("telepon", "0800", "sore", "Sari", "salah sambung") == outcome.contact
    assert decide(answered(Hush()), Level.HIJAU).hush
    assert None is decide(answered(ArrangeContact("chat"), Erase()), Level.HIJAU).contact


def test_a_changed_style_is_news_once() -> None:
    answer = answered(facts={"style_changed": "ya"})

    assert ("other_writer",) == decide(answer, Level.HIJAU).notices
    assert () == decide(answer, Level.HIJAU, known={"style_changed": "ya"}).notices


def test_private_words_and_contact_never_reach_a_log() -> None:
    assert "melati" not in repr(OWN)
    assert "Sari" not in repr(Contact("chat", "0800", "pagi", "Sari"))
