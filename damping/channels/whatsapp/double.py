"""A double of Meta's Cloud API with invented persons and their phones. Development and tests only.

Requests are held to the documented limits and answered in Meta's shapes; what persons do is signed and posted to the
real webhook until it is thanked; statuses follow with our callback data. Faults come on demand.
"""

import asyncio
import hmac
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import httpx

from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.double_media import Shelf
from damping.channels.whatsapp.double_people import PAIR_BURST, shown
from damping.channels.whatsapp.double_people import Bubble as Bubble
from damping.channels.whatsapp.double_people import Person as Person
from damping.channels.whatsapp.double_post import Post
from damping.channels.whatsapp.payloads import Json, Line, Names

_WINDOW_S = 24 * 3600
_PAIR_REFILL_S = 6.0
_NUMBER_A_SECOND = 80


@dataclass(frozen=True)
class DoubleConfig:
    """What the double shares with the real parts, and how fast it is."""

    app_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    phone_number_id: str
    webhook_url: str
    status_after_s: float = 0.3  # between sent, delivered and read
    retry_after_s: Sequence[float] = (0.2, 0.5, 1, 2, 4, 8, 15, 30, 60)  # Meta's days, in seconds
    hang_s: float = 20.0  # for an answer that is lost: longer than any client waits
    pair_limit: bool = False  # one message in six seconds to one person, 45 lent at once
    number_limit: bool = False  # 80 messages a second in all


class Trouble(StrEnum):
    """A fault for the next request."""

    ERROR = "error"  # 500, nothing taken
    SLOW = "slow"  # taken, answered after three seconds
    LOST = "lost"  # taken, the answer never comes
    MAINTENANCE = "maintenance"  # 131057
    BUSY = "busy"  # 130429
    PAYMENT = "payment"  # 131042
    RESET = "reset"  # taken, then the line breaks
    TOKEN = "token"  # 190, as if it had been withdrawn  # noqa: S105


