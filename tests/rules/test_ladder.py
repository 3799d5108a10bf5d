"""The alarm ladder and the roster: nobody is called too late, nothing stops by itself."""

from datetime import datetime, timedelta, timezone

import pytest

from rules.ladder import Duty, Plan, Rung, Shift, called, due, next_at, on_duty, step, uncovered

AT = datetime(2026, 11, 24, 20, 0, tzinfo=timezone.utc)
PLAN = Plan()


def numbers(seconds: float, done: tuple[int, ...] = (), unreached: bool = False) -> list[int]:
    return [taken.number for taken in due(PLAN, AT, done, AT + timedelta(seconds=seconds), unreached=unreached)]


@pytest.mark.parametrize(
    ("seconds", "done", "wanted"),
    [
        (0, (), [0]),
        (59, (0,), []),
        (60, (0,), [1]),
        (179, (0, 1), []),
        (180, (0, 1), [2]),
        (359, (0, 1, 2), []),
        (360, (0, 1, 2), [3]),
        (539, (0, 1, 2, 3), []),
        (540, (0, 1, 2, 3), [4]),
        (720, (0, 1, 2, 3, 4), [5]),
        (200, (0,), [1, 2]),
    ],
)
def test_each_step_comes_in_its_time(seconds: float, done: tuple[int, ...], wanted: list[int]) -> None:
    assert wanted == numbers(seconds, done)


def test_it_never_ends_by_itself() -> None:
    done: tuple[int, ...] = ()
    for minute in range(0, 24 * 60, 3):
        taken = numbers(minute * 60, done)
        done += tuple(taken)
    assert list(range(4 + (24 * 60 - 3 - 6) // 3)) == list(done)
    assert set(step(PLAN, done[-1]).rungs) == {Rung.AGAIN, Rung.ON_CALL, Rung.SUPERVISOR}


def test_after_an_outage_every_first_rung_is_made_up_for_and_old_repetitions_are_not() -> None:
    assert [0, 1, 2, 3, 123] == numbers(360 + 180 * 120 + 5)
    assert [123] == numbers(360 + 180 * 120 + 5, (0, 1, 2, 3, 4, 5))


def test_a_rung_that_reached_nobody_brings_the_next_at_once() -> None:
    assert [3] == numbers(181, (0, 1, 2), unreached=True)
    assert [] == numbers(400, (0, 1, 2, 3), unreached=True), "the repetitions keep their time"


def test_the_board_knows_when_the_next_step_comes() -> None:
    assert AT + timedelta(seconds=60) == next_at(PLAN, AT, (0,))
    assert AT + timedelta(minutes=9) == next_at(PLAN, AT, (0, 1, 2, 3))
    assert AT == next_at(PLAN, AT, ())


def test_repetitions_without_a_pause_between_them_do_not_flood() -> None:
    assert [] == [s.number for s in due(Plan(every=timedelta(0)), AT, (0, 1, 2, 3), AT + timedelta(hours=1))]


def shift(duty: Duty, officer: str, start: float, end: float, substitute: str | None = None) -> Shift:
    return Shift(duty, officer, AT + timedelta(hours=start), AT + timedelta(hours=end), substitute)


ROSTER = (
    shift(Duty.ON_CALL, "rina", -8, 0),
    shift(Duty.ON_CALL, "budi", 0, 8, substitute="sari"),
    shift(Duty.ON_CALL, "sari", -1, 1),
    shift(Duty.SUPERVISOR, "tuti", -8, 8),
)


def test_a_substitute_stands_in_and_nobody_is_called_twice() -> None:
    assert ("sari",) == on_duty(ROSTER, Duty.ON_CALL, AT)
    assert ("rina", "sari") == on_duty(ROSTER, Duty.ON_CALL, AT - timedelta(minutes=1))
    assert () == on_duty(ROSTER, Duty.ON_CALL, AT + timedelta(hours=8))


def test_an_empty_roster_calls_every_supervisor() -> None:
    assert ("tuti",) == called(Rung.SUPERVISOR, ROSTER, ["a", "b"], AT)
    assert ("a", "b") == called(Rung.SUPERVISOR, ROSTER, ["a", "b"], AT + timedelta(days=2))
    assert () == called(Rung.ON_CALL, ROSTER, ["a", "b"], AT + timedelta(days=2))
    assert ("sari",) == called(Rung.ON_CALL, ROSTER, ["a", "b"], AT)
    assert () == called(Rung.DESK, ROSTER, ["a"], AT)


def test_gaps_in_the_roster_are_found() -> None:
    begin, end = AT - timedelta(hours=10), AT + timedelta(hours=10)
    hour = timedelta(hours=1)

    assert ((begin, AT - 8 * hour), (AT + 8 * hour, end)) == uncovered(ROSTER, Duty.ON_CALL, begin, end)
    assert ((begin, end),) == uncovered(ROSTER, Duty.DESK, begin, end)
    assert () == uncovered(ROSTER, Duty.SUPERVISOR, AT - hour, AT + hour)
    between = (shift(Duty.DESK, "a", -2, -1), shift(Duty.DESK, "b", 1, 2))
    assert ((AT - hour, AT + hour),) == uncovered(between, Duty.DESK, AT - 2 * hour, AT + 2 * hour)
