"""Turns: one worker at a time takes a conversation's lines, and what came of it is one transaction.

A lease with a token fences a worker that died or slept: its late result changes nothing. The version fences a worker
whose conversation an officer took meanwhile: the lines are done, but not a word of the bot leaves.
"""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select, update

from damping.casework.ids import ConversationId, MessageId, new_id
from damping.casework.message import Author, Body, Channel, Kind
from damping.casework.precautions import Guard, OwnWords
from damping.casework.turn import TurnOutcome, joined
from damping.store import cases, conversations, courses, erasure, events, notices, outbox, risk, safety, sheet
from damping.store.context import Store, seal_json, unseal_body, unseal_json
from damping.store.notices import NoticeKind
from damping.store.sealing import Sealer, Unsealable
from damping.store.tables import Conversation, Escalation, Inbox, Message, Notice
from rules.levels import Level

_LINES_A_TURN = 20
_CHARACTERS_A_TURN = 1_900  # what the engine reads at once; what is left makes the next turn


_FREE = Conversation.turn_until.is_(None) | (Conversation.turn_until < bindparam("now"))
_DUE = (
    select(Conversation.id)
    .where(Conversation.turn_due_at <= bindparam("now"), _FREE)
    .order_by(Conversation.turn_due_at)
    .limit(1)
    .with_for_update(skip_locked=True, of=Conversation)
)
_SOME_TURN = exists().where(Conversation.turn_due_at <= bindparam("now"), _FREE)
_SOME_SENDING = exists().where(
    Conversation.send_due_at <= bindparam("now"), Conversation.send_until.is_(None) | (Conversation.send_until < bindparam("now"))
)
_TAKE = (
    update(Conversation)
    .where(Conversation.id == _DUE.scalar_subquery())
    .values(turn_token=bindparam("token"), turn_until=bindparam("until"), turn_attempts=Conversation.turn_attempts + 1)
    .returning(*Conversation.__table__.columns)
)
_FENCED = (
    select(Conversation.__table__)
    .where(Conversation.id == bindparam("which"), Conversation.turn_token == bindparam("token"))
    .with_for_update(key_share=True)
)
_PENDING = (
    select(Message.id, Message.kind, Message.body, Message.level)
    .join(Inbox, Inbox.message_id == Message.id)
    .where(Inbox.conversation_id == bindparam("which"), Inbox.state == "pending")
    .order_by(Message.sent_at, Message.seq)
    .limit(_LINES_A_TURN)
)
_RECENT = (
    select(Message.id, Message.body)
    .join(Inbox, Inbox.message_id == Message.id)
    .where(
        Message.conversation_id == bindparam("which"),
        Message.author == Author.PERSON,
        Message.kind == Kind.TEXT,
        Message.stored_at >= bindparam("since"),
        Inbox.state == "done",
    )
    .order_by(Message.seq.desc())
    .limit(4)
)
_RECENTLY = timedelta(minutes=10)
_OUR_LAST = (
    select(Message.id, Message.body)
    .where(Message.conversation_id == bindparam("which"), Message.author == Author.SERVICE)
    .order_by(Message.seq.desc())
    .limit(1)
)
_CALLED = select(func.min(Notice.raised_at)).where(
    Notice.conversation_id == bindparam("which"), Notice.kind == NoticeKind.CALL_OFFICER, Notice.resolved_at.is_(None)
)
_RINGS = select(func.min(Escalation.raised_at)).where(
    Escalation.conversation_id == bindparam("which"), Escalation.acknowledged_at.is_(None)
)
_MORE = select(Inbox.seq).where(Inbox.conversation_id == bindparam("which"), Inbox.state == "pending").limit(1)
_SETTLE = (
    update(Inbox)
    .where(Inbox.message_id.in_(bindparam("messages", expanding=True)), Inbox.state == "pending")
    .values(state=bindparam("settled"))
)


@dataclass(frozen=True)
class Line:
    """One message of the person, waiting for its turn."""

    message: MessageId
    kind: Kind
    body: Body
    level: Level = Level.HIJAU  # by the word list, on arrival


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
    guard: Guard = field(default_factory=Guard)
    own: OwnWords = field(default_factory=OwnWords)
    gap: bool = False  # the dialogue has not been told yet that there was one
    channel: str = ""  # by which way the person writes: how to leave is told by it
    recent: tuple[str, ...] = ()  # the person's last lines before these, oldest first: a fragment is judged with them
    last_said: str = ""  # by the service, in a hidden, silenced or unchecked chat


def due(store: Store) -> tuple[bool, bool]:
    """Whether some turn, and whether some message, is due: a look that never waits for a writer."""
    with store.database.read() as connection:
        found = connection.execute(select(_SOME_TURN, _SOME_SENDING), {"now": store.now()}).one()
        return bool(found[0]), bool(found[1])