class Double:
    """Meta, as far as this service meets it."""

    def __init__(
        self,
        config: DoubleConfig,
        persons: Sequence[Person],
        webhook: httpx.AsyncBaseTransport | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`webhook`: how to reach the webhook in one process; by default over HTTP."""
        self.config = config
        self.persons = {person.key: person for person in persons}
        self.troubles: deque[Trouble] = deque()
        self.requests: list[Json] = []
        self.line = Line(config.phone_number_id)
        self.now = now
        self.shelf = Shelf(lambda: self.now())
        self.post = Post(config.webhook_url, config.app_secret, self.line, config.retry_after_s, webhook)
        self._sent: deque[float] = deque(maxlen=_NUMBER_A_SECOND)
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    # What a person does

    def does(self, key: str, content: Json, text: str = "", answers: str = "") -> Bubble:
        """Send a message of Meta's shape (see `payloads`) from a person's phone; `text` is what their own screen shows."""
        person = self.persons[key]
        bubble = Bubble(payloads.new_wamid(), True, content["type"], text, self.now())
        person.screen.append(bubble)
        person.wrote_at = self.now()
        told = payloads.message(person.names, content, int(self.now()), bubble.id, answers)
        self._spawn(self._bring(payloads.incoming(self.line, person.names, told), person, bubble))
        self._tell(person)
        return bubble

    def says(self, key: str, text: str) -> Bubble:
        """Type and send."""
        return self.does(key, payloads.text(text), text)

    def presses(self, key: str, message_id: str, choice_id: str) -> Bubble:
        """Press a button or choose a row under a message. Raises `LookupError` where there is none."""
        asked = next((b for b in self.persons[key].screen if b.id == message_id), None)
        choice = next((c for c in asked.choices if c["id"] == choice_id), None) if asked else None
        if asked is None or choice is None:
            raise LookupError(choice_id)
        asked.answered = True
        reply = payloads.list_reply if asked.list_label else payloads.button_reply
        return self.does(key, reply(choice["id"], choice["title"]), choice["title"], message_id)

    def changes_number(self, key: str, new: Names) -> None:
        """A new phone number, and with it a new id."""
        person = self.persons[key]
        told = payloads.changed_number(self.line, person.names, new, int(self.now()))
        person.names = new
        self._spawn(self._bring(told))

    def changes_phone(self, key: str) -> None:
        """The same number on another phone: the account's keys change."""
        self._spawn(self._bring(payloads.changed_phone(self.line, self.persons[key].names, int(self.now()))))

    def changes_username(self, key: str, username: str) -> None:
        """No news of its own: the next message comes under the new name."""
        person = self.persons[key]
        person.names = replace(person.names, username=username)

    def staff_write(self, key: str, text: str) -> None:
        """Somebody of the office writes in the WhatsApp app itself."""
        person = self.persons[key]
        told = payloads.echo(self.line, person.names, payloads.text(text), int(self.now()))
        person.screen.append(Bubble(payloads.new_wamid(), False, "text", text, self.now(), "delivered"))
        self._spawn(self._echo(told))
        self._tell(person)

    def watches(self, key: str, watching: bool) -> None:
        """Open or leave the chat; what lies there is read."""
        person = self.persons[key]
        person.watching = watching
        self._spawn(self._catch_up(person))

    def goes_online(self, key: str, online: bool) -> None:
        """Lose or find the network; what waited is delivered."""
        person = self.persons[key]
        person.online = online
        self._spawn(self._catch_up(person))
        self._tell(person)

    # What the office sends

    def is_token(self, header: str) -> bool:
        """Whether the request carries our token."""
        return hmac.compare_digest(f"Bearer {self.config.access_token}".encode(), header.encode())

    def find(self, request: Json) -> Person | None:
        """The person whom a request is for."""
        number, user = str(request.get("to", "")).lstrip("+"), str(request.get("recipient", ""))
        for person in self.persons.values():
            names = person.names
            if (number == names.wa_id) if number else user and user in (names.bsuid, names.parent_bsuid):
                return person
        return None

    def within_window(self, person: Person) -> bool:
        """Free text may go for 24 hours after the person's last message."""
        return self.now() - person.wrote_at <= _WINDOW_S

    def within_pace(self, person: Person) -> bool:
        """One message in six seconds, with a burst."""
        if not self.config.pair_limit or len(person.sent_to) < PAIR_BURST:
            return True
        return self.now() - person.sent_to[0] >= PAIR_BURST * _PAIR_REFILL_S

    def within_number(self) -> bool:
        """Eighty messages a second from one number."""
        full = len(self._sent) == _NUMBER_A_SECOND and self.now() - self._sent[0] < 1
        return not (self.config.number_limit and full)

    def accept(self, person: Person | None, request: Json) -> Bubble:
        """Take a message; it reaches the phone in its own time. Nobody's number fails later, as at Meta."""
        content = shown(request)
        self._sent.append(self.now())
        bubble = Bubble(payloads.new_wamid(), False, at=self.now(), callback=request.get("biz_opaque_callback_data", ""), **content)
        if person is None:
            stranger = Names("", wa_id=str(request.get("to", "")).lstrip("+"))
            self._spawn(self._bring(self._status(stranger, bubble, "failed", 131026)))
            return bubble
        person.sent_to.append(self.now())
        person.typing_until = 0
        person.screen.append(bubble)
        self._spawn(self._deliver(person, bubble))
        return bubble

    def mark_read(self, message_id: str, typing: bool) -> bool:
        """Our two blue ticks on a person's message; False for a message that is not theirs."""
        for person in self.persons.values():
            seen = [bubble for bubble in person.screen if bubble.own]
            ids = [bubble.id for bubble in seen]
            if message_id in ids:
                for bubble in seen[: ids.index(message_id) + 1]:
                    bubble.ticks = "read"
                person.typing_until = self.now() + 25 if typing else 0
                self._tell(person)
                return True
        return False

    # Waiting

    async def changed(self, key: str, patience_s: float) -> None:
        """Until this person's screen changes."""
        event = self._changed[key]
        try:
            async with asyncio.timeout(patience_s):
                await event.wait()
        except TimeoutError:
            return
        event.clear()

    async def settled(self) -> None:
        """Until every delivery and status has been thanked or given up."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
            await asyncio.sleep(0)  # a gathering of what is done already gives nobody else a turn

    async def close(self) -> None:
        """Stop what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.post.close()

    async def _bring(self, value: Json, person: Person | None = None, bubble: Bubble | None = None) -> None:
        if bubble is not None:
            bubble.ticks = "sent"
        if await self.post.bring(value) and person is not None and bubble is not None:
            bubble.ticks = "delivered" if bubble.ticks == "sent" else bubble.ticks
            self._tell(person)

    async def _echo(self, told: Json) -> None:
        await self.post.bring(told, "smb_message_echoes")

    async def _deliver(self, person: Person, bubble: Bubble) -> None:
        self._move(person, bubble, "sent")
        await asyncio.sleep(self.config.status_after_s)
        await self._catch_up(person)

    async def _catch_up(self, person: Person) -> None:
        for state, before in (("delivered", "sent"), ("read", "delivered")):
            for bubble in [b for b in person.screen if not b.own]:
                if bubble.ticks == before and person.online and (person.watching or state == "delivered"):
                    self._move(person, bubble, state)
            await asyncio.sleep(self.config.status_after_s)

    def _move(self, person: Person, bubble: Bubble, state: str) -> None:
        """On the phone at once; Meta's word of it comes in its own time, perhaps out of order."""
        bubble.ticks = state
        self._tell(person)
        if state == "delivered" and person.watching and self.post.skips_arrival():
            return
        self._spawn(self._bring(self._status(person.names, bubble, state)))

    def _status(self, names: Names, bubble: Bubble, state: str, code: int = 0) -> Json:
        return payloads.status(self.line, names, bubble.id, state, bubble.callback, int(self.now()), code)

    def _tell(self, person: Person) -> None:
        self._changed[person.key].set()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
