"""How a conversation is kept safe, as it stands in its row: hidden, silenced, unchecked after a gap; the person's own words; the contact.

The office relies on it that a safe word works in the transaction that stores it, before any worker or engine has read it,
and that what officers had written meanwhile is held, not lost.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select, update

from damping.casework import precautions
from damping.casework.message import Author, Channel, Delivery
from damping.casework.precautions import Change, Contact, Guard, OwnWords
from damping.store import audit, events, notices
from damping.store.context import Store
from damping.store.notices import NoticeKind
from damping.store.sealing import Sealer
from damping.store.tables import Conversation, Inbox, Message, Outbox
from rules import disguise

_WRONG_AT_LEAST = 2  # answers to the check that were not the word, before officers are told
_NEWEST = select(func.max(Message.seq)).where(Message.conversation_id == bindparam("which"))
_BEHIND = (
    update(Inbox)
    .where(Inbox.conversation_id == bindparam("which"), Inbox.state == "veiled")
    .values(state=bindparam("becomes"))
    .execution_options(synchronize_session=False)
)
_WAITS_BEHIND = select(Inbox.seq).where(Inbox.conversation_id == bindparam("which"), Inbox.state == "veiled").limit(1)
_OURS_WAITING = select(Outbox.seq).where(Outbox.conversation_id == bindparam("which"), Outbox.state == Delivery.HELD).limit(1)
_STANDING = select(
    Conversation.id,
    Conversation.data_key,
    Conversation.disguised_at,
    Conversation.stopped_at,
    Conversation.veiled_at,
    Conversation.gap_at,
    Conversation.own_words,
    Conversation.contact,
    Conversation.contact_at,
).where(Conversation.id == bindparam("which"))


@dataclass(frozen=True)
class Arrived:
    """One message of the person, just stored."""

    conversation: str
    channel: Channel
    text: str
    for_bot: bool


@dataclass(frozen=True)
class Agreed:
    """The contact contract as the desk shows it. `confirmed`: agreed since the last gap; else it must be asked again."""

    contact: Contact
    at: datetime
    confirmed: bool


@dataclass(frozen=True)
class Safety:
    """How a conversation is guarded at the moment, for the desk."""

    guard: Guard
    gap_at: datetime | None
    has_own_word: bool


def guard_of(row: Any) -> Guard:
    """From a conversation's row."""
    return Guard(row.disguised_at, row.stopped_at, row.veiled_at)


def own_words(sealer: Sealer, conversation: str, sealed: bytes | None) -> OwnWords:
    """Raises `Unsealable`."""
    return _opened(sealer, "conversation.own_words", conversation, sealed, OwnWords) or OwnWords()


def contact(sealer: Sealer, conversation: str, sealed: bytes | None) -> Contact | None:
    """Raises `Unsealable`."""
    return _opened(sealer, "conversation.contact", conversation, sealed, Contact)


def contact_of(connection: Connection, store: Store, conversation: str) -> Agreed | None:
    """What the person chose; None where nothing was chosen. The caller has the right to read, and records that it did."""
    row = connection.execute(_STANDING, {"which": conversation}).one()
    chosen = contact(store.opened(conversation, row.data_key), conversation, row.contact)
    if chosen is None or row.contact_at is None:
        return None
    return Agreed(chosen, row.contact_at, confirmed=row.gap_at is None or row.contact_at >= row.gap_at)


def safety_of(connection: Connection, store: Store, conversation: str) -> Safety:
    """For the desk; no word of it is told, only whether there is one."""
    row = connection.execute(_STANDING, {"which": conversation}).one()
    own = own_words(store.opened(conversation, row.data_key), conversation, row.own_words)
    return Safety(guard_of(row), row.gap_at, has_own_word=bool(own.hide))


def arrange(sealer: Sealer, conversation: str, chosen: Contact, now: datetime) -> dict[str, Any]:
    """The columns that keep a contact contract."""
    sealed = sealer.seal("conversation.contact", conversation, msgspec.json.encode(chosen))
    return {"contact": sealed, "contact_at": now}


