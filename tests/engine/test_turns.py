"""A turn is a function: what goes in comes out, and a failed one changes nothing and says nothing."""

import asyncio
from typing import Any

import pytest

from components.danger import DangerClassifier
from engine.assistant import Assistant
from engine.inside import InsideEndpoint
from rules.levels import Level
from tests.engine.asking import HELLO, Person, question, words


async def test_a_greeting_is_answered_and_counted(assistant: Assistant):
    person = Person(assistant)

    first, second = await person.says("halo kak"), await person.says("halo")

    assert first["new_session"]
    assert not second["new_session"]
    assert 2 == second["facts"]["turns"]
    assert "utter_sapa" == first["replies"][0]["response"]


async def test_the_office_is_named_where_the_words_leave_room(assistant: Assistant):
    answer = await Person(assistant).says("halo kak")

    assert [HELLO] == words(answer)


async def test_a_form_asks_and_keeps_what_is_answered(assistant: Assistant):
    person = Person(assistant)

    assert ["Di mana?"] == words(await person.says("suami saya mukul saya"))
    assert ["Umur berapa?"] == words(await person.says("di kemiling"))
    answer = await person.says("umur 9 tahun")

    assert ["Terima kasih, Kemiling."] == words(answer)
    assert "9 tahun" == answer["facts"]["age"]


async def test_buttons_travel_as_ids_and_titles(assistant: Assistant):
    person = Person(assistant)

    answer = await person.says("iya kak")

    assert [{"id": "ya", "title": "Ya"}, {"id": "tidak", "title": "Tidak"}] == answer["replies"][0]["buttons"]
    assert ["Tidak apa-apa."] == words(await person.presses("tidak"))


async def test_danger_escalates_with_what_both_voices_and_the_service_know(assistant: Assistant):
    answer = await Person(assistant).says("tolong dia di depan pintu bawa pisau", level=Level.KUNING, reasons=("dilaporkan kemarin",))

    [order] = answer["orders"]
    assert ("escalate", "merah") == (order["order"], order["level"])
    assert "dilaporkan kemarin" in order["reasons"]
    assert any("pisau" in reason for reason in order["reasons"])
    assert {"kata", "model"} == {voice["voice"] for voice in answer["understood"]["danger_by"]}


async def test_the_level_never_falls_below_what_the_service_knows(assistant: Assistant):
    person = Person(assistant)

    await person.says("halo", level=Level.MERAH, reasons=("x",))
    answer = await person.says("halo", level=Level.HIJAU)

    assert "merah" == answer["facts"]["level"]


async def test_facts_that_the_service_holds_fill_only_empty_slots(assistant: Assistant):
    person = Person(assistant)

    first = await person.says("halo", facts={"kecamatan": "Panjang", "unknown_fact": 1})
    second = await person.says("halo", facts={"kecamatan": "Enggal"})

    assert "Panjang" == first["facts"]["kecamatan"] == second["facts"]["kecamatan"]
    assert "unknown_fact" not in first["facts"]


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("uji gagal", "action", "toy_misbehave: KeyError"),
        ("uji lambat", "timeout", "toy_misbehave"),
        ("uji macet", "timeout", "toy_misbehave"),
        ("uji hilang kata", "action", "utter_tidak_ada: NoResponse"),
        ("uji salah bentuk", "action", "toy_misbehave: ValidationError"),
        ("uji putar", "action", "ActionLimitReached"),
        ("uji berhenti", "action", "ConversationPaused"),
    ],
)
async def test_an_action_that_misbehaves_fails_the_whole_turn(assistant: Assistant, text: str, kind: str, reason: str):
    """Rasa would go on with the rule and say that all is well (F2)."""
    person = Person(assistant)
    before = (await person.says("halo"))["state"]

    answer = await person.says(text)

    assert kind == answer["failed"]["kind"]
    assert answer["failed"]["reason"].startswith(reason)
    assert ([], []) == (answer["replies"], answer["orders"])
    assert before == answer["state"]
    assert "iseng" == answer["understood"]["intent"]
    assert 2 == (await person.says("halo"))["facts"]["turns"]  # the conversation goes on where it was


async def test_an_action_may_refuse_to_run(assistant: Assistant):
    """A rejection is part of Rasa's forms, not a failure of the action; here it leaves nothing to say."""
    answer = await Person(assistant).says("uji batal")

    assert "empty" == answer["failed"]["kind"]


