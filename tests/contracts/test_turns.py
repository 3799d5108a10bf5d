"""Promises to the person who writes."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from damping.casework.dialogue import Failed, Hint, Spoken, TurnAnswered, Understood
from damping.casework.fixed import FixedTexts
from damping.casework.ids import ConversationId, OfficerId, OutboxId
from damping.casework.message import Body, Channel, Delivery, Identity, Kind, Status
from damping.casework.orders import CallOfficer, Erase, Escalate, RecordAssessment
from damping.casework.pacing import Patience
from damping.casework.sending import Mishap, NotSent
from damping.casework.turn import TurnOutcome, decide
from damping.store import inbox, outbox, takeover, turns
from damping.store.context import Store, unseal_body, unseal_json
from damping.store.tables import Conversation, Escalation, Inbox, Message, Notice, Officer, Outbox
from damping.wiring.worker import Worker
from rules.levels import Level
from tests.support import HeldClock, ScriptedDialogue, a_line

SAID = ("aman: 110", "petugas di sini", "kembali", "gambar diterima", "lokasi diterima", "hapus dicatat", "belum paham")
TEXTS = FixedTexts(*(Body(text=text) for text in SAID))


class Phone:
    """The person's phone: keeps what arrives; can refuse, or swallow the answer."""

    def __init__(self) -> None:
        self.screen: list[str] = []
        self.mishaps: list[Mishap] = []
        self.swallowed = 0

    async def send(self, outbox_id: OutboxId, identities: Sequence[Identity], body: Body, last_person_at: datetime | None) -> str:
        if self.mishaps:
            mishap = self.mishaps.pop(0)
            if mishap is Mishap.UNKNOWN:
                self.screen.append(body.text)
            raise NotSent(mishap, 1)
        self.screen.append(body.text)
        return f"wamid.out.{outbox_id}"


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def engine() -> ScriptedDialogue:
    return ScriptedDialogue()


@pytest.fixture
def worker(store: Store, engine: ScriptedDialogue, phone: Phone) -> Worker:
    return Worker(store, engine, {Channel.WHATSAPP: phone}, TEXTS, Patience(turn_limit=timedelta(seconds=0.5)))


@pytest.fixture
def officer(store: Store) -> OfficerId:
    return an_officer(store, "o1")


def an_officer(store: Store, name: str) -> OfficerId:
    with store.database.write() as connection:
        connection.execute(
            Officer.__table__.insert().values(
                id=name, login_hash=name.encode(), login=b"-", name=b"-", role="petugas", password_hash="-", created_at=store.now()
            )
        )
    return OfficerId(name)


async def after_settling(clock: HeldClock, worker: Worker, **amount: float) -> None:
    clock.forward(**(amount or {"seconds": 5}))
    await worker.settle()


def one(store: Store, column: object) -> object:
    with store.database.read() as connection:
        return connection.execute(select(column)).scalar_one()  # type: ignore[call-overload]


async def test_a_message_sent_twice_is_answered_once(store: Store, clock: HeldClock, worker: Worker, phone: Phone) -> None:
    """Meta repeats deliveries; the person must not see us stutter."""
    line = a_line("saya takut pulang")

    inbox.receive(store, [line])
    await after_settling(clock, worker)
    inbox.receive(store, [line])
    await after_settling(clock, worker)

    assert phone.screen == ["jawaban: saya takut pulang"]


async def test_lines_written_one_after_the_other_are_answered_together(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone
) -> None:
    inbox.receive(store, [a_line("kak"), a_line("aku mau cerita")])

    await after_settling(clock, worker)

    assert phone.screen == ["jawaban: kak\naku mau cerita"]


async def test_an_outpouring_longer_than_the_engine_reads_is_taken_in_pieces_and_nothing_is_left(
    store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue
) -> None:
    inbox.receive(store, [a_line(f"{n} " + "cerita " * 120) for n in range(5)])

    await after_settling(clock, worker)

    assert ["0", "1", "2", "3", "4"] == [line[0] for asked in engine.asked for line in asked.text.splitlines()]
    assert all(len(asked.text) <= 2000 for asked in engine.asked)


async def test_what_was_said_before_is_given_to_the_engine_again(
    store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue
) -> None:
    engine.answers = [TurnAnswered(state="s1", replies=[Spoken("ya")], orders=[RecordAssessment({"safe_now": "aman"})])]
    inbox.receive(store, [a_line("aku aman")])
    await after_settling(clock, worker)

    inbox.receive(store, [a_line("lanjut")])
    await after_settling(clock, worker)

    assert (engine.asked[1].state, engine.asked[1].facts) == ("s1", {"safe_now": "aman"})


