"""What is said and done when a person steers; an urgent case is never closed or silenced."""

import pytest

from rules import replies, speaking, steering

LOUD = {"turn": {"loud": True}}


def test_an_officer_is_called_once_with_long_words_and_again_with_honest_ones() -> None:
    first = steering.call_officer({})
    second = steering.call_officer({**first.changes})

    assert (("utter_minta_petugas",), ("utter_minta_petugas_again",)) == (first.says, second.says)
    assert ({"order": "call_officer"},) == first.orders == second.orders
    assert ("petugas", True) == (first.changes["paused"], first.puts_away)


def test_after_an_alarm_the_call_needs_no_words() -> None:
    decision = steering.call_officer(LOUD)

    assert ((), ({"order": "call_officer"},)) == (decision.says, decision.orders)


@pytest.mark.parametrize(
    ("facts", "says", "orders"),
    [
        ({}, ("utter_setuju",), []),
        ({"turn": {"offered": "petugas"}}, ("utter_minta_petugas",), ["call_officer"]),
        ({"turn": {"offered": "hapus", "yes": True}}, ("utter_hapus_data_done",), ["erase"]),
        ({"turn": {"offered": "hapus", "yes": True}, "level": "merah"}, ("utter_hapus_data_urgent",), ["erase"]),
        ({"turn": {"offered": "hapus", "yes": False}}, ("utter_hapus_data",), []),
    ],
)
def test_yes_means_what_was_offered(facts: dict[str, object], says: tuple[str, ...], orders: list[str]) -> None:
    decision = steering.agree(facts)

    assert (says, orders) == (decision.says, [one["order"] for one in decision.orders])


@pytest.mark.parametrize(("offered", "says"), [("hapus", "utter_hapus_data_kept"), ("petugas", "utter_tolak"), (None, "utter_tolak")])
def test_no_takes_back_what_was_offered(offered: str | None, says: str) -> None:
    assert (says,) == steering.decline({"turn": {"offered": offered}}).says


def test_taking_back_an_erasure_is_no_withdrawal() -> None:
    assert ("utter_hapus_data_kept",) == steering.withdraw({"turn": {"offered": "hapus"}}).says


@pytest.mark.parametrize(
    ("decide", "says", "paused", "orders"),
    [
        (steering.ask_erase, ("utter_hapus_data",), "hapus", []),
        (steering.withdraw, ("utter_cabut_laporan",), "cabut", ["withdraw"]),
        (steering.hush, ("utter_tidak_aman_chat",), "hush", ["hush"]),
        (steering.pause, ("utter_berhenti_dulu",), "berhenti", []),
        (steering.goodbye, ("utter_pamit",), "pamit", []),
        (steering.come_back, ("utter_returned",), "petugas", []),
        (steering.play, ("utter_iseng",), "iseng", []),
    ],
)
def test_what_puts_the_questions_away(decide: steering.Decide, says: tuple[str, ...], paused: str, orders: list[str]) -> None:
    decision = decide({})

    assert (says, paused, orders) == (decision.says, decision.changes["paused"], [one["order"] for one in decision.orders])
    assert decision.puts_away


def test_a_second_prank_is_answered_briefly() -> None:
    assert ("utter_iseng_again",) == steering.play({**steering.play({}).changes}).says


def test_costly_steering_needs_a_sure_intent() -> None:
    careful = steering.careful(steering.pause)

    assert ("utter_berhenti_dulu",) == careful({"turn": {"trusted": "berhenti_dulu"}}).says
    assert ("utter_nlu_fallback",) == careful({"turn": {"trusted": ""}}).says


@pytest.mark.parametrize("decide", [steering.careful(steering.pause), steering.unless_hushed(steering.unclear)])
def test_where_somebody_is_near_one_meaningless_word_is_said(decide: steering.Decide) -> None:
    assert ("utter_tidak_aman_chat",) == decide({"turn": {"hush": True, "trusted": "x"}}).says
    assert ("utter_tidak_aman_chat",) != decide({"turn": {"trusted": "x"}}).says


def test_going_on_lifts_the_pause() -> None:
    assert (("utter_lanjut",), {"paused": None}) == (steering.resume({}).says, steering.resume({}).changes)


