"""Consent, gaps, starting again, progress, style, topics, advice and landmarks: the smaller rules of the dialogue."""

from collections.abc import Iterator

import pytest

from rules import advice, duties, places, relations, replies, speaking, steering, style, topics
from rules.answers import Reading, read
from rules.hearing import Heard, Message, must_hush
from rules.intake import take_in
from rules.paths import PATHS, path_of
from rules.speech import heard

GREETED: dict[str, object] = {"greeted": True, "level": "kuning", "kind": ["fisik"], "victim": "diri", "relation": "suami"}


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("consent", "boleh", "ya"),
        ("consent", "silakan dicatat", "ya"),
        ("consent", "jangan dicatat dulu", "tidak"),
        ("consent", "ya aman", None),
        ("consent", "makasih ya kak", None),
        ("consent", "terserah", None),
        ("risk_choke", "pernah sekali", "ya"),
        ("risk_choke", "belum pernah", "tidak"),
        ("risk_choke", "boleh", None),
        ("risk_choke", "kayaknya pernah", None),
        ("abuser_near", "oke", None),
        ("safe_now", "nanti dulu ya kak", None),
        ("safe_now", "bayar ga", None),
        ("safe_now", "kayaknya aman", None),
        ("relation", "sama bapak tiri", "sama bapak tiri"),
        ("relation", "ga tau", None),
        ("when", "kemarin malam", "kemarin malam"),
        ("contact_name", "panggil bu sri", "bu sri"),
        ("contact_cover", "bilang aja dari bank", "bilang aja dari bank"),
        ("trusted_adult", "ga ada", "belum ada"),
        ("trusted_adult", "jangan bilang mama", None),
    ],
)
def test_an_answer_is_read_strictly(slot: str, text: str, value: str | None) -> None:
    assert value == read(slot, text, "").facts.get(slot)


def test_to_leave_a_question_is_no_name() -> None:
    assert Reading.SKIP is read("contact_name", "lewati", "lewati").reading


def test_without_consent_nothing_is_recorded_but_for_merah() -> None:
    refused = {**GREETED, "consent": "tidak"}

    assert ["record_assessment"] == [one["order"] for one in duties.orders(GREETED, refused, "tolak", (), False)]
    assert () == duties.orders(refused, {**refused, "weapon": "kayu"}, "lapor_fisik", (), False)
    assert duties.orders(refused, {**refused, "level": "merah"}, "darurat_sekarang", (), True)
    assert ("utter_received_unrecorded",) == speaking.on_report("lapor_fisik", refused, False)
    assert "utter_closing_unrecorded" == speaking.on_close(refused)


def test_after_a_gap_safety_and_contact_are_open_again_and_nothing_is_read_back() -> None:
    known = {**GREETED, "gap": True, "safe_now": "aman", "contact_way": "chat", "asked": ["safe_now", "kind"], "pending": ["relation"]}

    changes = take_in(known, Message("halo", "sapa"), None).changes

    assert (None, None, None) == (changes["safe_now"], changes["contact_way"], changes["gap"])
    assert ["kind"] == changes["asked"]
    assert [] == changes["pending"]


def test_to_begin_again_forgets_the_answers_and_keeps_the_danger() -> None:
    known = {**GREETED, "level": "merah", "alarmed": ["dicekik"], "asked": ["kind"], "writer": "anak"}

    taken = take_in(known, Message("ulang dari awal", "ulangi"), None)

    assert ("utter_restart",) == taken.preamble
    assert (None, None) == (taken.changes["kind"], taken.changes["asked"])
    assert not {"level", "alarmed", "writer"} & {slot for slot, value in taken.changes.items() if value is None}


def test_three_turns_without_progress_bring_a_person_once() -> None:
    facts: dict[str, object] = {**GREETED}
    ordered = []
    for _ in range(5):
        taken = take_in(facts, Message("bayar ga", "tanya_biaya"), None)
        facts.update(taken.changes)
        ordered.append([one["order"] for one in taken.orders])

    assert 1 == sum("call_officer" in orders for orders in ordered)


def test_a_prankster_waits_for_nobody() -> None:
    facts: dict[str, object] = {"greeted": True}
    for _ in range(6):
        taken = take_in(facts, Message("wkwk", "iseng"), None)
        facts.update(taken.changes)
        assert () == taken.orders


def test_another_hand_is_noticed_by_its_way_of_writing() -> None:
    facts: dict[str, object] = {}
    for text in ["aku takut", "aku dipukul", "aku di kamar"]:
        facts.update(style.after(facts, text, "beri_info"))

    assert "style_changed" not in style.after(facts, "aku bingung", "hapus_data")
    assert "ya" == style.after(facts, "Saya ingin semuanya dihapus.", "hapus_data")["style_changed"]
    assert "style_changed" not in style.after(facts, "Saya baik saja sekarang.", "beri_info")


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("trus prosesnya gimana", "utter_tanya_prosedur"),
        ("apa saya harus ke polisi?", "utter_tanya_prosedur"),
        ("bayar ga", "utter_tanya_biaya"),
        ("nanti ketahuan suami ga", "utter_tanya_kerahasiaan"),
        ("jangan bilang mama", "utter_tanya_kerahasiaan"),
        ("suami saya mukul saya", None),
        ("aman", None),
    ],
)
def test_a_plain_question_is_known_by_its_words(text: str, response: str | None) -> None:
    assert response == topics.asked(heard(text))


