"""What an officer may see of the files that people sent. The only way to their bytes; each view leaves its audit row.

Missing and forbidden look alike (`NotFound`). A file is kept for good only where an officer marked it as evidence.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select, update

from damping.casework.files import FileState
from damping.casework.ids import ConversationId
from damping.store import audit, events, glass, media
from damping.store.context import Store
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.officers import Role
from damping.store.tables import Conversation
from damping.store.tables_media import Media

_PLAYED = ("audio/", "video/")


@dataclass(frozen=True)
class Content:
    """The bytes of one copy."""

    mime: str
    content: bytes = field(repr=False)


def look(store: Store, viewer: Viewer, conversation: ConversationId, which: str) -> Content:
    """For the page: a picture's bare copy, or sound and film as they came; written down. Raises `NotFound`, `Unsealable`."""
    with store.database.write() as connection:
        row = _reach(connection, store, viewer, conversation, which)
        copy = media.SHOWN if row.shown_size else media.ORIGINAL
        if copy == media.ORIGINAL and not row.mime.startswith(_PLAYED):
            raise NotFound
        return _content(connection, store, viewer, row, copy, "file_seen")


def save(store: Store, viewer: Viewer, conversation: ConversationId, which: str) -> Content:
    """The file as it was sent, with all that it tells; written down. Raises `NotFound`, `Unsealable`."""
    with store.database.write() as connection:
        row = _reach(connection, store, viewer, conversation, which)
        return _content(connection, store, viewer, row, media.ORIGINAL, "file_saved")


def keep_as_evidence(store: Store, viewer: Viewer, conversation: ConversationId, which: str) -> None:
    """From now on no time limit and no message of the person removes it. Raises `NotFound`."""
    _mark(store, viewer, conversation, which, "file_kept_as_evidence", {"evidence_at": store.now(), "evidence_by": viewer.officer})


def let_go(store: Store, viewer: Viewer, conversation: ConversationId, which: str) -> None:
    """It is no evidence after all; its time limit counts again. Only a supervisor. Raises `NotFound`."""
    if viewer.role is not Role.SUPERVISOR:
        raise NotFound
    _mark(store, viewer, conversation, which, "file_let_go", {"evidence_at": None, "evidence_by": None})


def _mark(store: Store, viewer: Viewer, conversation: ConversationId, which: str, act: str, values: dict[str, object]) -> None:
    with store.database.write() as connection:
        row = _reach(connection, store, viewer, conversation, which)
        if row.state != FileState.KEPT:
            raise NotFound
        connection.execute(update(Media).where(Media.id == which).values(values))
        audit.record(connection, store, viewer.officer, act, conversation, which)
        events.tell(connection, store, "file_marked", conversation)


def _content(connection: Connection, store: Store, viewer: Viewer, row: Row[Any], copy: str, act: str) -> Content:
    size, mime = (row.shown_size, row.shown_mime) if copy == media.SHOWN else (row.size, row.mime)
    if row.state != FileState.KEPT or not size:
        raise NotFound
    conversation = ConversationId(row.conversation_id)
    audit.record(connection, store, viewer.officer, act, conversation, row.id)
    return Content(mime, media.parts(connection, store.sealer(connection, conversation), row.id, copy, size))


def _reach(connection: Connection, store: Store, viewer: Viewer, conversation: ConversationId, which: str) -> Row[Any]:
    if viewer.role not in ON_DUTY:
        raise NotFound
    locked = select(Conversation.id).where(Conversation.id == conversation).with_for_update(key_share=True)
    if connection.execute(locked).first() is None or not glass.may_read(connection, store, viewer.officer, viewer.role, conversation):
        raise NotFound
    row = connection.execute(select(Media.__table__).where(Media.id == which, Media.conversation_id == conversation)).first()
    if row is None:
        raise NotFound
    return row
