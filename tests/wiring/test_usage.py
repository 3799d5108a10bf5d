"""What was understood is counted by name alone, and a count that could not be written is not lost."""

import asyncio

import pytest

from damping.casework.dialogue import Failed, TurnAnswered, TurnAsked, Understood
from damping.store import understood
from damping.store.context import Store
from damping.wiring.usage import Counted
from tests.support import ScriptedDialogue


def asked(kind: str = "text") -> TurnAsked:
    return TurnAsked("c", None, "halo", kind=kind)


@pytest.fixture
def engine() -> ScriptedDialogue:
    return ScriptedDialogue()


async def test_messages_are_counted_and_buttons_and_failed_turns_are_not(engine: ScriptedDialogue) -> None:
    counted = Counted(engine)
    engine.answers = [
        TurnAnswered(state=None, understood=Understood(intent="sapa")),
        TurnAnswered(state=None, understood=Understood(intent="setuju")),
        TurnAnswered(state=None, understood=Understood(intent="sapa"), failed=Failed("timeout")),
    ]

    for kind in ("text", "button", "text"):
        await counted.turn(asked(kind))

    assert {"sapa": 1} == dict(counted.counts)


async def test_counts_wait_for_a_database_that_is_away(engine: ScriptedDialogue, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(engine)
    counted.counts["sapa"] = 2
    real, tries = understood.add, []

    def away_at_first(store: Store, counts: dict[str, int]) -> None:
        tries.append(dict(counts))
        if len(tries) == 1:
            raise OSError
        real(store, counts)

    monkeypatch.setattr("damping.store.understood.add", away_at_first)
    writing = asyncio.create_task(counted.write_down(store, every_s=0.01))
    while len(tries) < 2 or not understood.used(store):
        await asyncio.sleep(0.01)
    writing.cancel()

    assert {"sapa": 2} == understood.used(store)
