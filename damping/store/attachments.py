"""The files of a conversation as its page lists them; their bytes are reached by `damping.store.media_view` alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from damping.casework.files import FileState, Why
from damping.store.tables_media import Media


@dataclass(frozen=True)
class Attachment:
    """A file as the conversation's page shows it, before anybody has looked into it."""

    media: str
    kind: str
    state: FileState
    why: Why | None
    mime: str
    size: int
    shown: bool  # there is a copy for the page
    evidence_at: datetime | None
    evidence_by: str


def of(connection: Connection, conversation: str, names: Mapping[str, str]) -> dict[str, Attachment]:
    """The files of a conversation by message. The caller has the right to read."""
    rows = connection.execute(select(Media.__table__).where(Media.conversation_id == conversation))
    return {row.message_id: _attachment(row, names) for row in rows}


def _attachment(row: Row[Any], names: Mapping[str, str]) -> Attachment:
    return Attachment(
        media=row.id,
        kind=row.kind,
        state=FileState(row.state),
        why=Why(row.why) if row.why else None,
        mime=row.mime,
        size=row.size,
        shown=row.shown_size > 0,
        evidence_at=row.evidence_at,
        evidence_by=names.get(row.evidence_by or "", ""),
    )
