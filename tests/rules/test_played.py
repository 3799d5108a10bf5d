"""What ten played persons taught (docs/conversations): each line was once heard wrongly."""

import pytest

from rules import advice, places, topics
from rules.answers import read
from rules.danger import screen_line
from rules.hearing import Heard, Message, must_hush, trusted
from rules.intake import take_in
from rules.levels import Level
from rules.paths import path_of
from rules.readback import line as read_back
from rules.speech import heard
from rules.steering import goodbye, instead, repeat

CHILD: dict[str, object] = {"greeted": True, "level": "merah", "alarmed": ["x"], "writer": "anak", "victim": "anak"}
BEATEN: dict[str, object] = {"greeted": True, "level": "kuning", "kind": ["fisik"], "victim": "diri", "relation": "suami"}


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("trusted_adult", "makasih kak", None),
        ("trusted_adult", "ibu galak", None),
        ("trusted_adult", "akun nya udah ku block tapi dia bikin akun baru", None),
        ("trusted_adult", "ga ada, paling bu rina guru bk", "ga ada, paling bu rina guru bk"),
        ("trusted_adult", "ga ada", "belum ada"),
        ("consent", "blh", "ya"),
        ("consent", "boleh asal nama saya ga disebut", "ya"),
        ("safe_now", "sendirian di kamar", None),
        ("victim", "suami", None),
        ("victim", "ibu saya", "dewasa_lain"),
        ("contact_cover", "ga usah ditutupin, bilang aja dari kantor", "ga usah ditutupin, bilang aja dari kantor"),
        ("contact_cover", "ga", None),
        ("contact_hours", "esuk", "esuk"),
        ("risk_kill", "ga pernah ngancem bunuh", "tidak"),
        ("risk_weapon", "ga pernah bawa senjata", "tidak"),
        ("risk_weapon", "ga pernah bawa senjata tapi pernah lempar piring", None),
        ("risk_choke", "ga pernah ngancem bunuh", None),
    ],
)
def test_a_short_answer_is_read_as_it_was_meant(slot: str, text: str, value: str | None) -> None:
    assert value == read(slot, text, "").facts.get(slot)


@pytest.mark.parametrize(
    ("text", "facts", "hushes"),
    [
        ("ada nenek lagi masak", CHILD, False),
        ("ada ibu lagi liatin", CHILD, True),
        ("ada bapak di sebelah", CHILD, True),
        ("dia pulang ke rumah orangtuanya", BEATEN, False),
        ("dia pulang", BEATEN, True),
        ("gapapa ga usah dibales, cuma mau cerita", {}, False),
        ("ga usah bales", {}, True),
    ],
)
def test_only_a_person_who_may_read_makes_it_fall_silent(text: str, facts: dict[str, object], hushes: bool) -> None:
    assert hushes is must_hush(Message(text, "tidak_aman_chat"), heard(text), None, facts)


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "believed"),
    [
        ("soalnya kemarin saya tampar dia", "pelaku_mengaku", 0.47, "pelaku_mengaku"),
        ("soalnya kemarin dia pulang", "pelaku_mengaku", 0.9, ""),
        ("bapake mabukan, sering nesu", "lapor_seksual", 0.57, ""),
        ("bapake mabukan, sering nesu", "lapor_seksual", 0.9, "lapor_seksual"),
    ],
)
def test_a_grave_intent_needs_words_or_certainty(text: str, intent: str, confidence: float, believed: str) -> None:
    line = heard(text)

    assert believed == trusted(Message(text, intent, confidence=confidence), line, screen_line(line))


def test_a_child_of_six_is_written_about() -> None:
    taken = take_in(BEATEN, Message("umur 6 taun", "beri_info"), "safe_now")

    assert "writer" not in taken.changes


def test_a_friend_in_school_is_a_child() -> None:
    witness = {**BEATEN, "victim": "dewasa_lain"}

    assert "anak" == take_in(witness, Message("iya dia smp kelas 2", "setuju"), "safe_now").changes["victim"]


