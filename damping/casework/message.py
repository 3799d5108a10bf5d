"""What a person, the bot or an officer said, in one shape for every channel.

`repr` shows kinds only: a message's words never reach a log by accident.
"""

from enum import StrEnum
from typing import Any

import msgspec


class Channel(StrEnum):
    """By which way a person writes to the office."""

    WHATSAPP = "whatsapp"  # Meta's Cloud API
    WEBCHAT = "webchat"  # the city's own page
    PARTNER = "partner"  # another app of the city, by the partner API


class Author(StrEnum):
    """Who said it."""

    PERSON = "person"  # the one who writes to the office
    BOT = "bot"  # the assistant
    OFFICER = "officer"  # a human of the office, to the person
    NOTE = "note"  # an officer's note, never sent
    SERVICE = "service"  # a fixed text of the service itself


class Kind(StrEnum):
    """What sort of message it is."""

    TEXT = "text"
    BUTTON = "button"  # a pressed choice; `button` holds its id
    LOCATION = "location"
    MEDIA = "media"  # picture, voice note, video, document, sticker
    REACTION = "reaction"
    EDIT = "edit"  # the person changed an earlier message
    REVOKE = "revoke"  # the person deleted an earlier message
    CONTACT = "contact"
    TEMPLATE = "template"  # of ours: a neutral text that the channel has approved, for when free words may not be sent
    UNKNOWN = "unknown"  # a kind this version does not know; kept raw


class Choice(msgspec.Struct, frozen=True):
    """One button under a message."""

    id: str
    title: str


class Body(msgspec.Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True):
    """The content of a message; everything in it is sealed at rest."""

    text: str = ""
    button: str = ""
    choices: tuple[Choice, ...] = ()
    media: dict[str, Any] | None = None  # id, mime_type, sha256, voice, filename as the channel gave them
    place: dict[str, float] | None = None  # latitude, longitude in degrees
    refers_to: str = ""  # the channel's id of the message that this one changes or reacts to
    response: str = ""  # name of the spoken response, for the desk and tests
    forwarded: bool = False  # the person passed on what somebody else wrote
    template: str = ""  # the channel's name of the approved text that this is

    def __repr__(self) -> str:
        return "<Body>"


class Identity(msgspec.Struct, frozen=True):
    """One name under which a channel knows a person: (`wa_id`, `6281…`), (`bsuid`, `ID.…`), (`session`, …)."""

    kind: str
    value: str

    def __repr__(self) -> str:
        return f"<Identity {self.kind}>"


class Inbound(msgspec.Struct, frozen=True):
    """One message as a channel delivered it.

    `external_id` is the channel's own id, unique a message; `identities` the names of the sender, best first;
    `sent_at` seconds since 1970 by the channel's clock.
    """

    channel: Channel
    external_id: str
    identities: tuple[Identity, ...]
    kind: Kind
    body: Body
    sent_at: int

    def __repr__(self) -> str:
        return f"<Inbound {self.channel} {self.kind}>"


class Delivery(StrEnum):
    """How far a message of ours has come. Ordered by `rank`; see `damping.store.outbox`."""

    READY = "ready"  # waits to be sent
    SENDING = "sending"  # a sender has it
    UNKNOWN = "unknown"  # sent, but no answer came: a status will tell
    SENT = "sent"  # the channel took it
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"  # the channel refused it for good
    DEAD = "dead"  # given up after the last try; an officer is told
    CANCELLED = "cancelled"  # an officer took the word before it left
    HELD = "held"  # waits for a safe hour, or for the person: damping.casework.precautions.Hold says why

    @property
    def rank(self) -> int:
        """Order of progress; a later status never falls back to an earlier one."""
        return _RANKS.get(self, 0)


_RANKS = {Delivery.SENT: 1, Delivery.FAILED: 2, Delivery.DELIVERED: 3, Delivery.READ: 4}


class Status(msgspec.Struct, frozen=True):
    """What a channel says about a message of ours. `outbox_id` is our own id where the channel echoes it."""

    channel: Channel
    provider_id: str
    outbox_id: str
    delivery: Delivery
    error_code: int = 0
    again: bool = False  # it failed for a reason that passes: it may be sent once more
