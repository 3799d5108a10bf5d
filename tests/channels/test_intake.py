"""The one way in, with the office's own word list and buttons."""

from sqlalchemy import select

from damping.casework.message import Body, Channel, Identity, Inbound, Kind
from damping.channels.intake import Intake
from damping.store.context import Store
from damping.store.tables import Conversation
from rules import danger
from rules.buttons import BUTTONS
from tests.channels.invented import transcript


def says(text: str, number: int = 1) -> Inbound:
    return Inbound(Channel.WEBCHAT, f"halaman:{number}", (Identity("session", "abc"),), Kind.TEXT, Body(text=text), 1_795_551_300)


def test_the_offices_own_rules_fit(store: Store):
    intake = Intake(store, danger.screen, BUTTONS)

    intake.keep_now([says("dia bawa golok mau bunuh saya")])

    assert "ya" in intake.buttons
    with store.database.read() as connection:
        assert "merah" == connection.execute(select(Conversation.level)).scalar()


def test_danger_at_the_seam_of_two_pieces_is_seen(store: Store):
    text = "x " * 997 + "dia bawa golok mau bunuh saya"

    Intake(store, danger.screen, BUTTONS).keep_now([says(text)])

    assert 2 == len(transcript(store))
    with store.database.read() as connection:
        assert "merah" == connection.execute(select(Conversation.level)).scalar()


async def test_nothing_is_stored_of_nothing(store: Store):
    assert [] == await Intake(store, danger.screen, BUTTONS).keep([])