def test_a_question_is_answered_whatever_it_was_taken_for() -> None:
    facts = {"turn": {"topic": "utter_tanya_prosedur", "trusted": "pamit", "marks": []}}

    assert ("utter_tanya_prosedur",) == steering.unless_asked(steering.goodbye)(facts).says
    assert ("utter_silakan_tanya",) == steering.unless_asked(steering.goodbye)({"turn": {"marks": ["mau_tanya"]}}).says


def test_the_closing_word_closes_whatever_it_was_taken_for() -> None:
    assert must_hush(Message("tutup", "tanya_alamat_jam"), heard("tutup"))
    assert not must_hush(
        Message("hp saya suka dicek suami, jangan telpon", "atur_kontak"), heard("hp saya suka dicek suami, jangan telpon")
    )


def test_health_and_evidence_are_told_only_where_it_is_safe_and_recent() -> None:
    told: dict[str, object] = {"kind": ["seksual"], "victim": "diri", "when": "kemarin", "safe_now": "aman", "said": [speaking.LEGAL_LIMIT]}

    assert "utter_advice_sexual" == advice.due(told)
    assert None is advice.due({**told, "safe_now": "tidak"})
    assert None is advice.due({**told, "when": "sudah lama"})
    assert None is advice.due({**told, "said": []})
    assert None is advice.due({**told, "said": [speaking.LEGAL_LIMIT, "utter_advice_sexual"]})


def test_a_need_is_answered_with_a_step_and_a_place() -> None:
    facts = {"kecamatan": "Rajabasa", "turn": {"intent": "minta_medis_visum", "spoken": 0}}

    decision = replies.next_step(facts)

    assert ("utter_minta_medis_visum", "utter_place_medis") == decision.says
    assert {"tempat": "<dir_medis_rajabasa>"} == decision.fills
    assert ("utter_minta_medis_visum",) == replies.next_step({**facts, "turn": {"intent": "minta_medis_visum", "spoken": 1}}).says


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"writer": "pelaku"}, "pelaku"),
        ({"writer": "anak", "level": "merah"}, "anak"),
        ({"level": "merah", "crisis": "diri"}, "krisis"),
        ({"level": "merah"}, "darurat"),
        ({"kind": ["fisik"], "ended": "ya"}, "lama"),
        ({"victim": "anak"}, "saksi_anak"),
        ({"victim": "dewasa_lain"}, "saksi"),
        ({"kind": ["seksual"]}, "seksual"),
        ({"kind": ["psikis"], "relation": "pacar"}, "pasangan"),
        ({"kind": ["kbgo"]}, "online"),
        ({"kind": ["penelantaran"]}, "penelantaran"),
        ({"consent": "tidak", "kind": ["fisik"]}, "tanpa_catatan"),
        ({"consent": "tidak", "level": "merah"}, "darurat"),
        ({}, "umum"),
    ],
)
def test_each_person_is_on_a_path_of_their_own(facts: dict[str, object], name: str) -> None:
    assert name == path_of(facts).name
    assert len(PATHS) == len({path.name for path in PATHS})


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("suami", "pasangan"),
        ("mantan suami", "mantan"),
        ("bapak tiri", "keluarga"),
        ("majikan", "orang lain"),
        ("bojoku", "pasangan"),
        ("x", None),
    ],
)
def test_what_kind_of_person_a_relation_is(word: str, kind: str | None) -> None:
    assert kind == relations.kind_of(word)


@pytest.fixture
def landmarks() -> Iterator[None]:
    """Two landmarks, as the engine learns them from the office's list."""
    places.learn({"pasar koga": ["Kedaton"], "pasar tugu": ["Kedamaian", "Tanjungkarang Timur"], "nowhere": ["Atlantis"]})
    yield
    places.learn({})


def test_a_landmark_tells_where(landmarks: None) -> None:
    found = places.find("saya tinggal deket pasar koga")
    assert found is not None
    assert "Kedaton" == found.kecamatan
    shared = places.find("pasar tugu", asked=True)
    assert shared is not None
    assert ("Kedamaian", "Tanjungkarang Timur") == shared.candidates
    assert None is places.find("kemarin belanja di pasar koga")
    assert None is places.find("nowhere", asked=True)


def test_an_answer_to_another_question_is_no_answer_to_this_one() -> None:
    assert Heard.ASIDE is take_in(GREETED, Message("bayar ga", "tanya_biaya"), "safe_now").heard
