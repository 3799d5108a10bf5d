"""What comes of a turn: a level only rises, urgent words are not erased by a message, requests reach a human."""

import pytest

from damping.casework.dialogue import Hint, Spoken, SpokenChoice, TurnAnswered, Understood
from damping.casework.gathering import WordlessReply, gather
from damping.casework.message import Body, Choice, Kind
from damping.casework.orders import AnyOrder, CallOfficer, Erase, Escalate, Hush, OpenCase, RecordAssessment, Withdraw
from damping.casework.pacing import send_delay, turn_delay
from damping.casework.turn import decide, give_up, joined, screened
from rules.levels import Level


def answered(*orders: AnyOrder, danger: Level = Level.HIJAU, **rest: object) -> TurnAnswered:
    return TurnAnswered(state="s", orders=list(orders), understood=Understood(danger=danger), **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(("order", "notice"), [(CallOfficer(), "call_officer"), (Withdraw(), "withdraw"), (Hush(), "hush")])
def test_what_a_human_must_know_becomes_a_notice(order: AnyOrder, notice: str) -> None:
    outcome = decide(answered(order), Level.HIJAU)

    assert (notice,) == outcome.notices
    assert outcome.wants_officer


def test_a_quiet_turn_calls_nobody() -> None:
    outcome = decide(answered(RecordAssessment({"kecamatan": "Kemiling"})), Level.HIJAU)

    assert not outcome.wants_officer
    assert not outcome.alarm
    assert {"kecamatan": "Kemiling"} == outcome.facts


@pytest.mark.parametrize(
    ("danger", "ordered", "level", "alarm"),
    [
        (Level.HIJAU, None, Level.HIJAU, False),
        (Level.MERAH, None, Level.MERAH, False),  # the store rings by the level itself
        (Level.HIJAU, Level.MERAH, Level.MERAH, True),
        (Level.MERAH, Level.KUNING, Level.MERAH, False),
    ],
)
def test_the_turns_level_is_the_highest_of_its_voices(danger: Level, ordered: Level | None, level: Level, alarm: bool) -> None:
    orders = [Escalate(ordered, ["x"])] if ordered else []

    outcome = decide(answered(*orders, danger=danger), Level.HIJAU)

    assert (level, alarm) == (outcome.level, outcome.alarm)


def test_reasons_are_kept_once_each() -> None:
    heard = Understood(danger=Level.MERAH, danger_by=[Hint("kata", Level.MERAH, "menyebut golok"), Hint("model", Level.HIJAU, "-")])

    outcome = decide(TurnAnswered(state="s", understood=heard, orders=[Escalate(Level.MERAH, ["menyebut golok", "di rumah"])]), Level.HIJAU)

    assert ("menyebut golok", "di rumah") == outcome.reasons


@pytest.mark.parametrize(
    ("so_far", "now", "erased"),
    [
        (Level.HIJAU, Level.HIJAU, True),
        (Level.KUNING, Level.HIJAU, True),
        (Level.MERAH, Level.HIJAU, False),
        (Level.HIJAU, Level.MERAH, False),
    ],
)
def test_only_what_was_never_urgent_is_erased_by_a_message(so_far: Level, now: Level, erased: bool) -> None:
    outcome = decide(answered(Erase(), OpenCase(), danger=now), so_far)

    assert erased is outcome.erase
    assert erased is not outcome.open_case
    assert ("erase_asked" in outcome.notices) is not erased


def test_buttons_leave_with_the_bubble() -> None:
    outcome = decide(answered(replies=[Spoken("Aman?", [SpokenChoice("ya", "Ya")], "utter_ask_safe_now")]), Level.HIJAU)

    [body] = outcome.replies
    assert [("ya", "Ya")] == [(choice.id, choice.title) for choice in body.choices]


def test_bubbles_are_joined_where_they_fit_and_the_choices_stay_last() -> None:
    first, second, asked = Body(text="Terima kasih."), Body(text="x" * 1020), Body(text="Aman?", choices=(Choice("ya", "Ya"),))
    listed, long = Body(text="Pilih?", choices=tuple(Choice(sign, sign) for sign in "abcd")), Body(text="y" * 4090)

    assert (Body(text="Terima kasih.\n\nAman?", choices=asked.choices),) == joined([first, asked])
    assert (Body(text=f"Terima kasih.\n\n{second.text}"), asked) == joined([first, second, asked])
    assert (Body(text=f"{second.text}\n\nPilih?", choices=listed.choices),) == joined([second, listed])
    assert (long, first) == joined([long, first])
    assert (asked, first) == joined([asked, first])
    assert () == joined([])


def test_a_turn_given_up_is_never_presented_as_done() -> None:
    outcome = give_up(Body(text="110"), screened([Understood(danger=Level.MERAH)]))

    assert Level.MERAH is outcome.level
    assert outcome.given_up
    assert ("turn_failed",) == outcome.notices
    assert outcome.wants_officer


def test_lines_screened_for_an_officer_only_carry_the_level() -> None:
    outcome = screened([Understood(), Understood(danger=Level.KUNING, danger_by=[Hint("kata", Level.KUNING, "dipukul")])])

    assert (Level.KUNING, ("dipukul",), ()) == (outcome.level, outcome.reasons, outcome.replies)


def test_lines_are_gathered() -> None:
    press, words, picture = (Kind.BUTTON, Body(text="Ya", button="ya")), (Kind.TEXT, Body(text=" di dapur ")), (Kind.MEDIA, Body())

    assert "ya" == gather([press]).button
    assert "Ya\ndi dapur" == gather([press, words]).text
    assert "di dapur" == gather([picture, words]).text
    assert WordlessReply.MEDIA is gather([picture]).wordless
    assert WordlessReply.UNKNOWN is gather([(Kind.TEXT, Body(text="   "))]).wordless


def test_the_dialogue_is_told_that_a_place_or_a_file_came() -> None:
    place, picture = (Kind.LOCATION, Body(place={"latitude": -5.4, "longitude": 105.26})), (Kind.MEDIA, Body(media={"id": "1"}))

    found = gather([place, picture])

    assert ("location", {"latitude": -5.4, "longitude": 105.26}, WordlessReply.LOCATION) == (found.kind, found.place, found.wordless)
    assert ("media", None, "") == (gather([picture]).kind, gather([picture]).place, gather([picture]).text)
    with_words = gather([place, (Kind.TEXT, Body(text="saya di sini"))])
    assert ("text", "saya di sini", found.place) == (with_words.kind, with_words.text, with_words.place)
    assert not with_words.place_or_file


def test_waits_grow_and_end() -> None:
    assert [1, 2, 4, 8, 16, 30, 30] == [turn_delay(n).total_seconds() for n in range(1, 8)]
    assert [1, 4, 16, 64, 256, 1024, 3600] == [send_delay(n).total_seconds() for n in range(1, 8)]
