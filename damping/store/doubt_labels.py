"""What trainers say a doubt means. Danger needs two who agree without having seen each other's answer.

what was said so far                          | what comes of it
one answer, nothing about danger              | it becomes an example
one answer that is about danger               | waits for a second person
two or more with the same meaning and level   | it becomes an example
two that differ                               | both are shown to both; either may answer anew
'not sure'                                    | waits for a colleague
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from damping.casework.ids import OfficerId
from damping.store import audit, doubts, officers
from damping.store.context import Store
from damping.store.data_changes import Told, Write, made_within
from damping.store.desk import NotFound, Viewer
from damping.store.tables_workbench import Doubt, DoubtLabel
from rules.levels import Level
from rules.two_persons import for_example


@dataclass(frozen=True)
class Label:
    """One person's answer; `marked` is the sentence as it would stand among the examples."""

    intent: str
    danger: Level
    marked: str
    unsure: bool = False


@dataclass(frozen=True)
class LabelShown:
    """An answer with who gave it."""

    officer: OfficerId
    name: str
    label: Label


class Outcome(StrEnum):
    """What came of an answer."""

    EXAMPLE = "label_contoh"
    WAITS = "label_tunggu"
    DIFFERS = "label_beda"
    COLLEAGUE = "rekan"


@dataclass(frozen=True)
class Agreement:
    """How often two persons said the same of the same sentence."""

    pairs: int
    same_intent: int
    same_danger: int
    by_intent: tuple[tuple[str, int, int], ...]  # meaning, pairs in which somebody said it, of those the same


def put(store: Store, viewer: Viewer, doubt: str, label: Label, example: tuple[Told, Write]) -> Outcome:
    """Keep an answer and, where it decides, write the example. Raises `NotFound`, and whatever the writing raises."""
    doubts.must_train(viewer)
    told, write = example
    with store.database.write() as connection:
        open_ = select(Doubt.id).where(Doubt.id == doubt, Doubt.state == "open").with_for_update()
        if connection.execute(open_).first() is None:
            raise NotFound
        connection.execute(delete(DoubtLabel).where(DoubtLabel.doubt_id == doubt, DoubtLabel.officer_id == viewer.officer))
        sealed = store.vault.office.seal_text("doubt_label.sentence", f"{doubt}|{viewer.officer}", label.marked)
        answer = {"intent": label.intent, "danger": label.danger.value, "unsure": label.unsure, "sentence": sealed}
        connection.execute(insert(DoubtLabel).values(doubt_id=doubt, officer_id=viewer.officer, at=store.now(), **answer))
        audit.record(connection, store, viewer.officer, "doubt_labelled", doubt)
        rows = connection.execute(select(DoubtLabel.__table__).where(DoubtLabel.doubt_id == doubt)).all()
        outcome = _outcome(label, [row for row in rows if not row.unsure])
        if outcome is Outcome.EXAMPLE:
            doubts.use(connection, store, viewer, doubt)
            made_within(connection, store, viewer, told)
            write()
    return outcome


def _outcome(label: Label, sure: Sequence[Row[Any]]) -> Outcome:
    if label.unsure:
        return Outcome.COLLEAGUE
    said = {(row.intent, row.danger) for row in sure}
    if len(said) > 1:
        return Outcome.DIFFERS
    grave = any(for_example(row.intent, row.danger) for row in sure)
    return Outcome.WAITS if grave and len(sure) < 2 else Outcome.EXAMPLE


def given(store: Store, viewer: Viewer, doubt: str) -> tuple[LabelShown, ...]:
    """The answers that this viewer may see: the own one, and the others' once there is an own one. Raises `NotFound`."""
    doubts.must_see(viewer)
    with store.database.read() as connection:
        known = officers.names(connection, store)
        rows = connection.execute(select(DoubtLabel.__table__).where(DoubtLabel.doubt_id == doubt).order_by(DoubtLabel.at)).all()
    if not any(row.officer_id == viewer.officer and not row.unsure for row in rows):
        return ()
    return tuple(LabelShown(OfficerId(row.officer_id), known.get(row.officer_id, ""), _label(store, row)) for row in rows)


def standing(store: Store, viewer: Viewer) -> dict[str, tuple[str, ...]]:
    """Open doubt -> signs for the inbox: 'mine', 'waits' for a second, 'asked' by an unsure colleague, 'differs'. Raises `NotFound`."""
    doubts.must_see(viewer)
    with store.database.read() as connection:
        wanted = select(DoubtLabel.__table__).join(Doubt, Doubt.id == DoubtLabel.doubt_id).where(Doubt.state == "open")
        rows = connection.execute(wanted).all()
    found: dict[str, tuple[str, ...]] = {}
    for doubt in {row.doubt_id for row in rows}:
        answers = [row for row in rows if row.doubt_id == doubt]
        sure = {(row.intent, row.danger) for row in answers if not row.unsure}
        signs = {
            "mine": any(row.officer_id == viewer.officer for row in answers),
            "asked": any(row.unsure for row in answers),
            "differs": len(sure) > 1,
            "waits": len(sure) == 1,
        }
        found[doubt] = tuple(sign for sign, so in signs.items() if so)
    return found


def agreement(store: Store, viewer: Viewer) -> Agreement:
    """Over every sentence that two or more persons answered: the first two answers are compared. Raises `NotFound`."""
    doubts.must_see(viewer)
    with store.database.read() as connection:
        twice = select(DoubtLabel.doubt_id).where(DoubtLabel.unsure.is_(False)).group_by(DoubtLabel.doubt_id).having(func.count() > 1)
        wanted = select(DoubtLabel.doubt_id, DoubtLabel.intent, DoubtLabel.danger).where(
            DoubtLabel.doubt_id.in_(twice), DoubtLabel.unsure.is_(False)
        )
        rows = connection.execute(wanted.order_by(DoubtLabel.doubt_id, DoubtLabel.at)).all()
    by_doubt: dict[str, list[Row[str, str, str]]] = {}
    for row in rows:
        by_doubt.setdefault(row.doubt_id, []).append(row)
    pairs = [(answers[0], answers[1]) for answers in by_doubt.values()]
    names = sorted({row.intent for pair in pairs for row in pair})
    return Agreement(
        len(pairs),
        sum(a.intent == b.intent for a, b in pairs),
        sum(a.danger == b.danger for a, b in pairs),
        tuple(
            (name, sum(name in (a.intent, b.intent) for a, b in pairs), sum(name == a.intent == b.intent for a, b in pairs))
            for name in names
        ),
    )


def _label(store: Store, row: Row[Any]) -> Label:
    marked = store.vault.office.unseal_text("doubt_label.sentence", f"{row.doubt_id}|{row.officer_id}", row.sentence)
    return Label(row.intent, Level(row.danger), marked, row.unsure)