def on_arrival(connection: Connection, store: Store, sealer: Sealer, row: Row[Any], arrived: Arrived) -> dict[str, Any]:
    """
    The columns that a new message changes.

    longer silent than a gap | the check is due, earlier lines are hidden, safety and contact are asked afresh
    a safe word, alone       | hidden, silenced or opened at once (`precautions.change`)
    a word chosen            | kept, sealed, unless the chat is hidden or unchecked
    no word where one is due | counted; twice, and officers learn that another may be writing
    """
    now, rules = store.now(), store.precautions
    own = own_words(sealer, arrived.conversation, row.own_words)
    guard = guard_of(row)
    changes: dict[str, Any] = {"present_at": now}
    gap = precautions.is_gap(rules, arrived.channel, row.present_at, now)
    if gap:
        changes |= _after_gap(connection, store, row, arrived.conversation)
        guard = replace(guard, veiled_at=changes["veiled_at"])
    if arrived.for_bot:
        said = disguise.last_said(arrived.text, precautions.words(rules, own))
        turned = precautions.change(guard, said, own)
        if turned is not None:
            return changes | _turned(connection, store, row, arrived.conversation, turned, own)
        kept = _noticed(connection, store, arrived, guard, own, first=gap)
        if kept is not None:
            changes["own_words"] = sealer.seal("conversation.own_words", arrived.conversation, msgspec.json.encode(kept))
    if connection.execute(_OURS_WAITING, {"which": arrived.conversation}).first() is not None and not guard.silent:
        changes["send_due_at"] = now  # the person is here: what waited for that may leave
    return changes


def silence(connection: Connection, store: Store, row: Row[Any], conversation: str) -> dict[str, Any]:
    """The columns that change where the person asked for silence in words of his own."""
    return _turned(connection, store, row, conversation, Change.SILENCED, None)


def hide_earlier(connection: Connection, conversation: str) -> dict[str, Any]:
    """The columns that take what was said so far off the web page."""
    return {"shown_from": connection.execute(_NEWEST, {"which": conversation}).scalar() or 0}


def on_return(connection: Connection, store: Store, row: Row[Any], conversation: str) -> dict[str, Any]:
    """The columns that change where the person opened the chat again by code: as after a gap, and nothing earlier is on the page."""
    changes = _after_gap(connection, store, row, conversation) | hide_earlier(connection, conversation)
    return changes | {"present_at": store.now()}


def may_never_show(connection: Connection, row: Any, conversation: str) -> bool:
    """Hidden, silenced, or waiting for an officer to decide on its erasure: no button brings earlier lines back."""
    return guard_of(row).silent or NoticeKind.ERASE_ASKED in notices.open_kinds(connection, conversation)


class Shown(StrEnum):
    """What became of the wish to see earlier lines."""

    SHOWN = "shown"
    ASK = "ask"  # a word of the person's own must be given first
    HIDDEN = "hidden"


def show_earlier(connection: Connection, store: Store, row: Row[Any], conversation: str) -> tuple[Shown, dict[str, Any]]:
    """
    Somebody who came back by code asks for the earlier lines; what happens, and the columns that change.

    the chat is           | a word of one's own | earlier lines
    hidden or silenced    | or not              | stay hidden
    to be erased          | or not              | stay hidden: an officer decides
    unchecked             | chosen              | stay hidden, the neutral question is asked
    unchecked             | none                | are shown: the code was the check
    open                  | or not              | are shown
    """
    guard = guard_of(row)
    if may_never_show(connection, row, conversation):
        return Shown.HIDDEN, {}
    if guard.veiled_at is None:
        return Shown.SHOWN, {"shown_from": 0}
    if own_words(store.opened(conversation, row.data_key), conversation, row.own_words).hide:
        return Shown.ASK, {}
    newest = connection.execute(_NEWEST, {"which": conversation}).scalar() or 0
    behind = connection.execute(_WAITS_BEHIND, {"which": conversation}).first() is not None
    due = {"turn_due_at": store.now(), "turn_since": store.now()} if behind else {}
    return Shown.SHOWN, _opened_again(connection, store, row, conversation, OwnWords(), newest) | due | {"shown_from": 0}


def _after_gap(connection: Connection, store: Store, row: Row[Any], conversation: str) -> dict[str, Any]:
    now = store.now()
    connection.execute(_BEHIND, {"which": conversation, "becomes": "done"})
    if row.word == "officer":
        notices.raise_notice(connection, store, NoticeKind.AFTER_GAP, conversation)
    # the line that ended the gap is stored already, and may be shown
    earlier = connection.execute(_NEWEST.where(Message.stored_at < now), {"which": conversation}).scalar() or 0
    events.tell(connection, store, "gap_found", conversation)
    return {"gap_at": now, "veiled_at": row.veiled_at or now, "afresh": True, "shown_from": max(row.shown_from, earlier)}


