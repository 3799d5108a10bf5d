"""How often which meaning was understood, day by day: counts of the whole office, for the trainers. No person, no message."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, insert, select, update

from damping.store.context import Store
from damping.store.tables_models import UnderstoodDay
from damping.store.tables_workbench import Doubt

FALLBACK = "nlu_fallback"
_LONGEST = 64
_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Week:
    """From its Monday on: how many messages, and how many were not understood."""

    begins: date
    messages: int
    fallback: int


@dataclass(frozen=True)
class Doubted:
    """A masked sentence of the last two months; `lately`: of the last one."""

    sentence: str
    intent: str
    lately: bool


def add(store: Store, counts: Mapping[str, int]) -> None:
    """Some more, today."""
    today = store.now().date()
    with store.database.write() as connection:
        for intent, number in sorted(counts.items()):  # in one order: two writers never wait for each other in a circle
            row = (UnderstoodDay.day == today, UnderstoodDay.intent == intent[:_LONGEST])
            more = update(UnderstoodDay).where(*row).values(messages=UnderstoodDay.messages + number)
            if not connection.execute(more).rowcount:
                connection.execute(insert(UnderstoodDay).values(day=today, intent=intent[:_LONGEST], messages=number))


def used(store: Store, days: int = 30) -> dict[str, int]:
    """{intent: messages} of the last days."""
    since = store.now().date() - timedelta(days=days)
    counted = select(UnderstoodDay.intent, func.sum(UnderstoodDay.messages)).where(UnderstoodDay.day > since)
    with store.database.read() as connection:
        return {intent: int(number) for intent, number in connection.execute(counted.group_by(UnderstoodDay.intent))}


def weeks(store: Store, number: int = 12) -> tuple[Week, ...]:
    """The last weeks, oldest first; weeks without a message are left out."""
    today = store.now().date()
    since = today - timedelta(days=today.weekday() + 7 * (number - 1))
    rows = select(UnderstoodDay.day, UnderstoodDay.intent, UnderstoodDay.messages).where(UnderstoodDay.day >= since)
    messages: Counter[date] = Counter()
    fallback: Counter[date] = Counter()
    with store.database.read() as connection:
        for row in connection.execute(rows):
            begins = row.day - timedelta(days=row.day.weekday())
            messages[begins] += row.messages
            fallback[begins] += row.messages if row.intent == FALLBACK else 0
    return tuple(Week(begins, messages[begins], fallback[begins]) for begins in sorted(messages))


def doubted(store: Store) -> list[Doubted]:
    """What the assistant was unsure of, masked, of two months."""
    today = store.now().date()
    wanted = select(Doubt.id, Doubt.day, Doubt.intent, Doubt.sentence).where(Doubt.day > today - 2 * _MONTH)
    with store.database.read() as connection:
        rows = connection.execute(wanted).all()
    seal = store.vault.office
    return [Doubted(seal.unseal_text("doubt.sentence", row.id, row.sentence), row.intent, row.day > today - _MONTH) for row in rows]