@pytest.mark.parametrize(("first", "says"), [(True, ()), (False, ("utter_greet_back",))])
def test_a_greeting_is_greeted_once(first: bool, says: tuple[str, ...]) -> None:
    assert says == steering.greet({"turn": {"first": first}}).says


def test_repeating_puts_the_open_question_or_says_what_this_place_is_for() -> None:
    assert () == steering.repeat({}).says
    assert ("utter_ulangi",) == steering.repeat({"paused": "petugas"}).says


def test_not_understood_never_turns_in_a_circle() -> None:
    facts: dict[str, object] = {}
    said: list[str] = []
    orders: list[object] = []
    for _ in range(5):
        decision = steering.unclear(facts)
        facts = {**facts, **decision.changes}
        said += decision.says
        orders += [one["order"] for one in decision.orders]

    assert ["utter_nlu_fallback", "utter_offer_person", "utter_person_called", "utter_still_read", "utter_still_read"] == said
    assert ["call_officer"] == orders


def test_a_fact_in_an_unclear_message_is_thanked_for() -> None:
    assert ("utter_noted",) == steering.unclear({"turn": {"told": True}}).says


@pytest.mark.parametrize(
    ("turn", "says", "orders"),
    [
        ({}, (), []),
        ({"lost": 1}, ("utter_offer_person",), []),
        ({"lost": 2}, ("utter_person_called",), ["call_officer"]),
        ({"lost": 1, "returning": True}, (), []),
    ],
)
def test_questions_left_unread_bring_a_person(turn: dict[str, object], says: tuple[str, ...], orders: list[str]) -> None:
    decision = replies.before_question({"turn": turn})

    assert (says, orders) == (decision.says, [one["order"] for one in decision.orders])


def test_only_an_officer_can_look_a_report_up() -> None:
    decision = steering.ask_status({})

    assert (("utter_tanya_status",), ({"order": "call_officer"},)) == (decision.says, decision.orders)


@pytest.mark.parametrize(("writer", "says"), [("pelaku", "utter_ungkap_malu_salah_abuser"), (None, "utter_ungkap_malu_salah")])
def test_relief_is_for_those_who_suffer(writer: str | None, says: str) -> None:
    assert (says,) == steering.answer_guilt({"writer": writer}).says


@pytest.mark.parametrize(("way", "says"), [("jangan", "utter_atur_kontak_none"), ("chat", "utter_atur_kontak"), (None, "utter_noted")])
def test_the_way_of_contact_is_confirmed(way: str | None, says: str) -> None:
    assert (says,) == steering.confirm_contact({"contact_way": way}).says


@pytest.mark.parametrize(
    ("intent", "facts", "says"),
    [
        ("lapor_fisik", {}, "utter_received"),
        ("lapor_umum", {}, "utter_received_general"),
        ("lapor_psikis", {}, "utter_received_psikis"),
        ("lapor_kbgo", {}, "utter_received_kbgo"),
        ("lapor_tppo", {}, "utter_received_tppo"),
        ("lapor_penelantaran", {}, "utter_received_penelantaran"),
        ("lapor_untuk_orang_lain", {"victim": "dewasa_lain"}, "utter_received_witness"),
        ("lapor_kekerasan_anak", {"victim": "anak"}, "utter_received_witness"),
        ("lapor_kekerasan_anak", {"victim": "diri"}, "utter_received"),
        ("lapor_kekerasan_anak", {"victim": "anak", "writer": "anak"}, "utter_received_child"),
        ("lapor_seksual", {}, "utter_legal_limit"),
        ("lapor_untuk_orang_lain", {"victim": "dewasa_lain", "kind": ["seksual"]}, "utter_legal_limit"),
        ("lapor_seksual", {"writer": "anak"}, "utter_received_child"),
        ("lapor_seksual", {"said": ["utter_legal_limit"]}, "utter_received"),
        ("pelaku_mengaku", {"writer": "pelaku"}, "utter_received_abuser"),
        ("krisis_bunuh_diri", {"writer": "anak"}, "utter_received_crisis"),
        ("darurat_sekarang", {}, "utter_received_danger"),
        ("", {"kind": ["fisik"]}, "utter_received"),
        ("", {}, "utter_received_general"),
        ("lapor_fisik", {"said": ["utter_received"]}, "utter_noted"),
    ],
)
def test_a_report_is_thanked_for_in_fitting_words(intent: str, facts: dict[str, object], says: str) -> None:
    decision = steering.receive_report({**facts, "turn": {"trusted": intent}})

    assert (says,) == decision.says
    assert says in decision.changes["said"]  # type: ignore[operator]


