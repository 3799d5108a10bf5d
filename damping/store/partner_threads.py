"""A partner's threads: opened once, and told nothing but what was said to that very person.

The office relies on it that a partner reaches only its own threads, that a reply which was fetched is gone from here, and
that what a safe word hid or a person erased is never handed out.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, exists, insert, select
from sqlalchemy.exc import IntegrityError

from damping.casework.ids import ConversationId, OutboxId, new_id
from damping.casework.message import Author, Body, Channel, Choice, Delivery, Identity, Status
from damping.store import outbox, partners
from damping.store.context import Store, unseal_body
from damping.store.partners import Webhook
from damping.store.tables import Address, Conversation, Message, Outbox
from damping.store.tables_partner import PartnerLetter, PartnerThread

_CODE_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that are read or heard alike
_CODE_LENGTH = 12
_OFFERED_IN = 20  # last messages of ours in which a choice may stand
_NOT_SAID = (Delivery.CANCELLED, Delivery.HELD)


class Standing(StrEnum):
    """How a report stands: no more than this is ever told."""

    RECEIVED = "diterima"
    IN_HAND = "ditangani"  # an officer has read and answered, or has the word
    CLOSED = "selesai"


@dataclass(frozen=True)
class Thread:
    """An opened thread. `code`: for the person alone, to ask how the report stands."""

    id: str
    code: str
    opened_at: datetime
    fresh: bool

    def __repr__(self) -> str:
        return f"<Thread {self.id}>"


@dataclass(frozen=True)
class Letter:
    """One message of ours for the person of a thread. `number`: the cursor; the first is 1."""

    number: int
    id: str
    author: Author
    body: Body
    at: datetime

    def __repr__(self) -> str:
        return f"<Letter {self.number}>"


@dataclass(frozen=True)
class Posted:
    """A letter that was laid down; `webhook` is where it is to be brought, '' where the partner fetches it."""

    letter: int
    author: Author
    at: datetime
    webhook: Webhook


def open_thread(store: Store, partner: str, reference: str) -> Thread:
    """The partner's thread of this name, made where there is none. Asked twice at once, it is still one."""
    wanted = store.vault.lookup(f"partner reference {partner}", reference)
    found = _known(store, partner, wanted)
    if found is not None:
        return found
    thread, now = new_id(), store.now()
    try:
        with store.database.write() as connection:
            connection.execute(
                insert(PartnerThread).values(
                    id=thread, partner_id=partner, reference_hash=wanted, code_hash=_code_hash(store, _code(store, thread)), opened_at=now
                )
            )
    except IntegrityError:
        found = _known(store, partner, wanted)
        if found is None:
            raise
        return found
    return Thread(thread, _code(store, thread), now, fresh=True)


def is_of(store: Store, partner: str, thread: str) -> bool:
    """Whether a thread is this partner's: another's and none are alike."""
    with store.database.read() as connection:
        return _owned(connection, partner, thread)


def name_of(thread: str) -> Identity:
    """The person's name on this channel."""
    return Identity("thread", thread)


def post(store: Store, thread: str, sending: OutboxId) -> Posted | None:
    """Lay a message down for its partner, once; None where the partner is revoked."""
    with store.database.write() as connection:
        partner = connection.execute(select(PartnerThread.partner_id).where(PartnerThread.id == thread)).scalar()
        webhook = partners.webhook_of(connection, store, partner) if partner is not None else None
        if webhook is None:
            return None
        number = connection.execute(select(PartnerLetter.seq).where(PartnerLetter.outbox_id == sending)).scalar()
        if number is None:
            laid = connection.execute(insert(PartnerLetter).values(thread_id=thread, outbox_id=sending, at=store.now()))
            number = laid.inserted_primary_key[0] if laid.inserted_primary_key else 0
        said = connection.execute(select(Outbox.author, Outbox.stored_at).where(Outbox.id == sending)).one()
        return Posted(number, Author(said.author), said.stored_at, webhook)


def taken(store: Store, letter: int) -> None:
    """The partner's webhook has it."""
    with store.database.write() as connection:
        connection.execute(delete(PartnerLetter).where(PartnerLetter.seq == letter))


def fetch(store: Store, thread: str, after: int, limit: int) -> list[Letter]:
    """The letters behind the cursor, in order; those up to it were received, and are gone."""
    _received(store, thread, after)
    with store.database.read() as connection:
        rows = connection.execute(
            select(PartnerLetter.seq, PartnerLetter.outbox_id, Outbox.author, Outbox.conversation_id)
            .add_columns(Message.id.label("message"), Message.body, Message.sent_at, Conversation.data_key)
            .join(Outbox, Outbox.id == PartnerLetter.outbox_id)
            .join(Message, Message.id == Outbox.message_id)
            .join(Conversation, Conversation.id == Outbox.conversation_id)
            .where(PartnerLetter.thread_id == thread, PartnerLetter.seq > after)
            .where(Outbox.state.not_in(_NOT_SAID), Message.seq > Conversation.shown_from)
            .order_by(PartnerLetter.seq)
            .limit(limit)
        ).all()
        return [
            Letter(
                row.seq,
                row.outbox_id,
                Author(row.author),
                unseal_body(store.opened(row.conversation_id, row.data_key), row.message, row.body),
                row.sent_at,
            )
            for row in rows
        ]


