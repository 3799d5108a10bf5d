"""Open web chats: who may read which conversation on the page, and for how long.

The office relies on it that only a hash of the cookie is kept, that an ended or idle session never opens again, and that
the page shows what was said to the person and nothing else: no notes, nothing that an officer's word cancelled, nothing that
a safe word or a long silence has hidden (`damping.store.safety`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.files import FileState
from damping.casework.ids import ConversationId
from damping.casework.message import Author, Body, Channel, Delivery, Identity, Kind
from damping.store import safety
from damping.store.context import Store, unseal_body
from damping.store.tables import Address, Conversation, Message, Outbox, WebSession
from damping.store.tables_media import Media
from damping.store.tables_return import ReturnCode

_LINES_AT_MOST = 300
_TOUCH_EVERY = timedelta(seconds=15)
_HELD_BACK_AT_MOST = timedelta(seconds=15)
_NOT_SHOWN = (Delivery.CANCELLED, Delivery.HELD)
_VEIL = select(
    Conversation.shown_from, Conversation.shown_anew, Conversation.disguised_at, Conversation.stopped_at, Conversation.veiled_at
).where(Conversation.id == bindparam("which"))


class Standing(StrEnum):
    """What a cookie is worth."""

    FRESH = "fresh"  # nothing was written with it yet
    LIVE = "live"
    OVER = "over"  # ended by the exit, or idle for too long: never again


@dataclass(frozen=True)
class WebLine:
    """One bubble of the page."""

    seq: int
    author: Author
    kind: Kind
    body: Body
    at: datetime

    def __repr__(self) -> str:
        return f"<WebLine {self.seq}>"


@dataclass(frozen=True)
class Transcript:
    """What the page shows. `gap`: the line that the page knew last is gone (erased, hidden): it must begin anew.

    `disguised`: it is a page of harmless city information. `earlier`: the person came back by code and may ask for hidden lines.
    """

    conversation: ConversationId | None = None
    lines: tuple[WebLine, ...] = ()
    gap: bool = False
    disguised: bool = False
    earlier: bool = False


def name_of(store: Store, token: str) -> Identity:
    """The person's name on this channel; tells nothing of the cookie."""
    return Identity("session", hash_of(store, token).hex())


def standing(store: Store, token: str, idle: timedelta) -> Standing:
    """Look without being a sign of life."""
    with store.database.read() as connection:
        return _standing(connection, store, hash_of(store, token), idle)


def touch(store: Store, token: str, idle: timedelta) -> Standing:
    """The person did something on the page; a session that is over is closed for good."""
    token_hash = hash_of(store, token)
    with store.database.read() as connection:
        before = _standing(connection, store, token_hash, idle)
        seen = connection.execute(select(WebSession.seen_at).where(WebSession.token_hash == token_hash)).scalar()
        fresh = (ReturnCode.opened == token_hash, ReturnCode.arrived_at.is_(None))
        code = connection.execute(select(ReturnCode.code_hash).where(*fresh)).scalar()
    if before is Standing.OVER:
        end(store, token)
        return before
    if code is not None:  # the browser has its cookie: the code that brought it is worth nothing from now on
        with store.database.write() as connection:
            connection.execute(update(ReturnCode).where(ReturnCode.code_hash == code).values(arrived_at=store.now()))
    if before is Standing.LIVE and seen is not None and store.now() - seen > _TOUCH_EVERY:
        with store.database.write() as connection:
            connection.execute(update(WebSession).where(WebSession.token_hash == token_hash).values(seen_at=store.now()))
            present = conversation_of(connection, store, token)
            connection.execute(update(Conversation).where(Conversation.id == present).values(present_at=store.now()))
    return before


def open_for_writing(store: Store, token: str, idle: timedelta) -> bool:
    """Begin a fresh session or go on with a live one; False where it is over."""
    found = touch(store, token, idle)
    if found is Standing.FRESH:
        now = store.now()
        try:
            with store.database.write() as connection:
                connection.execute(insert(WebSession).values(token_hash=hash_of(store, token), created_at=now, seen_at=now))
        except IntegrityError:  # the same first form twice at once: the other began it, and may not have committed yet
            return standing(store, token, idle) is not Standing.OVER
    return found is not Standing.OVER


def end(store: Store, token: str) -> None:
    """The exit: nothing is shown for this cookie any more."""
    token_hash, now = hash_of(store, token), store.now()
    with store.database.write() as connection:
        connection.execute(
            update(WebSession).where(WebSession.token_hash == token_hash, WebSession.ended_at.is_(None)).values(ended_at=now)
        )


