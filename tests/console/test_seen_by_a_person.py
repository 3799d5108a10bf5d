"""Danger that an officer writes on the sheet and the assistant did not hear: the level rises and a supervisor finds out why."""

import pytest

from damping.casework.ids import ConversationId, OfficerId
from damping.store import desk, desk_state, review, sheet, takeover
from damping.store.context import Store
from damping.store.desk import Viewer
from damping.store.officers import Role
from damping.store.review import TicketShown
from damping.store.sheet import Edit, Edited
from rules.levels import Level
from tests.console.people import Office


@pytest.fixture
def rina(office: Office) -> OfficerId:
    return office.officer("rina")


@pytest.fixture
def held(store: Store, office: Office, rina: OfficerId) -> ConversationId:
    """A harmless conversation in Rina's hands."""
    conversation = office.hears("halo kak")
    takeover.claim(store, conversation, rina)
    return conversation


def tickets(store: Store, office: Office) -> list[TicketShown]:
    return list(review.tickets(store, Viewer(office.officer(f"tuti {len(office.acts())}", Role.SUPERVISOR), Role.SUPERVISOR)))


def level(store: Store, rina: OfficerId, conversation: ConversationId) -> Level:
    return desk.reach(store, Viewer(rina, Role.PETUGAS), conversation)


def writes(store: Store, rina: OfficerId, conversation: ConversationId, name: str, value: object) -> Edited:
    opened = desk.read(store, Viewer(rina, Role.PETUGAS), conversation)
    standing = opened.work.sheet.standing.get(name)
    return sheet.edit(store, conversation, rina, Edit(name, value, standing.seq if standing else 0))


def test_a_sheet_that_raises_the_level_is_a_ticket(store: Store, office: Office, rina: OfficerId, held: ConversationId) -> None:
    writes(store, rina, held, "safe_now", "tidak")
    assert Level.KUNING is level(store, rina, held)

    writes(store, rina, held, "abuser_near", "ya")

    assert Level.MERAH is level(store, rina, held)
    [ticket] = tickets(store, office)
    assert ("missed", Level.HIJAU, Level.MERAH, "Rina") == (ticket.kind, ticket.level_before, ticket.level, ticket.opened_by)
    assert "tidak aman" in ticket.reason
    assert "pelaku" in ticket.reason


def test_what_the_assistant_had_heard_already_is_none(store: Store, office: Office, rina: OfficerId) -> None:
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))
    takeover.claim(store, conversation, rina)

    writes(store, rina, conversation, "safe_now", "tidak")
    writes(store, rina, conversation, "abuser_near", "ya")

    assert [] == tickets(store, office)


def test_the_one_who_wrote_it_hears_no_bell_and_a_colleague_who_rates_it_rings_for_the_holder(
    store: Store, office: Office, rina: OfficerId, held: ConversationId
) -> None:
    budi = Viewer(office.officer("budi"), Role.PETUGAS)
    other = office.hears("permisi", sender="2")
    takeover.claim(store, other, rina)

    writes(store, rina, held, "kind", ["tppo"])
    assert (Level.MERAH, 0) == (level(store, rina, held), desk_state.state(store).alarm.ringing)
    review.rate_urgent(store, budi, other, "ia berbisik di telepon")

    assert 1 == desk_state.state(store).alarm.ringing


def test_an_officer_who_has_lowered_a_level_is_not_overruled_by_the_next_edit(
    store: Store, office: Office, rina: OfficerId, held: ConversationId
) -> None:
    writes(store, rina, held, "kind", ["tppo"])
    takeover.lower_level(store, held, rina, Level.KUNING, "ternyata bukan")

    writes(store, rina, held, "age", "31")

    assert Level.KUNING is level(store, rina, held)
    assert 1 == len(tickets(store, office))


def test_a_value_of_another_that_is_taken_counts_too(store: Store, office: Office, rina: OfficerId, held: ConversationId) -> None:
    writes(store, rina, held, "kind", ["psikis"])
    assert Edited.DIFFERS is sheet.edit(store, held, rina, Edit("kind", ["tppo"], 0))
    assert Level.HIJAU is level(store, rina, held)
    [differing] = desk.read(store, Viewer(rina, Role.PETUGAS), held).work.sheet.differing

    sheet.settle(store, held, rina, differing.id, take=True)

    assert Level.MERAH is level(store, rina, held)
    assert 1 == len(tickets(store, office))
