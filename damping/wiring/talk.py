"""`damping talk`: play a person. The full way from inbox to outbox, on a throw-away database, with the trained model."""

import json
import secrets
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from damping.casework.dialogue import TurnAnswered, TurnAsked, Understood
from damping.casework.ids import ConversationId, new_id
from damping.casework.message import Body, Channel, Identity, Inbound, Kind
from damping.channels.intake import Intake
from damping.store import migrate
from damping.store.context import Pace, Store, unseal_body, unseal_json
from damping.store.database import Database
from damping.store.sealing import Vault
from damping.store.tables import Conversation, Escalation, Message, Outbox
from damping.wiring import office
from damping.wiring.engine_client import EngineClient
from damping.wiring.engine_process import own_engine
from damping.wiring.settings import Settings
from damping.wiring.worker import Worker
from rules.assessment import FACTS
from rules.buttons import BUTTONS
from rules.danger import screen


@dataclass
class _Heard:
    """The engine, listened to: keeps the last answer for the report."""

    engine: EngineClient
    last: TurnAnswered | None = None

    async def turn(self, asked: TurnAsked) -> TurnAnswered:
        self.last = await self.engine.turn(asked)
        return self.last

    async def understand(self, texts: list[str]) -> list[Understood]:
        return await self.engine.understand(texts)


class Talk:
    """One invented person after another, writing to the assistant."""

    def __init__(self, store: Store, engine: EngineClient, facts: office.Office) -> None:
        self._store = store
        self._intake = Intake(store, screen, BUTTONS)
        self._heard = _Heard(engine)
        self._worker = Worker(store, self._heard, {}, facts.texts, city=facts.city)
        self._read = 0
        self._person = new_id()
        self._buttons: dict[str, str] = {}

    def another_person(self) -> None:
        """A new conversation begins."""
        self._person = new_id()
        self._buttons = {}

    async def say(self, text: str) -> dict[str, Any]:
        """Say one message; what came back, and what the office would know and do."""
        self._heard.last = None
        button = self._buttons.get(text.strip().casefold(), "")
        kind = Kind.BUTTON if button else Kind.TEXT
        names = (Identity("session", self._person),)
        inbound = Inbound(Channel.WEBCHAT, new_id(), names, kind, Body(text=text, button=button), int(time.time()))
        conversation = (await self._intake.keep([inbound]))[0]
        await self._worker.settle()
        replies = self._arrived(conversation)
        self._buttons = {choice.title.casefold(): choice.id for body in replies for choice in body.choices}
        return self._report(conversation, replies)

    def _arrived(self, conversation: ConversationId) -> list[Body]:
        """What came out of the outbox since the last look."""
        said = select(Message.seq, Message.id, Message.body).join(Outbox, Outbox.message_id == Message.id)
        with self._store.database.read() as connection:
            sealer = self._store.sealer(connection, conversation)
            rows = connection.execute(said.where(Message.seq > self._read).order_by(Message.seq)).all()
        self._read = rows[-1].seq if rows else self._read
        return [unseal_body(sealer, row.id, row.body) for row in rows]

    def _report(self, conversation: ConversationId, replies: list[Body]) -> dict[str, Any]:
        answer = self._heard.last or TurnAnswered(state=None)
        with self._store.database.read() as connection:
            row = connection.execute(select(Conversation.__table__).where(Conversation.id == conversation)).one()
            rang = connection.execute(select(Escalation.id).where(Escalation.conversation_id == conversation)).first()
            facts = unseal_json(self._store.sealer(connection, conversation), "conversation.facts", conversation, row.facts, {})
        return {
            "replies": [{"text": b.text, "buttons": [{"id": c.id, "title": c.title} for c in b.choices]} for b in replies],
            "danger": row.level,
            "danger_by": msgspec.to_builtins(answer.understood.danger_by),
            "escalated": rang is not None,
            "word": row.word,
            "facts": {name: value for name, value in facts.items() if name in FACTS},
            "orders": msgspec.to_builtins(answer.orders),
            "intent": answer.understood.intent,
        }


@asynccontextmanager
async def open_talk(settings: Settings) -> AsyncIterator[Talk]:
    """A throw-away office with an engine of its own."""
    with tempfile.TemporaryDirectory(prefix="damping-talk-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'talk.db'}")
        migrate.upgrade(database)
        facts = office.load(settings)
        store = Store(database, Vault(secrets.token_bytes(32)), pace=Pace(timedelta(0), timedelta(0)), precautions=facts.precautions)
        try:
            async with own_engine(settings) as engine:
                yield Talk(store, engine, facts)
        finally:
            database.close()


def as_json(report: dict[str, Any]) -> str:
    """One line."""
    return json.dumps(report, ensure_ascii=False)
