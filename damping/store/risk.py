"""A conversation's level: only rises here. Lowering is an officer's act, with a reason (`takeover.lower_level`)."""

from sqlalchemy import Connection, bindparam, select

from damping.store import conversations, escalations, events
from damping.store.context import Store, seal_json, unseal_json
from damping.store.sealing import Sealer
from damping.store.tables import Conversation
from rules.levels import Level, highest

_RISK = select(Conversation.level, Conversation.reasons, Conversation.word).where(Conversation.id == bindparam("which"))


def raise_level(
    connection: Connection, store: Store, sealer: Sealer, conversation: str, level: Level, reasons: list[str], *, alarm: bool = False
) -> None:
    """Keep the higher level and every reason.

    before | now   | who has the word | bell
    other  | merah | anybody          | rings
    merah  | merah | the bot          | rings again: nobody is reading
    merah  | merah | an officer       | silent: somebody reads already
    any    | any   | anybody          | rings where `alarm` asks for it

    Raises nothing but what the database raises: an escalation is never swallowed.
    """
    row = connection.execute(_RISK, {"which": conversation}).one()
    before = Level(row.level)
    after = highest([before, level])
    known = unseal_json(sealer, "conversation.reasons", conversation, row.reasons, [])
    fresh = [reason for reason in reasons if reason not in known]
    if after is not before or fresh:
        sealed = seal_json(sealer, "conversation.reasons", conversation, known + fresh)
        conversations.change(connection, conversation, level=after, reasons=sealed)
        events.tell(connection, store, "level_raised", conversation)
    rises = before is not Level.MERAH
    if alarm or (level is Level.MERAH and (rises or row.word == "bot")):
        escalations.escalate(connection, store, sealer, conversation, level, reasons)
