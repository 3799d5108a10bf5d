"""The way out: what was decided leaves in order, once, and shows how far it has come.

A sender marks a message `sending` before it goes out and `sent` after: a crash in between leaves it `unknown`, and the
channel's status (which echoes our id) or the wait decides. A web chat has no sender: its page reads the transcript.
What may not leave now, because the chat is hidden or the hour is not one that the person chose, is held with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from damping.casework.ids import ConversationId, MessageId, OfficerId, OutboxId, new_id
from damping.casework.message import Author, Body, Channel, Delivery, Identity, Kind, Status
from damping.casework.precautions import Guard, Held, Hold, may_leave
from damping.store import conversations, events, notices, pace, safety, statuses
from damping.store.context import Store, seal_body, unseal_body
from damping.store.notices import NoticeKind
from damping.store.sealing import Sealer, Unsealable
from damping.store.tables import Address, Conversation, Message, Outbox

_UNFINISHED = (Delivery.READY, Delivery.SENDING, Delivery.UNKNOWN, Delivery.HELD)
_NOT_GONE = (Delivery.READY, Delivery.HELD)
_LOOKED_AT = 50  # messages of one conversation, held ones among them


_GUARD = (Conversation.disguised_at, Conversation.stopped_at, Conversation.veiled_at)
_VOICE = select(Conversation.channel, Conversation.data_key, *_GUARD).where(Conversation.id == bindparam("which"))
_SAY = insert(Message)
_LEAVE = insert(Outbox)
_FREE = Conversation.send_until.is_(None) | (Conversation.send_until < bindparam("now"))
_DUE = (
    select(Conversation.id)
    .where(Conversation.send_due_at <= bindparam("now"), _FREE)
    .order_by(Conversation.send_due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_SOME = select(exists().where(Conversation.send_due_at <= bindparam("now"), _FREE))
_TAKE = (
    update(Conversation)
    .where(Conversation.id == _DUE.scalar_subquery())
    .values(send_token=bindparam("token"), send_until=bindparam("until"))
    .returning(Conversation.id, Conversation.channel, Conversation.last_person_at, Conversation.data_key)
)
_NAMES = select(Address.id, Address.kind, Address.value).where(Address.conversation_id == bindparam("which")).order_by(Address.kind)
_OLDEST = (
    select(Outbox.seq, Outbox.id, Outbox.author, Outbox.state, Outbox.held_for, Outbox.attempts, Outbox.changed_at)
    .add_columns(Message.id.label("message"), Message.body)
    .join(Message, Message.id == Outbox.message_id)
    .where(Outbox.conversation_id == bindparam("which"), Outbox.state.in_(_UNFINISHED))
    .order_by(Outbox.seq)
    .limit(_LOOKED_AT)
)
_AROUND = select(Conversation.channel, Conversation.last_person_at, Conversation.contact, *_GUARD).where(
    Conversation.id == bindparam("which")
)
_SEND = update(Outbox).where(Outbox.id == bindparam("which"))
_SETTLE = update(Outbox).where(Outbox.id == bindparam("which"), Outbox.state.in_((Delivery.SENDING, Delivery.UNKNOWN)))
_HELD = (
    select(Conversation.data_key, Conversation.word, *_GUARD)
    .where(Conversation.id == bindparam("which"), Conversation.send_token == bindparam("token"))
    .with_for_update(key_share=True)
)


@dataclass(frozen=True)
class Leaving:
    """One message that has to leave. `found`: READY for one to send now; SENDING or UNKNOWN for one in doubt."""

    outbox: OutboxId
    author: Author
    body: Body
    found: Delivery
    attempts: int
    changed_at: datetime


@dataclass(frozen=True)
class ClaimedSending:
    """A conversation whose waiting messages one sender holds until the lease ends."""

    conversation: ConversationId
    token: str
    channel: Channel
    identities: tuple[Identity, ...]
    last_person_at: datetime | None
    lease: timedelta
    first: Leaving


@dataclass(frozen=True)
class Voice:
    """A conversation that something is said in."""

    conversation: ConversationId
    channel: Channel
    sealer: Sealer
    guard: Guard = field(default_factory=Guard)


def put(
    connection: Connection, store: Store, conversation: ConversationId, author: Author, body: Body, officer: OfficerId | None = None
) -> MessageId:
    """Say something in a conversation, in the running transaction."""
    row = connection.execute(_VOICE, {"which": conversation}).one()
    voice = Voice(conversation, Channel(row.channel), store.opened(conversation, row.data_key), safety.guard_of(row))
    return say(connection, store, voice, author, body, officer)


def say(
    connection: Connection,
    store: Store,
    voice: Voice,
    author: Author,
    body: Body,
    officer: OfficerId | None = None,
    *,
    neutral: bool = False,
) -> MessageId:
    """`put`, where the conversation's row is at hand. `neutral`: words that may be said in a hidden or silenced chat."""
    message, now = MessageId(new_id()), store.now()
    shown_at_once = voice.channel is Channel.WEBCHAT
    why = None if neutral else _guarded(voice.guard)
    said = {
        "id": message,
        "conversation_id": voice.conversation,
        "author": author,
        "officer_id": officer,
        "kind": Kind.TEMPLATE if body.template else Kind.TEXT,
        "body": seal_body(voice.sealer, message, body),
        "sent_at": now,
        "stored_at": now,
    }
    leaving = {
        "id": new_id(),
        "conversation_id": voice.conversation,
        "message_id": message,
        "author": author,
        "state": _begins(author, why, shown_at_once=shown_at_once),
        "held_for": why,
        "stored_at": now,
        "changed_at": now,
    }
    connection.execute(_SAY, said)
    connection.execute(_LEAVE, leaving)
    if not shown_at_once:
        conversations.change(connection, voice.conversation, send_due_at=now)
    events.tell(connection, store, "reply_stored", voice.conversation)
    return message


