"""What the assistant may say after an officer gave it the word."""

import pytest

from damping.casework.bot_speech import allowed
from damping.casework.message import Body
from rules.levels import Level
from rules.word import BotMay

ASKS = Body(text="di kecamatan mana?", response="utter_ask_kecamatan")
ANSWERS = Body(text="gratis", response="utter_tanya_biaya")
SAFE = Body(text="polisi 110", response="utter_service_safe_reply")
NOTED = Body(text="tersimpan", response="utter_service_noted")


@pytest.mark.parametrize(
    ("may", "level", "said"),
    [
        (BotMay.ALL, Level.HIJAU, (ASKS, ANSWERS, SAFE)),
        (BotMay.ANSWERS, Level.HIJAU, (ANSWERS, SAFE)),
        (BotMay.NOTES, Level.KUNING, (SAFE,)),
        (BotMay.ALL, Level.MERAH, (ASKS, ANSWERS, SAFE)),
        (BotMay.ANSWERS, Level.MERAH, (ASKS, ANSWERS, SAFE)),
        (BotMay.NOTES, Level.MERAH, (ASKS, ANSWERS, SAFE)),
    ],
)
def test_an_officers_limit_holds_but_never_against_danger(may: BotMay, level: Level, said: tuple[Body, ...]) -> None:
    assert said == allowed(may, [ASKS, ANSWERS, SAFE], level, NOTED)


@pytest.mark.parametrize(("may", "replies"), [(BotMay.ANSWERS, [ASKS]), (BotMay.NOTES, [ASKS, ANSWERS]), (BotMay.NOTES, [])])
def test_where_nothing_is_left_to_say_the_person_hears_that_an_officer_will_read(may: BotMay, replies: list[Body]) -> None:
    assert (NOTED,) == allowed(may, replies, Level.HIJAU, NOTED)
    assert () == allowed(may, replies, Level.HIJAU, None), "and not again within the quarter of an hour"
