"""Short answers are read in the light of the open question, whatever the model took them for."""

import pytest

from rules import steering
from rules.hearing import Heard, Message, must_hush
from rules.intake import Intake, take_in
from rules.levels import Level
from rules.noticed import marks
from rules.speech import heard

GREETED: dict[str, object] = {"greeted": True, "safe_now": "aman", "kind": ["fisik"], "level": "kuning"}


def _said(text: str, intent: str, question: str | None, confidence: float = 0.9, **facts: object) -> Intake:
    return take_in({**GREETED, **facts}, Message(text, intent, confidence=confidence), question)


@pytest.mark.parametrize(
    ("question", "text", "taken_for", "value"),
    [
        ("help_wanted", "saran saja", "atur_kontak", ["saran"]),
        ("help_wanted", "saran dulu", "berhenti_dulu", ["saran"]),
        ("help_wanted", "dokter", "minta_medis_visum", ["medis"]),
        ("contact_way", "chat aja", "atur_kontak", "chat"),
        ("contact_way", "jangan", "tolak", "jangan"),
        ("contact_way", "wa aja", "tanya_alamat_jam", "chat"),
        ("contact_hours", "malam", "sapa", "malam"),
        ("contact_hours", "siang dulu", "berhenti_dulu", "siang"),
        ("contact_hours", "kapan aja", "setuju", "kapan aja"),
    ],
)
def test_a_short_fitting_answer_is_an_answer(question: str, text: str, taken_for: str, value: object) -> None:
    taken = _said(text, taken_for, question)

    assert (Heard.ANSWER, value) == (taken.heard, taken.changes[question])


@pytest.mark.parametrize("taken_for", ["setuju", "atur_kontak", "terima_kasih", "tolak"])
def test_never_mind_leaves_the_choice_to_us_and_is_no_permission(taken_for: str) -> None:
    assert Heard.SKIP is _said("terserah", taken_for, "help_wanted").heard
    assert "contact_way" not in _said("gapapa", taken_for, "contact_way").changes


@pytest.mark.parametrize("intent", ["minta_petugas", "tidak_aman_chat", "hapus_data", "darurat_sekarang"])
def test_what_is_grave_outranks_the_question(intent: str) -> None:
    assert Heard.ASIDE is _said("chat aja", intent, "contact_way").heard


@pytest.mark.parametrize("text", ["apa masih bisa visum", "polisi bisa nangkep ga", "emang kenapa ya", "apa boleh"])
def test_a_question_is_never_a_yes(text: str) -> None:
    assert "abuser_near" not in _said(text, "tanya_prosedur", "abuser_near", 0.3, safe_now="tidak").changes


def test_help_named_in_so_many_words_is_believed_though_the_model_is_unsure() -> None:
    assert ("minta_medis_visum", Heard.ASIDE) == (
        (taken := _said("apa masih bisa visum", "minta_medis_visum", "abuser_near", 0.3)).trusted,
        taken.heard,
    )


@pytest.mark.parametrize(
    ("text", "intent", "slot", "value"),
    [
        ("aman", "tanya_kerahasiaan", "safe_now", "aman"),
        ("engga aman", "tolak", "safe_now", "tidak"),
        ("saya sendiri", "ungkap_malu_salah", "victim", "diri"),
        ("dia lagi tidur", "beri_info", "abuser_near", "ya"),
    ],
)
def test_what_is_said_late_still_counts(text: str, intent: str, slot: str, value: str) -> None:
    taken = take_in({"greeted": True}, Message(text, intent), "kecamatan")

    assert (Heard.TOLD, value) == (taken.heard, taken.changes[slot])


def test_nobody_calls_is_kept_wherever_it_is_said() -> None:
    taken = _said("ga usah dihubungi", "tolak", None)

    assert "jangan" == taken.changes["contact_way"]
    assert ("utter_atur_kontak_none",) == steering.decline({"contact_way": "jangan", "turn": {"told": True}}).says


def test_a_habit_of_reading_along_is_answered_and_a_reader_beside_is_not() -> None:
    assert not must_hush(Message("suami sy suka baca hp", "tidak_aman_chat"), heard("suami sy suka baca hp"))
    assert must_hush(Message("suami lagi baca hp", "tidak_aman_chat"), heard("suami lagi baca hp"))
    assert must_hush(Message("", "tidak_aman_chat"), "")
    assert ("utter_reads_along",) == steering.reads_along({"turn": {"hush": False, "marks": ["membaca"]}}).says
    assert ("utter_noted",) == steering.reads_along({"turn": {"hush": False}}).says
    assert ("utter_tidak_aman_chat",) == steering.reads_along({"turn": {"hush": True}}).says
    assert ("utter_greeting",) == take_in({}, Message("suami sy suka baca hp", "tidak_aman_chat"), None).preamble


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("😭", ("tangis",)),
        ("😔😔 ", ("tangis",)),
        ("😭 dia mukul", ("tentang_dia",)),
        ("👍", ()),
        ("aku ga mau polisi", ("cerita", "polisi")),
    ],
)
def test_tears_and_fear_of_the_police_are_noticed(text: str, noticed: tuple[str, ...]) -> None:
    assert noticed == marks(text, heard(text))


def test_tears_are_heard_and_not_called_unreadable() -> None:
    assert Heard.ASIDE is _said("😭", "nlu_fallback", "victim").heard
    assert ("utter_ungkap_sedih_lelah",) == steering.unclear({"turn": {"marks": ["tangis"]}}).says


