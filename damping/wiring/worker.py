"""The worker: takes turns, sends what is in the outbox, says that it lives. Any number may run; leases keep them apart."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

import structlog
from sqlalchemy.exc import SQLAlchemyError

from damping.casework.dialogue import Dialogue, EngineUnavailable, TurnAnswered, TurnAsked
from damping.casework.doubt import felt
from damping.casework.fixed import FixedTexts
from damping.casework.gathering import Gathered, gather
from damping.casework.message import Body, Channel
from damping.casework.neutral import Neutral, Sifted, after_word, neutral, sift
from damping.casework.pacing import Patience, turn_delay
from damping.casework.precautions import words
from damping.casework.sending import Sender
from damping.casework.turn import TurnOutcome, decide, give_up, screened
from damping.store import doubt_keeping, heartbeats, turns
from damping.store.context import Store
from damping.store.turns import Claimed
from damping.wiring.lateness import Lateness
from damping.wiring.sending import Despatch
from rules.disguise import Choice, CityChat, city_answer
from rules.levels import Level, highest

log = structlog.get_logger()
_LOOK_S = 0.1
_SAID_IN_MINUTES = 120  # a longer wait is said in the honest general words
_BEAT_S = 5.0
_GO_ON = "lanjut"  # the button that a returning safe word stands for
_AFTER_OUTAGE = 2  # an engine that was down is no fault of the message: it keeps its tries


@dataclass
class Worker:
    """Loops over one store with one engine."""

    store: Store
    dialogue: Dialogue
    senders: Mapping[Channel, Sender]
    texts: FixedTexts
    patience: Patience = field(default_factory=Patience)
    at_once: int = 8
    health: Callable[[], Awaitable[str]] | None = None
    city: CityChat = field(default_factory=CityChat)
    lateness: Lateness = field(init=False)

    def __post_init__(self) -> None:
        self.lateness = Lateness(self.store, self.texts)

    async def run(self) -> None:
        """Until cancelled."""
        despatch = Despatch(self.store, self.senders, self.patience)
        turn_due, send_due = asyncio.Event(), asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(self.at_once):
                tasks.create_task(_repeat(self.take_one_turn, turn_due))
                tasks.create_task(_repeat(despatch.send_one, send_due))
            tasks.create_task(self._look(turn_due, send_due))
            tasks.create_task(self._beat())

    async def settle(self) -> None:
        """Do all that is due now, then return: for tests and for `damping talk`."""
        despatch = Despatch(self.store, self.senders, self.patience)
        while await self.take_one_turn() or await despatch.send_one():
            pass

    async def take_one_turn(self) -> bool:
        """Take the turn that is due longest; False where none is."""
        claimed = await self.store.database.run(turns.claim, self.store, self.patience.turn_lease)
        if claimed is None:
            return False
        if claimed.guard.disguised_at is not None or (claimed.guard.closed and claimed.word == "bot"):
            await self._neutrally(claimed)
            return True
        if claimed.word == "officer":
            await self._finish(claimed, await self._screen(claimed))
            return True
        sifted = self._sifted(claimed)
        gathered = gather(sifted.lines) if sifted.lines else Gathered(button=_GO_ON if sifted.opened else None)
        if gathered.place_or_file and await self._took_without_words(claimed, gathered, sifted.choice):
            return True
        if not gathered.button and (not sifted.lines or gathered.wordless is not None):
            await self._finish(claimed, self._with_choice(self._wordless(claimed, gathered), sifted.choice))
            return True
        await self._take(claimed, gathered, sifted.choice)
        return True

    async def _took_without_words(self, claimed: Claimed, gathered: Gathered, choice: Choice | None) -> bool:
        """The dialogue says thanks and goes on with what it asked; False where it cannot: then the fixed words are said."""
        try:
            answer = await self._ask(claimed, gathered)
        except EngineUnavailable:
            return False
        if answer.failed is not None or not answer.replies:
            return False
        await self._conclude_or_tell(claimed, answer, choice)
        return True

    async def _take(self, claimed: Claimed, gathered: Gathered, choice: Choice | None) -> None:
        try:
            answer = await self._ask(claimed, gathered)
        except EngineUnavailable as down:
            log.warning("engine_unavailable", conversation=claimed.conversation, error=str(down), attempt=claimed.attempts)
            await self._postpone(claimed, min(claimed.attempts, _AFTER_OUTAGE), TurnOutcome())
        else:
            await self._conclude_or_tell(claimed, answer, choice)

    async def _neutrally(self, claimed: Claimed) -> None:
        """A hidden, silenced or unchecked chat: danger is heard, and nothing that is said tells what the chat is about."""
        heard = await self._screen(claimed)
        danger = highest([heard.level, *(line.level for line in claimed.lines)])
        only_checked = not claimed.guard.silent and not claimed.own.hide
        reply = self._neutral_reply(claimed, neutral(claimed.guard, danger, self.store.precautions, self.store.now()))
        outcome = replace(heard, keeps=only_checked)
        if not await self.store.database.run(turns.answer_neutrally, self.store, claimed, reply if claimed.lines else None, outcome):
            log.warning("lease_lost", conversation=claimed.conversation)

    def _neutral_reply(self, claimed: Claimed, what: Neutral) -> Body | None:
        texts = self.texts
        if what is Neutral.CITY:
            counted = words(self.store.precautions, claimed.own)
            asked = "\n".join(after_word([line.body.text for line in claimed.lines], counted))
            return Body(text=city_answer(self.city, asked, claimed.last_said))
        if what is Neutral.CHECK:
            first, again = (texts.check, texts.check_again) if claimed.own.hide else (texts.check_go_on, texts.check_go_on_again)
            return again if claimed.last_said == first.text else first
        return texts.urgent if what is Neutral.URGENT else None

    def _sifted(self, claimed: Claimed) -> Sifted:
        counted = words(self.store.precautions, claimed.own)
        return sift([(line.kind, line.body) for line in claimed.lines], counted, after_gap=claimed.gap)

    def _with_choice(self, outcome: TurnOutcome, choice: Choice | None) -> TurnOutcome:
        """The answer to a chosen safe word comes first; the word itself is never said back."""
        if choice is None:
            return outcome
        kept = self.texts.safe_word_kept if choice.word else self.texts.safe_word_asked
        return replace(outcome, replies=(self.texts.safe_word_refused if choice.refused else kept, *outcome.replies))

    async def _conclude_or_tell(self, claimed: Claimed, answer: TurnAnswered, choice: Choice | None) -> None:
        """Even a fault of our own is met with the safe reply and an officer, not with silence."""
        try:
            await self._conclude(claimed, answer, choice)
        except SQLAlchemyError:
            raise  # the database is away: the lease ends and the turn is taken again
        except Exception as wrong:  # noqa: BLE001  the outermost place that knows the conversation
            log.error("turn_error", conversation=claimed.conversation, error=type(wrong).__name__, where=_where(wrong))
            await self._postpone(claimed, claimed.attempts, screened([answer.understood]))

    async def _conclude(self, claimed: Claimed, answer: TurnAnswered, choice: Choice | None) -> None:
        """A whole answer is carried out; a half-done one is tried again, then left to an officer. Danger is heard in any case."""
        if answer.failed is None and (answer.replies or answer.orders):
            decided = decide(answer, claimed.level, self.texts.erase_asked, claimed.facts)
            late = await self.lateness.words(claimed.level)
            noted = self.texts.noted if self.texts.noted.text else None
            await self._finish(claimed, replace(self._with_choice(decided, choice), late=late, noted=noted))
            await self._doubt(claimed, answer)
            return
        kind = answer.failed.kind if answer.failed else "empty"
        log.error("turn_failed", conversation=claimed.conversation, kind=kind, attempt=claimed.attempts)
        heard = screened([answer.understood])
        if claimed.attempts < self.patience.turn_attempts:
            await self._postpone(claimed, claimed.attempts, heard)
        else:
            await self._finish(claimed, give_up(None if claimed.safe_reply_given else self.texts.safe_reply, heard))

    async def _doubt(self, claimed: Claimed, answer: TurnAnswered) -> None:
        """What the assistant was unsure of teaches it, if the person agreed to that; nothing hangs on whether it is kept."""
        doubt, text = felt(answer.understood, claimed.facts, answer.facts), " ".join(line.body.text for line in claimed.lines)
        if doubt is None or not text.strip():
            return
        with contextlib.suppress(SQLAlchemyError):
            await self.store.database.run(doubt_keeping.keep_turn, self.store, claimed.facts, text, doubt)

    async def _ask(self, claimed: Claimed, gathered: Gathered) -> TurnAnswered:
        asked = TurnAsked(
            conversation=claimed.conversation,
            state=claimed.state,
            text=gathered.text,
            button=gathered.button,
            kind="button" if gathered.button else gathered.kind,
            place=dict(gathered.place) if gathered.place else None,
            level=claimed.level,
            reasons=list(claimed.reasons),
            facts=claimed.facts,
            recent=list(claimed.recent),
            wait_minutes=await self._worth_saying(claimed.level),
            gap=claimed.gap,
            channel=claimed.channel,
        )
        try:
            async with asyncio.timeout(self.patience.turn_limit.total_seconds()):
                return await self.dialogue.turn(asked)
        except TimeoutError as late:
            raise EngineUnavailable("late") from late

    async def _worth_saying(self, level: Level) -> int | None:
        minutes = await self.lateness.minutes(level)
        return minutes if minutes is not None and 0 < minutes < _SAID_IN_MINUTES else None

    def _wordless(self, claimed: Claimed, gathered: Gathered) -> TurnOutcome:
        replies = (getattr(self.texts, gathered.wordless),) if gathered.wordless else ()
        return TurnOutcome(state=claimed.state, facts=claimed.facts, replies=replies)

    async def _screen(self, claimed: Claimed) -> TurnOutcome:
        """An officer has the word: the bot is silent, danger is still heard."""
        texts = [line.body.text for line in claimed.lines if line.body.text.strip()]
        with contextlib.suppress(EngineUnavailable):
            return screened(await self.dialogue.understand(texts) if texts else [])
        return TurnOutcome()

    async def _postpone(self, claimed: Claimed, attempts: int, heard: TurnOutcome) -> None:
        safe = None if claimed.safe_reply_given else self.texts.safe_reply
        await self.store.database.run(turns.postpone, self.store, claimed, turn_delay(attempts), attempts, safe, heard)

    async def _finish(self, claimed: Claimed, outcome: TurnOutcome) -> None:
        if not await self.store.database.run(turns.finish, self.store, claimed, outcome):
            log.warning("lease_lost", conversation=claimed.conversation)

    async def _look(self, turn_due: asyncio.Event, send_due: asyncio.Event) -> None:
        """One look a tenth of a second wakes those who wait: an idle worker costs next to nothing."""
        while True:
            with contextlib.suppress(SQLAlchemyError):
                turn, send = await self.store.database.run(turns.due, self.store)
                if turn:
                    turn_due.set()
                if send:
                    send_due.set()
            await asyncio.sleep(_LOOK_S)

    async def _beat(self) -> None:
        while True:
            engine = await self.health() if self.health else "unknown"
            with contextlib.suppress(SQLAlchemyError):
                await self.store.database.run(heartbeats.beat, self.store, {"worker": "ready", "engine": engine})
            await asyncio.sleep(_BEAT_S)


async def _repeat(act: Callable[[], Awaitable[bool]], due: asyncio.Event) -> None:
    """The outermost loop: nothing that goes wrong in one conversation stops the others."""
    while True:
        await due.wait()
        try:
            busy = await act()
        except Exception as wrong:  # noqa: BLE001  the lease ends by itself and the work is taken again
            log.error("worker_error", error=type(wrong).__name__, where=_where(wrong))
            busy = False
            await asyncio.sleep(1)
        if not busy:
            due.clear()


def _where(wrong: BaseException) -> str:
    trace = wrong.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace is not None else ""
