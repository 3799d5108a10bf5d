"""One message: what is remembered, when the alarm rings, what is ordered, and what it is to the open question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.buttons import BUTTONS
from rules.hearing import Heard, Message
from rules.intake import Intake, take_in
from rules.levels import Level

GREETED = {"greeted": True, "level": "hijau"}


def _said(text: str, intent: str = "beri_info", **understood: object) -> Message:
    return Message(text, intent, **understood)  # type: ignore[arg-type]


def _orders(taken: Intake) -> list[object]:
    return [one["order"] for one in taken.orders]


# the first message


@pytest.mark.parametrize(
    ("text", "intent", "preamble"),
    [
        ("halo", "sapa", ("utter_greeting",)),
        ("berapa biayanya", "tanya_biaya", ("utter_greeting",)),
        ("aku kelas 4 sd, mama suka mukul aku", "lapor_kekerasan_anak", ("utter_greeting_child",)),
        ("dia bawa golok", "darurat_sekarang", ("utter_alarm",)),
        ("dia dateng", "tidak_aman_chat", ()),
        ("dadah", "pamit", ()),
        ("hapus data saya", "hapus_data", ()),
    ],
)
def test_what_is_said_first(text: str, intent: str, preamble: tuple[str, ...]) -> None:
    taken = take_in({}, _said(text, intent), None)

    assert preamble == taken.preamble
    assert bool(preamble) == taken.changes["greeted"]


def test_a_person_is_greeted_once() -> None:
    assert () == take_in(GREETED, _said("halo", "sapa"), None).preamble


# danger


@pytest.mark.parametrize("intent", ["lapor_fisik", "tanya_biaya", "iseng", "nlu_fallback", "beri_info", "terima_kasih", "setuju"])
def test_the_alarm_depends_on_no_intent(intent: str) -> None:
    taken = take_in(GREETED, _said("suami saya nyekik saya", intent), None)

    assert taken.alarm
    assert taken.loud
    assert {"order": "escalate", "level": "merah", "reasons": ["dicekik"]} in taken.orders
    assert "merah" == taken.changes["level"]


def test_the_model_alone_rings() -> None:
    by = ({"voice": "model", "level": "merah", "reason": "mirip pesan darurat (90%)"},)

    taken = take_in(GREETED, _said("om itu gitu lagi", "lapor_kekerasan_anak", danger=Level.MERAH, danger_by=by), None)

    assert ["mirip pesan darurat (90%)"] == taken.orders[0]["reasons"]
    assert taken.loud


def test_a_level_without_a_reason_rings_too() -> None:
    taken = take_in(GREETED, _said("x", danger=Level.MERAH), None)

    assert ["dinilai gawat oleh sistem"] == taken.orders[0]["reasons"]


def test_what_the_service_already_knew_rings_once() -> None:
    """The service screens on arrival and hands the level over before the turn."""
    known = {**GREETED, "level": "merah", "level_reasons": ["menyebut golok"]}

    first = take_in(known, _said("iya", "setuju"), None)
    second = take_in({**known, **first.changes}, _said("iya", "setuju"), None)

    assert ("escalate", True) == (_orders(first)[0], first.loud)
    assert "escalate" not in _orders(second)


def test_a_red_message_always_escalates_but_is_not_told_the_same_twice() -> None:
    facts = {**GREETED}
    for loud in (True, False):
        taken = take_in(facts, _said("dia bawa golok"), None)
        assert ("escalate" in _orders(taken), taken.loud) == (True, loud)
        facts = {**facts, **taken.changes}

    new = take_in(facts, _said("dia nyekik saya"), None)
    assert new.loud
    assert ("utter_alarm_again",) == new.preamble


def test_an_impression_of_the_model_is_not_told_again() -> None:
    by = ({"voice": "model", "level": "merah", "reason": "mirip pesan darurat (71%)"},)
    facts = {**GREETED, "level": "merah", "alarmed": ["dicekik"]}

    taken = take_in(facts, _said("masih di sini", danger=Level.MERAH, danger_by=by), None)

    assert (True, False) == (taken.alarm, taken.loud)


def test_nothing_is_said_aloud_where_somebody_may_read_along() -> None:
    taken = take_in(GREETED, _said("dia masuk bawa golok", "tidak_aman_chat"), None)

    assert "escalate" in _orders(taken)
    assert () == taken.preamble


@pytest.mark.parametrize(
    ("text", "hush"),
    [
        ("bentar ada suami, jangan bales dulu", True),
        ("jangan bales", True),
        ("dia baca hp", True),
        ("ada orang", True),
        ("ada petugas ga", False),
        ("kemarin waktu saya cerita ada suami di rumah terus dia marah marah sampai malam", False),
        ("jangan telpon, chat aja", False),
    ],
)
def test_words_of_somebody_near_hush_whatever_the_intent(text: str, hush: bool) -> None:
    taken = take_in({}, _said(text, "berhenti_dulu"), None)

    assert hush is taken.hush
    assert hush is (taken.preamble == ())


def test_answers_raise_the_level_in_the_same_turn() -> None:
    facts = {**GREETED, "kind": ["fisik"], "victim": "diri"}

    taken = take_in(facts, _said("gak", "tolak"), "safe_now")

    assert "tidak" == taken.changes["safe_now"]
    assert ["menyebut" in word or word for word in ["menjawab tidak aman saat ini"]] == taken.orders[0]["reasons"]
    assert ("utter_alarm",) == taken.preamble


@pytest.mark.parametrize(
    ("text", "intent", "known", "words"),
    [
        ("aku mau mati aja", "krisis_bunuh_diri", {}, "utter_alarm_crisis"),
        ("anak saya mau bunuh diri", "krisis_bunuh_diri", {}, "utter_alarm_crisis_other"),
        ("aku kelas 5, om masukin tangan ke bajuku", "lapor_kekerasan_anak", {}, "utter_alarm_child"),
        ("saya mukul istri saya pakai kayu", "pelaku_mengaku", {}, "utter_alarm_abuser"),
        ("suami saya polisi, nodong pistol", "ancaman_nyawa", {}, "utter_alarm_in_force"),
        ("tetangga dicekik suaminya", "lapor_untuk_orang_lain", {}, "utter_alarm_witness"),
        ("dia bacok saya", "darurat_sekarang", {}, "utter_alarm"),
        ("dia bacok saya", "darurat_sekarang", {"alarmed": ["dicekik"], "level": "merah"}, "utter_alarm_again"),
    ],
)
def test_the_words_of_an_alarm_fit_the_person(text: str, intent: str, known: dict[str, object], words: str) -> None:
    assert (words,) == take_in({**GREETED, **known}, _said(text, intent), None).preamble


def test_present_danger_opens_the_question_of_safety_again() -> None:
    facts = {**GREETED, "safe_now": "aman", "asked": ["safe_now", "kind"]}

    taken = take_in(facts, _said("dia gedor pintu bawa parang", "darurat_sekarang"), None)

    assert (None, ["kind"]) == (taken.changes["safe_now"], taken.changes["asked"])


# free text fills the assessment


def test_a_long_first_message_fills_what_it_tells() -> None:
    text = "bu saya di way halim, suami suka nampar saya depan anak saya, saya sekarang aman di rumah ibu, mau visum"

    taken = take_in(
        {}, _said(text, "lapor_fisik", entities=({"entity": "hubungan", "value": "suami"}, {"entity": "waktu", "value": "sekarang"})), None
    )

    expected = {
        "safe_now": "aman",
        "kind": ["fisik"],
        "victim": "diri",
        "relation": "suami",
        "children": "ya",
        "kecamatan": "Way Halim",
        "help_wanted": ["medis"],
    }
    assert expected.items() <= taken.changes.items()
    assert {"open_case", "record_assessment"} <= set(_orders(taken))


def test_what_was_told_never_overwrites_an_answer() -> None:
    facts = {**GREETED, "kecamatan": "Kemiling", "victim": "anak", "kind": ["fisik"]}

    taken = take_in(facts, _said("saya di sukarame, dihina terus sama suami", "lapor_psikis"), None)

    assert "kecamatan" not in taken.changes
    assert "victim" not in taken.changes
    assert ["fisik", "psikis"] == taken.changes["kind"]


def test_an_answer_replaces_what_was_told() -> None:
    facts = {**GREETED, "contact_way": "telepon"}

    taken = take_in(facts, _said("", "beri_info", entities=({"entity": "pilihan", "value": "contact_way=jangan"},)), None)

    assert "jangan" == taken.changes["contact_way"]
    assert {"order": "arrange_contact", "way": "jangan", "number": "", "hours": "", "name": "", "cover": ""} in taken.orders


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "fact"),
    [
        ("saya sendiri", "pelaku_mengaku", 0.9, "writer"),
        ("saya kelepasan mukul istri", "pelaku_mengaku", 0.25, "writer"),
        ("udah pergi", "krisis_bunuh_diri", 0.9, "crisis"),
        ("tes", "lapor_kekerasan_anak", 0.2, "victim"),
    ],
)
def test_an_intent_that_nothing_bears_gives_no_fact(text: str, intent: str, confidence: float, fact: str) -> None:
    taken = take_in(GREETED, _said(text, intent, confidence=confidence), None)

    assert fact not in taken.changes
    assert "" == taken.trusted


def test_the_nearest_person_to_the_deed_is_the_abuser() -> None:
    entities = ({"entity": "hubungan", "value": "pacar"}, {"entity": "hubungan", "value": "istri"})

    taken = take_in(GREETED, _said("gue cowok bang, istri gue suka mukulin gue", "lapor_fisik", entities=entities), None)

    assert "istri" == taken.changes["relation"]


@pytest.mark.parametrize(
    ("text", "intent", "entities", "victim"),
    [
        ("golok", "ancaman_nyawa", ({"entity": "korban", "value": "anak"},), "anak"),
        ("golok", "ancaman_nyawa", ({"entity": "korban", "value": "tetangga"},), "dewasa_lain"),
        ("anak saya umur 25 dibacok", "ancaman_nyawa", ({"entity": "korban", "value": "anak"},), "dewasa_lain"),
        ("dia nodong saya pakai golok", "ancaman_nyawa", (), "diri"),
        ("saya diperkosa dulu", "minta_psikolog", (), "diri"),
        ("papa mukul aku", "lapor_kekerasan_anak", (), "anak"),
        ("kemarin lihat anak tetangga dipukul", "beri_info", (), "anak"),
    ],
)
def test_who_is_hurt(text: str, intent: str, entities: tuple[dict[str, str], ...], victim: str) -> None:
    assert victim == take_in(GREETED, _said(text, intent, entities=entities), None).changes["victim"]


@pytest.mark.parametrize("text", ["aku 13 tahun", "umurku 9", "aku kelas 5", "aku masih smp", "saya umur 16"])
def test_a_child_that_writes_is_recognised(text: str) -> None:
    taken = take_in({**GREETED, "victim": "diri"}, _said(text), None)

    assert ("anak", "anak") == (taken.changes["writer"], taken.changes["victim"])


@pytest.mark.parametrize("text", ["aku 33 tahun", "anak saya 7 tahun", "saya punya anak kelas 2 sd", "saya nikah 9 tahun"])
def test_a_grown_up_is_not_taken_for_a_child(text: str) -> None:
    assert "writer" not in take_in(GREETED, _said(text), None).changes


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("ga punya anak", {"children": "tidak"}),
        ("sendirian di rumah", {"company": "sendirian"}),
        ("sama nenek", {"company": "nenek"}),
        ("saya ga aman di rumah", {"safe_now": "tidak"}),
        ("tbs", {"kecamatan": "Telukbetung Selatan"}),
    ],
)
def test_small_facts_said_in_passing(text: str, facts: dict[str, object]) -> None:
    assert facts.items() <= take_in(GREETED, _said(text), None).changes.items()


def test_a_wish_about_contact_is_kept_and_ordered() -> None:
    taken = take_in(GREETED, _said("telp aja ke 0800 0123 4567 abis magrib", "atur_kontak"), None)

    assert {
        "order": "arrange_contact",
        "way": "telepon",
        "number": "080001234567",
        "hours": "abis magrib",
        "name": "",
        "cover": "",
    } in taken.orders


def test_entities_fill_weapon_injury_and_time() -> None:
    entities = (
        {"entity": "luka", "value": "Lebam"},
        {"entity": "senjata", "value": "sapu"},
        {"entity": "waktu", "value": "kemarin"},
        {"entity": "usia", "value": "30 tahun"},
    )

    changes = take_in(GREETED, _said("dipukul", "lapor_fisik", entities=entities), None).changes

    assert {"injury": "lebam", "weapon": "sapu", "when": "kemarin", "age": "30 tahun"}.items() <= changes.items()


def test_a_place_that_only_the_entity_names_is_found() -> None:
    changes = take_in(GREETED, _said("deket kantor lurah", entities=({"entity": "lokasi", "value": "Way Kandis"},)), None).changes

    assert {"kecamatan": "Tanjung Senang", "kelurahan": "Way Kandis"}.items() <= changes.items()


# the open question


@pytest.mark.parametrize(
    ("text", "intent", "question", "heard"),
    [
        ("iya", "setuju", "safe_now", Heard.ANSWER),
        ("aman", "tanya_kerahasiaan", "safe_now", Heard.ANSWER),
        ("ga aman dia di sini", "tidak_aman_chat", "safe_now", Heard.ANSWER),
        ("ada orang", "tidak_aman_chat", "kecamatan", Heard.ASIDE),
        ("berapa biayanya", "tanya_biaya", "safe_now", Heard.ASIDE),
        ("aman kok, tapi berapa biaya kalau mau ke psikolog di sana", "tanya_biaya", "safe_now", Heard.ASIDE),
        ("mau ngomong sama orang", "minta_petugas", "kecamatan", Heard.ASIDE),
        ("suami suka mukul saya", "lapor_fisik", "kind", Heard.ASIDE),
        ("dipukul", "lapor_fisik", "kind", Heard.ANSWER),
        ("lewati", "lewati", "kecamatan", Heard.SKIP),
        ("ga tau", "tidak_tahu", "kecamatan", Heard.SKIP),
        ("way halim", "beri_info", "abuser_near", Heard.TOLD),
        ("hmm", "nlu_fallback", "safe_now", Heard.UNCLEAR),
        ("ga mau lapor polisi dulu pokoknya", "tolak", "kecamatan", Heard.ASIDE),
        ("halo", "sapa", None, Heard.ASIDE),
    ],
)
def test_what_a_message_is_to_the_open_question(text: str, intent: str, question: str | None, heard: Heard) -> None:
    assert heard is take_in(GREETED, _said(text, intent), question).heard


def test_a_hardly_sure_matter_is_no_reason_to_leave_the_question() -> None:
    assert Heard.UNCLEAR is take_in(GREETED, _said("zz", "iseng", confidence=0.3), "kecamatan").heard


def test_an_answer_settles_its_question() -> None:
    assert ["kind", "safe_now"] == take_in({**GREETED, "asked": ["kind"]}, _said("iya", "setuju"), "safe_now").changes["asked"]


def test_a_skipped_question_about_safety_stays_in_doubt() -> None:
    changes = take_in(GREETED, _said("lewati", "lewati"), "safe_now").changes

    assert ("tidak_tahu", ["safe_now"]) == (changes["safe_now"], changes["asked"])


def test_a_question_unread_twice_is_left_and_a_person_offered() -> None:
    first = take_in(GREETED, _said("zzz", "nlu_fallback"), "kind")
    second = take_in({**GREETED, **first.changes}, _said("qqq", "nlu_fallback"), "kind")

    assert ("ulang", 0) == (first.changes["tone"], first.lost)
    assert (["kind"], 0, 1) == (second.changes["asked"], second.changes["unclear"], second.lost)


def test_a_question_put_three_times_is_left() -> None:
    changes = take_in({**GREETED, "put": {"safe_now": 3}}, _said("biaya?", "tanya_biaya"), "safe_now").changes

    assert ["safe_now"] == changes["asked"]
    assert "safe_now" not in changes


def test_a_place_sent_as_a_pin_settles_the_question_of_place() -> None:
    assert ["kecamatan"] == take_in(GREETED, _said("", "kirim_lokasi"), "kecamatan").changes["asked"]


def test_a_shared_place_is_asked_back_and_narrowed() -> None:
    first = take_in(GREETED, _said("tj karang"), "kecamatan")
    second = take_in({**GREETED, **first.changes}, _said("yang barat"), "kecamatan")

    assert 4 == len(first.changes["candidates"])  # type: ignore[arg-type]
    assert ("Tanjungkarang Barat", None) == (second.changes["kecamatan"], second.changes["candidates"])


@pytest.mark.parametrize(
    ("button", "fact"), [("aman", ("safe_now", "aman")), ("jenis_fisik", ("kind", ["fisik"])), ("bantu_hukum", ("help_wanted", ["hukum"]))]
)
def test_a_pressed_choice_counts_whatever_is_open(button: str, fact: tuple[str, object]) -> None:
    pressed = BUTTONS[button]
    entities = [{"entity": name, "value": value} for name, value in pressed.entities]

    taken = take_in(GREETED, Message("", pressed.intent, entities), "kecamatan")

    assert fact[1] == taken.changes[fact[0]]


def test_a_choice_that_no_question_knows_is_nothing() -> None:
    taken = take_in(GREETED, _said("", entities=({"entity": "pilihan", "value": "level=hijau"},)), "kind")

    assert "kind" not in taken.changes


# pausing


@pytest.mark.parametrize(
    ("paused", "intent", "lifted"),
    [
        ("berhenti", "lanjut", True),
        ("petugas", "lapor_fisik", True),
        ("berhenti", "tanya_biaya", False),
        ("hush", "tidak_aman_chat", False),
        ("cabut", "terima_kasih", False),
    ],
)
def test_a_pause_is_lifted_by_going_on(paused: str, intent: str, lifted: bool) -> None:
    assert lifted == ("paused" in take_in({**GREETED, "paused": paused}, _said("ya", intent), None).changes)


def test_after_somebody_was_near_safety_is_asked_afresh() -> None:
    facts = {**GREETED, "paused": "hush", "safe_now": "aman", "abuser_near": "ya", "asked": ["safe_now", "kind"]}

    changes = take_in(facts, _said("udah pergi", "sapa"), None).changes

    assert (None, None, None, ["kind"]) == (changes["paused"], changes["safe_now"], changes["abuser_near"], changes["asked"])


# the legal limit


def test_the_legal_limit_is_told_before_details_whatever_the_intent() -> None:
    facts = {**GREETED, "kind": ["seksual"]}

    first = take_in(facts, _said("iya", "setuju"), "safe_now")
    second = take_in({**facts, **first.changes}, _said("saya", "beri_info"), "victim")

    assert (("utter_legal_limit",), ()) == (first.preamble, second.preamble)


@pytest.mark.parametrize(
    ("known", "intent"), [({"writer": "anak"}, "beri_info"), ({}, "tidak_aman_chat"), ({}, "pamit"), ({}, "lapor_seksual")]
)
def test_the_legal_limit_waits_where_it_would_hurt_or_the_report_says_it(known: dict[str, object], intent: str) -> None:
    assert () == take_in({**GREETED, "kind": ["seksual"], **known}, _said("ya", intent), None).preamble


# what is never true


_TEXTS = [
    "",
    "iya",
    "gak",
    "aku mau mati",
    "suami saya bawa golok",
    "kemiling",
    "tes",
    "🔪",
    "hapus",
    "dia dateng",
    "dipukul",
    "2",
    "ga tau",
    "jangan telpon",
]
_INTENTS = [
    "setuju",
    "tolak",
    "lapor_fisik",
    "tanya_biaya",
    "nlu_fallback",
    "tidak_aman_chat",
    "krisis_bunuh_diri",
    "beri_info",
    "hapus_data",
    "lewati",
    "pelaku_mengaku",
]
_QUESTIONS = [None, "safe_now", "abuser_near", "kind", "kecamatan", "contact_way"]


@given(
    st.lists(
        st.tuples(st.sampled_from(_TEXTS), st.sampled_from(_INTENTS), st.sampled_from(_QUESTIONS), st.sampled_from(list(Level))),
        max_size=12,
    )
)
@settings(deadline=None, max_examples=150)
def test_whatever_is_said_the_level_never_falls_and_red_always_escalates(turns: list[tuple[str, str, str | None, Level]]) -> None:
    facts: dict[str, object] = {}
    rank = 0
    for text, intent, question, danger in turns:
        taken = take_in(facts, Message(text, intent, danger=danger), question)
        facts = {**facts, **taken.changes}

        assert Level(str(facts["level"])).rank >= max(rank, danger.rank)
        rank = Level(str(facts["level"])).rank
        if danger is Level.MERAH:
            assert "escalate" in _orders(taken)
        assert len(taken.preamble) <= 1
        if intent == "tidak_aman_chat":
            assert () == taken.preamble
