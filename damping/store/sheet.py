"""The assessment sheet: filled by the assistant, mended by the officer who has the word, and never overwritten unseen.

Every value is a change with its author and, where the assistant learnt it, the message it came from. A value that meets another
one, which an officer wrote or which came while the page was open, is kept beside it as `differs` until an officer decides.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from damping.casework.doubt import CONSENT
from damping.casework.ids import ConversationId, OfficerId, new_id
from damping.store import audit, events, missed, presence
from damping.store.context import Store, seal_json, unseal_json
from damping.store.holders import must_hold
from damping.store.missed import Seen
from damping.store.sealing import Sealer
from damping.store.tables import Conversation, Message
from damping.store.tables_desk import SheetChange
from rules.danger import Reason
from rules.risk import by_answers

# What the engine works out anew at every turn; nobody fills it in.
_DERIVED = frozenset({"level", "level_reasons", "style", "style_changed"})
# What only officers write; the assistant has no word for it and never takes it back by saying nothing.
_OFFICERS_OWN = frozenset({CONSENT})


class State(StrEnum):
    """What became of a value."""

    KEPT = "kept"  # stands, or stood until the next one
    DIFFERS = "differs"  # another value stands; an officer decides
    DROPPED = "dropped"  # an officer decided against it


class Edited(StrEnum):
    """What came of an officer's change."""

    KEPT = "kept"
    SAME = "same"  # it says that already
    DIFFERS = "differs"  # somebody changed it meanwhile: both are shown


@dataclass(frozen=True)
class Change:
    """One value on the sheet. `seq` orders them; `source` is the number of the message it was learnt from."""

    seq: int
    id: str
    name: str
    value: Any
    officer: OfficerId | None
    source: int | None
    at: datetime


@dataclass(frozen=True)
class Sheet:
    """The values that stand, by name, those that differ from them, and how often the whole was changed."""

    standing: Mapping[str, Change]
    differing: tuple[Change, ...]
    version: int


@dataclass(frozen=True)
class Edit:
    """What an officer writes: `base` is the `seq` of the value that was on the page, 0 for none."""

    name: str
    value: Any
    base: int


def learnt(
    connection: Connection,
    store: Store,
    sealer: Sealer,
    conversation: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    source: str | None,
) -> dict[str, Any]:
    """
    The facts to keep after the assistant's turn, in the turn's transaction; each change is written down with its message.

    the fact was last written by | the assistant says | becomes
    nobody, or the assistant     | something new      | the new value
    an officer                   | the same           | nothing
    an officer                   | something else     | stays; the other value is kept beside it
    """
    facts = {**after, **{name: before[name] for name in _OFFICERS_OWN if name in before}}
    changed = [name for name in {**before, **facts} if name not in _DERIVED and before.get(name) != facts.get(name)]
    if not changed:
        return facts
    standing = _standing(connection, conversation)
    version = _version(connection, conversation) + 1
    for name in changed:
        row = standing.get(name)
        state = State.KEPT
        if row is not None and row.officer_id is not None:
            state = State.DIFFERS
            facts[name] = before.get(name)
        if state is State.KEPT or not _known(connection, sealer, conversation, name, after.get(name)):
            _write(connection, store, sealer, conversation, name, after.get(name), state, None, source, version)
    return facts


def edit(store: Store, conversation: ConversationId, officer: OfficerId, wanted: Edit) -> Edited:
    """An officer's value for one fact. Raises `NotTheHolder`."""
    with store.database.write() as connection:
        row = must_hold(connection, conversation, officer)
        presence.sign(connection, store, officer, conversation)
        sealer = store.opened(row.id, row.data_key)
        facts = unseal_json(sealer, "conversation.facts", row.id, row.facts, {})
        if facts.get(wanted.name) == wanted.value:
            return Edited.SAME
        now = _standing(connection, conversation).get(wanted.name)
        differs = (now.seq if now is not None else 0) != wanted.base
        version = _version(connection, conversation) + (0 if differs else 1)
        state = State.DIFFERS if differs else State.KEPT
        _write(connection, store, sealer, conversation, wanted.name, wanted.value, state, officer, None, version)
        if not differs:
            _take(connection, store, row, officer, wanted)
        audit.record(connection, store, officer, "sheet_changed", conversation)
        events.tell(connection, store, "sheet_changed", conversation)
        return Edited.DIFFERS if differs else Edited.KEPT


