"""A return code is all or nothing: what a locked database could not take leaves the old code, the old session and the hidden page."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from damping.casework.message import Body, Channel
from damping.store import inbox, returning, websessions
from damping.store.context import Store
from damping.store.returning import Fresh
from damping.store.websessions import Standing
from tests.store.test_safety_locked import impatient, locked  # noqa: F401  a fixture of that module
from tests.support import a_line

IDLE = timedelta(minutes=10)
OLD, NEW = "a" * 43, "b" * 43
FIRST, SECOND = Fresh("melatikelapahujansepatugitar", timedelta(days=30)), Fresh("kelapamelatihujansepatugitar", timedelta(days=30))


@pytest.fixture
def begun(impatient: Store) -> Store:  # noqa: F811
    """A web chat with a code."""
    websessions.open_for_writing(impatient, OLD, IDLE)
    inbox.receive(impatient, [a_line("halo", sender=websessions.name_of(impatient, OLD).value, channel=Channel.WEBCHAT)])
    assert returning.make(impatient, OLD, IDLE, FIRST)
    return impatient


def test_a_new_code_that_could_not_be_kept_leaves_the_old_one_good(store: Store, begun: Store) -> None:
    blocker = locked(store)
    with pytest.raises(OperationalError):
        returning.make(begun, OLD, IDLE, SECOND)
    blocker.close()

    assert not returning.redeem(begun, SECOND.key, NEW)
    assert returning.redeem(begun, FIRST.key, NEW)


def test_a_return_that_could_not_be_stored_spends_no_code_and_ends_no_session(store: Store, begun: Store) -> None:
    blocker = locked(store)
    with pytest.raises(OperationalError):
        returning.redeem(begun, FIRST.key, NEW)
    blocker.close()

    assert Standing.LIVE is websessions.standing(begun, OLD, IDLE)
    assert returning.redeem(begun, FIRST.key, NEW)
    assert Standing.OVER is websessions.standing(begun, OLD, IDLE)


def test_earlier_lines_that_could_not_be_uncovered_stay_covered(store: Store, begun: Store) -> None:
    returning.redeem(begun, FIRST.key, NEW)
    blocker = locked(store)
    with pytest.raises(OperationalError):
        returning.show_earlier(begun, NEW, IDLE, Body(text="Dengan siapa ini?"))
    blocker.close()
    assert () == websessions.transcript(begun, NEW).lines

    returning.show_earlier(begun, NEW, IDLE, Body(text="Dengan siapa ini?"))

    assert ["halo"] == [line.body.text for line in websessions.transcript(begun, NEW).lines]


def test_a_try_that_could_not_be_counted_is_not_looked_at(store: Store, begun: Store) -> None:
    blocker = locked(store)
    with pytest.raises(OperationalError):
        returning.count(begun, "192.0.2.1")
    blocker.close()

    assert 0 == returning.count(begun, "192.0.2.1").wait_s
