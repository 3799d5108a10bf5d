"""The way out: what was decided leaves in order, once, and shows how far it has come.

A sender marks a message `sending` before it goes out and `sent` after: a crash in between leaves it `unknown`, and the
channel's status (which echoes our id) or the wait decides. A web chat has no sender: its page reads the transcript.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from damping.casework.ids import ConversationId, MessageId, OfficerId, OutboxId, new_id
from damping.casework.message import Author, Body, Channel, Delivery, Identity, Kind, Status
from damping.store import events, notices
from damping.store.context import Store, seal_body, unseal_body
from damping.store.notices import NoticeKind
from damping.store.tables import Address, Conversation, Message, Outbox

_UNFINISHED = (Delivery.READY, Delivery.SENDING, Delivery.UNKNOWN)


@dataclass(frozen=True)
class Leaving:
    """One message that has to leave."""

    outbox: OutboxId
    author: Author
    body: Body
    state: Delivery
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
    waiting: tuple[Leaving, ...]


def put(
    connection: Connection, store: Store, conversation: ConversationId, author: Author, body: Body, officer: OfficerId | None = None
) -> MessageId:
    """Say something in a conversation, in the running transaction."""
    message = MessageId(new_id())
    now = store.now()
    channel = connection.execute(select(Conversation.channel).where(Conversation.id == conversation)).scalar_one()
    connection.execute(
        insert(Message).values(
            id=message,
            conversation_id=conversation,
            author=author,
            officer_id=officer,
            kind=Kind.TEXT,
            body=seal_body(store.sealer(connection, conversation), message, body),
            sent_at=now,
            stored_at=now,
        )
    )
    shown_at_once = channel == Channel.WEBCHAT
    connection.execute(
        insert(Outbox).values(
            id=new_id(),
            conversation_id=conversation,
            message_id=message,
            author=author,
            state=Delivery.SENT if shown_at_once else Delivery.READY,
            stored_at=now,
            changed_at=now,
        )
    )
    if not shown_at_once:
        connection.execute(update(Conversation).where(Conversation.id == conversation).values(send_due_at=now))
    events.tell(connection, store, "reply_stored", conversation)
    return message


def cancel_bot(connection: Connection, store: Store, conversation: str) -> None:
    """An officer took the word: what the bot had not sent yet stays unsaid."""
    connection.execute(
        update(Outbox)
        .where(Outbox.conversation_id == conversation, Outbox.author == Author.BOT, Outbox.state == Delivery.READY)
        .values(state=Delivery.CANCELLED, changed_at=store.now())
    )


def claim(store: Store, lease: timedelta) -> ClaimedSending | None:
    """The conversation whose messages have been due longest, or None."""
    now = store.now()
    token = new_id()
    free = Conversation.send_until.is_(None) | (Conversation.send_until < now)
    due = (
        select(Conversation.id)
        .where(Conversation.send_due_at <= now, free)
        .order_by(Conversation.send_due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    with store.database.read() as connection:
        if connection.execute(select(Conversation.id).where(Conversation.send_due_at <= now, free).limit(1)).first() is None:
            return None
    with store.database.write() as connection:
        taken = connection.execute(
            update(Conversation)
            .where(Conversation.id == due)
            .values(send_token=token, send_until=now + lease)
            .returning(Conversation.id, Conversation.channel, Conversation.last_person_at)
        ).first()
        return None if taken is None else _load(connection, store, token, taken)


def _load(connection: Connection, store: Store, token: str, taken: Any) -> ClaimedSending:
    conversation = ConversationId(taken.id)
    sealer = store.sealer(connection, conversation)
    names = connection.execute(select(Address.id, Address.kind, Address.value).where(Address.conversation_id == conversation)).all()
    rows = connection.execute(
        select(Outbox.id, Outbox.author, Outbox.state, Outbox.attempts, Outbox.changed_at, Message.id.label("message"), Message.body)
        .join(Message, Message.id == Outbox.message_id)
        .where(Outbox.conversation_id == conversation, Outbox.state.in_(_UNFINISHED))
        .order_by(Outbox.seq)
    )
    waiting = tuple(
        Leaving(
            OutboxId(row.id),
            Author(row.author),
            unseal_body(sealer, row.message, row.body),
            Delivery(row.state),
            row.attempts,
            row.changed_at,
        )
        for row in rows
    )
    identities = tuple(Identity(n.kind, sealer.unseal_text("address.value", n.id, n.value)) for n in names)
    return ClaimedSending(conversation, token, Channel(taken.channel), identities, taken.last_person_at, waiting)


def mark(
    store: Store,
    claimed: ClaimedSending,
    outbox: OutboxId,
    state: Delivery,
    *,
    provider_id: str = "",
    error_code: int = 0,
    expected: Sequence[Delivery] = _UNFINISHED,
) -> bool:
    """Write one message's new state while the lease holds; False where it was lost or the message had moved on."""
    with store.database.write() as connection:
        holds = connection.execute(
            select(Conversation.id)
            .where(Conversation.id == claimed.conversation, Conversation.send_token == claimed.token)
            .with_for_update(key_share=True)
        ).first()
        if holds is None:
            return False
        values: dict[str, object] = {"state": state, "changed_at": store.now(), "error_code": error_code}
        if state is Delivery.SENDING:
            values["attempts"] = Outbox.attempts + 1
        if provider_id:
            values["provider_hash"] = store.vault.lookup("provider", provider_id)
        changed = connection.execute(update(Outbox).where(Outbox.id == outbox, Outbox.state.in_(expected)).values(**values))
        if changed.rowcount and state in (Delivery.FAILED, Delivery.DEAD):
            notices.raise_notice(connection, store, NoticeKind.SEND_FAILED, claimed.conversation)
        if changed.rowcount and state is not Delivery.SENDING:
            events.tell(connection, store, "delivery_changed", claimed.conversation)
        return bool(changed.rowcount)


def release(store: Store, claimed: ClaimedSending, again_in: timedelta | None) -> None:
    """Give the conversation free: to be looked at again after `again_in`, or only when something new is put."""
    with store.database.write() as connection:
        ready = connection.execute(
            select(Outbox.seq).where(Outbox.conversation_id == claimed.conversation, Outbox.state == Delivery.READY).limit(1)
        ).first()
        now = store.now()
        due = now + again_in if again_in is not None else (now if ready else None)
        connection.execute(
            update(Conversation)
            .where(Conversation.id == claimed.conversation, Conversation.send_token == claimed.token)
            .values(send_token=None, send_until=None, send_due_at=due)
        )


def apply_statuses(store: Store, statuses: Sequence[Status]) -> None:
    """What the channel says of earlier messages; late, repeated and shuffled ones change nothing."""
    with store.database.write() as connection:
        for status in statuses:
            _apply(connection, store, status)


def _apply(connection: Connection, store: Store, status: Status) -> None:
    provider = store.vault.lookup("provider", status.provider_id)
    known = Outbox.provider_hash == provider
    if status.outbox_id:
        known = known | (Outbox.id == status.outbox_id)
    row = connection.execute(select(Outbox.id, Outbox.conversation_id, Outbox.state).where(known).with_for_update()).first()
    if row is None or status.delivery.rank <= Delivery(row.state).rank:
        return
    connection.execute(
        update(Outbox)
        .where(Outbox.id == row.id)
        .values(state=status.delivery, provider_hash=provider, error_code=status.error_code, changed_at=store.now())
    )
    if status.delivery is Delivery.FAILED:
        notices.raise_notice(connection, store, NoticeKind.SEND_FAILED, row.conversation_id)
    events.tell(connection, store, "delivery_changed", row.conversation_id)
