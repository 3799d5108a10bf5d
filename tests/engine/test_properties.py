"""Whatever anybody types: an answer in bounded time, no exception, no command, offsets that hold."""

import asyncio
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.assistant import Assistant
from engine.understanding import LONGEST, harmless
from tests.engine.asking import question

ANYTHING = st.text(max_size=400)
CHAT = st.lists(
    st.sampled_from(["halo", "/setuju", "{}", "ﷺ", "🙂", "saya", "takut", "0812", "\n", "…", "<polisi>", "{place}", "\u202e", "\x00"]),
    max_size=40,
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@given(text=st.one_of(ANYTHING, CHAT.map(" ".join)))
@QUICK
def test_any_text_is_understood_as_text(assistant: Assistant, text: str):
    [result] = assistant.parse([text])

    assert text == result["text"]
    assert result["intent"] in set(assistant.domain.intents)
    assert result["danger"] in {"hijau", "kuning", "merah"}
    assert 0.0 <= result["confidence"] <= 1.0
    for entity in result["entities"]:
        assert 0 <= entity["start"] < entity["end"] <= len(text)


@given(text=st.one_of(ANYTHING, CHAT.map(" ".join)))
@QUICK
def test_any_text_gets_an_answer_and_nothing_but_an_answer(assistant: Assistant, text: str):
    answer = asyncio.run(assistant.turn(question(text)))

    assert answer["failed"] is None or answer["understood"]["intent"] == "iseng"
    assert len(answer["replies"]) <= 3
    assert len(answer["orders"]) <= 1


@given(text=st.text(alphabet=st.sampled_from('/ \t\n\u00a0\u200b{}@setujurestart"'), max_size=60))
@QUICK
def test_no_arrangement_of_slashes_is_a_command(assistant: Assistant, text: str):
    plain = harmless(text)

    assert len(text) == len(plain)
    assert not plain.strip().startswith("/")
    assert assistant.parse([text])[0]["intent"] not in {"restart", "back", "session_start"}


@given(texts=st.lists(ANYTHING, max_size=12))
@settings(QUICK, max_examples=25)
def test_a_batch_says_what_its_parts_say(assistant: Assistant, texts: list[str]):
    assert [assistant.parse([text])[0] for text in texts] == (assistant.parse(texts) if texts else [])


@given(state=st.one_of(st.none(), st.text(max_size=200), st.binary(max_size=200).map(lambda b: b.decode("latin-1"))))
@settings(QUICK, max_examples=40)
def test_any_state_is_read_or_replaced(assistant: Assistant, state: str | None):
    answer = asyncio.run(assistant.turn(question("halo", state)))

    assert answer["failed"] is None
    assert 1 == answer["facts"]["turns"]


@pytest.mark.parametrize(
    "text",
    [
        "ﷺ" * 300,
        "ﷺ" * 30_000,
        "a" * 100_000,
        "saya " * 20_000,
        "🙂" * 50_000,
        "\u0301" * 50_000,
        "/" * 100_000,
        "0812" * 25_000,
        "{" * 100_000,
        "tolong" * 16_000,
        "12/05/2024 " * 9_000,
        "di-" * 33_000,
        "a-" * 50_000,
        "dua puluh " * 10_000,
        "x.y" * 33_000,
        "\ud800" * 1_000,
    ],
)
def test_a_flood_costs_a_bounded_time(assistant: Assistant, text: str):
    assistant.parse(["halo"])
    began = time.process_time()

    [result] = assistant.parse([text[:100_000]])

    assert time.process_time() - began < 3.0
    assert all(entity["end"] <= LONGEST for entity in result["entities"])
