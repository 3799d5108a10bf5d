"""One turn, decided: from what the engine answered to what the office does. Pure.

The office relies on it that a level only rises, that urgent words are never erased by a message alone,
and that a turn which failed is never presented as done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from damping.casework.dialogue import Spoken, TurnAnswered, Understood
from damping.casework.message import Body, Choice
from damping.casework.orders import AnyOrder, ArrangeContact, CallOfficer, Erase, Escalate, Hush, OpenCase, RecordAssessment, Withdraw
from damping.casework.precautions import Contact
from rules.levels import Level, highest


@dataclass(frozen=True)
class TurnOutcome:
    """What is stored, said and done after a turn."""

    state: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    replies: tuple[Body, ...] = ()
    level: Level = Level.HIJAU  # of this turn; the conversation keeps its highest
    reasons: tuple[str, ...] = ()
    alarm: bool = False  # ring even where the level was as high before
    wants_officer: bool = False
    notices: tuple[str, ...] = ()
    open_case: bool = False
    erase: bool = False
    not_erased: Body | None = None  # said instead, where something urgent came in while the turn was computed
    given_up: bool = False
    hush: bool = False  # after the replies nothing more is sent
    contact: Contact | None = None  # newly arranged
    late: Body | None = None  # added where an officer who was called long ago is late
    noted: Body | None = None  # said instead, where an officer left the assistant only that: `casework.bot_speech`
    keeps: bool = False  # lines written behind the check wait there for it to be passed


def decide(
    answer: TurnAnswered, level_so_far: Level, not_erased: Body | None = None, known: Mapping[str, Any] | None = None
) -> TurnOutcome:
    """`known`: the facts before this turn.

    order             | what the office does
    escalate          | rings; the level rises to the order's
    record_assessment | facts kept
    open_case         | a case is opened, once
    call_officer      | the conversation asks for a human
    erase             | never urgent: erased now; urgent: an officer decides
    withdraw          | an officer is told; nothing closes
    hush              | officers are told that somebody reads along, and nothing more is sent
    arrange_contact   | the contract that outbox and desk obey
    (a changed style) | officers are told that another may be writing, once
    """
    understood, orders = answer.understood, answer.orders
    escalations = [order for order in orders if isinstance(order, Escalate)]
    level = highest([understood.danger, *(order.level for order in escalations)])
    urgent = highest([level, level_so_far]) is Level.MERAH
    asked = _asked_of_officers(orders, urgent)
    noted = {"other_writer": bool(answer.facts.get("style_changed")) and not (known or {}).get("style_changed")}
    erase = any(isinstance(order, Erase) for order in orders) and not urgent
    return TurnOutcome(
        state=None if erase else answer.state,
        facts={} if erase else _facts(answer),
        replies=tuple(spoken_body(reply) for reply in answer.replies),
        level=level,
        reasons=_reasons(understood, escalations),
        alarm=any(order.level is Level.MERAH for order in escalations) and level_so_far is not Level.MERAH,
        wants_officer=any(asked.values()) or urgent,
        notices=tuple(kind for kind, so in (asked | noted).items() if so),
        open_case=any(isinstance(order, OpenCase) for order in orders) and not erase,
        erase=erase,
        not_erased=not_erased,
        hush=asked["hush"],
        contact=None if erase else _contact(orders),
    )


def _asked_of_officers(orders: Sequence[AnyOrder], urgent: bool) -> dict[str, bool]:
    """Which notices the orders raise."""
    given = {type(order) for order in orders}
    return {
        "call_officer": CallOfficer in given,
        "withdraw": Withdraw in given,
        "hush": Hush in given,
        "erase_asked": Erase in given and urgent,
    }


def _facts(answer: TurnAnswered) -> dict[str, Any]:
    """What the slots hold, and what was ordered to be recorded."""
    facts = dict(answer.facts)
    for order in answer.orders:
        if isinstance(order, RecordAssessment):
            facts |= order.facts
    return facts


def _contact(orders: Sequence[AnyOrder]) -> Contact | None:
    chosen = [order for order in orders if isinstance(order, ArrangeContact)]
    return Contact(*msgspec.structs.astuple(chosen[-1])) if chosen else None


def give_up(safe_reply: Body | None, heard: TurnOutcome) -> TurnOutcome:
    """A turn that fails again and again while the engine is well: an officer reads it, later messages flow.

    `heard`: the danger that was understood all the same.
    """
    replies = (safe_reply,) if safe_reply is not None else ()
    return replace(heard, replies=replies, wants_officer=True, notices=("turn_failed",), given_up=True)


def screened(understood: Sequence[Understood]) -> TurnOutcome:
    """What was understood without a turn: only the level and its reasons."""
    level = highest([one.danger for one in understood])
    reasons = dict.fromkeys(reason for one in understood for reason in _reasons(one, []))
    return TurnOutcome(level=level, reasons=tuple(reasons))


def spoken_body(reply: Spoken) -> Body:
    """A bubble of the bot as a message."""
    return Body(text=reply.text, choices=tuple(Choice(b.id, b.title) for b in reply.buttons), response=reply.response)


_BESIDE_BUTTONS, _ALONE, _BUTTONS = 1024, 4096, 3  # WhatsApp's measures


def joined(replies: Sequence[Body]) -> tuple[Body, ...]:
    """Bubbles of one turn as one message where a channel charges, and may shuffle, each; the last one's choices stay last.

    Bubbles that do not fit together stay apart: 1,024 characters beside buttons, 4,096 alone or over a list.
    """
    kept: list[Body] = []
    for body in replies:
        before = kept[-1] if kept else None
        longest = _BESIDE_BUTTONS if 0 < len(body.choices) <= _BUTTONS else _ALONE
        if before is not None and not before.choices and len(before.text) + len(body.text) + 2 <= longest:
            kept[-1] = msgspec.structs.replace(body, text=f"{before.text}\n\n{body.text}")
        else:
            kept.append(body)
    return tuple(kept)


def _reasons(understood: Understood, escalations: list[Escalate]) -> tuple[str, ...]:
    told = [hint.reason for hint in understood.danger_by if hint.level is not Level.HIJAU]
    told += [reason for order in escalations for reason in order.reasons]
    return tuple(dict.fromkeys(told))
