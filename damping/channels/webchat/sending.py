"""What a person sends from the page: checked, cleaned, stored once; and where it could not be stored, given back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import structlog

from damping.casework.message import Body, Channel, Identity, Inbound, Kind
from damping.channels.intake import Intake
from damping.channels.text import clean
from damping.channels.webchat.bubbles import pressed
from damping.channels.webchat.config import WebchatConfig
from damping.channels.webchat.pacing import Pace
from damping.store import websessions
from damping.store.context import Store

TEXT_AT_MOST = 20_000
NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")
_log = structlog.get_logger()


class Trouble(StrEnum):
    """Why something was not sent; the template has a sentence for each."""

    STORE = "simpan"  # the database did not take it
    SEAL = "segel"  # the form is not of this session's page
    COOKIE = "kuki"  # the browser keeps no cookie
    LENGTH = "panjang"
    CHOICE = "pilihan"  # never offered, or not any more


@dataclass(frozen=True)
class Form:
    """What came with a POST."""

    text: str
    button: str
    number: str  # the page's own id of this message: sent again, it is stored once
    seal: str
    known: int  # the last bubble that the page shows

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> "Form":
        """Whatever is missing or odd is empty."""
        return cls(
            text=fields.get("teks", ""),
            button=fields.get("tombol", "")[:64],
            number=fields.get("nomor", ""),
            seal=fields.get("segel", ""),
            known=number(fields.get("sejak", "")),
        )

    def __repr__(self) -> str:
        return "<Form>"


def number(told: str) -> int:
    """A bubble's number, or 0."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0


@dataclass(frozen=True)
class Desk:
    """Takes what is sent."""

    config: WebchatConfig
    intake: Intake
    pace: Pace

    async def take(self, token: str, form: Form) -> Trouble | None:
        """Store one message of a live session; None where it is safe, or where nothing was written."""
        if not NUMBER.fullmatch(form.number):
            return Trouble.SEAL
        if len(form.text) > TEXT_AT_MOST:
            return Trouble.LENGTH
        try:
            said = await self._said(token, form)
            if isinstance(said, Trouble):
                return said
            kind, body = said
            if not body.text:
                return None
            await self._keep(token, form, kind, body)
        except Exception as error:  # noqa: BLE001  outermost: the words go back into the box, nothing is called sent that is not
            _log.error("message_not_stored", where="webchat", error=type(error).__name__)
            return Trouble.STORE
        return None

    async def _said(self, token: str, form: Form) -> tuple[Kind, Body] | Trouble:
        if not form.button:
            return Kind.TEXT, Body(text=clean(form.text))
        store = self.intake.store
        offered = pressed((await store.database.run(websessions.transcript, store, token)).lines, form.button)
        if offered is None:
            return Trouble.CHOICE
        title = clean(offered.title)
        if form.button not in self.intake.buttons:
            return Kind.TEXT, Body(text=title)
        return Kind.BUTTON, Body(text=title, button=form.button)

    async def _keep(self, token: str, form: Form, kind: Kind, body: Body) -> None:
        store = self.intake.store
        name = websessions.name_of(store, token)
        await self.intake.keep([inbound(store, name, form.number, kind, body)])
        delay = self.pace.delay_for(name.value)
        if delay is not None:
            await store.database.run(websessions.hold_back, store, token, delay)


def inbound(store: Store, name: Identity, number: str, kind: Kind, body: Body) -> Inbound:
    """One message of a session. `number`: the page's own id of it."""
    return Inbound(
        channel=Channel.WEBCHAT,
        external_id=f"{name.value}:{number}",
        identities=(name,),
        kind=kind,
        body=body,
        sent_at=int(store.now().timestamp()),
    )
