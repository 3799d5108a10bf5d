"""Coming back to a web chat by a code of words: made on request, worth one opening, slow to guess.

The office relies on it that only a keyed hash of a code is kept, that a code opens nothing after it was used, replaced or has
expired, that opening it ends every other browser's session, and that whoever comes back finds the transcript hidden.

A used code opens once more within ten minutes if the browser never showed the cookie that was given for it: the answer was lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from damping.casework.message import Author, Body, Channel, Identity
from damping.store import audit, conversations, events, inbox, outbox, safety, websessions
from damping.store.context import Store
from damping.store.tables import Address, Conversation, Message, WebSession
from damping.store.tables_return import ReturnCode, ReturnTry
from damping.store.websessions import Standing

_LOST_ANSWER = timedelta(minutes=10)
_REMEMBERED = timedelta(hours=1)
_FREE = 5
_LONGEST_S = 30
_FREE_FOR_ALL = 100
_LONGEST_FOR_ALL_S = 8
_COURSE = select(Conversation.__table__).where(Conversation.id == bindparam("which"))
_LOCKED = _COURSE.with_for_update()


@dataclass(frozen=True)
class Fresh:
    """A code about to be kept; `key` is what it is known by."""

    key: str
    lasts: timedelta

    def __repr__(self) -> str:
        return "<Fresh>"


@dataclass(frozen=True)
class Try:
    """A try that was counted; the right code is forgiven."""

    seq: int
    wait_s: int


def may_make(store: Store, token: str, idle: timedelta) -> bool:
    """Whether this browser's conversation may get a code: open, live, and nothing of it hidden at the moment."""
    with store.database.read() as connection:
        live = websessions.standing(store, token, idle) is Standing.LIVE
        return live and _is_open(connection.execute(_COURSE, {"which": websessions.conversation_of(connection, store, token)}).first())


def make(store: Store, token: str, idle: timedelta, fresh: Fresh) -> bool:
    """Keep a code for this browser's conversation in place of the one before; False where it may have none."""
    if websessions.standing(store, token, idle) is not Standing.LIVE:
        return False
    now = store.now()
    with store.database.write() as connection:
        row = connection.execute(_LOCKED, {"which": websessions.conversation_of(connection, store, token)}).first()
        if row is None or not _is_open(row):
            return False
        unused = (ReturnCode.conversation_id == row.id) & ReturnCode.used_at.is_(None)
        connection.execute(delete(ReturnCode).where(unused | (ReturnCode.expires_at < now)))
        code_hash = _code_hash(store, fresh.key)
        kept = {"code_hash": code_hash, "conversation_id": row.id, "made_at": now, "expires_at": now + fresh.lasts}
        connection.execute(insert(ReturnCode).values(**kept))
        audit.record(connection, store, "person", "return_code_made", row.id)
        return True


def redeem(store: Store, key: str, token: str) -> bool:
    """Open the code's conversation for a fresh cookie; False, and nothing more, for whatever opens nothing."""
    now = store.now()
    with store.database.write() as connection:
        code = connection.execute(select(ReturnCode).where(ReturnCode.code_hash == _code_hash(store, key)).with_for_update()).first()
        if code is None or not _opens(code, now):
            return False
        row = connection.execute(_LOCKED, {"which": code.conversation_id}).one()
        _move(connection, store, row, token)
        used = {"used_at": code.used_at or now, "opened": websessions.hash_of(store, token)}
        connection.execute(update(ReturnCode).where(ReturnCode.code_hash == code.code_hash).values(**used))
        conversations.change(connection, row.id, **safety.on_return(connection, store, row, row.id))
        audit.record(connection, store, "person", "returned_by_code", row.id)
        events.tell(connection, store, "returned_by_code", row.id)
        return True


