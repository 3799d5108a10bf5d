"""When a turn is worth a trainer's look."""

import pytest

from damping.casework.dialogue import Hint, Ranked, Understood
from damping.casework.doubt import CONSENT, Source, felt, may_teach
from rules.levels import Level

SURE = Understood("sapa", 0.9, ranking=[Ranked("sapa", 0.9), Ranked("pamit", 0.05)])
RED_WORDS = [Hint("kata", Level.MERAH, "menyebut golok")]
RED_BOTH = [*RED_WORDS, Hint("model", Level.MERAH, "menurut model")]


@pytest.mark.parametrize(
    ("understood", "source"),
    [
        (SURE, None),
        (Understood("nlu_fallback", 1.0), Source.FALLBACK),
        (Understood("sapa", 0.5, ranking=[Ranked("sapa", 0.5), Ranked("pamit", 0.4)]), Source.CLOSE),
        (Understood("sapa", 0.9, Level.MERAH, RED_WORDS), Source.VOICES),
        (Understood("ancaman_nyawa", 0.9, Level.MERAH, RED_BOTH), None),
        (Understood("sapa", 0.9, danger_doubt=True), Source.VOICES),
    ],
)
def test_what_is_a_doubt(understood: Understood, source: Source | None) -> None:
    found = felt(understood, {}, {})

    assert source == (found and found.source)


def test_somebody_who_puts_a_fact_right_is_a_doubt_and_who_adds_one_is_not() -> None:
    corrected = felt(SURE, {"relation": "suami"}, {"relation": "mantan"})

    assert Source.CORRECTED == (corrected and corrected.source)
    assert felt(SURE, {}, {"relation": "suami"}) is None


def test_danger_comes_before_the_rest() -> None:
    grave = felt(Understood("nlu_fallback", 1.0, Level.MERAH, RED_BOTH), {}, {})
    light = felt(Understood("nlu_fallback", 1.0), {}, {})

    assert grave is not None
    assert light is not None
    assert grave.worth > light.worth


@pytest.mark.parametrize("facts", [{}, {CONSENT: "tidak"}, {CONSENT: "tidak_tahu"}, {CONSENT: True}, {"consent": "ya"}])
def test_nothing_but_an_explicit_yes_lets_a_sentence_teach(facts: dict[str, object]) -> None:
    assert not may_teach(facts)
    assert may_teach({CONSENT: "ya"})
