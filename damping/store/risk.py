"""A conversation's level: only rises here. Lowering is an officer's act, with a reason (`takeover.lower_level`)."""

from sqlalchemy import Connection, bindparam, select

from damping.casework.ids import OfficerId
from damping.store import conversations, escalations, events, presence
from damping.store.context import Store, seal_json, unseal_json
from damping.store.sealing import Sealer
from damping.store.tables import Conversation
from rules.levels import Level, highest
from rules.word import READS_ALONG, bell_rings

_RISK = select(Conversation.level, Conversation.reasons, Conversation.holder).where(Conversation.id == bindparam("which"))


def raise_level(
    connection: Connection, store: Store, sealer: Sealer, conversation: str, level: Level, reasons: list[str], *, alarm: bool = False,
    seen_by: OfficerId | None = None,
) -> None:  # fmt: skip
    """Keep the higher level and every reason.

    The bell rings as `rules.word.bell_rings` says, and where `alarm` asks for it; not for a holder who saw it (`seen_by`): a silent one
    loses the word soon, and then it rings.

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
    if seen_by is not None and seen_by == row.holder:
        return
    reads = row.holder is not None and presence.reads(connection, store, conversation, row.holder, READS_ALONG)
    if alarm or bell_rings(before, level, bool(fresh), reads):
        escalations.escalate(connection, store, sealer, conversation, level, reasons)