async def test_when_the_engine_is_down_the_person_gets_the_safe_reply_once_and_the_turn_later(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, engine: ScriptedDialogue
) -> None:
    engine.down = True
    inbox.receive(store, [a_line("tolong")])
    for _ in range(3):
        await after_settling(clock, worker, seconds=40)
    assert phone.screen == ["aman: 110"]
    assert one(store, Notice.kind) == "engine_down"

    engine.down = False
    await after_settling(clock, worker, seconds=40)

    assert phone.screen == ["aman: 110", "jawaban: tolong"]
    assert one(store, Notice.resolved_at) is not None


async def test_an_engine_that_hangs_counts_as_down(store: Store, clock: HeldClock, worker: Worker, phone: Phone) -> None:
    class Hanging(ScriptedDialogue):
        async def turn(self, asked: object) -> TurnAnswered:
            await asyncio.sleep(60)
            raise AssertionError

    worker.dialogue = Hanging()
    inbox.receive(store, [a_line("halo")])

    await after_settling(clock, worker)

    assert phone.screen == ["aman: 110"]


@pytest.mark.parametrize("answer", [TurnAnswered(state="x", failed=Failed("action", "ActionX: KeyError")), TurnAnswered(state="x")])
async def test_a_turn_that_fails_again_and_again_goes_to_an_officer_and_later_messages_flow(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, engine: ScriptedDialogue, answer: TurnAnswered
) -> None:
    engine.answers = [answer] * worker.patience.turn_attempts
    inbox.receive(store, [a_line("pesan beracun")])
    for _ in range(worker.patience.turn_attempts):
        await after_settling(clock, worker, seconds=40)
    inbox.receive(store, [a_line("masih ada orang?")])
    await after_settling(clock, worker)

    assert phone.screen == ["aman: 110", "jawaban: masih ada orang?"]
    with store.database.read() as connection:
        assert "turn_failed" in connection.execute(select(Notice.kind)).scalars().all()
        assert {"dead", "done"} == set(connection.execute(select(Inbox.state)).scalars())


async def test_danger_in_a_turn_that_fails_rings_at_once(store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue) -> None:
    heard = Understood(danger=Level.MERAH, danger_by=[Hint("model", Level.MERAH, "mirip pesan darurat")])
    engine.answers = [TurnAnswered(state="s", failed=Failed("action", "ActionX: KeyError"), understood=heard)]
    inbox.receive(store, [a_line("besok yang pulang cuma nama")])

    await after_settling(clock, worker)

    assert one(store, Escalation.acknowledged_at) is None
    assert "pending" == one(store, Inbox.state)


async def test_an_order_to_escalate_rings(store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue) -> None:
    engine.answers = [TurnAnswered(state="s", replies=[Spoken("…")], orders=[Escalate(Level.MERAH, ["pelaku di rumah"])])]
    inbox.receive(store, [a_line("dia di depan pintu")])

    await after_settling(clock, worker)

    assert one(store, Conversation.level) == "merah"
    assert one(store, Escalation.acknowledged_at) is None


async def test_danger_that_only_the_model_hears_rings_too(store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue) -> None:
    heard = Understood(danger=Level.MERAH, danger_by=[Hint("model", Level.MERAH, "kalimat mirip keadaan gawat")])
    engine.answers = [TurnAnswered(state="s", replies=[Spoken("…")], understood=heard)]
    inbox.receive(store, [a_line("dia bilang besok yang pulang cuma nama")])

    await after_settling(clock, worker)

    assert one(store, func.count(Escalation.id)) == 1


async def test_asking_for_a_human_brings_one(store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue) -> None:
    engine.answers = [TurnAnswered(state="s", replies=[Spoken("…")], orders=[CallOfficer()])]
    inbox.receive(store, [a_line("mau ngomong sama orang")])

    await after_settling(clock, worker)

    assert one(store, Conversation.wants_officer) is True


