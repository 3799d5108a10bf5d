"""What the desk has to be told; only `damping.wiring` knows where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from damping.casework.duty import Caller, DutyRules, Way
from damping.casework.templates import Template
from damping.console.answers import Topic
from damping.store.officer_sessions import Limits
from rules.word import UNDO


@dataclass(frozen=True)
class ConsoleConfig:
    """Settings of the desk."""

    development: bool = False  # plain cookies over http; never in production
    origins: tuple[str, ...] = ()  # 'https://meja.example.go.id'; none: whatever host the browser asked for
    office: str = ""  # the office's name under the sign-in form
    limits: Limits = field(default_factory=Limits)
    undo: timedelta = UNDO  # how long a reply can be taken back
    answers: tuple[Topic, ...] = ()  # ready-made, by topic
    duty: DutyRules = field(default_factory=DutyRules)
    callers: Mapping[Way, Caller] = field(default_factory=dict)  # the ways to call officers that are set up
    templates: tuple[Template, ...] = ()  # neutral texts for when WhatsApp's window has closed
    push_key: str = ""  # the office's public key for Web Push; empty: no push

    @property
    def cookie_prefix(self) -> str:
        """`__Host-` binds a cookie to this host and to TLS; browsers refuse it over http."""
        return "" if self.development else "__Host-"
