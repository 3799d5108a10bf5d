"""Search in what an officer may read (`damping.store.glass`). All is sealed: the newest messages are opened and looked at one by one.

A line that is shown is a line that was read: each conversation found leaves its audit row. What was searched for is kept nowhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from damping.casework.ids import ConversationId
from damping.casework.message import Author, Channel
from damping.store import audit, glass
from damping.store.context import Store, unseal_body
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.sealing import Unsealable
from damping.store.tables import Conversation, Message
from rules.levels import Level

LETTERS_AT_LEAST = 3
_FOUND_AT_MOST = 30
_MESSAGES_AT_MOST = 40_000  # about half a second
_AROUND = 60


@dataclass(frozen=True)
class Found:
    """A conversation with the newest line that fits."""

    conversation: ConversationId
    channel: Channel
    level: Level
    author: Author
    sent_at: datetime
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Search:
    """What was found, newest first. `all_read`: False where older messages were left out."""

    found: tuple[Found, ...]
    all_read: bool


def search(store: Store, viewer: Viewer, words: str) -> Search:
    """Conversations in which all the words stand in one line, or whose short code begins so. Raises `NotFound`."""
    if viewer.role not in ON_DUTY:
        raise NotFound
    wanted = words.casefold().split()
    if len("".join(wanted)) < LETTERS_AT_LEAST:
        return Search((), True)
    with store.database.read() as connection:
        listed = select(
            Message.id, Message.conversation_id, Message.author, Message.body, Message.sent_at, Conversation.data_key, Conversation.channel,
            Conversation.level,
        )  # fmt: skip
        seen = listed.join(Conversation, Conversation.id == Message.conversation_id).where(
            glass.readable(store.now(), viewer.officer, viewer.role)
        )
        rows = connection.execute(seen.order_by(Message.seq.desc()).limit(_MESSAGES_AT_MOST)).all()
    found = _fitting(store, rows, wanted)
    with store.database.write() as connection:
        for conversation in found:
            audit.record(connection, store, viewer.officer, "conversation_found", conversation)
    return Search(tuple(found.values()), len(rows) < _MESSAGES_AT_MOST and len(found) < _FOUND_AT_MOST)


def _fitting(store: Store, rows: Sequence[Any], wanted: Sequence[str]) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for row in rows:
        if row.conversation_id in found:
            continue
        try:
            text = unseal_body(store.opened(row.conversation_id, row.data_key), row.id, row.body).text
        except (Unsealable, ValueError):  # a damaged cell hides one line, not the search
            continue
        place = _place(text, wanted)
        if place is None and not (len(wanted) == 1 and row.conversation_id.startswith(wanted[0])):
            continue
        found[row.conversation_id] = _found(row, text, place or (0, 0))
        if len(found) == _FOUND_AT_MOST:
            break
    return found


def _place(text: str, wanted: Sequence[str]) -> tuple[int, int] | None:
    """Where the first of the words stands, if all of them do."""
    places = [re.search(re.escape(word), text, re.IGNORECASE) for word in wanted]
    if not all(places) or places[0] is None:
        return None
    return places[0].span()


def _found(row: Any, text: str, place: tuple[int, int]) -> Found:
    start, end = place
    return Found(
        conversation=ConversationId(row.conversation_id),
        channel=Channel(row.channel),
        level=Level(row.level),
        author=Author(row.author),
        sent_at=row.sent_at,
        before=("…" if start > _AROUND else "") + text[max(0, start - _AROUND) : start],
        words=text[start:end],
        after=text[end : end + _AROUND] + ("…" if len(text) > end + _AROUND else ""),
    )