async def test_an_answer_computed_while_an_officer_takes_over_is_never_sent(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, officer: OfficerId
) -> None:
    [conversation] = inbox.receive(store, [a_line("halo")])
    clock.forward(seconds=5)
    computing = turns.claim(store, timedelta(seconds=30))
    assert computing is not None

    assert takeover.claim(store, conversation, officer)
    answer = TurnAnswered(state="s", replies=[Spoken("terlambat")])
    assert turns.finish(store, computing, decide(answer, Level.HIJAU))
    await after_settling(clock, worker)

    assert phone.screen == []
    assert one(store, Inbox.state) == "done"


async def test_taking_over_stops_what_the_bot_had_not_sent_yet(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, officer: OfficerId
) -> None:
    [conversation] = inbox.receive(store, [a_line("halo")])
    clock.forward(seconds=5)
    await worker.take_one_turn()

    takeover.claim(store, conversation, officer, TEXTS.officer_joined)
    await after_settling(clock, worker)

    assert phone.screen == ["petugas di sini"]


async def test_while_an_officer_has_the_word_the_bot_is_silent_but_danger_is_heard(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, officer: OfficerId, engine: ScriptedDialogue
) -> None:
    [conversation] = inbox.receive(store, [a_line("halo")])
    takeover.claim(store, conversation, officer)

    inbox.receive(store, [a_line("dia datang bawa golok", level=Level.MERAH, reasons=("menyebut golok",))])
    await after_settling(clock, worker)
    takeover.reply(store, conversation, officer, "Saya di sini.")
    await after_settling(clock, worker)

    assert phone.screen == ["Saya di sini."]
    assert engine.asked == []
    assert one(store, Conversation.level) == "merah"


async def test_the_bell_does_not_ring_again_for_what_an_officer_is_reading_already(store: Store, officer: OfficerId) -> None:
    [conversation] = inbox.receive(store, [a_line("dia bawa golok", level=Level.MERAH, reasons=("menyebut golok",))])
    takeover.claim(store, conversation, officer)

    inbox.receive(store, [a_line("dia bawa golok lagi", level=Level.MERAH, reasons=("menyebut golok",))])
    assert one(store, Escalation.acknowledged_at) is not None

    takeover.hand_back(store, conversation, officer)
    inbox.receive(store, [a_line("dia cekik aku", level=Level.MERAH, reasons=("dicekik",))])

    assert 1 == one(store, func.count(Escalation.id).filter(Escalation.acknowledged_at.is_(None)))


async def test_after_handing_back_the_bot_starts_afresh_and_knows_the_facts(
    store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue, officer: OfficerId
) -> None:
    engine.answers = [TurnAnswered(state="s1", replies=[Spoken("ya")], facts={"kecamatan": "Kemiling"})]
    [conversation] = inbox.receive(store, [a_line("aku di kemiling")])
    await after_settling(clock, worker)
    takeover.claim(store, conversation, officer)

    takeover.hand_back(store, conversation, officer)
    inbox.receive(store, [a_line("makasih")])
    await after_settling(clock, worker)

    assert (engine.asked[-1].state, engine.asked[-1].facts) == (None, {"kecamatan": "Kemiling"})


def test_of_fifty_officers_pressing_at_once_one_gets_the_conversation(store: Store) -> None:
    from concurrent.futures import ThreadPoolExecutor

    [conversation] = inbox.receive(store, [a_line("tolong", level=Level.MERAH, reasons=("minta tolong",))])
    officers = [an_officer(store, f"o{n}") for n in range(50)]

    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(lambda who: takeover.claim(store, conversation, who), officers))

    assert sum(won) == 1
    assert one(store, Conversation.holder) == officers[won.index(True)]
    assert one(store, Escalation.acknowledged_by) == officers[won.index(True)]


@pytest.mark.parametrize("act", ["reply", "hand_back", "lower_level"])
def test_only_the_holder_acts(store: Store, officer: OfficerId, act: str) -> None:
    [conversation] = inbox.receive(store, [a_line("tolong")])
    stranger = an_officer(store, "lain")
    takeover.claim(store, conversation, officer)
    acts = {
        "reply": lambda who: takeover.reply(store, conversation, who, "halo"),
        "hand_back": lambda who: takeover.hand_back(store, conversation, who),
        "lower_level": lambda who: takeover.lower_level(store, conversation, who, Level.HIJAU, "sudah aman"),
    }

    with pytest.raises(takeover.NotTheHolder):
        acts[act](stranger)
    acts[act](officer)


