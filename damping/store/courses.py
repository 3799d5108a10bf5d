"""The course of the word: since when somebody has it, the holder's last sign of life, what the assistant may say meanwhile.

Changed only while the conversation's row is locked, by `takeover` and `leases`; the row of a conversation whose word never
moved does not exist yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from damping.casework.bot_speech import allowed
from damping.casework.message import Body
from damping.casework.turn import TurnOutcome
from damping.store.context import Store
from damping.store.tables_desk import WordCourse
from rules.word import NOTED_AGAIN, BotMay

_CHANGE = update(WordCourse).where(WordCourse.conversation_id == bindparam("which"))
_MAY = select(WordCourse.bot_may, WordCourse.noted_at).where(WordCourse.conversation_id == bindparam("which"))


@dataclass(frozen=True)
class Course:
    """How the word came to where it is. Officers by id; None for nobody."""

    since: datetime | None = None
    active_at: datetime | None = None
    given_by: str | None = None
    left_by: str | None = None
    gone_silent: bool = False
    bot_may: BotMay = BotMay.ALL


def begin(connection: Connection, store: Store, conversation: str, given_by: str | None = None) -> None:
    """An officer has the word from now on."""
    now = store.now()
    _set(connection, conversation, since=now, active_at=now, given_by=given_by, left_by=None, gone_silent=False, bot_may=BotMay.ALL.value)


def leave(
    connection: Connection, store: Store, conversation: str, bot_may: BotMay, left_by: str | None = None, *, silent: bool = False
) -> None:
    """Nobody has it from now on; the assistant speaks as far as it may."""
    now = store.now()
    told: dict[str, Any] = {"left_by": left_by, "gone_silent": silent, "bot_may": bot_may.value, "noted_at": None}
    _set(connection, conversation, since=now, active_at=now, given_by=None, **told)


def renew(connection: Connection, store: Store, conversation: str) -> None:
    """The holder has given a sign."""
    connection.execute(_CHANGE, {"which": conversation, "active_at": store.now()})


def _speech(connection: Connection, store: Store, conversation: str) -> tuple[BotMay, bool]:
    row = connection.execute(_MAY, {"which": conversation}).first()
    if row is None:
        return BotMay.ALL, False
    return BotMay(row.bot_may), row.noted_at is None or store.now() - row.noted_at >= NOTED_AGAIN


def spoken(connection: Connection, store: Store, conversation: str, outcome: TurnOutcome, replies: Sequence[Body]) -> tuple[Body, ...]:
    """What of the assistant's replies is said, in the turn's transaction."""
    may, say_it_again = _speech(connection, store, conversation)
    said = allowed(may, replies, outcome.level, outcome.noted if say_it_again else None)
    if outcome.noted is not None and outcome.noted in said:
        connection.execute(_CHANGE, {"which": conversation, "noted_at": store.now()})
    return said


def of(connection: Connection, conversations: Iterable[str]) -> dict[str, Course]:
    """The courses of some conversations; those whose word never moved are missing."""
    rows = connection.execute(select(WordCourse).where(WordCourse.conversation_id.in_(tuple(conversations))))
    return {
        row.conversation_id: Course(row.since, row.active_at, row.given_by, row.left_by, row.gone_silent, BotMay(row.bot_may))
        for row in rows
    }


def _set(connection: Connection, conversation: str, **values: Any) -> None:
    if not connection.execute(_CHANGE, {"which": conversation, **values}).rowcount:
        connection.execute(insert(WordCourse).values(conversation_id=conversation, **values))