def _guarded(guard: Guard) -> Hold | None:
    if guard.stopped_at is not None:
        return Hold.STOPPED
    return Hold.DISGUISED if guard.disguised_at is not None else None


def _begins(author: Author, why: Hold | None, *, shown_at_once: bool) -> Delivery:
    """In a hidden or silenced chat an officer's words wait, and all others stay unsaid."""
    if why is not None:
        return Delivery.HELD if author is Author.OFFICER else Delivery.CANCELLED
    return Delivery.SENT if shown_at_once else Delivery.READY


def cancel_bot(connection: Connection, store: Store, conversation: str) -> None:
    """An officer took the word: what the bot had not sent yet stays unsaid."""
    connection.execute(
        update(Outbox)
        .where(Outbox.conversation_id == conversation, Outbox.author.in_((Author.BOT, Author.SERVICE)), Outbox.state.in_(_NOT_GONE))
        .values(state=Delivery.CANCELLED, changed_at=store.now())
    )


def claim(store: Store, lease: timedelta) -> ClaimedSending | None:
    """The conversation whose messages have been due longest, or None."""
    now, token = store.now(), new_id()
    with store.database.read() as connection:
        if not connection.execute(_SOME, {"now": now}).scalar():
            return None
    with store.database.write() as connection:
        taken = connection.execute(_TAKE, {"now": now, "token": token, "until": now + lease}).first()
        if taken is None:
            return None
        conversation = ConversationId(taken.id)
        sealer = store.opened(conversation, taken.data_key)
        first = _next(connection, store, sealer, conversation)
        if not isinstance(first, Leaving):
            _release(connection, conversation, first)
            return None
        names = connection.execute(_NAMES, {"which": conversation})
        identities = tuple(Identity(n.kind, sealer.unseal_text("address.value", n.id, n.value)) for n in names)
        return ClaimedSending(conversation, token, Channel(taken.channel), identities, taken.last_person_at, lease, first)


def advance(
    store: Store, claimed: ClaimedSending, leaving: Leaving, state: Delivery, provider_id: str = "", error_code: int = 0
) -> Leaving | None:
    """Write how a message fared and take the next; None where there is none, or the lease was lost."""
    with store.database.write() as connection:
        sealer = _settle(connection, store, claimed, leaving, state, provider_id, error_code)
        if sealer is None:
            return None
        following = _next(connection, store, sealer, claimed.conversation)
        if not isinstance(following, Leaving):
            _release(connection, claimed.conversation, following)
            return None
        conversations.change(connection, claimed.conversation, send_until=store.now() + claimed.lease)
        return following


def pause(store: Store, claimed: ClaimedSending, leaving: Leaving, state: Delivery, again_in: timedelta, error_code: int = 0) -> None:
    """Write how a message fared, and come back to it, and to those behind it, after a while."""
    with store.database.write() as connection:
        if _settle(connection, store, claimed, leaving, state, "", error_code) is not None:
            _release(connection, claimed.conversation, store.now() + again_in)


def wait(store: Store, claimed: ClaimedSending, again_in: timedelta) -> None:
    """Change nothing; come back after a while."""
    with store.database.write() as connection:
        if connection.execute(_HELD, {"which": claimed.conversation, "token": claimed.token}).first() is not None:
            _release(connection, claimed.conversation, store.now() + again_in)


