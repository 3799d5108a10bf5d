"""The way in: what a channel delivered is stored once, screened and queued before the channel is thanked.

A repeated delivery finds its message here already and changes nothing. Nothing is acknowledged that is not committed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from damping.casework.files import Prepared
from damping.casework.ids import ConversationId, MessageId, new_id
from damping.casework.message import Author, Channel, Identity, Inbound, Kind
from damping.store import conversations, events, media, notices, risk, safety
from damping.store.context import Store, seal_body
from damping.store.notices import NoticeKind
from damping.store.sealing import Sealer
from damping.store.tables import Address, Conversation, Inbox, Message
from rules.levels import Level

# These change or mark an earlier message; the bot is not asked about them.
_NOT_FOR_THE_BOT = {Kind.REACTION, Kind.EDIT, Kind.REVOKE}
_ONE_A_PERSON = ("wa_id", "bsuid")
_RACES = 5
_DEADLOCK = "40P01"  # PostgreSQL's own code
_KNOWN = select(Inbox.seq).where(Inbox.channel == bindparam("channel"), Inbox.external_hash == bindparam("external"))
_OWNER = select(Address.conversation_id).where(
    Address.channel == bindparam("channel"), Address.kind == bindparam("kind"), Address.value_hash == bindparam("value")
)
_LOCKED = select(Conversation.data_key).where(Conversation.id == bindparam("which")).with_for_update(key_share=True)
_COURSE = select(Conversation.__table__).where(Conversation.id == bindparam("which"))
_SAID = insert(Message)
_WAITING = insert(Inbox)


@dataclass(frozen=True)
class Arrival:
    """A delivered message with what the word list said of it, and its file where the channel brought that along."""

    inbound: Inbound
    level: Level
    reasons: tuple[str, ...]
    file: Prepared | None = None


def receive(store: Store, arrivals: Sequence[Arrival]) -> list[ConversationId]:
    """Store a delivery in one transaction; the conversations of its new messages, none for a pure repetition."""
    for attempt in range(_RACES):
        try:
            with store.database.write() as connection:
                touched = [_keep(connection, store, arrival) for arrival in arrivals]
            return [conversation for conversation in touched if conversation is not None]
        except (IntegrityError, OperationalError) as race:
            if attempt == _RACES - 1 or not _lost_a_race(race):
                raise
    raise AssertionError("unreachable")


def _lost_a_race(error: DBAPIError) -> bool:
    """Two copies of one delivery at the same moment, or two batches that waited for each other: look again."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", "") == _DEADLOCK


def _keep(connection: Connection, store: Store, arrival: Arrival) -> ConversationId | None:
    inbound = arrival.inbound
    external = store.vault.lookup(f"external {inbound.channel}", inbound.external_id)
    if connection.execute(_KNOWN, {"channel": inbound.channel, "external": external}).first():
        return None
    conversation, sealer = conversation_of(connection, store, inbound.channel, inbound.identities)
    message = MessageId(new_id())
    now = store.now()
    said = {
        "id": message,
        "conversation_id": conversation,
        "author": Author.PERSON,
        "kind": inbound.kind,
        "body": seal_body(sealer, message, inbound.body),
        "level": arrival.level,
        "sent_at": datetime.fromtimestamp(inbound.sent_at, UTC),
        "stored_at": now,
    }
    connection.execute(_SAID, said)
    for_bot = inbound.kind not in _NOT_FOR_THE_BOT
    waiting = {
        "channel": inbound.channel,
        "external_hash": external,
        "conversation_id": conversation,
        "message_id": message,
        "state": "pending" if for_bot else "done",
        "stored_at": now,
    }
    connection.execute(_WAITING, waiting)
    _file(connection, store, sealer, message, arrival, conversation)
    _touch(connection, store, sealer, safety.Arrived(conversation, inbound.channel, inbound.body.text, for_bot))
    if arrival.level is not Level.HIJAU:
        risk.raise_level(connection, store, sealer, conversation, arrival.level, list(arrival.reasons))
    events.tell(connection, store, "message_stored", conversation)
    return conversation


def _file(connection: Connection, store: Store, sealer: Sealer, message: MessageId, arrival: Arrival, conversation: ConversationId) -> None:
    media.expect(connection, store, conversation, message, arrival.inbound)
    if arrival.file is not None:
        media.bring(connection, sealer, message, arrival.file)


def conversation_of(
    connection: Connection, store: Store, channel: Channel, identities: Sequence[Identity], *, told: bool = False
) -> tuple[ConversationId, Sealer]:
    """The person's conversation, made where there is none; names not known before are added to it.

    `told`: the channel said that the names change. Where it did not and a known number comes with another id, the number may
    have a new owner: officers make sure who writes.
    """
    hashes = {identity: store.vault.lookup(f"address {channel} {identity.kind}", identity.value) for identity in identities}
    found: str | None = None
    known: set[Identity] = set()
    for identity in identities:
        owner = connection.execute(_OWNER, {"channel": channel, "kind": identity.kind, "value": hashes[identity]}).scalar()
        if owner is not None:
            found = found or owner
            known.add(identity)
    if found is None:
        conversation, sealer = _begin(connection, store, channel)
    else:
        conversation = ConversationId(found)
        sealer = store.opened(conversation, connection.execute(_LOCKED, {"which": conversation}).scalar_one())
    for identity in identities:
        if identity not in known:
            if found is not None and not told and _has_another(connection, conversation, channel, identity):
                notices.raise_notice(connection, store, NoticeKind.OTHER_WRITER, conversation)
            _add_address(connection, sealer, conversation, channel, identity, hashes[identity])
    return conversation, sealer


def _has_another(connection: Connection, conversation: str, channel: Channel, identity: Identity) -> bool:
    same_kind = (Address.conversation_id == conversation, Address.channel == channel, Address.kind == identity.kind)
    return identity.kind in _ONE_A_PERSON and connection.execute(select(Address.id).where(*same_kind).limit(1)).first() is not None


def _begin(connection: Connection, store: Store, channel: Channel) -> tuple[ConversationId, Sealer]:
    conversation = ConversationId(new_id())
    sealer, sealed_key = store.vault.new_data_key(conversation)
    connection.execute(insert(Conversation).values(id=conversation, channel=channel, data_key=sealed_key, created_at=store.now()))
    events.tell(connection, store, "conversation_begun", conversation)
    return conversation, sealer


def _add_address(
    connection: Connection, sealer: Sealer, conversation: str, channel: Channel, identity: Identity, value_hash: bytes
) -> None:
    fresh = new_id()
    connection.execute(
        insert(Address).values(
            id=fresh,
            conversation_id=conversation,
            channel=channel,
            kind=identity.kind,
            value_hash=value_hash,
            value=sealer.seal_text("address.value", fresh, identity.value),
        )
    )


def _touch(connection: Connection, store: Store, sealer: Sealer, arrived: safety.Arrived) -> None:
    now = store.now()
    row = connection.execute(_COURSE, {"which": arrived.conversation}).one()
    changes: dict[str, object] = {"last_person_at": now, "closed_at": None, **safety.on_arrival(connection, store, sealer, row, arrived)}
    if arrived.for_bot:
        first = row.turn_since if row.turn_due_at is not None and row.turn_since is not None else now
        due = min(now + store.pace.settle, first + store.pace.settle_at_most)
        backing_off = row.turn_due_at is not None and row.turn_due_at > first + store.pace.settle_at_most
        changes |= {"waiting_since": row.waiting_since or now, "turn_since": first, "turn_due_at": row.turn_due_at if backing_off else due}
    conversations.change(connection, arrived.conversation, **changes)
