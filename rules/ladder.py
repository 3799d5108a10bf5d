"""The alarm ladder: who is called, and when, while an urgent person waits and nobody has claimed.

The office relies on it that an alarm never ends by itself: after the last rung everybody is called again and again until an
officer takes the conversation. An outage of our own is made up for at once, and without a flood of old calls.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class Rung(str, Enum):
    """Who is called."""

    DESK = "meja"  # the open desks: bar, sound, title, icon
    AGAIN = "meja_lagi"  # the desks once more, and browsers that are closed (Web Push)
    ON_CALL = "siaga"  # who is on call by the roster
    SUPERVISOR = "supervisor"  # the supervisor by the roster


@dataclass(frozen=True)
class Plan:
    """How long after the alarm was raised each rung comes."""

    again: timedelta = timedelta(seconds=60)
    on_call: timedelta = timedelta(minutes=3)
    supervisor: timedelta = timedelta(minutes=6)
    every: timedelta = timedelta(minutes=3)  # then everybody, until somebody claims


@dataclass(frozen=True)
class Step:
    """One step: its number counts up from 0; `after`: when it comes, counted from the alarm."""

    number: int
    rungs: tuple[Rung, ...]
    after: timedelta


_FIRST = ((Rung.DESK,), (Rung.AGAIN,), (Rung.ON_CALL,), (Rung.SUPERVISOR,))
_EVERYBODY = (Rung.AGAIN, Rung.ON_CALL, Rung.SUPERVISOR)


def step(plan: Plan, number: int) -> Step:
    """
    number  | after           | who
    0       | at once         | the desks
    1       | `again`         | the desks again, closed browsers
    2       | `on_call`       | on-call
    3       | `supervisor`    | supervisor
    4, 5, … | `every` further | everybody
    """
    times = (timedelta(0), plan.again, plan.on_call, plan.supervisor)
    if number < len(times):
        return Step(number, _FIRST[number], times[number])
    return Step(number, _EVERYBODY, plan.supervisor + plan.every * (number - len(times) + 1))


def due(plan: Plan, raised_at: datetime, done: Collection[int], now: datetime, *, unreached: bool = False) -> tuple[Step, ...]:
    """The steps to take now, in order.

    `unreached`: a rung was climbed and reached nobody (no one on the roster, every way failed), so the next comes at once.
    Of the repetitions that were missed while the machine was off, only the newest is taken.
    """
    last = max(done, default=-1)
    passed = [number for number in range(len(_FIRST)) if number not in done and step(plan, number).after <= now - raised_at]
    newest = _newest_repetition(plan, now - raised_at)
    if newest is not None and newest > last:
        passed.append(newest)
    following = last + 1
    if unreached and following not in passed and following < len(_FIRST):
        passed.append(following)
    return tuple(step(plan, number) for number in sorted(passed))


def next_at(plan: Plan, raised_at: datetime, done: Collection[int]) -> datetime:
    """When the next step comes, for the board."""
    return raised_at + step(plan, max(done, default=-1) + 1).after


def _newest_repetition(plan: Plan, waited: timedelta) -> int | None:
    passed = (waited - plan.supervisor) // plan.every if plan.every > timedelta(0) else 0
    return len(_FIRST) - 1 + passed if passed > 0 else None


class Duty(str, Enum):
    """What a shift on the roster is for."""

    DESK = "jaga"  # at the desk
    ON_CALL = "siaga"  # reachable by phone
    SUPERVISOR = "supervisor"  # the supervisor who is called last


@dataclass(frozen=True)
class Shift:
    """One line of the roster; a substitute stands in for the whole of it."""

    duty: Duty
    officer: str
    starts_at: datetime
    ends_at: datetime
    substitute: str | None = None

    @property
    def who(self) -> str:
        """Who really comes."""
        return self.substitute or self.officer


def on_duty(shifts: Iterable[Shift], duty: Duty, at: datetime) -> tuple[str, ...]:
    """Who has this duty at a moment, each once, whose shift began first first."""
    now = sorted((shift for shift in shifts if shift.duty is duty and shift.starts_at <= at < shift.ends_at), key=lambda s: s.starts_at)
    return tuple(dict.fromkeys(shift.who for shift in now))


def called(rung: Rung, shifts: Iterable[Shift], supervisors: Iterable[str], at: datetime) -> tuple[str, ...]:
    """
    rung       | whom the roster names       | where it names nobody
    siaga      | on-call                     | nobody: the next rung comes at once
    supervisor | the supervisor on the roster | every supervisor: an empty roster must not silence the alarm
    """
    if rung is Rung.ON_CALL:
        return on_duty(shifts, Duty.ON_CALL, at)
    if rung is Rung.SUPERVISOR:
        return on_duty(shifts, Duty.SUPERVISOR, at) or tuple(supervisors)
    return ()


def uncovered(shifts: Iterable[Shift], duty: Duty, begin: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """The gaps in a stretch of time for which the roster names nobody."""
    spans = sorted(
        (max(s.starts_at, begin), min(s.ends_at, end)) for s in shifts if s.duty is duty and s.starts_at < end and s.ends_at > begin
    )
    gaps, covered = [], begin
    for starts, ends in spans:
        if starts > covered:
            gaps.append((covered, starts))
        covered = max(covered, ends)
    if covered < end:
        gaps.append((covered, end))
    return tuple(gaps)
