"""What officers are doing in one conversation and have written about it: for the page of the one who looks."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from damping.casework.ids import OfficerId
from damping.store import drafts, numbers, officers, presence, promises, safety, sheet, waiting_replies
from damping.store.context import Store
from damping.store.drafts import Box
from damping.store.numbers import Number
from damping.store.officers import Role
from damping.store.promises import Made
from damping.store.safety import Agreed
from damping.store.sealing import Sealer
from damping.store.sheet import Sheet
from damping.store.tables import Officer
from damping.store.waiting_replies import Waiting


@dataclass(frozen=True)
class Colleague:
    """An officer to whom a conversation may be given."""

    officer: OfficerId
    name: str
    at_desk: bool


@dataclass(frozen=True)
class Reader:
    """An officer who has this conversation on the screen."""

    officer: OfficerId
    name: str
    types: bool


@dataclass(frozen=True)
class Work:
    """Everything but the transcript."""

    readers: tuple[Reader, ...]  # without the one who looks
    waiting: tuple[Waiting, ...]
    drafts: Mapping[Box, str]  # of the one who looks
    sheet: Sheet
    promises: tuple[Made, ...]
    numbers: tuple[Number, ...]  # hidden
    contact: Agreed | None  # how the person may be reached
    colleagues: tuple[Colleague, ...]
    names: Mapping[str, str]


def of(connection: Connection, store: Store, sealer: Sealer, conversation: str, viewer: OfficerId) -> Work:
    """The caller has the right to read, and records that it did."""
    names = officers.names(connection, store)
    return Work(
        readers=readers(connection, store, conversation, viewer, names),
        waiting=waiting_replies.waiting(connection, sealer, conversation),
        drafts=drafts.of(connection, sealer, conversation, viewer),
        sheet=sheet.of(connection, sealer, conversation),
        promises=promises.of(connection, sealer, conversation),
        numbers=numbers.hidden(connection, sealer, conversation),
        contact=safety.contact_of(connection, store, conversation),
        colleagues=_colleagues(connection, store, viewer, names),
        names=names,
    )


def readers(connection: Connection, store: Store, conversation: str, viewer: OfficerId, names: Mapping[str, str]) -> tuple[Reader, ...]:
    """Who else has a conversation on the screen, by name."""
    found = presence.here(connection, store, conversation)
    return tuple(Reader(one.officer, names.get(one.officer, ""), one.types) for one in found if one.officer != viewer)


def _colleagues(connection: Connection, store: Store, viewer: OfficerId, names: Mapping[str, str]) -> tuple[Colleague, ...]:
    speak = (Officer.role.in_((Role.PETUGAS, Role.SUPERVISOR)), Officer.disabled_at.is_(None), Officer.id != viewer)
    there = presence.at_desk(connection, store)
    found = [
        Colleague(OfficerId(one), names.get(one, ""), one in there)
        for one in connection.execute(select(Officer.id).where(*speak)).scalars()
    ]
    return tuple(sorted(found, key=lambda one: (not one.at_desk, one.name)))
