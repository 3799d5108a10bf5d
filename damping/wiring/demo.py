"""`damping demo`: an invented, lively day on a database of its own, and the whole office running on it. Never in production.

The day is played through the store as on a real one, with a clock that is set to each moment; nothing of the office's own data is
touched. Each start plays it again, so that it is always today.
"""

import os
import random
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

import yaml
from sqlalchemy import insert, select, update

from damping.casework.ids import ConversationId, OfficerId, new_id
from damping.casework.message import Author, Body, Channel, Delivery, Identity, Inbound, Kind
from damping.store import coaching, inbox, labels, migrate, officers, outbox, presence, review, roster, takeover, waits
from damping.store.context import Store, seal_json
from damping.store.desk import Viewer
from damping.store.inbox import Arrival
from damping.store.officers import NewAccount, Role
from damping.store.review import Finding, Verdict
from damping.store.roster import Holiday
from damping.store.tables import Conversation, Inbox, Outbox
from damping.store.tables_duty import Wait
from damping.wiring import build, duty_rules, keys
from damping.wiring.settings import Settings, WrongSetting, load
from rules import danger
from rules.ladder import Duty, Shift
from rules.levels import Level

_HISTORY_DAYS = 30
_HELD_LEVELS = (Level.MERAH, Level.KUNING, Level.KUNING, Level.HIJAU)


@dataclass
class _SetClock:
    """Tells the moment that is played."""

    at: datetime

    def now(self) -> datetime:
        """Aware UTC."""
        return self.at


def settings(environment: dict[str, str]) -> Settings:
    """The office's settings on a folder of the demo's own. Raises `WrongSetting` in production."""
    own = load(environment)
    if own.production:
        raise WrongSetting("the demo is for development only: its people are invented")
    var = own.var / "demo"
    return load({**environment, "DAMPING_VAR": str(var), "DAMPING_DATABASE": f"sqlite:///{var / 'damping.db'}"})


def seed(told: Settings, now: datetime | None = None) -> None:
    """Begin a fresh database and play the day that ends now."""
    told.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("damping.db", "damping.db-wal", "damping.db-shm", "damping.db.lock", "prepared"):
        (told.var / name).unlink(missing_ok=True)
    keys.make_master_key(told.master_key_file)
    store = build.store(told)
    try:
        migrate.upgrade(store.database)
        day = yaml.safe_load((told.root / "config" / "demo.yml").read_text(encoding="utf-8"))
        _Day(store, told, now or datetime.now(UTC), day).play()
    finally:
        store.database.close()


def export(told: Settings) -> None:
    """Let the processes that are started next find the demo's folder."""
    os.environ.update({"DAMPING_VAR": str(told.var), "DAMPING_DATABASE": told.database_url})


def welcome(told: Settings) -> str:
    """One-time links to look at the desk with."""
    store = build.store(told)
    try:
        made = {role: officers.invite(store, role) for role in (Role.SUPERVISOR, Role.PETUGAS)}
    finally:
        store.database.close()
    lines = [f"  {role.value:<11} {told.public_url}/undangan/{token}" for role, token in made.items()]
    return "\n".join(["Hari rekaan siap. Buka meja dengan salah satu tautan sekali pakai:", *lines])