def settle(store: Store, conversation: ConversationId, officer: OfficerId, change: str, *, take: bool) -> bool:
    """Take a differing value, or drop it; False where it is settled already. Raises `NotTheHolder`."""
    with store.database.write() as connection:
        row = must_hold(connection, conversation, officer)
        sealer = store.opened(row.id, row.data_key)
        mine = (SheetChange.id == change, SheetChange.conversation_id == conversation, SheetChange.state == State.DIFFERS)
        found = connection.execute(
            update(SheetChange).where(*mine).values(state=State.DROPPED).returning(SheetChange.name, SheetChange.value)
        ).first()
        if found is None:
            return False
        if take:
            value = unseal_json(sealer, "sheet_change.value", change, found.value, None)
            _write(
                connection,
                store,
                sealer,
                conversation,
                found.name,
                value,
                State.KEPT,
                officer,
                None,
                _version(connection, conversation) + 1,
            )
            _take(connection, store, row, officer, Edit(found.name, value, 0))
        presence.sign(connection, store, officer, conversation)
        audit.record(connection, store, officer, "sheet_changed", conversation)
        events.tell(connection, store, "sheet_changed", conversation)
        return True


def of(connection: Connection, sealer: Sealer, conversation: str) -> Sheet:
    """The sheet as it stands."""
    standing = {name: _change(sealer, row) for name, row in _standing(connection, conversation).items()}
    other = _rows(connection, conversation, SheetChange.state == State.DIFFERS)
    differing = tuple(_change(sealer, row) for row in other)
    return Sheet(standing, differing, _version(connection, conversation))


def _standing(connection: Connection, conversation: str) -> dict[str, Row[Any]]:
    newest = (
        select(func.max(SheetChange.seq))
        .where(SheetChange.conversation_id == conversation, SheetChange.state == State.KEPT)
        .group_by(SheetChange.name)
    )
    return {row.name: row for row in _rows(connection, conversation, SheetChange.seq.in_(newest))}


def _rows(connection: Connection, conversation: str, which: Any) -> list[Row[Any]]:
    wanted = select(SheetChange.__table__, Message.seq.label("source")).outerjoin(Message, Message.id == SheetChange.message_id)
    return list(connection.execute(wanted.where(SheetChange.conversation_id == conversation, which).order_by(SheetChange.seq)))


def _change(sealer: Sealer, row: Row[Any]) -> Change:
    value = unseal_json(sealer, "sheet_change.value", row.id, row.value, None)
    officer = OfficerId(row.officer_id) if row.officer_id is not None else None
    return Change(row.seq, row.id, row.name, value, officer, row.source, row.at)


def _version(connection: Connection, conversation: str) -> int:
    return connection.execute(select(func.max(SheetChange.version)).where(SheetChange.conversation_id == conversation)).scalar() or 0


def _known(connection: Connection, sealer: Sealer, conversation: str, name: str, value: Any) -> bool:
    """Whether an officer has this value of the assistant before the eyes already, or has decided against it."""
    settled = (SheetChange.name == name, SheetChange.state.in_((State.DIFFERS, State.DROPPED)), SheetChange.officer_id.is_(None))
    found = select(SheetChange.id, SheetChange.value).where(SheetChange.conversation_id == conversation, *settled)
    told = json.dumps(value, sort_keys=True)
    return any(
        json.dumps(unseal_json(sealer, "sheet_change.value", row.id, row.value, None), sort_keys=True) == told
        for row in connection.execute(found)
    )


def _write(
    connection: Connection, store: Store, sealer: Sealer, conversation: str, name: str, value: Any, state: State,
    officer: OfficerId | None, source: str | None, version: int,
) -> None:  # fmt: skip
    fresh = new_id()
    connection.execute(
        insert(SheetChange).values(
            id=fresh,
            conversation_id=conversation,
            name=name,
            value=seal_json(sealer, "sheet_change.value", fresh, value),
            state=state,
            officer_id=officer,
            message_id=source,
            version=version,
            at=store.now(),
        )
    )


def _take(connection: Connection, store: Store, row: Row[Any], officer: OfficerId, wanted: Edit) -> None:
    """The value stands from now on. Where the answers are graver with it than they were, a person saw what the assistant did not."""
    sealer = store.opened(row.id, row.data_key)
    before = unseal_json(sealer, "conversation.facts", row.id, row.facts, {})
    after = {name: value for name, value in (before | {wanted.name: wanted.value}).items() if value not in (None, "", [])}
    sealed = seal_json(sealer, "conversation.facts", row.id, after)
    version = Conversation.facts_version + 1
    connection.execute(update(Conversation).where(Conversation.id == row.id).values(facts=sealed, facts_version=version))
    if graver := _graver(before, after):
        reasons = tuple(reason.words for reason in graver)
        missed.seen(connection, store, sealer, Seen(ConversationId(row.id), officer, graver[0].level, reasons))


def _graver(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Reason, ...]:
    """The gravest of what the answers say, where they said less before: an officer who has lowered a level is not overruled."""
    then, now = by_answers(before), by_answers(after)
    if not now or (then and then[0].level.rank >= now[0].level.rank):
        return ()
    return tuple(reason for reason in now if reason.level is now[0].level)