def test_a_level_is_lowered_only_with_a_reason(store: Store, officer: OfficerId) -> None:
    [conversation] = inbox.receive(store, [a_line("tolong", level=Level.MERAH, reasons=("x",))])
    takeover.claim(store, conversation, officer)

    with pytest.raises(ValueError, match="reason"):
        takeover.lower_level(store, conversation, officer, Level.HIJAU, "  ")

    assert one(store, Conversation.level) == "merah"


async def test_what_was_never_urgent_is_erased_at_once(store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue) -> None:
    line = a_line("hapus semua")
    engine.answers = [TurnAnswered(state="s", replies=[Spoken("Sudah dihapus.")], orders=[Erase()], facts={"kind": ["fisik"]})]
    conversation, _ = inbox.receive(store, [a_line("aku dipukul"), line])

    await after_settling(clock, worker)
    inbox.receive(store, [line])  # the channel repeats an old delivery

    assert transcript(store, conversation) == [("bot", "Sudah dihapus.")]
    assert one(store, Conversation.facts) is None or facts(store, conversation) == {}


async def test_an_urgent_case_is_not_erased_by_a_message_alone(
    store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue
) -> None:
    engine.answers = [TurnAnswered(state="s", replies=[Spoken("Petugas memeriksa dulu.")], orders=[Erase()])]
    conversation, _ = inbox.receive(store, [a_line("dia bawa golok", level=Level.MERAH, reasons=("golok",)), a_line("hapus")])

    await after_settling(clock, worker)

    assert len(transcript(store, conversation)) == 3
    assert one(store, Notice.kind) == "erase_asked"


async def test_danger_that_comes_in_while_an_erasure_is_computed_is_kept_and_rings(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone
) -> None:
    inbox.receive(store, [a_line("hapus semua ya")])
    clock.forward(seconds=5)
    computing = turns.claim(store, timedelta(seconds=30))
    assert computing is not None

    inbox.receive(store, [a_line("dia bawa golok", level=Level.MERAH, reasons=("menyebut golok",))])
    answer = TurnAnswered(state="s", replies=[Spoken("Sudah dihapus.")], orders=[Erase()])
    assert turns.finish(store, computing, decide(answer, Level.HIJAU, TEXTS.erase_asked))
    await after_settling(clock, worker)

    assert ["hapus dicatat", "jawaban: dia bawa golok"] == phone.screen
    assert one(store, Escalation.acknowledged_at) is None
    assert "merah" == one(store, Conversation.level)


async def test_an_erasure_refused_for_danger_leaves_what_is_known(
    store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue
) -> None:
    engine.answers = [TurnAnswered(state="s1", replies=[Spoken("Terima kasih.")], facts={"relation": "suami"})]
    [conversation] = inbox.receive(store, [a_line("suami saya galak")])
    await after_settling(clock, worker)
    inbox.receive(store, [a_line("hapus semua ya")])
    clock.forward(seconds=5)
    computing = turns.claim(store, timedelta(seconds=30))
    assert computing is not None

    inbox.receive(store, [a_line("dia bawa golok", level=Level.MERAH, reasons=("menyebut golok",))])
    answer = TurnAnswered(state="s2", replies=[Spoken("Sudah dihapus.")], orders=[Erase()])
    assert turns.finish(store, computing, decide(answer, Level.HIJAU, TEXTS.erase_asked))

    assert {"relation": "suami"} == facts(store, conversation)
    left = turns.claim(store, timedelta(seconds=30))
    assert left is not None
    assert "s1" == left.state


async def test_a_line_read_while_an_officer_held_and_handed_back_is_answered_by_the_bot(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, officer: OfficerId
) -> None:
    [conversation] = inbox.receive(store, [a_line("masih di sana?")])
    takeover.claim(store, conversation, officer)
    clock.forward(seconds=5)
    reading = turns.claim(store, timedelta(seconds=30))
    assert reading is not None

    takeover.hand_back(store, conversation, officer)
    assert turns.finish(store, reading, TurnOutcome())
    await after_settling(clock, worker)

    assert ["jawaban: masih di sana?"] == phone.screen


async def test_the_safe_reply_is_not_said_over_an_officer_who_took_over_meanwhile(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, officer: OfficerId
) -> None:
    [conversation] = inbox.receive(store, [a_line("halo")])
    clock.forward(seconds=5)
    late = turns.claim(store, timedelta(seconds=30))
    assert late is not None

    takeover.claim(store, conversation, officer)
    assert turns.postpone(store, late, timedelta(seconds=1), 1, TEXTS.safe_reply, TurnOutcome())
    await after_settling(clock, worker)

    assert [] == phone.screen


