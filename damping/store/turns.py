"""Turns: one worker at a time takes a conversation's lines, and what came of it is one transaction.

A lease with a token fences a worker that died or slept: its late result changes nothing. The version fences a worker
whose conversation an officer took meanwhile: the lines are done, but not a word of the bot leaves.
"""

import itertools
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, exists, select, update

from damping.casework.ids import ConversationId, MessageId, new_id
from damping.casework.message import Author, Body, Kind
from damping.casework.turn import TurnOutcome
from damping.store import cases, erasure, events, notices, outbox, risk
from damping.store.context import Store, seal_json, unseal_body, unseal_json
from damping.store.notices import NoticeKind
from damping.store.sealing import Sealer
from damping.store.tables import Conversation, Inbox, Message
from rules.levels import Level

_LINES_A_TURN = 20
_CHARACTERS_A_TURN = 1_900  # what the engine reads at once; what is left makes the next turn


@dataclass(frozen=True)
class Line:
    """One message of the person, waiting for its turn."""

    message: MessageId
    kind: Kind
    body: Body


@dataclass(frozen=True)
class Claimed:
    """A conversation with its waiting lines, held by one worker until the lease ends."""

    conversation: ConversationId
    token: str
    version: int
    word: str
    lines: tuple[Line, ...]
    state: str | None
    level: Level
    reasons: tuple[str, ...]
    facts: dict[str, Any]
    attempts: int
    safe_reply_given: bool


def due(store: Store) -> tuple[bool, bool]:
    """Whether some turn, and whether some message, is due: a look that never waits for a writer."""
    now = store.now()
    turn = (Conversation.turn_due_at <= now) & (Conversation.turn_until.is_(None) | (Conversation.turn_until < now))
    send = (Conversation.send_due_at <= now) & (Conversation.send_until.is_(None) | (Conversation.send_until < now))
    with store.database.read() as connection:
        found = connection.execute(select(exists().where(turn), exists().where(send))).one()
        return bool(found[0]), bool(found[1])


