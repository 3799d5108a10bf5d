"""Names of a person that change: a new number or id takes the old one's place.

The office relies on it that nothing is ever sent to a number that its owner has given up.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from damping.casework.ids import ConversationId
from damping.casework.message import Channel, Identity
from damping.store import audit, events, inbox, notices
from damping.store.context import Store
from damping.store.notices import NoticeKind
from damping.store.tables import Address, Inbox


def rename(store: Store, channel: Channel, external_id: str, before: Sequence[Identity], after: Sequence[Identity]) -> bool:
    """
    the old name is  | the new name is    | becomes
    nobody's         | any                | nothing
    a conversation's | unknown            | the conversation's name instead of the old one of its kind
    a conversation's | another's already  | the old name is dropped; joining the two is an officer's matter

    `external_id`: the channel's id of this news; told again, it changes nothing. True where something changed.
    """
    external = store.vault.lookup(f"external {channel}", external_id)
    with store.database.write() as connection:
        if connection.execute(select(Inbox.seq).where(Inbox.channel == channel, Inbox.external_hash == external)).first():
            return False
        known = next((name for name in before if _owner(connection, store, channel, name) is not None), None)
        if known is None:
            return False
        fresh = [name for name in after if _owner(connection, store, channel, name) is None]
        conversation, _ = inbox.conversation_of(connection, store, channel, [known, *fresh], told=True)
        _retire(connection, store, channel, before, after)
        connection.execute(
            insert(Inbox).values(channel=channel, external_hash=external, conversation_id=conversation, state="done", stored_at=store.now())
        )
        audit.record(connection, store, channel, "name_changed", conversation)
        events.tell(connection, store, "name_changed", conversation)
        return True


def doubt(store: Store, channel: Channel, names: Sequence[Identity]) -> None:
    """The channel says that a person's account runs on another phone now: officers make sure who writes."""
    with store.database.write() as connection:
        found = next((owner for name in names if (owner := _owner(connection, store, channel, name)) is not None), None)
        if found is not None:
            notices.raise_notice(connection, store, NoticeKind.OTHER_WRITER, found)
            audit.record(connection, store, channel, "phone_changed", found)


def _retire(connection: Connection, store: Store, channel: Channel, before: Sequence[Identity], after: Sequence[Identity]) -> None:
    kinds = {name.kind for name in after}
    for name in before:
        if name.kind in kinds and name not in after:
            connection.execute(delete(Address).where(_is(store, channel, name)))


def _owner(connection: Connection, store: Store, channel: Channel, name: Identity) -> ConversationId | None:
    owner = connection.execute(select(Address.conversation_id).where(_is(store, channel, name))).scalar()
    return None if owner is None else ConversationId(owner)


def _is(store: Store, channel: Channel, name: Identity) -> ColumnElement[bool]:
    value_hash = store.vault.lookup(f"address {channel} {name.kind}", name.value)
    return and_(Address.channel == channel, Address.kind == name.kind, Address.value_hash == value_hash)
