"""The ladder in the store: every step a fact with its time, nothing called twice, nothing that ends without a person."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from damping.casework.duty import Way
from damping.casework.ids import ConversationId
from damping.store import ladder, reaches, takeover
from damping.store.context import Store
from damping.store.desk import NotFound
from damping.store.events import recent
from damping.store.ladder import AGAIN, Call
from damping.store.officers import Role
from damping.store.tables_duty import LadderStep
from rules.ladder import Duty, Plan
from tests.store.duty import Office
from tests.support import HeldClock

PLAN = Plan()


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


def climb(store: Store) -> list[Call]:
    return ladder.climb(store, PLAN)


def facts(store: Store) -> list[tuple[int, str, str, str, str]]:
    with store.database.read() as connection:
        rows = connection.execute(select(LadderStep.__table__).order_by(LadderStep.seq))
        return [(row.number, row.rung, row.officer_id, row.way, row.state) for row in rows]


def test_desks_then_desks_again_then_on_call_then_supervisor(store: Store, clock: HeldClock, office: Office) -> None:
    tuti, rina = office.supervisor(), office.officer("Rina")
    office.shift(tuti, Duty.ON_CALL, rina)
    office.reach(rina, Way.TELEGRAM, "1001")
    office.reach(tuti, Way.EMAIL, "tuti@kantor.example")
    conversation = office.hears()
    raised = clock.at

    assert [] == climb(store)
    clock.at = raised + timedelta(seconds=60)
    assert [] == climb(store)
    assert AGAIN in {fact.kind for fact in recent(store, 0)}
    clock.at = raised + timedelta(seconds=180)
    (to_rina,) = climb(store)
    ladder.settle(store, to_rina, well=True)
    clock.at = raised + timedelta(seconds=360)
    (to_tuti,) = climb(store)
    ladder.settle(store, to_tuti, well=True)

    assert (Way.TELEGRAM, "1001") == (to_rina.way, to_rina.address)
    assert (Way.EMAIL, "tuti@kantor.example") == (to_tuti.way, to_tuti.address)
    assert [
        (0, "meja", "", "meja", "done"),
        (1, "meja_lagi", "", "meja", "done"),
        (2, "siaga", rina.officer, "telegram", "done"),
        (3, "supervisor", tuti.officer, "email", "done"),
    ] == facts(store)
    shown = ladder.steps(store, rina, conversation)
    assert ["Tuti", "Rina", "", ""] == [step.name for step in shown]
    assert [360, 180, 60, 0] == [(step.at - raised).total_seconds() for step in shown]
    assert "1001" not in repr(to_rina)


def test_only_a_claim_ends_it(store: Store, clock: HeldClock, office: Office) -> None:
    tuti, rina = office.supervisor(), office.officer("Rina")
    office.reach(tuti)
    conversation = office.hears()
    clock.forward(minutes=6)
    for call in climb(store):
        ladder.settle(store, call, well=True)
    clock.forward(minutes=3)
    office.hears(text="gapapa, batal aja")
    assert [Way.EMAIL] == [call.way for call in climb(store)], "it goes on for who takes it back in the chat"

    takeover.claim(store, conversation, rina.officer)
    clock.forward(hours=2)

    assert [] == climb(store)
    assert 4 == max(row[0] for row in facts(store))


def test_a_hundred_alarms_that_nobody_takes_reach_the_next_person_every_time(store: Store, clock: HeldClock, office: Office) -> None:
    tuti, rina = office.supervisor(), office.officer("Rina")
    office.shift(tuti, Duty.ON_CALL, rina)
    office.reach(rina, Way.TELEGRAM, "1001")
    office.reach(tuti, Way.EMAIL, "tuti@kantor.example")
    for person in range(100):
        office.hears(sender=f"orang {person}")
    climb(store)

    clock.forward(seconds=180)
    on_call = climb(store)
    for call in on_call:
        ladder.settle(store, call, well=True)
    clock.forward(seconds=180)

    assert 100 == len(on_call)
    assert 100 == len([call for call in climb(store) if call.way is Way.EMAIL])


def test_where_the_roster_names_nobody_every_supervisor_is_called_at_once(store: Store, clock: HeldClock, office: Office) -> None:
    for name in ("Tuti", "Wati"):
        office.reach(office.supervisor(name), Way.EMAIL, f"{name}@kantor.example")
    office.hears()
    clock.forward(seconds=180)
    assert [] == climb(store)
    assert (2, "siaga", "", "", "nobody") == facts(store)[-1]

    assert ["Tuti@kantor.example", "Wati@kantor.example"] == sorted(call.address for call in climb(store))


def test_a_call_that_does_not_leave_is_tried_again_and_brings_the_supervisor_meanwhile(
    store: Store, clock: HeldClock, office: Office
) -> None:
    tuti, rina = office.supervisor(), office.officer("Rina")
    office.shift(tuti, Duty.ON_CALL, rina)
    office.reach(rina, Way.TELEGRAM, "1001")
    office.reach(tuti, Way.EMAIL, "tuti@kantor.example")
    office.hears()
    clock.forward(seconds=180)
    (failed,) = climb(store)
    ladder.settle(store, failed, well=False)

    assert ["tuti@kantor.example"] == [call.address for call in climb(store)]
    clock.forward(seconds=31)
    assert {"1001", "tuti@kantor.example"} == {call.address for call in climb(store)}, "the other one died in a worker's hands"
    clock.forward(seconds=31)
    climb(store)
    clock.forward(seconds=31)
    assert [] == climb(store), "three times are enough; the next step comes in its time"


def test_an_officer_with_several_browsers_is_reached_by_one(store: Store, clock: HeldClock, office: Office) -> None:
    rina = office.officer("Rina")
    for browser in ("satu", "dua"):
        office.reach(rina, Way.PUSH, f"https://fcm.googleapis.com/{browser}")
    office.hears()
    clock.forward(seconds=60)

    first, second = climb(store)
    ladder.settle(store, first, well=True)
    ladder.settle(store, second, well=False)

    assert first.step == second.step
    assert (1, "meja_lagi", rina.officer, "push", "done") in facts(store)


def test_closed_browsers_of_those_on_the_roster_are_called_and_others_sleep(store: Store, clock: HeldClock, office: Office) -> None:
    tuti, rina, budi = office.supervisor(), office.officer("Rina"), office.officer("Budi")
    office.reach(rina, Way.PUSH, "https://fcm.googleapis.com/rina")
    office.reach(budi, Way.PUSH, "https://fcm.googleapis.com/budi")
    office.shift(tuti, Duty.DESK, budi)
    office.hears()
    clock.forward(seconds=60)

    assert ["https://fcm.googleapis.com/budi"] == [call.address for call in climb(store)]


def test_a_way_that_was_taken_back_meanwhile_is_no_hindrance(store: Store, clock: HeldClock, office: Office) -> None:
    tuti = office.supervisor()
    office.reach(tuti)
    office.hears()
    clock.forward(seconds=360)
    (call,) = climb(store)
    reaches.fared(store, call.reach, well=False, gone=True)
    clock.forward(seconds=31)

    assert [] == climb(store)
    assert "nobody" == facts(store)[-1][4]


def test_two_workers_take_a_step_once(store: Store, clock: HeldClock, office: Office) -> None:
    office.reach(office.supervisor())
    office.hears()
    clock.forward(seconds=360)

    first, second = climb(store), climb(store)

    assert (1, 0) == (len(first), len(second))


@pytest.mark.parametrize("role", [Role.PELATIH, Role.ADMIN])
def test_others_see_no_steps(store: Store, office: Office, role: Role) -> None:
    with pytest.raises(NotFound):
        ladder.steps(store, office.officer("x", role), ConversationId("0" * 32))
