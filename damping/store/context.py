"""What every store function needs: database, vault, clock, pace; and the data keys in use."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from damping.casework.clock import Clock, SystemClock
from damping.casework.ids import ConversationId
from damping.casework.message import Body, Channel
from damping.casework.pacing import Rates
from damping.casework.precautions import Precautions
from damping.store.database import Database
from damping.store.sealing import Sealer, Vault
from damping.store.tables import Conversation
from rules.masking import Masker

_KEYS_KEPT = 4096


@dataclass(frozen=True)
class Pace:
    """How long the lines of one person settle before they are taken as one turn."""

    settle: timedelta = timedelta(seconds=1)
    settle_at_most: timedelta = timedelta(seconds=3)


@dataclass(repr=False)
class Store:
    """The store of one process."""

    database: Database
    vault: Vault
    clock: Clock = field(default_factory=SystemClock)
    pace: Pace = field(default_factory=Pace)
    precautions: Precautions = field(default_factory=Precautions)
    rates: Mapping[Channel, Rates] = field(default_factory=dict)  # a channel without any speaks as fast as it likes
    masker: Masker | None = None  # without one, no sentence is kept for the trainers
    _keys: OrderedDict[tuple[str, bytes], Sealer] = field(default_factory=OrderedDict)

    def now(self) -> datetime:
        """Aware UTC."""
        return self.clock.now()

    def sealer(self, connection: Connection, conversation: ConversationId) -> Sealer:
        """The sealer of a conversation's data key."""
        sealed = connection.execute(select(Conversation.data_key).where(Conversation.id == conversation)).scalar_one()
        return self.opened(conversation, sealed)

    def opened(self, conversation: str, sealed_key: bytes) -> Sealer:
        """The sealer of a data key at hand; the last few thousand stay open in memory."""
        slot = (conversation, sealed_key)
        known = self._keys.get(slot)
        if known is None:
            known = self._keys[slot] = self.vault.open_data_key(conversation, sealed_key)
            if len(self._keys) > _KEYS_KEPT:
                self._keys.popitem(last=False)
        return known


def seal_body(sealer: Sealer, message_id: str, body: Body) -> bytes:
    """A message's content for `message.body`."""
    return sealer.seal("message.body", message_id, msgspec.json.encode(body))


def unseal_body(sealer: Sealer, message_id: str, sealed: bytes) -> Body:
    """The content of `message.body`. Raises `Unsealable`."""
    return msgspec.json.decode(sealer.unseal("message.body", message_id, sealed), type=Body)


def seal_json(sealer: Sealer, place: str, row: str, value: Any) -> bytes:
    """Any JSON value for a sealed column."""
    return sealer.seal_text(place, row, json.dumps(value, ensure_ascii=False))


def unseal_json(sealer: Sealer, place: str, row: str, sealed: bytes | None, otherwise: Any) -> Any:
    """The JSON value of a sealed column, or `otherwise` where there is none. Raises `Unsealable`."""
    return otherwise if sealed is None else json.loads(sealer.unseal_text(place, row, sealed))