def transcript(store: Store, token: str, after: int = 0) -> Transcript:
    """The bubbles with a number above `after`, in order. The caller has looked at the standing."""
    with store.database.read() as connection:
        conversation = conversation_of(connection, store, token)
        if conversation is None:
            return Transcript(gap=after > 0)
        known = Message.conversation_id == conversation
        veil = connection.execute(_VEIL, {"which": conversation}).one()
        here = select(Message.seq).where(known, Message.seq == after, Message.seq > veil.shown_from)
        gap = after > 0 and (after < veil.shown_anew or connection.execute(here).first() is None)
        rows = connection.execute(
            select(Message.seq, Message.id, Message.author, Message.kind, Message.body, Message.sent_at)
            .outerjoin(Outbox, Outbox.message_id == Message.id)
            .where(known, Message.author != Author.NOTE, Message.seq > max(0 if gap else after, veil.shown_from))
            .where(Outbox.state.is_(None) | Outbox.state.not_in(_NOT_SHOWN))
            .order_by(Message.seq.desc())
            .limit(_LINES_AT_MOST)
        ).all()
        sealer = store.sealer(connection, conversation)
        lines = [WebLine(r.seq, Author(r.author), Kind(r.kind), unseal_body(sealer, r.id, r.body), r.sent_at) for r in reversed(rows)]
        earlier = _may_ask(connection, store, token, conversation, veil)
        return Transcript(conversation, tuple(lines), gap, disguised=veil.disguised_at is not None, earlier=earlier)


def hold_back(store: Store, token: str, delay: timedelta) -> None:
    """Too many lines at once: they are stored and screened, and the answer takes a little longer. Bounded, never refused."""
    with store.database.write() as connection:
        conversation = conversation_of(connection, store, token)
        row = connection.execute(
            select(Conversation.turn_due_at, Conversation.turn_since).where(Conversation.id == conversation).with_for_update()
        ).first()
        if row is None or row.turn_due_at is None:
            return
        due = min(store.now() + delay, (row.turn_since or store.now()) + _HELD_BACK_AT_MOST)
        if due > row.turn_due_at:
            connection.execute(update(Conversation).where(Conversation.id == conversation).values(turn_due_at=due))


def files_held(store: Store, token: str) -> int:
    """Bytes of files that this cookie's conversation has sent and that are still here."""
    with store.database.read() as connection:
        of_it = (Media.conversation_id == conversation_of(connection, store, token), Media.state == FileState.KEPT)
        return int(connection.execute(select(func.coalesce(func.sum(Media.size), 0)).where(*of_it)).scalar_one())


def opened_by_code(connection: Connection, store: Store, token: str) -> bool:
    """Whether this cookie was given for a code."""
    return connection.execute(select(ReturnCode.code_hash).where(ReturnCode.opened == hash_of(store, token))).first() is not None


def _may_ask(connection: Connection, store: Store, token: str, conversation: ConversationId, veil: Any) -> bool:
    if veil.shown_from == 0 or not opened_by_code(connection, store, token):
        return False
    hidden = (Message.conversation_id == conversation, Message.author != Author.NOTE, Message.seq <= veil.shown_from)
    something = connection.execute(select(Message.seq).where(*hidden).limit(1)).first() is not None
    return something and not safety.may_never_show(connection, veil, conversation)


def hash_of(store: Store, token: str) -> bytes:
    """`web_session.token_hash`."""
    return store.vault.lookup("web session", token)


def _standing(connection: Connection, store: Store, token_hash: bytes, idle: timedelta) -> Standing:
    row = connection.execute(select(WebSession.seen_at, WebSession.ended_at).where(WebSession.token_hash == token_hash)).first()
    if row is None:
        return Standing.FRESH
    return Standing.OVER if row.ended_at is not None or store.now() - row.seen_at > idle else Standing.LIVE


def conversation_of(connection: Connection, store: Store, token: str) -> ConversationId | None:
    """The conversation that was begun, or opened again, with this cookie."""
    name = name_of(store, token)
    value_hash = store.vault.lookup(f"address {Channel.WEBCHAT} {name.kind}", name.value)
    found = connection.execute(
        select(Address.conversation_id).where(
            Address.channel == Channel.WEBCHAT, Address.kind == name.kind, Address.value_hash == value_hash
        )
    ).scalar()
    return None if found is None else ConversationId(found)
