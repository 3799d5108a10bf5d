"""Files that people sent: told of with their message, fetched by one worker at a time, kept sealed in parts.

The office relies on it that no file is forgotten while its channel still has it, that a part or a whole of it opens under no other
name, and that what nobody kept as evidence is gone after its time. The lease's token fences a worker that died or slept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from damping.casework.files import FileLimits, FileState, Prepared, Why
from damping.casework.ids import ConversationId, MessageId, new_id
from damping.casework.message import Channel, Inbound
from damping.store import events
from damping.store.context import Store, unseal_body
from damping.store.sealing import Sealer, Unsealable
from damping.store.tables import Conversation, Message
from damping.store.tables_media import Media, MediaPart

ORIGINAL, SHOWN = "original", "shown"
_PART = 512 * 1024  # bytes: a page of a database, and of memory, stays small
_AT_ONCE = 200
KINDS = frozenset({"image", "audio", "video", "document", "sticker"})

_DUE = select(Media.id).where(Media.due_at <= bindparam("now")).order_by(Media.due_at).limit(1).with_for_update(skip_locked=True)
_SOME = select(exists().where(Media.due_at <= bindparam("now")))
_TAKE = (
    update(Media)
    .where(Media.id == _DUE.scalar_subquery())
    .values(token=bindparam("token"), due_at=bindparam("until"), attempts=Media.attempts + 1)
    .returning(*Media.__table__.columns)
)


@dataclass(frozen=True)
class Wanted:
    """A file that one worker fetches until its lease ends. `told`: what the channel said of it; `room`: bytes left to this person."""

    media: str
    conversation: ConversationId
    token: str
    channel: Channel
    attempts: int
    too_late: bool  # the channel has deleted it by now
    room: int
    told: Mapping[str, Any] = field(repr=False)


def expect(connection: Connection, store: Store, conversation: str, message: MessageId, inbound: Inbound) -> None:
    """A message brought a file, or told of one: it is fetched from now on. In the transaction that stores the message."""
    kind = str((inbound.body.media or {}).get("type", ""))
    if kind not in KINDS:
        return
    connection.execute(insert(Media).values(_row(store, conversation, message, inbound.channel, kind)))


def bring(connection: Connection, sealer: Sealer, message: MessageId, prepared: Prepared) -> None:
    """The file came together with its message. In the transaction that stores the message."""
    row = connection.execute(select(Media.id, Media.conversation_id).where(Media.message_id == message)).one()
    _keep(connection, sealer, row.id, prepared)


def claim(store: Store, lease: timedelta, limits: FileLimits) -> Wanted | None:
    """The file that has been due longest, or None."""
    now, token = store.now(), new_id()
    with store.database.read() as connection:
        if not connection.execute(_SOME, {"now": now}).scalar():
            return None
    with store.database.write() as connection:
        row = connection.execute(_TAKE, {"now": now, "token": token, "until": now + lease}).first()
        if row is None:
            return None
        body = connection.execute(select(Message.body).where(Message.id == row.message_id)).scalar_one()
        conversation = ConversationId(row.conversation_id)
        try:
            told = unseal_body(store.sealer(connection, conversation), row.message_id, body).media or {}
        except (Unsealable, ValueError):  # a damaged cell: nobody can ask for the file any more
            _end(connection, store, row.id, conversation, FileState.LOST, Why.DAMAGED)
            return None
        return Wanted(
            media=row.id,
            conversation=conversation,
            token=token,
            channel=Channel(row.channel),
            attempts=row.attempts,
            too_late=now - row.stored_at > limits.asked_for,
            room=limits.of_one_person - _held_by(connection, conversation),
            told=told,
        )


def keep(store: Store, wanted: Wanted, prepared: Prepared) -> bool:
    """The file is here; False where the lease was lost or the conversation's words were erased meanwhile."""
    with store.database.write() as connection:
        if not _is_ours(connection, wanted):
            return False
        _keep(connection, store.sealer(connection, wanted.conversation), wanted.media, prepared)
        events.tell(connection, store, "file_kept", wanted.conversation)
        return True


def give_up(store: Store, wanted: Wanted, state: FileState, why: Why) -> None:
    """It will not come: lost, or not taken."""
    with store.database.write() as connection:
        if _is_ours(connection, wanted):
            _end(connection, store, wanted.media, wanted.conversation, state, why)