def _turned(connection: Connection, store: Store, row: Row[Any], conversation: str, turned: Change, own: OwnWords | None) -> dict[str, Any]:
    now = store.now()
    newest = connection.execute(_NEWEST, {"which": conversation}).scalar() or 0
    events.tell(connection, store, f"chat_{turned.value}", conversation)
    if turned is Change.OPENED:
        return _opened_again(connection, store, row, conversation, own or OwnWords(), newest)
    _hold_ours(connection, store, conversation)
    if turned is Change.HIDDEN:
        notices.raise_notice(connection, store, NoticeKind.DISGUISED, conversation)
        return {"disguised_at": now, "shown_from": newest}
    notices.raise_notice(connection, store, NoticeKind.HUSH, conversation)
    notices.resolve(connection, store, conversation, NoticeKind.DISGUISED)
    return {
        "stopped_at": now,
        "veiled_at": row.veiled_at or now,
        "disguised_at": None,
        "afresh": True,
        "shown_from": newest,
        "wants_officer": True,
    }


def _opened_again(connection: Connection, store: Store, row: Row[Any], conversation: str, own: OwnWords, newest: int) -> dict[str, Any]:
    """With a word of one's own all is shown again, but for what is to be erased; lines written behind the check may be another's: they
    stay with the officers.

    Without one a plain 'lanjut' opened it: earlier lines stay hidden, and what was just written is answered.
    """
    notices.resolve(connection, store, conversation, NoticeKind.DISGUISED, NoticeKind.AFTER_GAP)
    to_be_erased = NoticeKind.ERASE_ASKED in notices.open_kinds(connection, conversation)
    connection.execute(_BEHIND, {"which": conversation, "becomes": "done" if own.hide else "pending"})
    free = Delivery.SENT if row.channel == Channel.WEBCHAT else Delivery.READY
    held = (Outbox.conversation_id == conversation, Outbox.state == Delivery.HELD)
    connection.execute(update(Outbox).where(*held).values(state=free, held_for=None, changed_at=store.now()))
    return {
        "disguised_at": None,
        "stopped_at": None,
        "veiled_at": None,
        "shown_from": 0 if own.hide and not to_be_erased else row.shown_from,
        "shown_anew": newest,
        "send_due_at": store.now(),
    }


def _hold_ours(connection: Connection, store: Store, conversation: str) -> None:
    """What the bot had not sent stays unsaid; an officer's words wait (`outbox` holds them)."""
    bots = (Outbox.author.in_((Author.BOT, Author.SERVICE)), Outbox.state.in_((Delivery.READY, Delivery.HELD)))
    connection.execute(
        update(Outbox).where(Outbox.conversation_id == conversation, *bots).values(state=Delivery.CANCELLED, changed_at=store.now())
    )


def _noticed(connection: Connection, store: Store, arrived: Arrived, guard: Guard, own: OwnWords, *, first: bool) -> OwnWords | None:
    """The person's words as they change by this message: one chosen, or one given wrong."""
    if guard.closed:
        if not own.hide or first or guard.disguised_at is not None:
            return None
        wrong = own.wrong + 1
        if wrong >= _WRONG_AT_LEAST:
            notices.raise_notice(connection, store, NoticeKind.OTHER_WRITER, arrived.conversation)
        return msgspec.structs.replace(own, wrong=wrong)
    chosen = chosen_in(arrived.text, store, own)
    if chosen is None or not chosen.word:
        return None
    audit.record(connection, store, "person", "safe_word_chosen", arrived.conversation)
    events.tell(connection, store, "safe_word_chosen", arrived.conversation)
    return msgspec.structs.replace(own, **{"stop" if chosen.stop else "hide": chosen.word})


def chosen_in(text: str, store: Store, own: OwnWords) -> disguise.Choice | None:
    """The last line of a text that chooses a safe word, or asks how to."""
    counted = precautions.words(store.precautions, own)
    return next((found for line in reversed(text.splitlines()) if (found := disguise.choice(line, counted)) is not None), None)


def _opened[S](sealer: Sealer, place: str, row: str, sealed: bytes | None, kind: type[S]) -> S | None:
    return None if sealed is None else msgspec.json.decode(sealer.unseal(place, row, sealed), type=kind)
