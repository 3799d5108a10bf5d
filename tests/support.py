"""Builders and fakes that the service's tests share. Everything said in them is invented."""

import itertools
from datetime import UTC, datetime, timedelta

from damping.casework.dialogue import EngineUnavailable, Spoken, TurnAnswered, TurnAsked, Understood
from damping.casework.message import Body, Channel, Identity, Inbound, Kind
from damping.store.inbox import Arrival
from rules.levels import Level

_numbers = itertools.count(1)
NIGHT = datetime(2026, 11, 24, 20, 15, tzinfo=UTC)


class HeldClock:
    """A clock that moves only when told."""

    def __init__(self, at: datetime = NIGHT) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **amount: float) -> None:
        self.at += timedelta(**amount)


def a_line(
    text: str = "halo kak",
    *,
    sender: str = "6280000000001",
    external_id: str | None = None,
    channel: Channel = Channel.WHATSAPP,
    level: Level = Level.HIJAU,
    reasons: tuple[str, ...] = (),
    kind: Kind = Kind.TEXT,
    sent_at: datetime = NIGHT,
    button: str = "",
) -> Arrival:
    """One message of an invented person, screened already."""
    identity = Identity("wa_id" if channel is Channel.WHATSAPP else "session", sender)
    inbound = Inbound(
        channel=channel,
        external_id=external_id or f"wamid.{next(_numbers)}",
        identities=(identity,),
        kind=kind,
        body=Body(text=text, button=button),
        sent_at=int(sent_at.timestamp()),
    )
    return Arrival(inbound, level, reasons)


class ScriptedDialogue:
    """An engine that answers as told; by default it repeats what it heard, and can be down or slow."""

    def __init__(self) -> None:
        self.asked: list[TurnAsked] = []
        self.down = False
        self.answers: list[TurnAnswered] = []

    async def turn(self, asked: TurnAsked) -> TurnAnswered:
        if self.down:
            raise EngineUnavailable
        self.asked.append(asked)
        if self.answers:
            return self.answers.pop(0)
        return TurnAnswered(state=f"after {asked.text}", replies=[Spoken(text=f"jawaban: {asked.text}")])

    async def understand(self, texts: list[str]) -> list[Understood]:
        if self.down:
            raise EngineUnavailable
        return [Understood(intent="sapa") for _ in texts]
