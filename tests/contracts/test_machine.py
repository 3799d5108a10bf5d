"""The way in and the way out under every order of events: people write, deliveries repeat, Meta refuses, forgets and shuffles, a
worker dies in the middle of a sending, the window closes, officers take and give the word.

Whatever happens: a line is kept once, nothing is answered twice, replies arrive in order and at their own person, free text never
reaches Meta outside the window or faster than its pace, and the bot is silent while an officer has the word.

DAMPING_TEST_STEPS: how many happenings in all; `make crash` asks for 10,000.
"""

import asyncio
import json
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from damping.casework.ids import ConversationId, OfficerId
from damping.casework.message import Author, Channel, Delivery, Status
from damping.casework.pacing import Patience, Rates
from damping.channels.whatsapp.client import CloudApiSender
from damping.store import inbox, migrate, outbox, takeover
from damping.store.context import Store, unseal_body
from damping.store.database import Database
from damping.store.holders import NotTheHolder
from damping.store.inbox import Arrival
from damping.store.sealing import Vault
from damping.store.tables import Conversation, Inbox, Message, Outbox
from damping.wiring.sending import Despatch
from damping.wiring.worker import Worker
from tests.channels.invented import CONFIG
from tests.contracts.test_turns import TEXTS, an_officer
from tests.support import HeldClock, ScriptedDialogue, a_line

STEPS = int(os.environ.get("DAMPING_TEST_STEPS", "600"))
IN_A_ROW = 50
PEOPLE = ("628100000001", "628100000002")
WINDOW = timedelta(hours=24)
META_BURST, META_EVERY = 45, timedelta(seconds=6)
_template: list[Path] = []


class Killed(BaseException):
    """The worker's process is gone, at this very place."""


