"""Waiting times: begun with the oldest unanswered message, ended by an officer's words, late where the time is over."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from damping.casework.duty import DutyRules
from damping.store import erasure, review, roster, service_times, takeover, waits
from damping.store.context import Store
from damping.store.desk import NotFound
from damping.store.officers import Role
from damping.store.roster import Holiday
from damping.store.service_times import Waited
from damping.store.tables import Conversation
from damping.store.tables_duty import Wait
from rules.levels import Level
from tests.store.duty import Office
from tests.support import HeldClock

RULES = DutyRules()


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


def rows(store: Store) -> list[tuple[str, float, float | None, bool]]:
    """Level, seconds until due, seconds until answered, late."""
    with store.database.read() as connection:
        found = connection.execute(select(Wait.__table__).order_by(Wait.since)).all()
        return [
            (w.level, (w.due_at - w.since).total_seconds(), (w.answered_at - w.since).total_seconds() if w.answered_at else None, w.late)
            for w in found
        ]


def test_it_is_measured_from_the_first_unanswered_message_to_an_officers_words(store: Store, clock: HeldClock, office: Office) -> None:
    rina, conversation = office.officer("Rina"), office.hears()
    waits.sweep(store, RULES)
    clock.forward(seconds=40)
    office.hears(text="halo?")
    takeover.claim(store, conversation, rina.officer)
    waits.sweep(store, RULES)
    clock.forward(seconds=50)
    takeover.reply(store, conversation, rina.officer, "Saya Rina.")
    clock.forward(seconds=3)
    waits.sweep(store, RULES)

    assert [("merah", 300, 90, False)] == rows(store)
    assert 0 == waits.sweep(store, RULES), "nothing more changes"


def test_the_assistants_words_end_no_wait(store: Store, clock: HeldClock, office: Office) -> None:
    conversation = office.hears(Level.KUNING)
    waits.sweep(store, RULES)
    from damping.casework.message import Author, Body
    from damping.store import outbox

    with store.database.write() as connection:
        outbox.put(connection, store, conversation, Author.BOT, Body(text="jawaban"))
    clock.forward(hours=1)
    waits.sweep(store, RULES)

    assert [("kuning", 6 * 3600, None, False)] == rows(store)


def test_what_the_assistant_handles_alone_is_no_wait(store: Store, office: Office) -> None:
    office.hears(Level.HIJAU)

    assert 0 == waits.sweep(store, RULES)


def test_a_wait_that_becomes_urgent_has_less_time(store: Store, clock: HeldClock, office: Office) -> None:
    office.hears(Level.KUNING)
    waits.sweep(store, RULES)
    clock.forward(minutes=30)
    office.hears(Level.MERAH)
    waits.sweep(store, RULES)

    assert [("merah", 35 * 60, None, False)] == rows(store)


def test_hijau_counts_working_days_and_knows_holidays(store: Store, clock: HeldClock, office: Office) -> None:
    tuti = office.supervisor()
    conversation = office.hears(Level.HIJAU)
    day = clock.at.astimezone(RULES.calendar.zone).date()
    roster.add_holiday(store, tuti, Holiday(day + timedelta(days=1), "Hari libur rekaan"))
    with store.database.write() as connection:
        connection.execute(update(Conversation).where(Conversation.id == conversation).values(wants_officer=True))
    waits.sweep(store, RULES)

    with store.database.read() as connection:
        due = connection.execute(select(Wait.due_at)).scalar_one()
    expected = roster_calendar(store).working_days_later(clock.at, 3)
    assert expected == due
    assert expected > RULES.calendar.working_days_later(clock.at, 3)


def roster_calendar(store: Store):
    with store.database.read() as connection:
        return roster.calendar(connection, RULES.calendar)


def test_a_late_answer_opens_one_ticket_and_stays_late(store: Store, clock: HeldClock, office: Office) -> None:
    tuti, rina, conversation = office.supervisor(), office.officer("Rina"), office.hears()
    waits.sweep(store, RULES)
    clock.forward(minutes=6)
    waits.sweep(store, RULES)
    assert [("late", Level.MERAH, None)] == [(t.kind, t.level, t.answered_at) for t in review.tickets(store, tuti)]
    takeover.claim(store, conversation, rina.officer)
    takeover.reply(store, conversation, rina.officer, "Maaf lama.")
    waits.sweep(store, RULES)

    assert [("merah", 300, 360, True)] == rows(store)
    (ticket,) = review.tickets(store, tuti)
    assert clock.at == ticket.answered_at


def test_after_an_answer_a_new_need_is_a_new_wait(store: Store, clock: HeldClock, office: Office) -> None:
    rina, conversation = office.officer("Rina"), office.hears()
    waits.sweep(store, RULES)
    clock.forward(seconds=60)
    takeover.claim(store, conversation, rina.officer)
    takeover.reply(store, conversation, rina.officer, "Saya Rina.")
    waits.sweep(store, RULES)
    takeover.hand_back(store, conversation, rina.officer)
    clock.forward(hours=1)
    office.hears(Level.HIJAU, text="makasih ya")
    waits.sweep(store, RULES)
    assert 1 == len(rows(store)), "the assistant goes on; nobody asked for a human"

    clock.forward(hours=1)
    office.hears(Level.MERAH, text="dia datang lagi")
    waits.sweep(store, RULES)

    assert 2 == len(rows(store))


def test_handed_back_without_a_word_ends_it_unanswered(store: Store, clock: HeldClock, office: Office) -> None:
    rina, conversation = office.officer("Rina"), office.hears(Level.KUNING)
    waits.sweep(store, RULES)
    takeover.claim(store, conversation, rina.officer)
    clock.forward(minutes=1)
    takeover.hand_back(store, conversation, rina.officer)
    waits.sweep(store, RULES)

    assert [("kuning", 6 * 3600, None, False)] == rows(store)
    clock.forward(days=1)
    assert 0 == waits.sweep(store, RULES)


def test_erased_words_leave_the_figures(store: Store, clock: HeldClock, office: Office) -> None:
    rina, conversation = office.officer("Rina"), office.hears(Level.KUNING)
    waits.sweep(store, RULES)
    clock.forward(minutes=10)
    takeover.claim(store, conversation, rina.officer)
    takeover.reply(store, conversation, rina.officer, "Saya Rina.")
    waits.sweep(store, RULES)
    with store.database.write() as connection:
        erasure.erase_words(connection, store, conversation)
    waits.sweep(store, RULES)

    assert [("kuning", 6 * 3600, 600, False)] == rows(store)


def test_people_are_told_a_measured_time_or_none(store: Store, clock: HeldClock, office: Office) -> None:
    rina = office.officer("Rina")
    for person in range(5):
        assert waits.typical(store, Level.MERAH) is None
        conversation = office.hears(sender=f"orang {person}")
        waits.sweep(store, RULES)
        clock.forward(seconds=170)
        takeover.claim(store, conversation, rina.officer)
        takeover.reply(store, conversation, rina.officer, "Saya Rina.")
        waits.sweep(store, RULES)

    assert 3 == waits.typical(store, Level.MERAH)
    assert waits.typical(store, Level.KUNING) is None
    clock.forward(days=31)
    assert waits.typical(store, Level.MERAH) is None


def test_the_supervisors_figures(store: Store, clock: HeldClock, office: Office) -> None:
    tuti, rina = office.supervisor(), office.officer("Rina")
    began = clock.at
    for person, seconds in enumerate((60, 120, 600)):
        clock.at = began + timedelta(hours=person)
        conversation = office.hears(sender=f"orang {person}")
        waits.sweep(store, RULES)
        clock.forward(seconds=seconds)
        takeover.claim(store, conversation, rina.officer)
        takeover.reply(store, conversation, rina.officer, "Saya Rina.")
        waits.sweep(store, RULES)

    found = service_times.waits(store, tuti, began, clock.at + timedelta(days=1))
    report = service_times.report(found, RULES.calendar.zone)

    merah = dict(report.by_level)[Level.MERAH]
    assert (3, 120, 600, 2, 3) == (merah.answered, merah.median, merah.p90, merah.in_time, merah.judged)
    assert [0] * 3 + [1, 1, 1] + [0] * 18 == [hour.answered for hour in report.by_hour], "from 03.15 in the office's time"
    assert dict(report.by_level)[Level.HIJAU].share is None
    with pytest.raises(NotFound):
        service_times.waits(store, rina, began, clock.at)
    assert 0 == office.acts("figures_exported")
    service_times.waits(store, tuti, began, clock.at, taken_out=True)
    assert 1 == office.acts("figures_exported")


def test_a_wait_without_an_answer_has_no_length(clock: HeldClock) -> None:
    assert Waited(Level.MERAH, clock.at, clock.at, None, True).seconds is None


@pytest.mark.parametrize("role", [Role.PETUGAS, Role.PELATIH, Role.ADMIN])
def test_figures_are_the_supervisors(store: Store, clock: HeldClock, office: Office, role: Role) -> None:
    with pytest.raises(NotFound):
        service_times.waits(store, office.officer("x", role), clock.at, clock.at)