def claim(store: Store, lease: timedelta) -> Claimed | None:
    """The conversation that has been due longest, or None."""
    now = store.now()
    token = new_id()
    free = Conversation.turn_until.is_(None) | (Conversation.turn_until < now)
    due = (
        select(Conversation.id)
        .where(Conversation.turn_due_at <= now, free)
        .order_by(Conversation.turn_due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    with store.database.read() as connection:  # most polls find nothing: do not take the writers' lock for that
        if connection.execute(select(Conversation.id).where(Conversation.turn_due_at <= now, free).limit(1)).first() is None:
            return None
    with store.database.write() as connection:
        taken = connection.execute(
            update(Conversation)
            .where(Conversation.id == due)
            .values(turn_token=token, turn_until=now + lease, turn_attempts=Conversation.turn_attempts + 1)
            .returning(Conversation.id)
        ).scalar()
        return None if taken is None else _load(connection, store, ConversationId(taken), token)


def _load(connection: Connection, store: Store, conversation: ConversationId, token: str) -> Claimed:
    row = connection.execute(select(Conversation.__table__).where(Conversation.id == conversation)).one()
    sealer = store.opened(conversation, row.data_key)
    state = None if row.state is None else sealer.unseal_text("conversation.state", conversation, row.state)
    return Claimed(
        conversation=conversation,
        token=token,
        version=row.version,
        word=row.word,
        lines=_lines(connection, sealer, conversation),
        state=state,
        level=Level(row.level),
        reasons=tuple(unseal_json(sealer, "conversation.reasons", conversation, row.reasons, [])),
        facts=unseal_json(sealer, "conversation.facts", conversation, row.facts, {}),
        attempts=row.turn_attempts,
        safe_reply_given=row.safe_reply_at is not None,
    )


def _lines(connection: Connection, sealer: Sealer, conversation: str) -> tuple[Line, ...]:
    rows = connection.execute(
        select(Message.id, Message.kind, Message.body)
        .join(Inbox, Inbox.message_id == Message.id)
        .where(Inbox.conversation_id == conversation, Inbox.state == "pending")
        .order_by(Message.sent_at, Message.seq)
        .limit(_LINES_A_TURN)
    )
    lines = [Line(MessageId(i), Kind(kind), unseal_body(sealer, i, body)) for i, kind, body in rows]
    ends = itertools.accumulate(len(line.body.text) + 1 for line in lines)
    return tuple(line for number, (line, end) in enumerate(zip(lines, ends, strict=True)) if number == 0 or end <= _CHARACTERS_A_TURN)


def finish(store: Store, claimed: Claimed, outcome: TurnOutcome) -> bool:
    """Carry the outcome out in one transaction; False where the lease was lost and nothing was changed."""
    with store.database.write() as connection:
        row = _fenced(connection, claimed)
        if row is None:
            return False
        sealer = store.opened(claimed.conversation, row.data_key)
        _settle_lines(connection, claimed, "dead" if outcome.given_up else "done")
        if outcome.level is not Level.HIJAU:
            risk.raise_level(connection, store, sealer, claimed.conversation, outcome.level, list(outcome.reasons), alarm=outcome.alarm)
        for kind in outcome.notices:
            notices.raise_notice(connection, store, NoticeKind(kind), claimed.conversation)
        changes: dict[str, Any] = {"turn_attempts": 0, "wants_officer": row.wants_officer or outcome.wants_officer}
        if row.version == claimed.version and row.word == "bot":
            changes |= _speak(connection, store, sealer, claimed, outcome)
        _release(connection, store, claimed, changes)
        events.tell(connection, store, "turn_taken", claimed.conversation)
        return True


def postpone(store: Store, claimed: Claimed, delay: timedelta, safe_reply: Body | None) -> bool:
    """The engine did not answer: keep the lines, try again after `delay`, give the fixed reply once, tell the officers."""
    with store.database.write() as connection:
        if _fenced(connection, claimed) is None:
            return False
        notices.raise_notice(connection, store, NoticeKind.ENGINE_DOWN, claimed.conversation)
        now = store.now()
        values: dict[str, Any] = {"turn_token": None, "turn_until": None, "turn_due_at": now + delay, "wants_officer": True}
        if safe_reply is not None:
            outbox.put(connection, store, claimed.conversation, Author.SERVICE, safe_reply)
            values["safe_reply_at"] = now
        connection.execute(update(Conversation).where(Conversation.id == claimed.conversation).values(**values))
        return True


def _fenced(connection: Connection, claimed: Claimed) -> Any:
    """The conversation's row, locked, if this worker still holds it."""
    return connection.execute(
        select(Conversation.__table__)
        .where(Conversation.id == claimed.conversation, Conversation.turn_token == claimed.token)
        .with_for_update(key_share=True)
    ).first()


def _settle_lines(connection: Connection, claimed: Claimed, state: str) -> None:
    done = [line.message for line in claimed.lines]
    connection.execute(update(Inbox).where(Inbox.message_id.in_(done), Inbox.state == "pending").values(state=state))


def _speak(connection: Connection, store: Store, sealer: Sealer, claimed: Claimed, outcome: TurnOutcome) -> dict[str, Any]:
    """What holds only while the bot has the word: new state, facts, replies."""
    conversation = claimed.conversation
    if outcome.erase:
        erasure.erase_words(connection, store, conversation)
        sealer = store.sealer(connection, conversation)
    if outcome.open_case:
        cases.open_case(connection, store, conversation)
    for body in outcome.replies:
        outbox.put(connection, store, conversation, Author.BOT, body)
    changes: dict[str, Any] = {"safe_reply_at": None}
    if not outcome.given_up:
        notices.resolve(connection, store, conversation, NoticeKind.ENGINE_DOWN)
        changes["state"] = None if outcome.state is None else sealer.seal_text("conversation.state", conversation, outcome.state)
        changes["facts"] = seal_json(sealer, "conversation.facts", conversation, outcome.facts)
        changes["facts_version"] = Conversation.facts_version + 1
    return changes


def _release(connection: Connection, store: Store, claimed: Claimed, changes: dict[str, Any]) -> None:
    more = connection.execute(
        select(Inbox.seq).where(Inbox.conversation_id == claimed.conversation, Inbox.state == "pending").limit(1)
    ).first()
    due = store.now() if more else None
    connection.execute(
        update(Conversation)
        .where(Conversation.id == claimed.conversation)
        .values(turn_token=None, turn_until=None, turn_due_at=due, turn_since=due, **changes)
    )