async def test_a_bot_message_that_did_not_leave_is_dropped_when_an_officer_has_taken_over(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, officer: OfficerId
) -> None:
    [conversation] = inbox.receive(store, [a_line("halo")])
    clock.forward(seconds=5)
    await worker.take_one_turn()
    sending = outbox.claim(store, timedelta(seconds=60))
    assert sending is not None

    takeover.claim(store, conversation, officer)
    outbox.pause(store, sending, sending.first, Delivery.READY, timedelta(0))
    takeover.reply(store, conversation, officer, "Saya petugas.")
    await after_settling(clock, worker)

    assert ["Saya petugas."] == phone.screen


async def test_a_damaged_conversation_does_not_stop_the_others(store: Store, clock: HeldClock, worker: Worker, phone: Phone) -> None:
    [broken] = inbox.receive(store, [a_line("rusak", sender="6280000000666")])
    with store.database.write() as connection:
        connection.execute(Message.__table__.update().values(body=b"\x01" + b"x" * 60).where(Message.conversation_id == broken))
    clock.forward(seconds=1)
    inbox.receive(store, [a_line("sehat")])

    await after_settling(clock, worker)
    await after_settling(clock, worker)

    assert ["jawaban: sehat"] == phone.screen
    assert ("turn_failed", broken) == (one(store, Notice.kind), one(store, Notice.conversation_id))


@pytest.mark.parametrize(
    ("kind", "told", "fixed"),
    [(Kind.MEDIA, "media", "gambar diterima"), (Kind.LOCATION, "location", "lokasi diterima")],
)
async def test_of_a_picture_or_a_place_the_dialogue_hears_only_that_it_came(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, engine: ScriptedDialogue, kind: Kind, told: str, fixed: str
) -> None:
    inbox.receive(store, [a_line("", kind=kind)])
    await after_settling(clock, worker)
    [asked] = engine.asked
    assert (told, "", {}) == (asked.kind, asked.text, asked.facts)

    engine.down = True
    inbox.receive(store, [a_line("", kind=kind)])
    await after_settling(clock, worker)

    assert fixed == phone.screen[-1]


async def test_a_pressed_button_reaches_the_engine_as_an_id(
    store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue
) -> None:
    inbox.receive(store, [a_line("Ya", kind=Kind.BUTTON, button="ya")])

    await after_settling(clock, worker)

    assert (engine.asked[0].button, engine.asked[0].kind) == ("ya", "button")


async def test_a_worker_whose_lease_ended_changes_nothing(store: Store, clock: HeldClock, worker: Worker, phone: Phone) -> None:
    inbox.receive(store, [a_line("halo")])
    clock.forward(seconds=5)
    asleep = turns.claim(store, timedelta(seconds=30))
    assert asleep is not None
    await after_settling(clock, worker, seconds=31)

    assert not turns.finish(store, asleep, decide(TurnAnswered(state="s", replies=[Spoken("terlambat")]), Level.HIJAU))
    assert not turns.postpone(store, asleep, timedelta(seconds=1), 1, TEXTS.safe_reply, TurnOutcome())
    await worker.settle()

    assert phone.screen == ["jawaban: halo"]


async def test_a_refused_message_is_tried_again_and_order_is_kept(store: Store, clock: HeldClock, worker: Worker, phone: Phone) -> None:
    phone.mishaps = [Mishap.RETRY, Mishap.RETRY]
    inbox.receive(store, [a_line("satu")])
    await after_settling(clock, worker)
    inbox.receive(store, [a_line("dua")])

    for _ in range(4):
        await after_settling(clock, worker, seconds=20)

    assert phone.screen == ["jawaban: satu", "jawaban: dua"]


async def test_a_refused_account_is_told_to_all_officers_and_the_words_are_kept(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone
) -> None:
    phone.mishaps = [Mishap.CHANNEL]
    inbox.receive(store, [a_line("halo")])
    await after_settling(clock, worker)
    assert ("channel_down", None) == (one(store, Notice.kind), one(store, Notice.conversation_id))

    await after_settling(clock, worker)

    assert ["jawaban: halo"] == phone.screen


async def test_a_lost_confirmation_waits_for_the_channels_status_and_does_not_stutter(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone
) -> None:
    phone.mishaps = [Mishap.UNKNOWN]
    inbox.receive(store, [a_line("halo")])
    await after_settling(clock, worker)

    outbox.apply_statuses(store, [Status(Channel.WHATSAPP, "wamid.x", str(one(store, Outbox.id)), Delivery.SENT)])
    await after_settling(clock, worker, seconds=120)

    assert phone.screen == ["jawaban: halo"]
    assert one(store, Outbox.state) == Delivery.SENT


