"""How fast a channel may speak: kept in the database, so that neither a restart nor a second worker forgets what was sent.

One time stamp a person and one a number: when what was sent so far will have been paid for at the channel's pace.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.message import Channel, Delivery
from damping.casework.pacing import Rates, may_speak_at, spoken
from damping.store import conversations
from damping.store.context import Store
from damping.store.tables import Conversation, Outbox
from damping.store.tables_media import ChannelPace
from rules.levels import Level

_PERSON = select(Conversation.channel, Conversation.paced_at, Conversation.level).where(Conversation.id == bindparam("which"))
_NUMBER = select(ChannelPace.paced_at).where(ChannelPace.channel == bindparam("channel")).with_for_update()
_BEFORE = select(func.max(Outbox.changed_at)).where(
    Outbox.conversation_id == bindparam("which"), Outbox.seq < bindparam("seq"), Outbox.state == Delivery.SENT
)


def wait(connection: Connection, store: Store, conversation: str, seq: int) -> datetime | None:
    """When the message of this number may leave; None: now, and its share is taken."""
    if not store.rates:
        return None
    person = connection.execute(_PERSON, {"which": conversation}).one()
    rates = store.rates.get(Channel(person.channel))
    if rates is None:
        return None
    now = store.now()
    burst = rates.urgent_burst if person.level == Level.MERAH else rates.person_burst
    later = _in_order(connection, rates, conversation, seq, now) or may_speak_at(person.paced_at, rates.person_every, burst, now)
    if later is not None:
        return later
    number = _number(connection, person.channel, now)
    later = may_speak_at(number, rates.number_every, rates.number_burst, now)
    if later is None:
        conversations.change(connection, conversation, paced_at=spoken(person.paced_at, rates.person_every, now))
        mine = update(ChannelPace).where(ChannelPace.channel == person.channel)
        connection.execute(mine.values(paced_at=spoken(number, rates.number_every, now)))
    return later


def _in_order(connection: Connection, rates: Rates, conversation: str, seq: int, now: datetime) -> datetime | None:
    """The channel may shuffle what follows too closely: the one before has a moment to arrive."""
    before = connection.execute(_BEFORE, {"which": conversation, "seq": seq}).scalar()
    until = before + rates.order_wait if before is not None else now
    return until if until > now else None


def _number(connection: Connection, channel: str, now: datetime) -> datetime:
    found = connection.execute(_NUMBER, {"channel": channel}).scalar()
    if found is not None:
        return found
    try:
        with connection.begin_nested():
            connection.execute(insert(ChannelPace).values(channel=channel, paced_at=now))
    except IntegrityError:  # another worker was first
        return connection.execute(_NUMBER, {"channel": channel}).scalar_one()
    return now
