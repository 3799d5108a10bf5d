"""Invented persons, a stand-in word list and a small gateway for the channels' tests."""

import itertools
from dataclasses import dataclass

from litestar import Litestar
from sqlalchemy import func, select

from damping.channels.intake import Intake
from damping.channels.whatsapp.config import WhatsAppConfig
from damping.channels.whatsapp.payloads import Line, Names
from damping.channels.whatsapp.routes import router
from damping.store.context import Store, unseal_body
from damping.store.tables import Base, Conversation, Message
from rules.levels import Level

SECRET = "rahasia-uji"
CONFIG = WhatsAppConfig(app_secret=SECRET, verify_token="kata-uji", access_token="token-uji", phone_number_id="10600", list_label="Pilihan")
LINE = Line("10600")
PLAIN = Names("Sari", wa_id="6281000000001", bsuid="ID.1001")
HIDDEN = Names("Melati", bsuid="ID.1002", username="@melati")
BOTH = Names("Wati", wa_id="6281000000003", bsuid="ID.1003", username="@wati")
GROUPED = Names("Intan", wa_id="6281000000004", bsuid="ID.1004", parent_bsuid="ID.ENT.1004")
EVERYBODY = (PLAIN, HIDDEN, BOTH, GROUPED)
BUTTONS = frozenset({"ya", "tidak", "petugas"})
NOW = 1_795_551_300
_numbers = itertools.count(1)


@dataclass(frozen=True)
class SaidReason:
    words: str


@dataclass(frozen=True)
class SaidScreening:
    level: Level = Level.HIJAU
    reasons: tuple[SaidReason, ...] = ()


def screen(text: str) -> SaidScreening:
    """A word list of one word."""
    return SaidScreening(Level.MERAH, (SaidReason("menyebut golok"),)) if "golok" in text else SaidScreening()


def intake(store: Store) -> Intake:
    return Intake(store, screen, BUTTONS)


def gateway(store: Store) -> Litestar:
    return Litestar([router(CONFIG, intake(store))], openapi_config=None)


def wamid() -> str:
    return f"wamid.{next(_numbers):08}"


def transcript(store: Store) -> list[tuple[str, str]]:
    """(kind, text) of everything stored, in order."""
    with store.database.read() as connection:
        rows = connection.execute(select(Message.id, Message.conversation_id, Message.kind, Message.body).order_by(Message.seq)).all()
        return [(row.kind, unseal_body(store.sealer(connection, row.conversation_id), row.id, row.body).text) for row in rows]


def conversations(store: Store) -> int:
    with store.database.read() as connection:
        return connection.execute(select(func.count()).select_from(Conversation)).scalar_one()


def rows(store: Store) -> int:
    """Rows of all tables together."""
    with store.database.read() as connection:
        return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in Base.metadata.tables.values())
