"""What a channel says of messages of ours: late, repeated and shuffled statuses change nothing; early ones wait.

The office relies on it that the desk shows how far a message has come, and never that it has come less far than it has.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from damping.casework.message import Author, Channel, Delivery, Status
from damping.casework.pacing import send_delay
from damping.store import events, notices, safety
from damping.store.context import Store
from damping.store.notices import NoticeKind
from damping.store.tables import Conversation, Outbox
from damping.store.tables_media import EarlyStatus

_EARLY_KEPT = timedelta(days=1)
_TRIES = 4  # of a message that the channel took and gave up
_ARRIVED = (Delivery.DELIVERED, Delivery.READ, Delivery.FAILED)


def apply(store: Store, statuses: Sequence[Status]) -> None:
    """Each in turn, in one transaction."""
    with store.database.write() as connection:
        for status in statuses:
            _apply(connection, store, status)


def catch_up(connection: Connection, store: Store, provider: bytes) -> None:
    """A message has just been given its id of the channel's: what was said of that id before counts now."""
    early = delete(EarlyStatus).where(EarlyStatus.provider_hash == provider).returning(EarlyStatus.delivery, EarlyStatus.error_code)
    found = connection.execute(early).first()
    if found is not None:
        _move(connection, store, provider, Status(Channel.WHATSAPP, "", "", Delivery(found.delivery), found.error_code))


def _apply(connection: Connection, store: Store, status: Status) -> None:
    provider = store.vault.lookup("provider", status.provider_id)
    if not _move(connection, store, provider, status) and not status.outbox_id:
        _park(connection, store, provider, status)


def _move(connection: Connection, store: Store, provider: bytes, status: Status) -> bool:
    """False where no message of ours is known by these names."""
    known = Outbox.provider_hash == provider
    if status.outbox_id:
        known = known | (Outbox.id == status.outbox_id)
    row = connection.execute(select(Outbox.__table__).where(known).with_for_update()).first()
    if row is None:
        return False
    if status.delivery.rank <= Delivery(row.state).rank or _is_of_an_earlier_try(row, provider, status):
        return True
    if status.again and _may_go_again(connection, row):
        _send_again(connection, store, row, status.error_code)
        return True
    values = {"state": status.delivery, "provider_hash": provider, "error_code": status.error_code, "changed_at": store.now()}
    connection.execute(update(Outbox).where(Outbox.id == row.id).values(values))
    if status.delivery is Delivery.FAILED:
        notices.raise_notice(connection, store, NoticeKind.SEND_FAILED, row.conversation_id)
    if status.delivery in _ARRIVED:
        _let_the_next_go(connection, store, row.conversation_id)
    events.tell(connection, store, "delivery_changed", row.conversation_id)
    return True


def _is_of_an_earlier_try(row: Any, provider: bytes, status: Status) -> bool:
    """That an earlier try failed says nothing of the one that is under way or has arrived."""
    if status.delivery is not Delivery.FAILED or row.provider_hash is None:
        return False
    return row.provider_hash != provider or row.state in (Delivery.READY, Delivery.SENDING)


def _may_go_again(connection: Connection, row: Any) -> bool:
    """Not endlessly, not for the assistant where an officer has the word, and not into a chat that was hidden meanwhile."""
    if row.state not in (Delivery.SENT, Delivery.UNKNOWN) or row.attempts >= _TRIES:
        return False
    around = connection.execute(select(Conversation.__table__).where(Conversation.id == row.conversation_id)).one()
    return not safety.guard_of(around).silent and (row.author == Author.OFFICER or around.word == "bot")


def _send_again(connection: Connection, store: Store, row: Any, error_code: int) -> None:
    """The channel took it, then could not deliver it for a reason that passes; this is sure, so nothing is doubled."""
    back = {"state": Delivery.READY, "error_code": error_code, "changed_at": store.now()}
    connection.execute(update(Outbox).where(Outbox.id == row.id).values(back))
    due = store.now() + send_delay(row.attempts)
    connection.execute(update(Conversation).where(Conversation.id == row.conversation_id).values(send_due_at=due))
    events.tell(connection, store, "delivery_changed", row.conversation_id)


def _let_the_next_go(connection: Connection, store: Store, conversation: str) -> None:
    """What waits only for this one to arrive need not wait longer; longer waits have other reasons."""
    longest = max((rates.order_wait for rates in store.rates.values()), default=timedelta(0))
    now = store.now()
    waits = (Conversation.id == conversation, Conversation.send_due_at > now, Conversation.send_due_at <= now + longest)
    connection.execute(update(Conversation).where(*waits).values(send_due_at=now))


def _park(connection: Connection, store: Store, provider: bytes, status: Status) -> None:
    connection.execute(delete(EarlyStatus).where(EarlyStatus.at < store.now() - _EARLY_KEPT))
    known = connection.execute(select(EarlyStatus.delivery).where(EarlyStatus.provider_hash == provider).with_for_update()).scalar()
    values = {"delivery": status.delivery, "error_code": status.error_code, "at": store.now()}
    if known is None:
        connection.execute(insert(EarlyStatus).values(provider_hash=provider, **values))
    elif status.delivery.rank > Delivery(known).rank:
        connection.execute(update(EarlyStatus).where(EarlyStatus.provider_hash == provider).values(values))