def test_one_who_hits_stays_one_who_hits() -> None:
    confessed = take_in({}, Message("saya suami yg kasar", "lapor_umum"), None)
    sorry = take_in({"greeted": True, "writer": "pelaku"}, Message("saya nyesel banget", "pelaku_mengaku"), None)

    assert "pelaku" == confessed.changes["writer"]
    assert "pelaku_mengaku" == sorry.trusted
    assert "" == take_in({"greeted": True}, Message("saya nyesel banget", "pelaku_mengaku"), None).trusted
    assert ("utter_abuser_counsel",) == steering.receive_report({"writer": "pelaku", "said": ["utter_received_abuser"]}).says


def test_no_law_in_answer_to_a_feeling() -> None:
    facts = {"greeted": True, "kind": ["seksual"], "victim": "diri", "level": "merah", "alarmed": ["x"]}

    assert () == take_in(facts, Message("jijik sama diri sendiri", "ungkap_malu_salah"), None).preamble
    assert ("utter_legal_limit",) == take_in(facts, Message("ok", "setuju"), None).preamble


def test_rape_is_believed_first() -> None:
    taken = take_in({}, Message("semalem aku diperkosa temen kerja", "lapor_seksual", danger=Level.MERAH), None)

    assert ("utter_alarm_sexual",) == taken.preamble


def test_who_is_there_was_asked_and_is_no_reason_to_fall_silent() -> None:
    taken = take_in({"greeted": True, "writer": "anak"}, Message("ada nenek", "tidak_aman_chat"), "company")

    assert (Heard.ANSWER, False, "ada nenek") == (taken.heard, taken.hush, taken.changes["company"])
    child = {"greeted": True, "writer": "anak"}
    assert not take_in(child, Message("ada nenek", "tidak_aman_chat"), "kecamatan").hush
    assert take_in({**child, "relation": "nenek"}, Message("ada nenek", "tidak_aman_chat"), "company").hush
    assert take_in(child, Message("ada papa", "tidak_aman_chat"), "company").hush
    assert "company" not in take_in(child, Message("mama kerja di luar negeri", "beri_info"), "company").changes
    assert take_in({"greeted": True}, Message("ada papa jangan bales", "tidak_aman_chat"), "company").hush


def test_ok_after_a_hush_may_be_by_another_hand() -> None:
    hushed = {"paused": "hush"}

    taken = take_in(hushed, Message("oke", "setuju"), None)
    assert ("paused" not in taken.changes, ()) == (True, taken.preamble)
    assert take_in(hushed, Message("iya aman", "setuju"), None).changes["paused"] is None


def test_a_story_is_never_called_unreadable() -> None:
    assert Heard.TOLD is _said("saya udah cerita ke dosen tapi ga ditanggepin", "beri_info", "kecamatan").heard
    assert Heard.UNCLEAR is _said("zxqw", "beri_info", "kecamatan").heard


def test_erasing_that_is_told_is_not_asked_for() -> None:
    assert "" == _said("aku udah hapus semua akun", "hapus_data", None).trusted
    assert "hapus_data" == _said("udah ya hapus chatnya", "hapus_data", None).trusted
    assert "hapus_data" == _said("hapus semua data saya", "hapus_data", None).trusted


def test_a_bridge_as_the_whole_message_rings() -> None:
    assert "merah" == take_in({}, Message("aku di jembatan", "beri_info"), None).changes["level"]
    assert "merah" != take_in({}, Message("rumah saya di jembatan dua", "beri_info"), None).changes["level"]


def test_exhaustion_and_a_bitter_no_are_heard() -> None:
    weary = {"turn": {"intent": "krisis_bunuh_diri", "trusted": ""}}
    bitter = {"crisis": "diri", "level": "merah", "turn": {"heard": "aside", "marks": ["cerita"]}}

    assert ("utter_ungkap_sedih_lelah",) == steering.receive_report(weary).says
    assert ("utter_received_crisis",) == steering.receive_report({**weary, "crisis": "diri"}).says
    assert ("utter_received_crisis",) == steering.decline(bitter).says


def test_nothing_is_noted_that_was_not_told() -> None:
    assert () == steering.noted({"turn": {"told": False}}).says
    assert ("utter_still_read",) == steering.noted({"paused": "petugas", "turn": {"told": False}}).says
    assert ("utter_noted",) == steering.noted({"turn": {"told": True}}).says
    assert () == steering.skip({"turn": {"first": True}}).says
    assert ("utter_lewati",) == steering.skip({}).says


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"crisis": "diri"}, "utter_alarm_again_crisis"),
        ({"writer": "anak"}, "utter_alarm_again_child"),
        ({"writer": "pelaku"}, "utter_alarm_again_abuser"),
        ({}, "utter_alarm_again"),
    ],
)
def test_a_second_alarm_keeps_the_voice_of_the_first(facts: dict[str, object], says: str) -> None:
    known = {"greeted": True, "level": "merah", "alarmed": ["dicekik"], **facts}

    assert (says,) == take_in(known, Message("ada pisau di dapur", "beri_info", danger=Level.MERAH), None).preamble


def test_a_child_whose_grandmother_is_there_is_thanked() -> None:
    assert ("utter_noted",) == steering.reads_along({"writer": "anak", "turn": {"hush": False}}).says
