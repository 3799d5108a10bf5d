"""Danger that a person on duty saw and the assistant did not: the level rises, and a supervisor finds out why.

Runs in the transaction of the act by which the person said so. One open ticket a conversation: what is seen later joins it.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from damping.casework.ids import ConversationId, OfficerId, new_id
from damping.store import doubt_keeping, events, risk
from damping.store.context import Store
from damping.store.sealing import Sealer
from damping.store.tables import Conversation
from damping.store.tables_duty import Ticket
from rules.levels import Level

KIND = "missed"
WORDS_AT_MOST = 1000


@dataclass(frozen=True)
class Seen:
    """Who saw what, and how grave it is."""

    conversation: ConversationId
    officer: OfficerId
    level: Level
    reasons: tuple[str, ...]


def seen(connection: Connection, store: Store, sealer: Sealer, what: Seen) -> bool:
    """The level rises and a ticket is open; the bell rings unless the one who saw it holds the conversation. False: it stood so already."""
    before = Level(connection.execute(select(Conversation.level).where(Conversation.id == what.conversation)).scalar_one())
    if before.rank >= what.level.rank:
        return False
    risk.raise_level(connection, store, sealer, what.conversation, what.level, list(what.reasons), seen_by=what.officer)
    _ticket(connection, store, sealer, what, before)
    doubt_keeping.keep_last_words(connection, store, sealer, what.conversation, before)
    events.tell(connection, store, "ticket_opened", what.conversation)
    return True


def _ticket(connection: Connection, store: Store, sealer: Sealer, what: Seen, before: Level) -> None:
    reason = "; ".join(what.reasons)
    wanted = (Ticket.conversation_id == what.conversation, Ticket.kind == KIND, Ticket.closed_at.is_(None))
    there = connection.execute(select(Ticket.id, Ticket.reason).where(*wanted)).first()
    if there is not None and there.reason is not None:
        joined = f"{sealer.unseal_text('ticket.reason', there.id, there.reason)}; {reason}"[:WORDS_AT_MOST]
        changed = {"level": what.level, "reason": sealer.seal_text("ticket.reason", there.id, joined)}
        connection.execute(update(Ticket).where(Ticket.id == there.id).values(**changed))
        return
    fresh = new_id()
    row = {"id": fresh, "conversation_id": what.conversation, "kind": KIND, "level_before": before, "level": what.level}
    opened = {"opened_at": store.now(), "opened_by": what.officer, "reason": sealer.seal_text("ticket.reason", fresh, reason)}
    connection.execute(insert(Ticket).values(**row, **opened))
