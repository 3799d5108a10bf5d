"""A human must look: stored in the transaction of whatever caused it, ringing until somebody acknowledges."""

from sqlalchemy import Connection, insert, select, update

from damping.casework.ids import OfficerId, new_id
from damping.store import events
from damping.store.context import Store, seal_json, unseal_json
from damping.store.sealing import Sealer
from damping.store.tables import Escalation
from rules.levels import Level


def escalate(connection: Connection, store: Store, sealer: Sealer, conversation: str, level: Level, reasons: list[str]) -> None:
    """Raise one, or add the reasons to the one that rings already."""
    ringing = connection.execute(
        select(Escalation.id, Escalation.reasons).where(Escalation.conversation_id == conversation, Escalation.acknowledged_at.is_(None))
    ).first()
    if ringing is None:
        fresh = new_id()
        connection.execute(
            insert(Escalation).values(
                id=fresh,
                conversation_id=conversation,
                level=level,
                reasons=seal_json(sealer, "escalation.reasons", fresh, reasons),
                raised_at=store.now(),
            )
        )
        events.tell(connection, store, "case_escalated", conversation)
        return
    known = unseal_json(sealer, "escalation.reasons", ringing.id, ringing.reasons, [])
    joined = known + [reason for reason in reasons if reason not in known]
    if joined != known:
        sealed = seal_json(sealer, "escalation.reasons", ringing.id, joined)
        connection.execute(update(Escalation).where(Escalation.id == ringing.id).values(reasons=sealed))


def acknowledge(connection: Connection, store: Store, conversation: str, officer: OfficerId) -> None:
    """An officer has it: the bell stops."""
    changed = connection.execute(
        update(Escalation)
        .where(Escalation.conversation_id == conversation, Escalation.acknowledged_at.is_(None))
        .values(acknowledged_at=store.now(), acknowledged_by=officer)
    )
    if changed.rowcount:
        events.tell(connection, store, "escalation_acknowledged", conversation)


def ringing(connection: Connection) -> list[str]:
    """Conversations whose bell rings, longest first."""
    rows = connection.execute(select(Escalation.conversation_id).where(Escalation.acknowledged_at.is_(None)).order_by(Escalation.raised_at))
    return [conversation for (conversation,) in rows]