def test_after_an_alarm_a_report_needs_no_thanks() -> None:
    assert () == steering.receive_report({"turn": {"trusted": "lapor_fisik", "loud": True}}).says


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"writer": "pelaku", "kind": ["fisik"]}, "utter_closing_abuser"),
        ({"crisis": "diri", "level": "merah"}, "utter_waiting_crisis"),
        ({"writer": "anak"}, "utter_waiting_child"),
        ({"level": "merah"}, "utter_waiting"),
        ({"contact_way": "jangan"}, "utter_closing_no_contact"),
        ({"kind": ["psikis"]}, "utter_closing"),
        ({}, "utter_closing_open"),
    ],
)
def test_the_last_words_say_what_happens_now(facts: dict[str, object], says: str) -> None:
    decision = replies.close(facts)

    assert ((says,), True) == (decision.says, decision.changes["finished"])
    assert says == speaking.on_close(facts)


def test_a_child_is_not_left_without_a_person() -> None:
    assert ({"order": "call_officer"},) == replies.close({"writer": "anak"}).orders


@pytest.mark.parametrize("facts", [{"finished": True}, {"paused": "berhenti"}])
def test_a_conversation_that_rests_or_was_closed_is_not_closed_again(facts: dict[str, object]) -> None:
    assert ((), True) == (replies.close(facts).says, replies.close(facts).puts_away)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"turn": {"offered": "hapus"}}, "utter_hapus_data_kept"),
        ({"turn": {"marks": ["polisi"]}}, "utter_ragu_lapor"),
        ({"turn": {"marks": ["polisi"]}, "said": ["utter_legal_limit"]}, "utter_ragu_lapor_seksual"),
        ({"level": "merah"}, "utter_tolak_red"),
        ({}, "utter_tolak"),
    ],
)
def test_a_no_is_not_answered_with_more_than_is_true(facts: dict[str, object], says: str) -> None:
    assert (says,) == steering.decline(facts).says


def test_a_withdrawal_is_ordered_once() -> None:
    first = steering.withdraw({})
    again = steering.withdraw({"said": ["utter_cabut_laporan"]})

    assert ["withdraw"] == [one["order"] for one in first.orders]
    assert (("utter_noted",), ()) == (again.says, again.orders)


def test_nobody_begins_with_a_goodbye() -> None:
    decision = steering.goodbye({"turn": {"first": True}})

    assert ("utter_greeting",) == decision.says
    assert "paused" not in decision.changes


def test_what_was_called_for_is_not_offered_again() -> None:
    assert ("utter_still_read",) == steering.unclear({"alarmed": ["dicekik"]}).says
    assert ("utter_still_read",) == steering.unclear({"finished": True}).says
    assert ("utter_still_read",) == replies.before_question({"alarmed": ["dicekik"], "turn": {"lost": 2}}).says


@pytest.mark.parametrize(
    ("turn", "says"),
    [
        ({"heard": "told"}, ("utter_noted",)),
        ({"heard": "told", "loud": True}, ()),
        ({"heard": "told", "returning": True}, ()),
        ({"heard": "answer"}, ()),
    ],
)
def test_what_is_told_beside_the_question_is_thanked_for(turn: dict[str, object], says: tuple[str, ...]) -> None:
    assert says == replies.before_question({"turn": turn}).says


def test_an_answer_after_the_close_is_noted() -> None:
    assert ("utter_noted",) == replies.close({"finished": True, "turn": {"heard": "answer"}}).says
    assert () == replies.close({"finished": True, "paused": "pamit", "turn": {"heard": "answer"}}).says


@pytest.mark.parametrize(("intent", "put", "rests"), [("tanya_biaya", 2, True), ("tanya_biaya", 1, False), ("ungkap_takut", 2, False)])
def test_one_who_only_asks_is_not_asked_each_time(intent: str, put: int, rests: bool) -> None:
    assert rests is replies.rests({"put": {"safe_now": put}, "turn": {"intent": intent}})


def test_thanks_end_the_asking_for_now() -> None:
    assert steering.thanked({}).puts_away