@dataclass
class _Day:
    """One play of the invented day."""

    store: Store
    told: Settings
    now: datetime
    day: dict[str, Any]
    people: dict[str, Viewer] = field(default_factory=dict)
    conversations: list[ConversationId] = field(default_factory=list)

    def play(self) -> None:
        """Officers, roster, thirty days of waits, then the conversations of today in the order of their minutes."""
        clock = _SetClock(self.now - timedelta(days=_HISTORY_DAYS))
        self.store.clock = clock
        for one in self.day["officers"]:
            account = NewAccount(one["key"], one["name"], secrets.token_urlsafe(24))  # nobody signs in by it
            self.people[one["key"]] = Viewer(officers.add(self.store, account, Role(one["role"])), Role(one["role"]))
        self._roster()
        for name in self.day["labels"]:
            labels.add(self.store, self._supervisor, name)
        self._conversations(clock)
        clock.at = self.now
        self._afterwards()

    @property
    def _supervisor(self) -> Viewer:
        return next(one for one in self.people.values() if one.role is Role.SUPERVISOR)

    def _roster(self) -> None:
        zone = duty_rules.load(self.told).rules.calendar.zone
        today = self.now.astimezone(zone).date()
        monday = today - timedelta(days=today.weekday())
        officers_ = [one.officer for one in self.people.values() if one.role is Role.PETUGAS]
        shifts = []
        for ahead in range(14):
            first, turn = monday + timedelta(days=ahead), ahead % len(officers_)
            spans = [
                (Duty.DESK, officers_[turn], time(8), time(16), 0),
                (Duty.DESK, officers_[(turn + 1) % len(officers_)], time(16), time(22), 0),
                (Duty.ON_CALL, officers_[(turn + 2) % len(officers_)], time(16), time(8), 1),
                (Duty.ON_CALL, officers_[(turn + 1) % len(officers_)], time(8), time(16), 0),
                (Duty.SUPERVISOR, self._supervisor.officer, time(8), time(8), 1),
            ]
            for duty, officer, begins, ends, later in spans:
                last = first + timedelta(days=later)
                shifts.append(Shift(duty, officer, datetime.combine(first, begins, zone), datetime.combine(last, ends, zone)))
        roster.add(self.store, self._supervisor, shifts)
        roster.add_holiday(self.store, self._supervisor, Holiday(today + timedelta(days=9), "Cuti bersama (rekaan)"))

    def _conversations(self, clock: _SetClock) -> None:
        acts = []
        for number, one in enumerate(self.day["conversations"]):
            acts += [(minutes, number, place, who, words) for place, (minutes, who, words) in enumerate(one["lines"])]
        self.conversations = [ConversationId("")] * len(self.day["conversations"])
        rules = duty_rules.load(self.told).rules
        for minutes, number, _, who, words in sorted(acts, key=lambda act: (-act[0], act[1], act[2])):
            clock.at = self.now - timedelta(minutes=minutes)
            self._act(number, who, words)
            waits.sweep(self.store, rules)
        for number, one in enumerate(self.day["conversations"]):
            self._finish(number, one)
        clock.at = self.now
        waits.sweep(self.store, rules)

    def _act(self, number: int, who: str, words: str) -> None:
        told, store = self.day["conversations"][number], self.store
        if who == "o":
            self.conversations[number] = self._hears(number, Channel(told["channel"]), words)
            return
        conversation = self.conversations[number]
        if who == "a":
            with store.database.write() as connection:
                outbox.put(connection, store, conversation, Author.BOT, Body(text=words))
        elif who == "ambil":
            takeover.claim(store, conversation, self.people[words].officer)
        elif who == "serah":
            takeover.hand_back(store, conversation, self.people[words].officer)
        else:
            holder = self._holder(conversation)
            (takeover.reply if who == "p" else takeover.note)(store, conversation, holder, words)

    def _hears(self, number: int, channel: Channel, words: str) -> ConversationId:
        kind, value = ("wa_id", f"6280000001{number:03d}") if channel is Channel.WHATSAPP else ("session", f"demo-{number}")
        found = danger.screen(words)
        inbound = Inbound(
            channel=channel,
            external_id=new_id(),
            identities=(Identity(kind, value),),
            kind=Kind.TEXT,
            body=Body(text=words),
            sent_at=int(self.store.now().timestamp()),
        )
        return inbox.receive(self.store, [Arrival(inbound, found.level, tuple(reason.words for reason in found.reasons))])[0]

    def _holder(self, conversation: ConversationId) -> OfficerId:
        with self.store.database.read() as connection:
            return OfficerId(connection.execute(select(Conversation.holder).where(Conversation.id == conversation)).scalar_one() or "")

    def _finish(self, number: int, told: dict[str, Any]) -> None:
        """What the assistant learnt; nothing of the past is still to be answered or sent."""
        conversation = self.conversations[number]
        with self.store.database.write() as connection:
            sealer = self.store.sealer(connection, conversation)
            facts = seal_json(sealer, "conversation.facts", conversation, told["facts"])
            settled = {"facts": facts, "turn_due_at": None, "turn_since": None, "send_due_at": None}
            wants = {"wants_officer": True} if told.get("wants") else {}
            connection.execute(update(Conversation).where(Conversation.id == conversation).values(**settled, **wants))
            connection.execute(update(Inbox).where(Inbox.conversation_id == conversation).values(state="done"))
            connection.execute(update(Outbox).where(Outbox.conversation_id == conversation).values(state=Delivery.READ))

    def _afterwards(self) -> None:
        store = self.store
        known = {label.name: label.id for label in labels.every(store, self._supervisor)}
        for number, told in enumerate(self.day["conversations"]):
            if told.get("label"):
                labels.put(store, self._supervisor, self.conversations[number], known[told["label"]], on=True)
            if told.get("holder"):
                presence.tell(store, self.people[told["holder"]].officer, self.conversations[number])
        coached, missed = self.day["coaching"], self.day["missed"]
        coaching.coach(
            store, self._supervisor, self.conversations[coached["conversation"]], self.people[coached["to"]].officer, coached["text"]
        )
        review.rate_urgent(store, self.people[missed["by"]], self.conversations[missed["conversation"]], missed["reason"])
        self._history()
        for lesson in self.day["lessons"]:
            self._lesson(lesson)

    def _lesson(self, told: dict[str, str]) -> None:
        """By closing the oldest late ticket with it, if there is one."""
        late = [ticket for ticket in review.tickets(self.store, self._supervisor) if ticket.kind == "late"]
        if late:
            words = "Malam itu hanya satu petugas di meja; jadwal siaga ditambah."
            found = Finding(Verdict.STAFF, words, told["sentence"], Level(told["level"]))
            review.close(self.store, self._supervisor, late[0].id, found)

    def _history(self) -> None:
        """A month of waits that were answered, quicker by day than by night."""
        dice = random.Random(26)  # noqa: S311  the same invented month each time
        times, calendar = duty_rules.load(self.told).rules.times, duty_rules.load(self.told).rules.calendar
        rows = []
        for _ in range(220):
            since = self.now - timedelta(minutes=dice.uniform(24 * 60, _HISTORY_DAYS * 24 * 60))
            level, night = dice.choice(_HELD_LEVELS), not 8 <= since.astimezone(calendar.zone).hour < 22
            middle = {Level.MERAH: 110, Level.KUNING: 2700, Level.HIJAU: 20_000}[level] * (2 if night else 1)
            answered = since + timedelta(seconds=dice.lognormvariate(0, 0.7) * middle)
            due = times.due(level, since, calendar)
            who = dice.choice([one.officer for one in self.people.values()])
            row = {"id": new_id(), "conversation_id": dice.choice(self.conversations), "level": level.value, "since": since, "due_at": due}
            rows.append(
                row | {"taken_at": answered, "answered_at": answered, "answered_by": who, "ended_at": answered, "late": answered > due}
            )
        with self.store.database.write() as connection:
            connection.execute(insert(Wait), rows)
