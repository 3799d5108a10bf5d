"""A supervisor's quiet word to one officer about a conversation: only the two of them read it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from damping.casework.ids import ConversationId, OfficerId, new_id
from damping.store import audit, events, officers
from damping.store.context import Store
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.officers import Role
from damping.store.tables import Conversation, Officer
from damping.store.tables_duty import CoachNote

WORDS_AT_MOST = 1000


class NoWords(Exception):
    """There is nothing to say, or too much."""


@dataclass(frozen=True)
class Coached:
    """One word, for the page of the officer or of the supervisor."""

    id: str
    to_name: str
    by_name: str
    mine: bool  # it is said to the reader
    text: str
    at: datetime
    read_at: datetime | None


def coach(store: Store, viewer: Viewer, conversation: ConversationId, to: OfficerId, text: str) -> None:
    """Say something to an officer. Raises `NotFound`, `NoWords`."""
    if viewer.role is not Role.SUPERVISOR:
        raise NotFound
    text, fresh = text.strip(), new_id()
    if not text or len(text) > WORDS_AT_MOST:
        raise NoWords
    with store.database.write() as connection:
        wanted = select(Conversation.data_key).where(Conversation.id == conversation).with_for_update(key_share=True)
        key = connection.execute(wanted).scalar()
        role = connection.execute(select(Officer.role).where(Officer.id == to, Officer.disabled_at.is_(None))).scalar()
        if key is None or role not in ON_DUTY:
            raise NotFound
        connection.execute(
            insert(CoachNote).values(
                id=fresh,
                conversation_id=conversation,
                to_id=to,
                by_id=viewer.officer,
                text=store.opened(conversation, key).seal_text("coach_note.text", fresh, text),
                at=store.now(),
            )
        )
        audit.record(connection, store, viewer.officer, "coached", conversation)
        events.tell(connection, store, "coached", conversation)


def said(store: Store, viewer: Viewer, conversation: ConversationId) -> tuple[Coached, ...]:
    """What was said to this officer, or for a supervisor to anybody; newest first. Raises `NotFound`."""
    if viewer.role not in ON_DUTY:
        raise NotFound
    with store.database.read() as connection:
        mine = () if viewer.role is Role.SUPERVISOR else (CoachNote.to_id == viewer.officer,)
        rows = connection.execute(
            select(CoachNote.__table__, Conversation.data_key)
            .join(Conversation, Conversation.id == CoachNote.conversation_id)
            .where(CoachNote.conversation_id == conversation, *mine)
            .order_by(CoachNote.at.desc())
        ).all()
        known = officers.names(connection, store) if rows else {}
    return tuple(
        Coached(
            id=row.id,
            to_name=known.get(row.to_id, ""),
            by_name=known.get(row.by_id, ""),
            mine=row.to_id == viewer.officer,
            text=store.opened(conversation, row.data_key).unseal_text("coach_note.text", row.id, row.text),
            at=row.at,
            read_at=row.read_at,
        )
        for row in rows
    )


def seen(store: Store, viewer: Viewer, note: str) -> None:
    """The officer has read it. Raises `NotFound` for a word that is said to somebody else, too."""
    with store.database.write() as connection:
        read = update(CoachNote).where(CoachNote.id == note, CoachNote.to_id == viewer.officer, CoachNote.read_at.is_(None))
        row = connection.execute(read.values(read_at=store.now()).returning(CoachNote.conversation_id)).first()
        if row is None:
            raise NotFound
        audit.record(connection, store, viewer.officer, "coaching_read", row.conversation_id)
        events.tell(connection, store, "coached", row.conversation_id)
