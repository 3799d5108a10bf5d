"""The state that travels: small, bounded, without anybody's words, and as good as the whole history."""

import base64
import json
import zlib

import pytest

from engine import state
from engine.assistant import Assistant
from tests.engine.asking import HELLO, Person, question, words

TALK = [
    "halo kak",
    "iya kak",
    "suami saya mukul saya",
    "di kemiling",
    "ya",
    "umur 9 tahun",
    "makasih kak",
    "gak",
    "di rumah nenek saya Siti",
    "halo",
]


def opened(packed: str) -> dict:
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def sealed(content: dict) -> str:
    return base64.b64encode(zlib.compress(json.dumps(content).encode())).decode()


async def test_a_long_conversation_has_a_state_as_small_as_a_short_one(assistant: Assistant):
    person, sizes = Person(assistant), []

    for number in range(200):
        await person.says(TALK[number % len(TALK)])
        sizes.append(len(person.state))

    assert max(sizes[100:]) <= max(sizes[20:60]) * 1.1
    assert max(sizes) < 4_000
    assert len([e for e in opened(person.state)["events"] if "user" == e["event"]]) <= state.KEPT_TURNS


async def test_the_state_holds_nobodys_words(assistant: Assistant):
    person = Person(assistant)

    for text in [*TALK, "saya Siti Aminah dipukul suami"]:
        await person.says(text)

    assert "siti" not in json.dumps(opened(person.state)).lower()


async def test_a_trimmed_state_answers_as_the_whole_history_would(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    trimmed, whole = Person(assistant), Person(assistant)

    for number in range(60):
        text = TALK[(number * 7) % len(TALK)]
        short = await trimmed.says(text)
        with monkeypatch.context() as patch:
            patch.setattr(state, "KEPT_TURNS", 10_000)
            long = await whole.says(text)
        assert words(long) == words(short)
        assert long["facts"] == short["facts"]

    assert len(whole.state) > 3 * len(trimmed.state)


async def test_a_form_goes_on_from_a_trimmed_state(assistant: Assistant):
    """The form began before the turns that are kept."""
    person = Person(assistant)
    await person.says("suami saya mukul saya")
    for _ in range(state.KEPT_TURNS + 2):
        await person.says("ya")

    assert ["Umur berapa?"] == words(await person.says("di kemiling"))


@pytest.mark.parametrize(
    "unreadable",
    [
        "",
        "kein base64!",
        base64.b64encode(b"no zlib").decode(),
        base64.b64encode(zlib.compress(b"no json")).decode(),
        sealed({"version": 1}),
        sealed([]),
        sealed({"version": 2, "mark": "", "slots": {}, "loop": None, "events": []}),
    ],
)
async def test_an_unreadable_or_newer_state_starts_a_new_session_and_says_so(assistant: Assistant, unreadable: str):
    answer = await assistant.turn(question("halo", unreadable))

    assert answer["failed"] is None
    assert answer["new_session"]
    assert 1 == answer["facts"]["turns"]


async def test_a_bomb_of_zeros_is_not_unpacked(assistant: Assistant):
    bomb = base64.b64encode(zlib.compress(b" " * 50_000_000 + b"{}", 9)).decode()

    assert (await assistant.turn(question("halo", bomb)))["new_session"]


async def test_a_state_of_another_domain_keeps_the_facts_that_are_still_known(assistant: Assistant):
    person = Person(assistant)
    content = opened((await person.says("halo", facts={"kecamatan": "Panjang"}))["state"])
    content["mark"] = "older"
    content["events"].append({"event": "action", "name": "action_that_is_gone", "timestamp": 1.0})
    content["slots"]["slot_that_is_gone"] = "x"

    answer = await assistant.turn(question("halo", sealed(content)))

    assert answer["new_session"]
    assert "Panjang" == answer["facts"]["kecamatan"]
    assert "slot_that_is_gone" not in answer["facts"]


async def test_a_state_of_another_domain_with_only_known_names_goes_on(assistant: Assistant):
    """New wording or a new intent must not throw people out of their conversation."""
    person = Person(assistant)
    await person.says("suami saya mukul saya")
    content = opened(person.state)
    content["mark"] = "older"

    answer = await assistant.turn(question("di kemiling", sealed(content)))

    assert not answer["new_session"]
    assert ["Umur berapa?"] == words(answer)


async def test_events_after_a_long_silence_begin_a_new_session_with_the_old_facts(assistant: Assistant):
    person = Person(assistant)
    await person.says("suami saya mukul saya", facts={"kecamatan": "Panjang"})
    content = opened(person.state)
    for event in content["events"]:
        event["timestamp"] = event["timestamp"] - 3 * 86_400

    answer = await assistant.turn(question("halo", sealed(content)))

    assert answer["new_session"]
    assert "Panjang" == answer["facts"]["kecamatan"]
    assert [HELLO] == words(answer)  # the old question is not asked again
