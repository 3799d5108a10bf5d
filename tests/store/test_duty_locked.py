"""A writer that holds the database: what duty writes fails whole, what it reads goes on."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from damping.casework.duty import DutyRules, Way
from damping.store import board, coaching, drills, labels, ladder, migrate, reaches, review, roster, search, service_times, waits
from damping.store.context import Store
from damping.store.database import Database
from damping.store.review import Finding, Verdict
from damping.store.roster import Holiday
from damping.store.sealing import Vault
from rules.ladder import Duty, Plan, Shift
from rules.levels import Level
from tests.store.duty import Office
from tests.support import HeldClock


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """SQLite that loses patience quickly."""
    opened = Database(f"sqlite:///{tmp_path / 'store.db'}", busy_seconds=0.1)
    migrate.upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database, clock: HeldClock) -> Store:
    return Store(database, Vault(b"k" * 32), clock)


@contextmanager
def locked(tmp_path: Path) -> Iterator[None]:
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_every_writing_act_of_duty_fails_whole_and_reading_goes_on(store: Store, clock: HeldClock, tmp_path: Path) -> None:
    office = Office(store)
    tuti, rina = office.supervisor(), office.officer("Rina")
    conversation, other = office.hears(), office.hears(Level.HIJAU, sender="2")
    day, hour = clock.at.date(), clock.at.replace(minute=0)
    shift = Shift(Duty.ON_CALL, rina.officer, hour, hour.replace(hour=hour.hour + 1))
    finding = Finding(Verdict.EXCUSED, "x")
    acts: list[Callable[[], object]] = [
        lambda: roster.add(store, tuti, [shift]),
        lambda: roster.remove(store, tuti, "x"),
        lambda: roster.substitute(store, tuti, "x", None),
        lambda: roster.copy_week(store, tuti, hour),
        lambda: roster.add_holiday(store, tuti, Holiday(day, "x")),
        lambda: roster.remove_holiday(store, tuti, day),
        lambda: reaches.keep(store, rina, Way.EMAIL, "a@b.example"),
        lambda: reaches.forget(store, rina, "x"),
        lambda: reaches.fared(store, "x", well=True),
        lambda: ladder.climb(store, Plan()),
        lambda: drills.begin(store),
        lambda: drills.desk_heard(store),
        lambda: drills.page_heard(store, rina.officer, loud=True),
        lambda: waits.sweep(store, DutyRules()),
        lambda: review.rate_urgent(store, rina, other, "x"),
        lambda: review.tickets(store, tuti),
        lambda: review.close(store, tuti, "x", finding),
        lambda: labels.add(store, tuti, "x"),
        lambda: labels.retire(store, tuti, "x"),
        lambda: labels.put(store, rina, conversation, "x", on=True),
        lambda: coaching.coach(store, tuti, conversation, rina.officer, "x"),
        lambda: coaching.seen(store, rina, "x"),
        lambda: search.search(store, rina, "tolong"),
        lambda: service_times.waits(store, tuti, hour, clock.at, taken_out=True),
    ]

    with locked(tmp_path):
        for act in acts:
            with pytest.raises(OperationalError):
                act()
        assert 1 == board.board(store, tuti, DutyRules()).waiting
        assert () == roster.planned(store, rina, hour, clock.at)
        assert () == ladder.steps(store, rina, conversation)
        assert () == service_times.waits(store, tuti, hour, clock.at)
        assert () == coaching.said(store, rina, conversation)

    assert office.chain_is_whole()
    assert 0 == office.acts("roster_changed")