def show_earlier(store: Store, token: str, idle: timedelta, question: Body) -> None:
    """The person asks for what was said before; where a word of his own must come first, the neutral question is put, once."""
    if websessions.standing(store, token, idle) is not Standing.LIVE:
        return
    with store.database.write() as connection:
        conversation = websessions.conversation_of(connection, store, token)
        if conversation is None or not websessions.opened_by_code(connection, store, token):
            return
        row = connection.execute(_LOCKED, {"which": conversation}).one()
        found, changes = safety.show_earlier(connection, store, row, conversation)
        if changes:
            conversations.change(connection, conversation, **changes)
            audit.record(connection, store, "person", "earlier_shown", conversation)
        elif found is safety.Shown.ASK and not _was_asked(connection, row):
            voice = outbox.Voice(conversation, Channel.WEBCHAT, store.opened(conversation, row.data_key), safety.guard_of(row))
            outbox.say(connection, store, voice, Author.SERVICE, question, neutral=True)


def delay_s(tries: int, of_all: int) -> int:
    """
    Seconds to wait before a code is looked at; the longer of the two.

    tries of one address in the last hour | wait             | tries of all | wait
    0 to 4                                | none             | below 100    | none
    5, 6, 7, 8                            | 2, 4, 8, 16 s    | 100, 200, 400 | 1, 2, 4 s
    9 and more                            | 30 s             | 800 and more | 8 s
    """
    own = 0 if tries < _FREE else min(_LONGEST_S, 2 ** min(tries - _FREE + 1, 5))
    everybody = 0 if of_all < _FREE_FOR_ALL else min(_LONGEST_FOR_ALL_S, 2 ** ((of_all // _FREE_FOR_ALL).bit_length() - 1))
    return max(own, everybody)


def count(store: Store, address: str) -> Try:
    """Count a try of this network address before it is looked at, so that many at once slow each other down too."""
    now, lane = store.now(), store.vault.lookup("return lane", address)
    with store.database.write() as connection:
        connection.execute(delete(ReturnTry).where(ReturnTry.at < now - _REMEMBERED))
        own = connection.execute(select(func.count()).select_from(ReturnTry).where(ReturnTry.lane_hash == lane)).scalar_one()
        of_all = connection.execute(select(func.count()).select_from(ReturnTry)).scalar_one()
        seq = connection.execute(insert(ReturnTry).values(lane_hash=lane, at=now).returning(ReturnTry.seq)).scalar_one()
    return Try(seq, delay_s(own, of_all))


def forgive(store: Store, tried: Try) -> None:
    """It was the right code: this try does not count."""
    with store.database.write() as connection:
        connection.execute(delete(ReturnTry).where(ReturnTry.seq == tried.seq))


def _opens(code: Row[ReturnCode], now: datetime) -> bool:
    if code.expires_at <= now:
        return False
    return code.used_at is None or (code.arrived_at is None and now - code.used_at < _LOST_ANSWER)


def _is_open(row: Row[tuple[object, ...]] | None) -> bool:
    """Neither hidden nor silenced nor unchecked: whoever sits there now else gets no key to it."""
    return row is not None and not safety.guard_of(row).closed


def _move(connection: Connection, store: Store, row: Row[tuple[object, ...]], token: str) -> None:
    """End every session of the conversation and begin this one."""
    now, sealer = store.now(), store.opened(row.id, row.data_key)
    names = [
        Identity("session", sealer.unseal_text("address.value", one.id, one.value))
        for one in connection.execute(
            select(Address.id, Address.value).where(Address.conversation_id == row.id, Address.kind == "session")
        ).all()
    ]
    hashes = [bytes.fromhex(name.value) for name in names]
    connection.execute(update(WebSession).where(WebSession.token_hash.in_(hashes), WebSession.ended_at.is_(None)).values(ended_at=now))
    connection.execute(insert(WebSession).values(token_hash=websessions.hash_of(store, token), created_at=now, seen_at=now))
    inbox.conversation_of(connection, store, Channel.WEBCHAT, [names[0], websessions.name_of(store, token)])


def _was_asked(connection: Connection, row: Row[tuple[object, ...]]) -> bool:
    """Whether the last thing said since the page is hidden is the service's own."""
    since = (Message.conversation_id == row.id, Message.seq > row.shown_from)
    last = connection.execute(select(Message.author).where(*since).order_by(Message.seq.desc()).limit(1)).scalar()
    return last == Author.SERVICE


def _code_hash(store: Store, key: str) -> bytes:
    return store.vault.lookup("return code", key)