def _next(connection: Connection, store: Store, sealer: Sealer, conversation: ConversationId) -> Leaving | datetime | None:
    """The oldest message that has not left and may leave now, marked as being sent before it goes out; one that may not is held.

    Where the channel's pace is used up, or all that is left is held: the time at which the first of them may leave, or None.
    """
    opens: list[datetime] = []
    for row in connection.execute(_OLDEST, {"which": conversation}).all():
        found = Delivery(row.state)
        if found in (Delivery.READY, Delivery.HELD):
            held = _held(connection, store, sealer, conversation, row)
            if held is not None:
                _hold(connection, store, conversation, row, held)
                opens += [held.until] if held.until is not None else []
                continue
            later = pace.wait(connection, store, conversation, row.seq)
            if later is not None:
                return later
            found = Delivery.READY
        leaving = _leaving(connection, store, sealer, conversation, row, found)
        if leaving is not None:
            return leaving
    return min(opens, default=None)


def _leaving(
    connection: Connection, store: Store, sealer: Sealer, conversation: ConversationId, row: Any, found: Delivery
) -> Leaving | None:
    if found is Delivery.READY:
        sending = {"state": Delivery.SENDING, "held_for": None, "attempts": row.attempts + 1, "changed_at": store.now()}
        connection.execute(_SEND, {"which": row.id, **sending})
    try:
        body = unseal_body(sealer, row.message, row.body)
    except (Unsealable, ValueError):  # damaged: an officer is told, the others go on
        connection.execute(_SEND, {"which": row.id, "state": Delivery.DEAD, "attempts": row.attempts, "changed_at": store.now()})
        notices.raise_notice(connection, store, NoticeKind.SEND_FAILED, conversation)
        return None
    return Leaving(OutboxId(row.id), Author(row.author), body, found, row.attempts, row.changed_at)


def _held(connection: Connection, store: Store, sealer: Sealer, conversation: ConversationId, row: Any) -> Held | None:
    """Why a message may not leave now. In a hidden chat what is not an officer's is neutral: all else was cancelled when it was hidden."""
    around = connection.execute(_AROUND, {"which": conversation}).one()
    why = _guarded(safety.guard_of(around)) if row.author == Author.OFFICER else None
    if why is not None:
        return Held(why)
    chosen = safety.contact(sealer, conversation, around.contact)
    return may_leave(store.precautions, Channel(around.channel), chosen, around.last_person_at, store.now())


def _hold(connection: Connection, store: Store, conversation: ConversationId, row: Any, held: Held) -> None:
    if row.state == Delivery.HELD and row.held_for == held.why:
        return
    waiting = {"state": Delivery.HELD, "held_for": held.why, "attempts": row.attempts, "changed_at": store.now()}
    connection.execute(_SEND, {"which": row.id, **waiting})
    events.tell(connection, store, "delivery_changed", conversation)


def _settle(
    connection: Connection, store: Store, claimed: ClaimedSending, leaving: Leaving, state: Delivery, provider_id: str, error_code: int
) -> Sealer | None:
    """The message's new state, unless a status moved it on; the conversation's sealer, or None where the lease was lost."""
    held = connection.execute(_HELD, {"which": claimed.conversation, "token": claimed.token}).first()
    if held is None:
        return None
    if state is Delivery.READY and leaving.author is Author.BOT and held.word == "officer":
        state = Delivery.CANCELLED  # it did not leave, and an officer has taken the word meanwhile
    if state is Delivery.READY and leaving.author is not Author.OFFICER and _hidden_since(safety.guard_of(held), leaving.changed_at):
        state = Delivery.CANCELLED  # nor into a chat that was hidden or silenced meanwhile
    values: dict[str, object] = {"state": state, "changed_at": store.now(), "error_code": error_code}
    if provider_id:
        values["provider_hash"] = store.vault.lookup("provider", provider_id)
    changed = connection.execute(_SETTLE, {"which": leaving.outbox, **values})
    if provider_id:
        statuses.catch_up(connection, store, store.vault.lookup("provider", provider_id))
    if changed.rowcount:
        if state in (Delivery.FAILED, Delivery.DEAD):
            kind = NoticeKind.SEND_UNKNOWN if leaving.found is Delivery.UNKNOWN else NoticeKind.SEND_FAILED
            notices.raise_notice(connection, store, kind, claimed.conversation)
        events.tell(connection, store, "delivery_changed", claimed.conversation)
    return store.opened(claimed.conversation, held.data_key)


def _hidden_since(guard: Guard, sent_at: datetime) -> bool:
    return any(at is not None and at >= sent_at for at in (guard.disguised_at, guard.stopped_at))


def _release(connection: Connection, conversation: ConversationId, due: datetime | None) -> None:
    conversations.change(connection, conversation, send_token=None, send_until=None, send_due_at=due)


def apply_statuses(store: Store, told: Sequence[Status]) -> None:
    """What the channel says of earlier messages; late, repeated and shuffled ones change nothing, early ones wait."""
    statuses.apply(store, told)