def claim(store: Store, lease: timedelta) -> Claimed | None:
    """The conversation that has been due longest, or None."""
    now, token = store.now(), new_id()
    with store.database.read() as connection:  # most looks find nothing: do not take the writers' lock for that
        if not connection.execute(select(_SOME_TURN), {"now": now}).scalar():
            return None
    with store.database.write() as connection:
        row = connection.execute(_TAKE, {"now": now, "token": token, "until": now + lease}).first()
        if row is None:
            return None
        try:
            return _load(connection, store, row, token)
        except (Unsealable, ValueError):  # a damaged cell: an officer must look, and the other conversations go on
            _bury(connection, store, row.id)
            return None


def _bury(connection: Connection, store: Store, conversation: str) -> None:
    connection.execute(update(Inbox).where(Inbox.conversation_id == conversation, Inbox.state == "pending").values(state="dead"))
    notices.raise_notice(connection, store, NoticeKind.TURN_FAILED, conversation)
    conversations.change(
        connection, conversation, turn_token=None, turn_until=None, turn_due_at=None, turn_since=None, turn_attempts=0, wants_officer=True
    )


def _load(connection: Connection, store: Store, row: Any, token: str) -> Claimed:
    conversation = ConversationId(row.id)
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
        guard=safety.guard_of(row),
        own=safety.own_words(sealer, conversation, row.own_words),
        gap=row.afresh,
        channel=row.channel,
        recent=() if row.afresh or safety.guard_of(row).closed else _recent(connection, store, sealer, conversation),
        last_said=_last_said(connection, sealer, conversation) if safety.guard_of(row).closed else "",
    )


def _recent(connection: Connection, store: Store, sealer: Sealer, conversation: str) -> tuple[str, ...]:
    rows = connection.execute(_RECENT, {"which": conversation, "since": store.now() - _RECENTLY})
    return tuple(unseal_body(sealer, row.id, row.body).text[:_CHARACTERS_A_TURN] for row in rows)[::-1]


def _last_said(connection: Connection, sealer: Sealer, conversation: str) -> str:
    row = connection.execute(_OUR_LAST, {"which": conversation}).first()
    return "" if row is None else unseal_body(sealer, row.id, row.body).text


def _lines(connection: Connection, sealer: Sealer, conversation: str) -> tuple[Line, ...]:
    rows = connection.execute(_PENDING, {"which": conversation})
    lines = [Line(MessageId(i), Kind(kind), unseal_body(sealer, i, body), Level(level)) for i, kind, body, level in rows]
    ends = itertools.accumulate(len(line.body.text) + 1 for line in lines)
    return tuple(line for number, (line, end) in enumerate(zip(lines, ends, strict=True)) if number == 0 or end <= _CHARACTERS_A_TURN)


def finish(store: Store, claimed: Claimed, outcome: TurnOutcome) -> bool:
    """Carry the outcome out in one transaction; False where the lease was lost and nothing was changed."""
    with store.database.write() as connection:
        row = _fenced(connection, claimed)
        if row is None:
            return False
        sealer = store.opened(claimed.conversation, row.data_key)
        same = row.version == claimed.version and safety.guard_of(row) == claimed.guard
        passed_by = row.word == "bot" and not same  # taken and handed back, hidden or opened meanwhile: the bot has not read it
        if not passed_by:
            _settle_lines(connection, claimed, "dead" if outcome.given_up else "done")
        if outcome.level is not Level.HIJAU:
            risk.raise_level(connection, store, sealer, claimed.conversation, outcome.level, list(outcome.reasons), alarm=outcome.alarm)
        for kind in outcome.notices:
            notices.raise_notice(connection, store, NoticeKind(kind), claimed.conversation)
        changes: dict[str, Any] = {"turn_attempts": 0, "wants_officer": row.wants_officer or outcome.wants_officer}
        if same and row.word == "bot":
            changes |= _speak(connection, store, row, claimed, outcome)
        _release(connection, store, claimed, changes)
        events.tell(connection, store, "turn_taken", claimed.conversation)
        return True


def answer_neutrally(store: Store, claimed: Claimed, reply: Body | None, heard: TurnOutcome) -> bool:
    """A turn in a hidden, silenced or unchecked chat: danger rings without a word of it; at most one neutral sentence is said."""
    with store.database.write() as connection:
        row = _fenced(connection, claimed)
        if row is None:
            return False
        sealer = store.opened(claimed.conversation, row.data_key)
        if safety.guard_of(row) == claimed.guard and row.word == claimed.word:
            _settle_lines(connection, claimed, "veiled" if heard.keeps else "done")
            if reply is not None:
                voice = outbox.Voice(claimed.conversation, Channel(row.channel), sealer, claimed.guard)
                outbox.say(connection, store, voice, Author.SERVICE, reply, neutral=True)
        if heard.level is not Level.HIJAU:
            risk.raise_level(connection, store, sealer, claimed.conversation, heard.level, list(heard.reasons))
        for kind in heard.notices:
            notices.raise_notice(connection, store, NoticeKind(kind), claimed.conversation)
        _release(connection, store, claimed, {"turn_attempts": 0})
        events.tell(connection, store, "turn_taken", claimed.conversation)
        return True