def test_the_wish_to_die_asks_for_safety_anew() -> None:
    safe = {**BEATEN, "safe_now": "aman", "asked": ["safe_now"], "put": {"safe_now": 2}}

    taken = take_in(safe, Message("tiap malem mikir mending ga bangun lagi", "krisis_bunuh_diri"), "kecamatan")

    assert taken.changes["safe_now"] is None
    assert "safe_now" not in taken.changes["asked"]  # type: ignore[operator]  # a list
    assert {} == taken.changes["put"]


@pytest.mark.parametrize("facts", [{"crisis": "diri"}, {"writer": "anak"}])
def test_few_words_of_a_child_or_in_a_crisis_are_noted_and_not_called_unread(facts: dict[str, object]) -> None:
    message = Message("ga punya siapa2 buat ditelepon", "nlu_fallback")

    assert Heard.TOLD is take_in({**BEATEN, **facts}, message, "kecamatan").heard


def test_nobody_who_thinks_of_dying_is_told_about_passwords() -> None:
    facts = {**BEATEN, "kind": ["kbgo"], "safe_now": "aman", "asked": ["kecamatan"]}

    assert "utter_advice_kbgo" == advice.due(facts)
    assert advice.due({**facts, "crisis": "diri"}) is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("saya laki2, apa boleh lapor juga?", "utter_tanya_laki"),
        ("apa polisi bakal dateng?", "utter_tanya_datang"),
        ("mama ga tau, jangan kasih tau pls", "utter_tanya_kerahasiaan"),
    ],
)
def test_a_plain_question_gets_its_own_answer(text: str, topic: str) -> None:
    assert topic == topics.asked(heard(text))


def test_where_somebody_flees_to_is_not_where_she_is() -> None:
    told = take_in(BEATEN, Message("mau kabur ke rumah kakak di metro", "minta_rumah_aman"), None)

    assert "kecamatan" not in told.changes
    assert places.find("saya di metro") is not None


def test_this_number_is_a_number_once_a_call_was_wished() -> None:
    called = {**BEATEN, "contact_way": "telepon"}

    assert "nomor ini" == take_in(called, Message("nomor ini aja", "tanya_alamat_jam"), "help_wanted").changes["contact_number"]
    assert "contact_number" not in take_in(BEATEN, Message("nomor ini aja", "tanya_alamat_jam"), "help_wanted").changes


def test_a_word_about_the_other_is_no_goodbye_and_no_wish_to_hear_it_again() -> None:
    assert ("utter_noted",) == goodbye({"turn": {"marks": ["tentang_dia"]}}).says
    assert ("utter_abuser_counsel",) == repeat({"writer": "pelaku", "turn": {"marks": ["menyangkal"]}}).says


def test_a_neighbour_is_not_asked_what_help_she_needs() -> None:
    assert "help_wanted" not in path_of({"victim": "dewasa_lain"}).order


def test_a_class_is_read_back_as_a_class() -> None:
    assert "kelas 2" == read_back({"age": "kelas 2", "pending": ["age"]})


def test_a_pronoun_that_answers_is_not_waited_for() -> None:
    taken = take_in({**BEATEN, "victim": None}, Message("saya", "beri_info"), "victim")

    assert Heard.ANSWER is taken.heard
    assert instead({"turn": {"marks": list(taken.marks), "heard": taken.heard.value}}) is None


def test_a_no_to_a_danger_question_that_the_model_alone_finds_grave_rings_without_words() -> None:
    message = Message(
        "ga pernah ngancem bunuh", "tolak", (), Level.MERAH, [{"voice": "model", "level": "merah", "reason": "mirip pesan darurat"}]
    )

    taken = take_in({**BEATEN, "safe_now": "aman"}, message, "risk_kill")

    assert taken.alarm
    assert not taken.loud
