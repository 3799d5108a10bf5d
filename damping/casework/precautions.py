"""How a conversation is kept safe from whoever else may hold the phone: disguise, silence, the check after a gap, safe hours. Pure.

The office relies on it that nothing is sent into a chat that was hidden or silenced but what the hiding asks for, that nobody
is written to outside the hours of his choice, and that a hidden or unchecked chat still rings for danger.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from damping.casework.message import Channel
from rules import safe_hours
from rules.disguise import Said, Words

_GAPS = {Channel.WHATSAPP: timedelta(hours=1), Channel.WEBCHAT: timedelta(minutes=10), Channel.PARTNER: timedelta(hours=1)}


@dataclass(frozen=True)
class Precautions:
    """What the office sets (`config/office.yml`, safety)."""

    safe_word: str = ""
    stop_word: str = ""
    gaps: Mapping[Channel, timedelta] = field(default_factory=lambda: dict(_GAPS))
    quiet: timedelta = timedelta(minutes=5)  # after a stop not even the neutral check is sent
    live: timedelta = timedelta(minutes=10)  # who wrote within this reads now
    late: timedelta = timedelta(minutes=10)  # an officer who was called longer ago is late
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))


class OwnWords(msgspec.Struct, frozen=True, omit_defaults=True):
    """The person's own words, and how often something else was given instead."""

    hide: str = ""
    stop: str = ""
    wrong: int = 0

    def __repr__(self) -> str:
        return "<OwnWords>"


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """How contact is safe, in the person's own choice."""

    way: str = ""  # chat, telepon, jangan
    number: str = ""
    hours: str = ""
    name: str = ""  # by which name to ask
    cover: str = ""  # what to say if somebody else answers

    def __repr__(self) -> str:
        return "<Contact>"


@dataclass(frozen=True)
class Guard:
    """What is hidden at the moment; None for what is not."""

    disguised_at: datetime | None = None
    stopped_at: datetime | None = None
    veiled_at: datetime | None = None  # since then the check has not been passed

    @property
    def silent(self) -> bool:
        """Whether only neutral words may leave."""
        return self.disguised_at is not None or self.stopped_at is not None

    @property
    def closed(self) -> bool:
        """Whether the dialogue may not see or say anything."""
        return self.silent or self.veiled_at is not None


class Change(StrEnum):
    """What a word does."""

    HIDDEN = "hidden"
    SILENCED = "silenced"
    OPENED = "opened"


def change(guard: Guard, said: Said | None, own: OwnWords) -> Change | None:
    """
    the word           | open     | in disguise                       | silenced or unchecked
    a stop word        | silenced | silenced                          | silenced
    the person's own   | hidden   | opened                            | opened
    the office's       | hidden   | opened, if the person has no word | hidden
    'lanjut'           | nothing  | nothing                           | opened, if the person has no word
    """
    if said is Said.STOP:
        return Change.SILENCED
    if said is Said.OWN:
        return Change.OPENED if guard.closed else Change.HIDDEN
    if said is Said.OFFICE and guard.disguised_at is None:
        return Change.HIDDEN
    if said is Said.OFFICE or (said is Said.GO_ON and guard.closed and guard.disguised_at is None):
        return None if own.hide else Change.OPENED
    return None


def words(precautions: Precautions, own: OwnWords) -> Words:
    """All words that count in a conversation."""
    return Words(precautions.safe_word, precautions.stop_word, own.hide, own.stop)


def is_gap(precautions: Precautions, channel: Channel, before: datetime | None, now: datetime) -> bool:
    """Whether somebody else may have taken the phone since the last sign of life."""
    limit = precautions.gaps.get(channel)
    return before is not None and limit is not None and now - before > limit


class Hold(StrEnum):
    """Why one of our messages waits; the desk has words for each."""

    DISGUISED = "disguised"  # the chat is hidden behind city information
    STOPPED = "stopped"  # the person asked for silence
    NO_CONTACT = "no_contact"  # the person wants no contact
    PHONE_ONLY = "phone_only"  # only a call was agreed
    NO_SAFE_TIME = "no_safe_time"  # no safe time was chosen, and the person wrote too long ago
    OUTSIDE_HOURS = "outside_hours"
    HOURS_UNCLEAR = "hours_unclear"  # chosen in words that no rule can read: 'kalau dia kerja'


@dataclass(frozen=True)
class Held:
    """A message waits, until a time or until something happens."""

    why: Hold
    until: datetime | None = None


def may_leave(
    precautions: Precautions, channel: Channel, contact: Contact | None, last_person_at: datetime | None, now: datetime
) -> Held | None:
    """
    the person wrote                            | a message of ours
    within the last minutes                     | leaves
    longer ago, safe hours chosen, now in them  | leaves
    longer ago, outside them                    | waits for them
    longer ago, hours that nobody can read      | waits for the person
    longer ago, contact refused or only by call | waits for the person
    before a gap, nothing chosen                | waits for the person: the office never speaks first
    less long ago, nothing chosen               | leaves: it is an answer
    """
    ago = now - last_person_at if last_person_at is not None else timedelta.max
    if ago <= precautions.live or channel is Channel.WEBCHAT:  # a web page shows nothing to somebody who is not there
        return None
    if contact is not None and contact.way == "jangan":
        return Held(Hold.NO_CONTACT)
    if contact is not None and contact.way == "telepon":
        return Held(Hold.PHONE_ONLY)
    if contact is None or not contact.hours:
        return None if ago <= precautions.gaps.get(channel, timedelta(0)) else Held(Hold.NO_SAFE_TIME)
    chosen = safe_hours.hours(contact.hours)
    if chosen is None:
        return Held(Hold.HOURS_UNCLEAR)
    local = now.astimezone(precautions.zone)
    if safe_hours.is_open(chosen, local):
        return None
    opening = safe_hours.next_opening(chosen, local)
    return Held(Hold.OUTSIDE_HOURS, opening.astimezone(UTC) if opening else None)
