"""A neutral text outside the window: said by the holder, once until the person writes, and only where contact is safe."""

from damping.casework.ids import ConversationId, MessageId, OfficerId
from damping.casework.message import Author, Body
from damping.casework.precautions import Hold
from damping.casework.templates import Template
from damping.store import audit, outbox, presence, window
from damping.store.context import Store
from damping.store.holders import must_hold


class Unsafe(Exception):
    """Contact now was not agreed to, or not agreed at all."""

    def __init__(self, why: Hold) -> None:
        super().__init__(why)
        self.why = why


class NotNow(Exception):
    """The window is open, or the person was asked already and has not written since."""


def send(store: Store, conversation: ConversationId, officer: OfficerId, template: Template) -> MessageId:
    """It leaves now, or at the hour that the person chose. Raises `NotTheHolder`, `Unsafe`, `NotNow`."""
    with store.database.write() as connection:
        row = must_hold(connection, conversation, officer)
        now = window.of(connection, store, row)
        if now.open or now.asked:
            raise NotNow
        if now.unsafe is not None:
            raise Unsafe(now.unsafe)
        body = Body(text=template.text, template=template.name)
        message = outbox.put(connection, store, conversation, Author.OFFICER, body, officer)
        presence.sign(connection, store, officer, conversation)
        audit.record(connection, store, officer, "template_sent", conversation)
        return message