async def test_a_component_that_fails_fails_the_turn_by_name(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    person = Person(assistant)
    before = (await person.says("halo"))["state"]

    def broken(self: object, messages: object) -> None:
        raise ZeroDivisionError("rahasia")

    runner = assistant.processor.graph_runner
    [node] = [node for name, node in runner.nodes.items() if "DangerClassifier" in name]
    monkeypatch.setattr(node, "_fn", broken)
    answer = await person.says("nama saya Siti")

    assert "component" == answer["failed"]["kind"]
    assert "DangerClassifier" in answer["failed"]["reason"]
    assert "ZeroDivisionError" in answer["failed"]["reason"]
    assert "rahasia" not in str(answer)
    assert before == answer["state"]


async def test_nothing_to_say_and_nothing_to_do_is_a_failure(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(assistant.domain.responses, "utter_terima_kasih", [{"text": ""}])

    answer = await Person(assistant).says("makasih kak")

    assert "empty" == answer["failed"]["kind"]


async def test_a_slow_turn_ends(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.assistant.TURN_LIMIT", 0.05)

    answer = await Person(assistant).says("uji lambat")

    assert "timeout" == answer["failed"]["kind"]


async def test_two_conversations_at_once_do_not_mix(assistant: Assistant):
    people = [Person(assistant, f"c-{n}") for n in range(8)]

    async def talk(person: Person, turns: int) -> int:
        for _ in range(turns):
            await person.says("halo", facts={"kecamatan": person.conversation})
            await asyncio.sleep(0)
        answer = await person.says("makasih kak")
        assert person.conversation == answer["facts"]["kecamatan"]
        return answer["facts"]["turns"]

    assert [1, 2, 3, 4, 5, 6, 7, 8] == await asyncio.gather(*(talk(person, n + 1) for n, person in enumerate(people)))


async def test_a_failing_turn_does_not_spoil_another_one_beside_it(assistant: Assistant):
    bad, good = await asyncio.gather(Person(assistant, "a").says("uji lambat"), Person(assistant, "b").says("halo"))

    assert bad["failed"]
    assert good["failed"] is None


async def test_the_same_question_gives_the_same_answer(assistant: Assistant):
    """A retry after a lost answer must not differ: nothing is kept between turns."""
    state = (await Person(assistant).says("suami saya mukul saya"))["state"]

    first, again = [await assistant.turn(question("di kemiling", state)) for _ in range(2)]

    assert first["replies"] == again["replies"]
    assert first["facts"] == again["facts"]


@pytest.mark.parametrize("kind", ["location", "media", "resume"])
async def test_a_message_without_words_is_answered(assistant: Assistant, kind: str):
    """The toy knows none of the intents made for these, so the common ones stand in."""
    answer = await Person(assistant).says("", kind=kind, place={"latitude": -5.4, "longitude": 105.2} if kind == "location" else None)

    assert answer["understood"]["intent"] in {"beri_info", "nlu_fallback", "lanjut"}
    assert answer["failed"] is None or "empty" == answer["failed"]["kind"]


@pytest.fixture
def given_to_actions(actions: InsideEndpoint, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The latest message as each action of the turn finds it."""
    seen: list[dict[str, Any]] = []
    run = actions._executor.run

    async def watched(call: dict[str, Any]) -> Any:
        seen.append(call["tracker"]["latest_message"])
        return await run(call)

    monkeypatch.setattr(actions._executor, "run", watched)
    return seen


def doubting(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, from_chance: float) -> None:
    """The middle band begins at this chance of merah, and nothing of the model's own makes merah."""
    components = [node._component for node in assistant.processor.graph_runner.nodes.values()]
    [classifier] = [one for one in components if isinstance(one, DangerClassifier)]
    for name, value in {"doubt": from_chance, "threshold": 2.0}.items():
        monkeypatch.setitem(classifier._heads[Level.MERAH].report, name, value)


@pytest.mark.parametrize(("from_chance", "doubt"), [(0.0, True), (1.5, False)])
async def test_an_action_is_told_of_the_middle_band(
    assistant: Assistant,
    given_to_actions: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    from_chance: float,
    doubt: bool,
):
    doubting(assistant, monkeypatch, from_chance)

    answer = await Person(assistant).says("halo kak")

    assert [doubt] == [latest["danger_doubt"] for latest in given_to_actions]
    assert doubt is answer["understood"]["danger_doubt"]


async def test_what_is_merah_leaves_no_doubt(assistant: Assistant, given_to_actions: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch):
    doubting(assistant, monkeypatch, 0.0)

    await Person(assistant).says("dia mencekik saya tadi")

    assert {("merah", False)} == {(latest["danger"], latest["danger_doubt"]) for latest in given_to_actions}


async def test_a_button_leaves_no_doubt(assistant: Assistant, given_to_actions: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch):
    doubting(assistant, monkeypatch, 0.0)

    await Person(assistant).presses("ya")

    assert all(latest["danger_doubt"] is False for latest in given_to_actions)


async def test_danger_split_over_two_bubbles_is_heard_and_an_old_one_is_not_heard_again(assistant: Assistant):
    split = await Person(assistant).says("bunuh", recent=("dia ngancem mau",))
    later = await Person(assistant).says("halo", recent=("dia ngancem mau bunuh aku",))

    assert "merah" == split["understood"]["danger"]
    assert any(voice["voice"] == "bersama" for voice in split["understood"]["danger_by"])
    assert not any(voice["voice"] == "bersama" for voice in later["understood"]["danger_by"])