def again(store: Store, wanted: Wanted, delay: timedelta) -> None:
    """Ask for it again after a while."""
    with store.database.write() as connection:
        if _is_ours(connection, wanted):
            connection.execute(update(Media).where(Media.id == wanted.media).values(due_at=store.now() + delay, token=None))


def remove_old(store: Store, limits: FileLimits) -> int:
    """What nobody kept as evidence, and whose time is over, is destroyed; how many."""
    past = store.now() - limits.kept
    old = (Media.state == FileState.KEPT, Media.evidence_at.is_(None), Media.stored_at < past)
    with store.database.write() as connection:
        rows = connection.execute(select(Media.id, Media.conversation_id).where(*old).limit(_AT_ONCE).with_for_update()).all()
        for row in rows:
            connection.execute(delete(MediaPart).where(MediaPart.media_id == row.id))
            _end(connection, store, row.id, row.conversation_id, FileState.REMOVED, None)
    return len(rows)


def erase(connection: Connection, conversation: str) -> None:
    """In the transaction that erases the words themselves, before the messages go."""
    of_it = select(Media.id).where(Media.conversation_id == conversation)
    connection.execute(delete(MediaPart).where(MediaPart.media_id.in_(of_it)))
    connection.execute(delete(Media).where(Media.conversation_id == conversation))


def has_evidence(connection: Connection, conversation: str) -> bool:
    """Whether an officer keeps a file of this conversation: then no message alone erases it."""
    found = select(exists().where(Media.conversation_id == conversation, Media.evidence_at.is_not(None)))
    return bool(connection.execute(found).scalar())


def parts(connection: Connection, sealer: Sealer, media: str, copy: str, size: int) -> bytes:
    """A copy's bytes, whole. Raises `Unsealable` where a part is missing, moved or cut."""
    found = select(MediaPart.number, MediaPart.content).where(MediaPart.media_id == media, MediaPart.copy == copy)
    rows = connection.execute(found.order_by(MediaPart.number))
    whole = b"".join(sealer.unseal("media_part.content", _place(media, copy, row.number, size), row.content) for row in rows)
    if len(whole) != size:
        raise Unsealable("a part is missing")
    return whole


def _row(store: Store, conversation: str, message: MessageId, channel: Channel, kind: str) -> dict[str, object]:
    now = store.now()
    return {
        "id": new_id(),
        "conversation_id": conversation,
        "message_id": message,
        "channel": channel,
        "kind": kind,
        "state": FileState.WAITING,
        "due_at": now,
        "stored_at": now,
    }


def _keep(connection: Connection, sealer: Sealer, media: str, prepared: Prepared) -> None:
    for copy, content in ((ORIGINAL, prepared.content), (SHOWN, prepared.shown)):
        for number, start in enumerate(range(0, len(content), _PART)):
            sealed = sealer.seal("media_part.content", _place(media, copy, number, len(content)), content[start : start + _PART])
            connection.execute(insert(MediaPart).values(media_id=media, copy=copy, number=number, content=sealed))
    connection.execute(
        update(Media)
        .where(Media.id == media)
        .values(state=FileState.KEPT, due_at=None, token=None, mime=prepared.mime, size=len(prepared.content))
        .values(shown_mime=prepared.shown_mime, shown_size=len(prepared.shown))
    )


def _place(media: str, copy: str, number: int, size: int) -> str:
    return f"{media}|{copy}|{number}|{size}"


def _end(connection: Connection, store: Store, media: str, conversation: str, state: FileState, why: Why | None) -> None:
    gone = {"state": state, "why": why, "due_at": None, "token": None, "size": 0, "shown_size": 0, "shown_mime": ""}
    connection.execute(update(Media).where(Media.id == media).values(gone))
    events.tell(connection, store, "file_gone", conversation)


def _is_ours(connection: Connection, wanted: Wanted) -> bool:
    """Under the conversation's lock: an erasure changes its key."""
    connection.execute(select(Conversation.id).where(Conversation.id == wanted.conversation).with_for_update(key_share=True))
    ours = select(Media.id).where(Media.id == wanted.media, Media.token == wanted.token, Media.state == FileState.WAITING)
    return connection.execute(ours.with_for_update()).first() is not None


def _held_by(connection: Connection, conversation: str) -> int:
    held = select(func.coalesce(func.sum(Media.size), 0)).where(Media.conversation_id == conversation, Media.state == FileState.KEPT)
    return int(connection.execute(held).scalar_one())