async def test_without_a_status_the_bot_says_it_once_more_and_an_officers_words_are_left_to_the_officer(
    store: Store, clock: HeldClock, worker: Worker, phone: Phone, officer: OfficerId
) -> None:
    phone.mishaps = [Mishap.UNKNOWN]
    [conversation] = inbox.receive(store, [a_line("halo")])
    await after_settling(clock, worker)
    await after_settling(clock, worker, seconds=61)
    assert phone.screen == ["jawaban: halo"] * 2

    takeover.claim(store, conversation, officer)
    phone.mishaps = [Mishap.UNKNOWN]
    takeover.reply(store, conversation, officer, "Saya petugas.")
    for _ in range(3):
        await after_settling(clock, worker, seconds=61)

    assert phone.screen.count("Saya petugas.") == 1
    with store.database.read() as connection:
        assert "send_unknown" in connection.execute(select(Notice.kind)).scalars().all()


def test_shuffled_and_repeated_statuses_never_go_backwards(store: Store) -> None:
    [conversation] = inbox.receive(store, [a_line("halo")])
    with store.database.write() as connection:
        outbox.put(connection, store, conversation, "bot", Body(text="ya"))  # type: ignore[arg-type]
    row = str(one(store, Outbox.id))
    steps = [Status(Channel.WHATSAPP, "wamid.1", row, d) for d in (Delivery.SENT, Delivery.DELIVERED, Delivery.READ)] * 2
    random.Random(3).shuffle(steps)

    for step in steps:
        outbox.apply_statuses(store, [step])
    outbox.apply_statuses(store, [Status(Channel.WHATSAPP, "wamid.1", row, Delivery.FAILED, 131026)])

    assert one(store, Outbox.state) == Delivery.READ


async def test_the_words_come_in_the_order_in_which_they_were_written(
    store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue
) -> None:
    late = a_line("kedua", sent_at=clock.now() + timedelta(seconds=1))
    inbox.receive(store, [late])
    inbox.receive(store, [a_line("pertama", sent_at=clock.now())])

    await after_settling(clock, worker)

    assert engine.asked[0].text == "pertama\nkedua"


def transcript(store: Store, conversation: ConversationId) -> list[tuple[str, str]]:
    with store.database.read() as connection:
        sealer = store.sealer(connection, conversation)
        rows = connection.execute(select(Message.id, Message.author, Message.body).order_by(Message.seq)).all()
    return [(row.author, unseal_body(sealer, row.id, row.body).text) for row in rows]


def facts(store: Store, conversation: ConversationId) -> object:
    with store.database.read() as connection:
        sealed = connection.execute(select(Conversation.facts)).scalar_one()
        return unseal_json(store.sealer(connection, conversation), "conversation.facts", conversation, sealed, {})


async def test_a_fragment_is_read_with_the_lines_of_the_last_minutes(
    store: Store, clock: HeldClock, worker: Worker, engine: ScriptedDialogue
) -> None:
    """'dia ngancem mau', then 'bunuh': what the person wrote before travels with the turn, for ten minutes."""
    inbox.receive(store, [a_line("dia ngancem mau")])
    await after_settling(clock, worker)
    inbox.receive(store, [a_line("bunuh")])
    await after_settling(clock, worker)
    inbox.receive(store, [a_line("halo")])
    await after_settling(clock, worker, minutes=11)

    assert [[], ["dia ngancem mau"], []] == [asked.recent for asked in engine.asked]


@pytest.mark.parametrize(("measured", "said"), [(25, 25), (None, None), (0, None), (300, None)])
async def test_the_dialogue_knows_how_long_people_wait_today(
    store: Store,
    clock: HeldClock,
    worker: Worker,
    engine: ScriptedDialogue,
    monkeypatch: pytest.MonkeyPatch,
    measured: int | None,
    said: int | None,
) -> None:
    """Only what was measured, and only where minutes are the honest measure."""
    monkeypatch.setattr("damping.store.waits.typical", lambda *_: measured)
    inbox.receive(store, [a_line("mau bicara sama petugas")])
    await after_settling(clock, worker)

    assert [said] == [asked.wait_minutes for asked in engine.asked]
