"""The person's numbers: hidden on every page until the officer who has the word asks for them, which is written down.

Only an officer in the conversation may call, and only knowingly: where the person did not choose to be called, with a reason.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from damping.casework.ids import ConversationId, OfficerId
from damping.casework.message import Channel
from damping.store import audit, presence
from damping.store.context import Store, unseal_json
from damping.store.holders import must_hold
from damping.store.sealing import Sealer
from damping.store.tables import Address, Conversation

_SHOWN_DIGITS = 3
_NUMBER_KINDS = ("wa_id",)
CALLABLE = "telepon"  # the way of contact that the person chose


class ReasonNeeded(Exception):
    """The person did not choose to be called: say why it has to be."""


@dataclass(frozen=True)
class Number:
    """One number. `own`: the person told it; otherwise it is the one that the channel knows."""

    own: bool
    digits: str

    def __repr__(self) -> str:
        return "<Number>"


def hidden(connection: Connection, sealer: Sealer, conversation: str) -> tuple[Number, ...]:
    """The numbers with all but the last digits covered."""
    return tuple(Number(number.own, masked(number.digits)) for number in _all(connection, sealer, conversation))


def show(store: Store, conversation: ConversationId, officer: OfficerId, reason: str = "") -> tuple[Number, ...]:
    """The numbers in clear, once. Raises `NotTheHolder`, `ReasonNeeded`."""
    with store.database.write() as connection:
        row = must_hold(connection, conversation, officer)
        sealer = store.opened(row.id, row.data_key)
        facts = unseal_json(sealer, "conversation.facts", row.id, row.facts, {})
        if facts.get("contact_way") != CALLABLE and not reason.strip():
            raise ReasonNeeded
        presence.sign(connection, store, officer, conversation)
        audit.record(connection, store, officer, "number_shown", conversation, reason)
        return _all(connection, sealer, conversation)


def masked(digits: str) -> str:
    """'••••••••567'."""
    return "•" * max(0, len(digits) - _SHOWN_DIGITS) + digits[-_SHOWN_DIGITS:]


def _all(connection: Connection, sealer: Sealer, conversation: str) -> tuple[Number, ...]:
    row = connection.execute(select(Conversation.channel, Conversation.facts).where(Conversation.id == conversation)).one()
    told = unseal_json(sealer, "conversation.facts", conversation, row.facts, {}).get("contact_number")
    found = [Number(True, str(told))] if told and any(sign.isdigit() for sign in str(told)) else []
    if row.channel == Channel.WHATSAPP:
        names = select(Address.id, Address.value).where(Address.conversation_id == conversation, Address.kind.in_(_NUMBER_KINDS))
        found += [Number(False, sealer.unseal_text("address.value", name.id, name.value)) for name in connection.execute(names)]
    return tuple(found)
