"""Labels: a few words of the office's own by which officers sort conversations. Made and retired by supervisors."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.ids import ConversationId, new_id
from damping.store import audit, events, glass
from damping.store.context import Store
from damping.store.desk import ON_DUTY, NotFound, Viewer
from damping.store.officers import Role
from damping.store.tables_duty import ConversationLabel, LabelRow

NAME_AT_MOST = 40


class NoName(Exception):
    """A label needs a short name of its own."""


@dataclass(frozen=True)
class Label:
    """A label as the pages show it."""

    id: str
    name: str


def every(store: Store, viewer: Viewer) -> tuple[Label, ...]:
    """Those in use, by name. Raises `NotFound`."""
    _must_be_on_duty(viewer)
    with store.database.read() as connection:
        return _all(connection, store)


def add(store: Store, viewer: Viewer, name: str) -> None:
    """A new one. Raises `NoName` for none, a long one, or one that is there; `NotFound`."""
    _must_lead(viewer)
    name, fresh = " ".join(name.split()), new_id()
    if not name or len(name) > NAME_AT_MOST:
        raise NoName
    with store.database.write() as connection:
        if any(known.name.casefold() == name.casefold() for known in _all(connection, store)):
            raise NoName
        sealed = store.vault.office.seal_text("label.name", fresh, name)
        connection.execute(insert(LabelRow).values(id=fresh, name=sealed, made_at=store.now()))
        audit.record(connection, store, viewer.officer, "label_made", fresh)


def retire(store: Store, viewer: Viewer, label: str) -> None:
    """Not offered any more, and taken off all conversations. Raises `NotFound`."""
    _must_lead(viewer)
    with store.database.write() as connection:
        gone = update(LabelRow).where(LabelRow.id == label, LabelRow.removed_at.is_(None)).values(removed_at=store.now())
        if not connection.execute(gone).rowcount:
            raise NotFound
        connection.execute(delete(ConversationLabel).where(ConversationLabel.label_id == label))
        audit.record(connection, store, viewer.officer, "label_retired", label)
        events.tell(connection, store, "labels_changed")


def put(store: Store, viewer: Viewer, conversation: ConversationId, label: str, *, on: bool) -> None:
    """Put a label on a conversation that the viewer may read, or take it off. Raises `NotFound` for an unknown one, too."""
    _must_be_on_duty(viewer)
    same = (ConversationLabel.conversation_id == conversation, ConversationLabel.label_id == label)
    try:
        with store.database.write() as connection:
            here = glass.may_read(connection, store, viewer.officer, viewer.role, conversation)
            if not here or label not in {known.id for known in _all(connection, store)}:
                raise NotFound
            there = connection.execute(select(ConversationLabel.at).where(*same)).first() is not None
            if there == on:
                return
            if on:
                row = {"conversation_id": conversation, "label_id": label, "by_id": viewer.officer, "at": store.now()}
                connection.execute(insert(ConversationLabel).values(**row))
            else:
                connection.execute(delete(ConversationLabel).where(*same))
            audit.record(connection, store, viewer.officer, "label_put" if on else "label_taken_off", conversation)
            events.tell(connection, store, "labels_changed", conversation)
    except IntegrityError:  # a colleague put the same one on at this moment
        return


def of(store: Store, viewer: Viewer, conversations: Collection[str]) -> Mapping[str, tuple[Label, ...]]:
    """The labels of some conversations. Raises `NotFound`."""
    _must_be_on_duty(viewer)
    with store.database.read() as connection:
        known = {label.id: label for label in _all(connection, store)}
        return {one: tuple(known[i] for i in on if i in known) for one, on in _on(connection, conversations).items()}


def _on(connection: Connection, conversations: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    wanted = select(ConversationLabel.conversation_id, ConversationLabel.label_id).where(
        ConversationLabel.conversation_id.in_(conversations)
    )
    for row in connection.execute(wanted.order_by(ConversationLabel.at, ConversationLabel.label_id)):
        found.setdefault(row.conversation_id, []).append(row.label_id)
    return found


def _all(connection: Connection, store: Store) -> tuple[Label, ...]:
    rows = connection.execute(select(LabelRow.id, LabelRow.name).where(LabelRow.removed_at.is_(None))).all()
    office = store.vault.office
    return tuple(
        sorted((Label(row.id, office.unseal_text("label.name", row.id, row.name)) for row in rows), key=lambda one: one.name.casefold())
    )


def _must_be_on_duty(viewer: Viewer) -> None:
    if viewer.role not in ON_DUTY:
        raise NotFound


def _must_lead(viewer: Viewer) -> None:
    if viewer.role is not Role.SUPERVISOR:
        raise NotFound
