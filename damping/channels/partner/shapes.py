"""What a partner sends and gets; `openapi.json` is made from these."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

TEXT_AT_MOST = 20_000
Own = Annotated[
    str,
    Meta(
        min_length=8, max_length=64, pattern="^[A-Za-z0-9._-]+$", description="The partner's own random id. Never a phone number or a name."
    ),
]


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Open a conversation. The same reference opens the same conversation."""

    reference: Own


class Opened(msgspec.Struct, frozen=True):
    """`code` is for the person alone: show it once, do not keep it."""

    conversation: str
    code: str
    opened_at: datetime


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A message of the person: words, or the id of a choice that was shown. Sent again with the same id, it is stored once."""

    id: Own
    text: Annotated[str, Meta(max_length=TEXT_AT_MOST)] = ""
    choice: Annotated[str, Meta(max_length=64)] = ""

    def __repr__(self) -> str:
        return "<Written>"


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the person is. `consent` is true only where the person agreed, for this time, to hand it over."""

    id: Own
    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]
    consent: bool

    def __repr__(self) -> str:
        return "<Place>"


class Stored(msgspec.Struct, frozen=True):
    """It is stored, and was looked at for danger. `id` is the partner's own."""

    id: str
    stored: Literal[True] = True


class ChoiceShown(msgspec.Struct, frozen=True):
    """One button."""

    id: str
    title: str


class Reply(msgspec.Struct, frozen=True):
    """A message for the person. `number` is the cursor; `id` stays the same when it is brought again."""

    number: int
    id: str
    sender: Literal["assistant", "officer", "service"]
    at: datetime
    text: str
    choices: list[ChoiceShown]


class Replies(msgspec.Struct, frozen=True):
    """Ask again with `after` set to `cursor`: what came before is then known as received and is kept no longer."""

    replies: list[Reply]
    cursor: int


class Brought(msgspec.Struct, frozen=True):
    """What is posted to the partner's webhook."""

    conversation: str
    reply: Reply


class CodeAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The person's code, as typed."""

    code: Annotated[str, Meta(min_length=8, max_length=40)]

    def __repr__(self) -> str:
        return "<CodeAsked>"


class ReportStanding(msgspec.Struct, frozen=True):
    """How the report stands, and nothing else."""

    status: Literal["diterima", "ditangani", "selesai"]