def offered(store: Store, thread: str, button: str) -> Choice | None:
    """The choice of this id, if it was shown to the person lately."""
    with store.database.read() as connection:
        conversation = _conversation(connection, store, thread)
        if conversation is None:
            return None
        rows = connection.execute(
            select(Message.id, Message.body)
            .join(Outbox, Outbox.message_id == Message.id)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(Message.conversation_id == conversation, Outbox.state.not_in(_NOT_SAID), Message.seq > Conversation.shown_from)
            .order_by(Message.seq.desc())
            .limit(_OFFERED_IN)
        ).all()
        sealer = store.sealer(connection, conversation)
        choices = (choice for row in rows for choice in unseal_body(sealer, row.id, row.body).choices)
        return next((choice for choice in choices if choice.id == button), None)


def standing(store: Store, partner: str, code: str) -> Standing | None:
    """How the report of this code stands; None for a code that is not of this partner's people, and where all was erased."""
    with store.database.read() as connection:
        thread = connection.execute(
            select(PartnerThread.id).where(PartnerThread.code_hash == _code_hash(store, code), PartnerThread.partner_id == partner)
        ).scalar()
        conversation = _conversation(connection, store, thread) if thread is not None else None
        if conversation is None:
            return None
        said = exists().where(Message.conversation_id == conversation)
        answered = exists().where(Message.conversation_id == conversation, Message.author == Author.OFFICER)
        row = connection.execute(
            select(Conversation.closed_at, Conversation.word, said.label("said"), answered.label("answered")).where(
                Conversation.id == conversation
            )
        ).one()
    if not row.said:
        return None
    if row.closed_at is not None:
        return Standing.CLOSED
    return Standing.IN_HAND if row.word == "officer" or row.answered else Standing.RECEIVED


def _known(store: Store, partner: str, reference_hash: bytes) -> Thread | None:
    with store.database.read() as connection:
        row = connection.execute(
            select(PartnerThread.id, PartnerThread.opened_at).where(
                PartnerThread.partner_id == partner, PartnerThread.reference_hash == reference_hash
            )
        ).first()
    return None if row is None else Thread(row.id, _code(store, row.id), row.opened_at, fresh=False)


def _owned(connection: Connection, partner: str, thread: str) -> bool:
    mine = select(PartnerThread.id).where(PartnerThread.id == thread, PartnerThread.partner_id == partner)
    return connection.execute(mine).first() is not None


def _received(store: Store, thread: str, up_to: int) -> None:
    """What the partner has is told to the outbox and taken away."""
    there = (PartnerLetter.thread_id == thread, PartnerLetter.seq <= up_to)
    with store.database.read() as connection:
        known = connection.execute(select(PartnerLetter.seq, PartnerLetter.outbox_id).where(*there)).all()
    if not known:
        return
    outbox.apply_statuses(store, [Status(Channel.PARTNER, f"letter-{row.seq}", row.outbox_id, Delivery.DELIVERED) for row in known])
    with store.database.write() as connection:
        connection.execute(delete(PartnerLetter).where(*there))


def _conversation(connection: Connection, store: Store, thread: str) -> ConversationId | None:
    name = name_of(thread)
    value_hash = store.vault.lookup(f"address {Channel.PARTNER} {name.kind}", name.value)
    found = connection.execute(
        select(Address.conversation_id).where(
            Address.channel == Channel.PARTNER, Address.kind == name.kind, Address.value_hash == value_hash
        )
    ).scalar()
    return None if found is None else ConversationId(found)


def _code(store: Store, thread: str) -> str:
    """Made from the thread's id under the office's look-up key: 59 bits, the same each time, kept nowhere."""
    number = int.from_bytes(store.vault.lookup("partner code", thread)[:16], "big")
    signs = ""
    for _ in range(_CODE_LENGTH):
        number, place = divmod(number, len(_CODE_SIGNS))
        signs += _CODE_SIGNS[place]
    return "-".join(signs[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def _code_hash(store: Store, code: str) -> bytes:
    """As people type it: blanks, dashes and capitals do not matter."""
    return store.vault.lookup("partner code of a person", "".join(sign for sign in code.lower() if sign.isalnum()))
