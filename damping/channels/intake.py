"""The one way in for every channel: clean, screen each line for danger, store once, and only then be thanked.

The office relies on it that a text is screened whole before anything limits or delays it, and that one message
that cannot be stored never keeps another one out.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec
import structlog
from sqlalchemy.exc import OperationalError

from damping.casework.ids import ConversationId
from damping.casework.message import Inbound, Kind
from damping.channels.text import LONGEST, pieces, windows
from damping.store import inbox
from damping.store.context import Store
from damping.store.inbox import Arrival
from rules.levels import Level, highest

_log = structlog.get_logger()
_REASONS_AT_MOST = 8
_NOT_SCREENED = "kata-katanya belum dapat diperiksa otomatis"  # a reason among those of `rules.danger`, for the officer


class Reason(Protocol):
    """Why the word list raised the level, in plain words for the officer."""

    @property
    def words(self) -> str:
        """Indonesian."""
        ...


class Screening(Protocol):
    """What the word list says of a text."""

    @property
    def level(self) -> Level:
        """The level of this text by itself."""
        ...

    @property
    def reasons(self) -> Sequence[Reason]:
        """Empty for hijau."""
        ...


@dataclass(frozen=True)
class Intake:
    """`screen` is `rules.danger.screen`; `buttons` the ids that may be pressed (`rules.buttons.BUTTONS`)."""

    store: Store
    screen: Callable[[str], Screening]
    buttons: Container[str]

    async def keep(self, messages: Sequence[Inbound]) -> list[ConversationId]:
        """Store what came; the conversations of new messages. Raises what the database raises: then nothing is thanked."""
        if not messages:
            return []
        return await self.store.database.run(self.keep_now, messages)

    def keep_now(self, messages: Sequence[Inbound]) -> list[ConversationId]:
        """`keep`, in the caller's thread."""
        arrivals = [arrival for message in messages for arrival in self._screened(message)]
        try:
            return inbox.receive(self.store, arrivals)
        except OperationalError:  # the database is locked, full or gone: the channel must bring it all again
            raise
        except Exception as error:  # one poisoned message: the others must not wait for it
            if len(messages) == 1:
                raise
            _log.error("delivery_kept_singly", error=type(error).__name__, count=len(messages))
            return self._keep_singly(messages)

    def _keep_singly(self, messages: Sequence[Inbound]) -> list[ConversationId]:
        kept: list[ConversationId] = []
        broken: Exception | None = None
        for message in messages:
            try:
                kept += self.keep_now([message])
            except OperationalError:
                raise
            except Exception as error:  # noqa: BLE001  raised again below, once the others are safe
                broken = error
        if broken is not None:
            raise broken
        return kept

    def _screened(self, message: Inbound) -> list[Arrival]:
        """One arrival, or several where the text is longer than a message may be; each carries the screening of the whole."""
        text = message.body.text
        level, reasons = self._looked_at(text) if text else (Level.HIJAU, ())
        if len(text) <= LONGEST:
            return [Arrival(message, level, reasons)]
        return [Arrival(part, level, reasons) for part in _parts(message)]

    def _looked_at(self, text: str) -> tuple[Level, tuple[str, ...]]:
        """A word list that breaks must not keep a message out: a human looks instead."""
        try:
            found = [self.screen(window) for window in windows(text)]
        except Exception as error:  # noqa: BLE001  a fault of ours; the person's words come first
            _log.error("screening_failed", error=type(error).__name__)
            return Level.KUNING, (_NOT_SCREENED,)
        reasons = dict.fromkeys(reason.words for screening in found for reason in screening.reasons)
        return highest(screening.level for screening in found), tuple(reasons)[:_REASONS_AT_MOST]


def _parts(message: Inbound) -> list[Inbound]:
    first, *rest = pieces(message.body.text)
    head = msgspec.structs.replace(message, body=msgspec.structs.replace(message.body, text=first))
    return [
        head,
        *(
            msgspec.structs.replace(
                head,
                external_id=f"{message.external_id}#{number}",
                kind=Kind.TEXT if message.kind is Kind.MEDIA else message.kind,
                body=msgspec.structs.replace(head.body, text=text, media=None, place=None, button=""),
            )
            for number, text in enumerate(rest, 2)
        ),
    ]