def postpone(store: Store, claimed: Claimed, delay: timedelta, attempts: int, safe_reply: Body | None, heard: TurnOutcome) -> bool:
    """The engine did not answer: keep the lines, try again after `delay`, give the fixed reply once, tell the officers.

    `attempts`: how many failures of a healthy engine are held against these lines.
    `heard`: danger that was understood although the turn failed; it rings at once.
    """
    with store.database.write() as connection:
        row = _fenced(connection, claimed)
        if row is None:
            return False
        now = store.now()
        values: dict[str, Any] = {"turn_token": None, "turn_until": None, "turn_due_at": now + delay, "turn_attempts": attempts}
        if heard.level is not Level.HIJAU:
            sealer = store.opened(claimed.conversation, row.data_key)
            risk.raise_level(connection, store, sealer, claimed.conversation, heard.level, list(heard.reasons))
        if row.word == "bot" and row.version == claimed.version:
            values["wants_officer"] = True
            notices.raise_notice(connection, store, NoticeKind.ENGINE_DOWN, claimed.conversation)
            if safety.guard_of(row) != claimed.guard:
                values["turn_due_at"] = now  # hidden or silenced meanwhile: the lines are taken again as such
            elif safe_reply is not None:
                outbox.put(connection, store, claimed.conversation, Author.SERVICE, safe_reply)
                values["safe_reply_at"] = now
        conversations.change(connection, claimed.conversation, **values)
        return True


def _fenced(connection: Connection, claimed: Claimed) -> Any:
    """The conversation's row, locked, if this worker still holds it."""
    return connection.execute(_FENCED, {"which": claimed.conversation, "token": claimed.token}).first()


def _settle_lines(connection: Connection, claimed: Claimed, state: str) -> None:
    done = [line.message for line in claimed.lines]
    connection.execute(_SETTLE, {"messages": done, "settled": state})


def _speak(connection: Connection, store: Store, row: Any, claimed: Claimed, outcome: TurnOutcome) -> dict[str, Any]:
    """What holds only while the bot has the word: new state, facts, replies."""
    conversation = claimed.conversation
    sealer = store.opened(conversation, row.data_key)
    replies = outcome.replies
    refused = outcome.erase and not erasure.may_erase(connection, conversation, row.level)
    if refused:
        notices.raise_notice(connection, store, NoticeKind.ERASE_ASKED, conversation)
        replies = (outcome.not_erased,) if outcome.not_erased else ()
    elif outcome.erase:
        erasure.erase_words(connection, store, conversation)
        sealer = store.sealer(connection, conversation)
    if outcome.open_case:
        cases.open_case(connection, store, conversation)
    replies = courses.spoken(connection, store, conversation, outcome, replies)
    voice = outbox.Voice(conversation, Channel(row.channel), sealer)
    changes: dict[str, Any] = {"safe_reply_at": None}
    if refused or NoticeKind.ERASE_ASKED in outcome.notices:  # an officer decides; until then nobody reads it on the page any more
        changes |= safety.hide_earlier(connection, conversation)
    if outcome.late is not None and not outcome.hush and _is_late(connection, store, row):
        replies, changes["late_told_at"] = (*replies, outcome.late), store.now()
    if outcome.hush:  # what is said now still leaves: one word that means nothing
        changes |= safety.silence(connection, store, row, conversation)
    for body in replies if voice.channel is Channel.WEBCHAT else joined(replies):
        outbox.say(connection, store, voice, Author.BOT, body)
    if outcome.contact is not None:
        changes |= safety.arrange(sealer, conversation, outcome.contact, store.now())
    if not outcome.given_up:
        notices.resolve(connection, store, conversation, NoticeKind.ENGINE_DOWN)
    if not outcome.given_up and not refused:  # a refused erasure keeps what is known: the outcome holds nothing
        changes["state"] = None if outcome.state is None else sealer.seal_text("conversation.state", conversation, outcome.state)
        source = claimed.lines[-1].message if claimed.lines else None
        learnt = (claimed.facts, outcome.facts, source)
        facts = outcome.facts if outcome.erase else sheet.learnt(connection, store, sealer, conversation, *learnt)
        changes["facts"] = seal_json(sealer, "conversation.facts", conversation, facts)
        changes["facts_version"] = row.facts_version + 1
        changes.setdefault("afresh", False)
    return changes


def _is_late(connection: Connection, store: Store, row: Any) -> bool:
    """Whether an officer was called long ago and has not come; told again only after as long. Only ever with an answer to the person."""
    if not row.wants_officer:
        return False
    since = [at for wanted in (_CALLED, _RINGS) if (at := connection.execute(wanted, {"which": row.id}).scalar()) is not None]
    heard = max([min(since), *([row.late_told_at] if row.late_told_at else [])]) if since else None
    return heard is not None and store.now() - heard > store.precautions.late


def _release(connection: Connection, store: Store, claimed: Claimed, changes: dict[str, Any]) -> None:
    more = connection.execute(_MORE, {"which": claimed.conversation}).first()
    due = store.now() if more else None
    conversations.change(connection, claimed.conversation, turn_token=None, turn_until=None, turn_due_at=due, turn_since=due, **changes)
