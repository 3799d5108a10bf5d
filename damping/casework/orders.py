"""What the dialogue asks the office to do. Imperatives; the engine sends them, the turn carries them out."""

from typing import Any

import msgspec

from rules.levels import Level


class Order(msgspec.Struct, frozen=True, tag_field="order"):
    """An order from the dialogue."""


class Escalate(Order, tag="escalate", frozen=True):
    """A human must look at once."""

    level: Level = Level.MERAH
    reasons: list[str] = []


class RecordAssessment(Order, tag="record_assessment", frozen=True):
    """Keep what the person told."""

    facts: dict[str, Any] = {}


class OpenCase(Order, tag="open_case", frozen=True):
    """The report is complete enough to become a case."""


class CallOfficer(Order, tag="call_officer", frozen=True):
    """The person asks for a human being."""


class ArrangeContact(Order, tag="arrange_contact", frozen=True):
    """How contact is safe: by which way, to which number, when, asking for whom, and what to say if somebody else answers."""

    way: str = ""
    number: str = ""
    hours: str = ""
    name: str = ""
    cover: str = ""


class Erase(Order, tag="erase", frozen=True):
    """The person wants what they wrote erased."""


class Withdraw(Order, tag="withdraw", frozen=True):
    """The person withdraws the report; an officer checks, nothing closes by itself."""


class Hush(Order, tag="hush", frozen=True):
    """Somebody reads along: write nothing more, tell the officers."""


AnyOrder = Escalate | RecordAssessment | OpenCase | CallOfficer | ArrangeContact | Erase | Withdraw | Hush