class Meta:
    """Meta as it decides: by its own clock of the window and of the pace. Every refusal of those two is a fault of ours."""

    def __init__(self, clock: HeldClock) -> None:
        self.clock = clock
        self.fate = "taken"
        self.wrote_at: dict[str, datetime] = {}
        self.sent_to: dict[str, deque[datetime]] = {person: deque(maxlen=META_BURST) for person in PEOPLE}
        self.screens: dict[str, list[tuple[str, str]]] = {person: [] for person in PEOPLE}  # (outbox id, text)
        self.untold: dict[str, list[Status]] = {}  # outbox id -> what Meta will say of it
        self.faults: list[str] = []

    def handle(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        person, now = asked["to"].lstrip("+"), self.clock.now()
        if now - self.wrote_at[person] > WINDOW:
            self.faults.append("free text outside the window")
        fate, self.fate = self.fate, "taken"
        if fate == "refused":
            return httpx.Response(500, json={"error": {"code": 131000}})
        if fate == "killed before":
            raise Killed
        self._take(person, asked, now)
        if fate == "killed after":
            raise Killed
        if fate == "lost":
            raise httpx.ReadTimeout("no answer")
        return httpx.Response(200, json={"messages": [{"id": f"wamid.{asked['biz_opaque_callback_data']}"}]})

    def _take(self, person: str, asked: dict[str, Any], now: datetime) -> None:
        sent = self.sent_to[person]
        if len(sent) == META_BURST and now - sent[0] < META_EVERY * META_BURST:
            self.faults.append("faster than Meta's pace")
        sent.append(now)
        ours = asked["biz_opaque_callback_data"]
        self.screens[person].append((ours, asked["text"]["body"]))
        steps = (Delivery.SENT, Delivery.DELIVERED, Delivery.READ)
        self.untold[ours] = [Status(Channel.WHATSAPP, f"wamid.{ours}", ours, step) for step in steps]


class TheWay(RuleBasedStateMachine):
    """Two persons, one officer, one worker."""

    @initialize()
    def begins(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = HeldClock()
        rates = {Channel.WHATSAPP: Rates()}
        self.store = Store(Database(f"sqlite:///{a_database(self.folder)}"), Vault(b"k" * 32), self.clock, rates=rates)
        self.meta = Meta(self.clock)
        self.engine = ScriptedDialogue()
        sender = CloudApiSender(CONFIG, self.clock, httpx.MockTransport(self.meta.handle))
        self.worker = Worker(self.store, self.engine, {Channel.WHATSAPP: sender}, TEXTS, Patience())
        self.despatch = Despatch(self.store, {Channel.WHATSAPP: sender}, Patience())
        self.loop = asyncio.new_event_loop()
        self.rina = an_officer(self.store, "rina")
        self.brought: list[Arrival] = []
        for person in PEOPLE:
            self.a_person_writes(person)

    # what may happen

    @rule(person=st.sampled_from(PEOPLE))
    def a_person_writes(self, person: str) -> None:
        text = f"{person} baris {len(self.brought)}"
        line = a_line(text, sender=person, external_id=f"wamid.in.{len(self.brought)}", sent_at=self.clock.now())
        self.brought.append(line)
        self.meta.wrote_at[person] = self.clock.now()
        assert 1 == len(inbox.receive(self.store, [line]))

    @rule(data=st.data())
    def meta_brings_again(self, data: st.DataObject) -> None:
        again = data.draw(st.lists(st.sampled_from(self.brought), max_size=5))
        assert [] == inbox.receive(self.store, again)

    @rule(seconds=st.sampled_from([1, 4, 4, 7, 31, 65, 700]))
    def time_goes_by(self, seconds: int) -> None:
        """Meta tells of what it took before anybody gives up waiting for it: without that, one more copy is the lesser evil."""
        if seconds > 30:
            self._tell(1)
        self.clock.forward(seconds=seconds)

    @rule(hours=st.sampled_from([2, 23, 25]))
    def a_night_goes_by(self, hours: int) -> None:
        self._tell(1)
        self.clock.forward(hours=hours)

    @rule(engine_down=st.sampled_from([False, False, False, True]))
    def the_worker_takes_a_turn(self, engine_down: bool) -> None:
        self.engine.down = engine_down
        self._run(self.worker.take_one_turn())

    @rule(fate=st.sampled_from(["taken", "taken", "taken", "refused", "lost", "killed before", "killed after"]))
    def the_worker_sends(self, fate: str) -> None:
        self.meta.fate = fate
        self._run(self.despatch.send_one())
        self.meta.fate = "taken"

    @rule(data=st.data())
    def meta_tells(self, data: st.DataObject) -> None:
        """In any order, and more than once."""
        known = [status for statuses in self.meta.untold.values() for status in statuses]
        if known:
            outbox.apply_statuses(self.store, data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=4)))

    @rule(person=st.sampled_from(PEOPLE))
    def the_officer_takes_over(self, person: str) -> None:
        takeover.claim(self.store, self._conversation(person), self.rina)

    @rule(person=st.sampled_from(PEOPLE))
    def the_officer_writes(self, person: str) -> None:
        conversation = self._conversation(person)
        if self._word(conversation) != "officer":
            return
        with self.store.database.write() as connection:
            body = TEXTS.officer_joined.__class__(text=f"{person} dari petugas {len(self.meta.untold)}")
            outbox.put(connection, self.store, conversation, Author.OFFICER, body, self.rina)

    @rule(person=st.sampled_from(PEOPLE))
    def the_officer_gives_back(self, person: str) -> None:
        try:
            takeover.hand_back(self.store, self._conversation(person), OfficerId("rina"))
        except NotTheHolder:
            assert self._word(self._conversation(person)) == "bot"

    # what always holds

    @invariant()
    def meta_never_had_to_teach_us(self) -> None:
        assert [] == getattr(self, "meta", Meta(HeldClock())).faults

    @invariant()
    def nothing_arrives_twice_mixed_or_out_of_order(self) -> None:
        if not hasattr(self, "meta"):
            return
        with self.store.database.read() as connection:
            order = {row.id: row.seq for row in connection.execute(select(Outbox.id, Outbox.seq))}
        for person, screen in self.meta.screens.items():
            ids = [ours for ours, _ in screen]
            assert len(ids) == len(set(ids)), "answered twice"
            assert [order[ours] for ours in ids] == sorted(order[ours] for ours in ids), "out of order"
            other = PEOPLE[1 - PEOPLE.index(person)]
            assert not any(other in text for _, text in screen), "another person's words"

    @invariant()
    def every_line_is_kept_once(self) -> None:
        if not hasattr(self, "brought"):
            return
        with self.store.database.read() as connection:
            rows = connection.execute(
                select(Message.id, Message.conversation_id, Message.body).where(Message.author == Author.PERSON)
            ).all()
            kept = [unseal_body(self.store.sealer(connection, row.conversation_id), row.id, row.body).text for row in rows]
        assert sorted(line.inbound.body.text for line in self.brought) == sorted(kept)

    def teardown(self) -> None:
        if not hasattr(self, "loop"):
            return
        try:
            self._morning()
        finally:
            self.loop.close()
            self.store.database.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _morning(self) -> None:
        """All is well again, and the persons write once more: nothing is left behind."""
        self.engine.down = False
        for person in PEOPLE:
            self.a_person_writes(person)
        for _ in range(60):
            self._tell(3)
            self.clock.forward(seconds=65)
            for person in PEOPLE:
                self.meta.wrote_at[person] = self.clock.now()
            with self.store.database.write() as connection:
                connection.execute(Conversation.__table__.update().values(last_person_at=self.clock.now()))
            self._run(self.worker.settle())
            if self._all_done():
                break
        with self.store.database.read() as connection:
            assert {"done"} >= set(connection.execute(select(Inbox.state)).scalars()) - {"dead", "veiled"}
            left = set(connection.execute(select(Outbox.state)).scalars())
        assert not left & {Delivery.READY, Delivery.SENDING, Delivery.UNKNOWN}, left
        self.meta_never_had_to_teach_us()
        self.nothing_arrives_twice_mixed_or_out_of_order()

    def _all_done(self) -> bool:
        unfinished = (Delivery.READY, Delivery.SENDING, Delivery.UNKNOWN)
        with self.store.database.read() as connection:
            waiting = connection.execute(select(Inbox.seq).where(Inbox.state == "pending")).first()
            return waiting is None and connection.execute(select(Outbox.seq).where(Outbox.state.in_(unfinished))).first() is None

    def _tell(self, steps: int) -> None:
        told = [status for statuses in self.meta.untold.values() for status in statuses[:steps]]
        if told:
            outbox.apply_statuses(self.store, told)

    def _run(self, act: Coroutine[Any, Any, Any]) -> None:
        """A killed worker leaves whatever it held to its lease."""
        try:
            self.loop.run_until_complete(act)
        except Killed:
            return

    def _conversation(self, person: str) -> ConversationId:
        place = PEOPLE.index(person)
        with self.store.database.read() as connection:
            return ConversationId(connection.execute(select(Inbox.conversation_id).where(Inbox.seq == place + 1)).scalar_one())

    def _word(self, conversation: ConversationId) -> str:
        with self.store.database.read() as connection:
            return connection.execute(select(Conversation.word).where(Conversation.id == conversation)).scalar_one()


def a_database(folder: Path) -> Path:
    """A migrated, empty file; made once and copied."""
    if not _template:
        made = Path(tempfile.mkdtemp()) / "template.db"
        first = Database(f"sqlite:///{made}")
        migrate.upgrade(first)
        first.close()
        _template.append(made)
    return Path(shutil.copy(_template[0], folder / "way.db"))


TestTheWay = TheWay.TestCase
TestTheWay.settings = settings(
    max_examples=max(1, STEPS // IN_A_ROW),
    stateful_step_count=IN_A_ROW,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
