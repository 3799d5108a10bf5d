"""Promises about whoever else may hold the phone: hidden, silenced, checked after a gap, and never written to unasked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from damping.casework.dialogue import Hint, Spoken, TurnAnswered, Understood
from damping.casework.fixed import FixedTexts
from damping.casework.ids import ConversationId, OfficerId
from damping.casework.message import Body, Channel, Delivery, Kind
from damping.casework.orders import AnyOrder, ArrangeContact, CallOfficer, Erase, Hush
from damping.casework.pacing import Patience
from damping.casework.precautions import Contact, Precautions
from damping.casework.turn import decide
from damping.store import inbox, notices, safety, takeover, turns, websessions
from damping.store.context import Store
from damping.store.notices import NoticeKind
from damping.store.tables import Conversation, Escalation, Outbox
from damping.wiring.worker import Worker
from rules.disguise import CityChat, Topic
from rules.levels import Level
from tests.contracts.test_turns import Phone, after_settling, an_officer, one
from tests.support import HeldClock, ScriptedDialogue, a_line

SAID = ("aman: 110", "petugas di sini", "kembali", "gambar diterima", "lokasi diterima", "hapus dicatat", "belum paham")
GUARD = (
    "siapa ini?",
    "siapa?",
    "tulis: lanjut",
    "lanjut, ya?",
    "gawat: 110",
    "kata disimpan",
    "cara memilih kata",
    "kata ditolak",
    "agak lama",
)
TEXTS = FixedTexts(*(Body(text=text) for text in (*SAID, *GUARD)))
CITY = CityChat(("Info kota.", "Info kota lagi."), ("Belum ada.", "Belum tersedia."), (Topic(("ktp",), ("Bawa KK.", "Gratis.")),))
OWN = "melati putih"


@pytest.fixture
def store(store: Store) -> Store:
    store.precautions = Precautions(safe_word="info kota", stop_word="maaf salah kirim")
    return store


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def engine() -> ScriptedDialogue:
    return ScriptedDialogue()


@pytest.fixture
def worker(store: Store, engine: ScriptedDialogue, phone: Phone) -> Worker:
    return Worker(store, engine, {Channel.WHATSAPP: phone}, TEXTS, Patience(turn_limit=timedelta(seconds=0.5)), city=CITY)


@pytest.fixture
def officer(store: Store) -> OfficerId:
    return an_officer(store, "o1")


class Person:
    """Writes, waits for the answer, and tells what is new on the phone."""

    def __init__(self, store: Store, clock: HeldClock, worker: Worker, phone: Phone) -> None:
        self.store, self.clock, self.worker, self.phone = store, clock, worker, phone
        self.conversation = ConversationId("")

    async def writes(self, *lines: str, **more: object) -> list[str]:
        before = len(self.phone.screen)
        [self.conversation, *_] = inbox.receive(self.store, [a_line(line, **more) for line in lines])  # type: ignore[arg-type]
        await after_settling(self.clock, self.worker)
        return self.phone.screen[before:]

    async def waits(self, **amount: float) -> list[str]:
        before = len(self.phone.screen)
        await after_settling(self.clock, self.worker, **amount)
        return self.phone.screen[before:]

    @property
    def notices(self) -> list[str]:
        with self.store.database.read() as connection:
            return [kind.value for kind in notices.open_kinds(connection, self.conversation)]


@pytest.fixture
def person(store: Store, clock: HeldClock, worker: Worker, phone: Phone) -> Person:
    return Person(store, clock, worker, phone)


def orders(*given: AnyOrder) -> TurnAnswered:
    return TurnAnswered(state="s", replies=[Spoken("Oke.")], orders=list(given))


async def test_the_offices_word_turns_the_chat_into_city_information_until_it_returns(person: Person, engine: ScriptedDialogue) -> None:
    await person.writes("dia mukul aku kemarin")
    asked = len(engine.asked)

    assert ["Info kota."] == await person.writes("Info  KOTA!")
    assert ["Bawa KK."] == await person.writes("ktp gimana")
    assert ["Belum ada."] == await person.writes("istri saya cerita apa")
    assert ["Belum tersedia."] == await person.writes("cerita dong")
    assert asked == len(engine.asked)
    assert ["disguised"] == person.notices

    assert ["jawaban: "] == await person.writes("info kota")
    assert [] == person.notices
    assert ["jawaban: aku lagi"] == await person.writes("aku lagi")


async def test_a_word_inside_a_sentence_hides_nothing(person: Person) -> None:
    assert ["jawaban: mau tanya info kota dong kak"] == await person.writes("mau tanya info kota dong kak")


async def test_it_works_while_the_engine_is_down(person: Person, engine: ScriptedDialogue) -> None:
    await person.writes("halo")
    engine.down = True

    assert ["Info kota."] == await person.writes("info kota")
    assert ["Bawa KK."] == await person.writes("ktp")


async def test_the_persons_own_word_is_chosen_in_free_words_and_the_offices_does_not_open_what_it_hid(
    store: Store, person: Person, engine: ScriptedDialogue
) -> None:
    assert ["kata disimpan"] == await person.writes(f"kak, kata aman saya {OWN}")
    assert [] == engine.asked

    assert ["Info kota."] == await person.writes("Melati-putih.")
    assert ["Belum ada."] == await person.writes("info kota bukan?")
    await person.writes("info kota")
    assert "disguised" in person.notices

    assert ["jawaban: "] == await person.writes(OWN)
    assert "lanjut" == engine.asked[-1].button
    with store.database.read() as connection:
        assert safety.safety_of(connection, store, person.conversation).has_own_word


@pytest.mark.parametrize(
    ("line", "answer"),
    [("apa itu kata aman?", "cara memilih kata"), ("kata aman saya iya", "kata ditolak"), ("kata aman: oke", "kata ditolak")],
)
async def test_asking_about_it_or_a_word_of_everyday_is_answered_and_sets_nothing(
    store: Store, person: Person, line: str, answer: str
) -> None:
    assert [answer] == await person.writes(line)

    with store.database.read() as connection:
        assert not safety.safety_of(connection, store, person.conversation).has_own_word


async def test_what_stands_beside_a_chosen_word_is_heard(person: Person) -> None:
    assert ["kata disimpan\n\njawaban: dia pulang jam 5"] == await person.writes(f"kata aman saya {OWN}", "dia pulang jam 5")


async def test_nobody_in_a_hidden_chat_can_choose_a_word(person: Person) -> None:
    await person.writes("halo")
    await person.writes("info kota")
    await person.writes("kata aman saya kucing hutan")

    await person.writes("info kota")
    assert ["jawaban: kucing hutan"] == await person.writes("kucing hutan")


async def test_danger_in_a_hidden_chat_rings_and_nothing_shows_it(
    store: Store, person: Person, engine: ScriptedDialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    await person.writes("halo")
    await person.writes("info kota")

    assert ["Belum ada."] == await person.writes("dia bawa golok", level=Level.MERAH, reasons=("menyebut golok",))
    assert one(store, Escalation.acknowledged_at) is None


async def test_danger_that_only_the_model_hears_rings_in_a_hidden_chat_too(
    store: Store, person: Person, engine: ScriptedDialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def understand(texts: list[str]) -> list[Understood]:
        return [Understood(danger=Level.MERAH, danger_by=[Hint("model", Level.MERAH, "mirip pesan darurat")]) for _ in texts]

    await person.writes("halo")
    await person.writes("info kota")
    monkeypatch.setattr(engine, "understand", understand)

    assert ["Belum ada."] == await person.writes("besok yang pulang cuma nama")
    assert "merah" == one(store, Conversation.level)


async def test_an_answer_computed_while_the_chat_is_hidden_is_never_sent(store: Store, clock: HeldClock, person: Person) -> None:
    inbox.receive(store, [a_line("dia mukul aku")])
    clock.forward(seconds=5)
    computing = turns.claim(store, timedelta(seconds=30))
    assert computing is not None

    inbox.receive(store, [a_line("info kota")])
    assert turns.finish(store, computing, decide(TurnAnswered(state="s", replies=[Spoken("Terima kasih sudah bercerita.")]), Level.HIJAU))

    assert ["Info kota."] == await person.waits(seconds=5)


async def test_what_the_bot_had_not_sent_stays_unsaid_in_a_hidden_chat(
    store: Store, clock: HeldClock, worker: Worker, person: Person
) -> None:
    inbox.receive(store, [a_line("dia mukul aku")])
    clock.forward(seconds=5)
    await worker.take_one_turn()

    assert ["Info kota."] == await person.writes("info kota")


async def test_an_officers_words_wait_while_the_chat_is_hidden_and_leave_when_the_word_returns(
    store: Store, person: Person, officer: OfficerId
) -> None:
    await person.writes("halo")
    takeover.claim(store, person.conversation, officer)
    assert ["Info kota."] == await person.writes("info kota")

    takeover.reply(store, person.conversation, officer, "Aman sekarang?")
    assert [] == await person.waits(seconds=5)
    assert (Delivery.HELD, "disguised") == held(store)
    assert ["Bawa KK."] == await person.writes("ktp")

    assert ["Aman sekarang?"] == await person.writes("info kota")


async def test_taking_over_a_hidden_chat_says_nothing_in_it(store: Store, person: Person, officer: OfficerId) -> None:
    await person.writes("halo")
    await person.writes("info kota")

    takeover.claim(store, person.conversation, officer, TEXTS.officer_joined)
    takeover.hand_back(store, person.conversation, officer, TEXTS.handed_back)

    assert [] == await person.waits(seconds=5)
    assert ["Bawa KK."] == await person.writes("ktp")


def held(store: Store) -> tuple[str, str | None]:
    with store.database.read() as connection:
        row = connection.execute(select(Outbox.state, Outbox.held_for).where(Outbox.author == "officer")).one()
        return row.state, row.held_for


async def test_the_stop_word_ends_all_messages_and_tells_the_officers(store: Store, person: Person, officer: OfficerId) -> None:
    await person.writes("halo")

    assert [] == await person.writes("Maaf, salah kirim")
    assert [] == await person.writes("ini siapa?")
    assert [] == await person.writes("dia bawa golok", level=Level.MERAH, reasons=("menyebut golok",))
    assert {"hush"} <= set(person.notices)
    assert one(store, Escalation.acknowledged_at) is None
    takeover.claim(store, person.conversation, officer)
    takeover.reply(store, person.conversation, officer, "Halo?")
    assert [] == await person.waits(hours=30)
    assert (Delivery.HELD, "stopped") == held(store)


async def test_after_a_stop_a_plain_go_on_opens_the_chat_and_the_engine_is_told_to_ask_afresh(
    person: Person, engine: ScriptedDialogue
) -> None:
    await person.writes("halo")
    await person.writes("maaf salah kirim")

    assert ["jawaban: lanjut"] == await person.writes("lanjut")
    assert engine.asked[-1].gap
    await person.writes("ya")
    assert not engine.asked[-1].gap


async def test_long_after_a_stop_a_message_is_met_with_the_neutral_check(person: Person) -> None:
    await person.writes("halo")
    await person.writes("maaf salah kirim")
    await person.waits(minutes=6)

    assert ["tulis: lanjut"] == await person.writes("halo?")
    assert ["lanjut, ya?"] == await person.writes("ada orang?")
    assert ["gawat: 110"] == await person.writes("dia bawa golok", level=Level.MERAH, reasons=("menyebut golok",))


async def test_a_hushed_dialogue_says_its_one_word_and_falls_silent(person: Person, engine: ScriptedDialogue) -> None:
    await person.writes("halo")
    engine.answers = [orders(Hush())]

    assert ["Oke."] == await person.writes("ada suami")
    assert [] == await person.writes("siapa ini")
    assert ["hush"] == person.notices
    assert ["jawaban: lanjut"] == await person.writes("lanjut")


async def test_after_a_gap_the_first_line_is_met_with_a_neutral_question_and_answered_once_that_is_passed(
    person: Person, engine: ScriptedDialogue
) -> None:
    await person.writes("dia mukul aku")
    await person.waits(minutes=61)

    assert ["tulis: lanjut"] == await person.writes("kak mau tanya soal yang kemarin")
    assert 1 == len(engine.asked)

    assert ["jawaban: kak mau tanya soal yang kemarin"] == await person.writes("Lanjut")
    assert engine.asked[-1].gap


async def test_an_hour_is_no_gap(person: Person, engine: ScriptedDialogue) -> None:
    await person.writes("halo")
    await person.waits(minutes=59)

    assert ["jawaban: aku lagi"] == await person.writes("aku lagi")
    assert not engine.asked[-1].gap


async def test_with_a_word_of_ones_own_only_that_passes_and_lines_behind_the_check_never_reach_the_dialogue(
    person: Person, engine: ScriptedDialogue
) -> None:
    await person.writes(f"kata aman saya {OWN}")
    await person.waits(minutes=61)

    assert ["siapa ini?"] == await person.writes("istri saya cerita apa?")
    assert ["siapa?"] == await person.writes("lanjut")
    assert [] == [kind for kind in person.notices if kind == "other_writer"]
    await person.writes("jawab dong")
    assert ["other_writer"] == person.notices

    assert ["jawaban: "] == await person.writes(OWN)
    assert ["lanjut"] == [asked.button for asked in engine.asked]


async def test_unanswered_lines_of_an_earlier_gap_are_not_taken_up_after_the_next(person: Person) -> None:
    await person.writes("halo")
    await person.waits(minutes=61)
    await person.writes("ini siapa?")
    await person.waits(minutes=61)
    await person.writes("aku mau cerita")

    assert ["jawaban: aku mau cerita"] == await person.writes("lanjut")


async def test_danger_in_the_first_line_after_a_gap_rings_and_is_answered_with_the_numbers(store: Store, person: Person) -> None:
    await person.writes("halo")
    await person.waits(hours=5)

    assert ["gawat: 110"] == await person.writes("dia bawa golok", level=Level.MERAH, reasons=("menyebut golok",))
    assert one(store, Escalation.acknowledged_at) is None


async def test_after_a_gap_an_officer_who_holds_the_word_is_told_and_the_bot_asks_nothing(
    store: Store, person: Person, officer: OfficerId
) -> None:
    await person.writes("halo")
    takeover.claim(store, person.conversation, officer)
    await person.waits(minutes=70)

    assert [] == await person.writes("masih ada?")
    assert ["after_gap"] == person.notices


async def test_nothing_is_ever_sent_unasked(person: Person, engine: ScriptedDialogue) -> None:
    engine.answers = [orders(CallOfficer())]
    await person.writes("mau bicara dengan orang")

    for _ in range(30):
        assert [] == await person.waits(hours=3)


async def test_a_late_officer_is_told_of_only_with_an_answer_and_not_each_time(person: Person, engine: ScriptedDialogue) -> None:
    engine.answers = [orders(CallOfficer())]
    await person.writes("mau bicara dengan orang")
    assert [] == await person.waits(minutes=11)

    assert ["jawaban: masih lama?\n\nagak lama"] == await person.writes("masih lama?")
    assert ["jawaban: ya"] == await person.writes("ya")


AGREED = ArrangeContact("chat", "0800", "jam 9 sampai 11", "Sari", "salah sambung")


async def test_the_contract_is_kept_sealed_and_must_be_asked_again_after_a_gap(
    store: Store, person: Person, engine: ScriptedDialogue
) -> None:
    engine.answers = [orders(AGREED)]
    await person.writes("jam 9 sampai 11 aja")

    with store.database.read() as connection:
        found = safety.contact_of(connection, store, person.conversation)
        sealed = connection.execute(select(Conversation.contact)).scalar_one()
    assert found is not None
    assert (Contact("chat", "0800", "jam 9 sampai 11", "Sari", "salah sambung"), True) == (found.contact, found.confirmed)
    assert b"Sari" not in sealed

    await person.waits(minutes=61)
    await person.writes("halo")
    with store.database.read() as connection:
        later = safety.contact_of(connection, store, person.conversation)
    assert later is not None
    assert not later.confirmed


async def test_nobody_has_a_contract_before_choosing(store: Store, person: Person) -> None:
    await person.writes("halo")

    with store.database.read() as connection:
        assert None is safety.contact_of(connection, store, person.conversation)


async def test_outside_the_chosen_hours_an_officers_message_is_held_with_its_reason_and_leaves_in_them(
    store: Store, clock: HeldClock, person: Person, engine: ScriptedDialogue, officer: OfficerId
) -> None:
    engine.answers = [orders(AGREED)]
    await person.writes("jam 9 sampai 11 aja")  # 03.15 in Lampung
    takeover.claim(store, person.conversation, officer)
    await person.waits(minutes=30)

    takeover.reply(store, person.conversation, officer, "Selamat pagi.")
    assert [] == await person.waits(seconds=5)
    assert (Delivery.HELD, "outside_hours") == held(store)
    assert [] == await person.waits(hours=5)  # 08.45

    assert ["Selamat pagi."] == await person.waits(minutes=15)


async def test_who_wrote_a_moment_ago_is_answered_at_any_hour(
    store: Store, person: Person, engine: ScriptedDialogue, officer: OfficerId
) -> None:
    engine.answers = [orders(AGREED)]
    await person.writes("jam 9 sampai 11 aja")
    takeover.claim(store, person.conversation, officer)
    await person.waits(minutes=9)

    takeover.reply(store, person.conversation, officer, "Saya di sini.")

    assert ["Saya di sini."] == await person.waits(seconds=5)


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        (ArrangeContact("jangan"), "no_contact"),
        (ArrangeContact("telepon", "0800", "kapan saja"), "phone_only"),
        (ArrangeContact("chat", "", "kalau dia kerja"), "hours_unclear"),
        (None, "no_safe_time"),
    ],
)
async def test_without_a_safe_time_the_office_never_speaks_first(
    store: Store, person: Person, engine: ScriptedDialogue, officer: OfficerId, chosen: ArrangeContact | None, reason: str
) -> None:
    engine.answers = [orders(*([chosen] if chosen else []))]
    await person.writes("halo")
    takeover.claim(store, person.conversation, officer)
    await person.waits(minutes=61)

    takeover.reply(store, person.conversation, officer, "Apa kabar?")
    assert [] == await person.waits(hours=40)
    assert (Delivery.HELD, reason) == held(store)

    assert ["Apa kabar?"] == await person.writes("halo, ini aku")


async def test_without_a_safe_time_an_answer_within_the_hour_leaves(store: Store, person: Person, officer: OfficerId) -> None:
    await person.writes("halo")
    takeover.claim(store, person.conversation, officer)
    await person.waits(minutes=50)

    takeover.reply(store, person.conversation, officer, "Saya petugas.")

    assert ["Saya petugas."] == await person.waits(seconds=5)


async def test_a_changed_way_of_writing_is_told_to_officers_once(store: Store, person: Person, engine: ScriptedDialogue) -> None:
    changed = TurnAnswered(state="s", replies=[Spoken("ya")], facts={"style_changed": "ya"})
    engine.answers = [changed, changed]
    await person.writes("Hapus semua data saya.")
    assert ["other_writer"] == person.notices

    with store.database.write() as connection:
        notices.resolve(connection, store, person.conversation, notices.NoticeKind.OTHER_WRITER)
    await person.writes("Cepat hapus.")
    assert [] == person.notices


async def test_erasing_takes_words_and_contract_too(store: Store, person: Person, engine: ScriptedDialogue) -> None:
    await person.writes(f"kata aman saya {OWN}")
    with store.database.write() as connection:
        from damping.store import erasure

        erasure.erase_words(connection, store, person.conversation)

    assert ["jawaban: melati putih"] == await person.writes(OWN)


async def test_a_picture_in_a_hidden_chat_gets_a_city_answer(person: Person) -> None:
    await person.writes("halo")
    await person.writes("info kota")

    assert ["Info kota lagi."] == await person.writes("", kind=Kind.MEDIA)


class Page:
    """A web chat as its page reads it."""

    def __init__(self, store: Store, clock: HeldClock, worker: Worker) -> None:
        self.store, self.clock, self.worker = store, clock, worker
        self.token = "t" * 43
        websessions.open_for_writing(store, self.token, timedelta(minutes=10))

    async def writes(self, text: str) -> ConversationId:
        name = websessions.name_of(self.store, self.token).value
        [conversation] = inbox.receive(self.store, [a_line(text, channel=Channel.WEBCHAT, sender=name)])
        await after_settling(self.clock, self.worker)
        return conversation

    def shown(self, after: int = 0) -> websessions.Transcript:
        return websessions.transcript(self.store, self.token, after)

    @property
    def texts(self) -> list[str]:
        return [line.body.text for line in self.shown().lines]


@pytest.fixture
def page(store: Store, clock: HeldClock, worker: Worker) -> Page:
    return Page(store, clock, worker)


async def test_a_hidden_page_begins_anew_and_shows_only_city_information(page: Page) -> None:
    await page.writes("dia mukul aku")
    before = page.shown().lines[-1].seq
    await page.writes("info kota")

    assert ["Info kota."] == page.texts
    assert page.shown(before).gap
    assert page.shown().disguised
    assert not page.shown(page.shown().lines[-1].seq).gap


async def test_with_a_word_of_ones_own_the_page_shows_all_again_with_what_officers_wrote_meanwhile(
    store: Store, page: Page, officer: OfficerId
) -> None:
    conversation = await page.writes(f"kata aman saya {OWN}")
    await page.writes(OWN)
    takeover.claim(store, conversation, officer)
    takeover.reply(store, conversation, officer, "Aman?")
    known = page.shown().lines[-1].seq
    assert ["Info kota."] == page.texts

    await page.writes(OWN)

    assert page.shown(known).gap
    assert ["kata aman saya melati putih", "kata disimpan", OWN, "Info kota.", "Aman?", OWN] == page.texts
    assert not page.shown(page.shown().lines[-1].seq).gap


async def test_a_word_of_ones_own_brings_nothing_back_that_waits_to_be_erased(store: Store, page: Page) -> None:
    conversation = await page.writes(f"kata aman saya {OWN}")
    with store.database.write() as connection:
        notices.raise_notice(connection, store, NoticeKind.ERASE_ASKED, conversation)
    await page.writes(OWN)

    await page.writes(OWN)

    assert f"kata aman saya {OWN}" not in page.texts


async def test_a_page_opened_by_a_plain_word_keeps_what_came_before_hidden(page: Page) -> None:
    await page.writes("dia mukul aku")
    await page.writes("maaf salah kirim")
    assert [] == page.texts

    await page.writes("lanjut")

    assert ["lanjut", "jawaban: lanjut"] == page.texts


async def test_an_urgent_page_that_may_not_be_erased_is_hidden_at_once(
    store: Store, page: Page, clock: HeldClock, worker: Worker, engine: ScriptedDialogue
) -> None:
    name = websessions.name_of(store, page.token).value
    inbox.receive(store, [a_line("dia bawa golok", channel=Channel.WEBCHAT, sender=name, level=Level.MERAH, reasons=("golok",))])
    await after_settling(clock, worker)
    engine.answers = [TurnAnswered(state="s", replies=[Spoken("Petugas memeriksa dulu.")], orders=[Erase()])]

    await page.writes("hapus semua")

    assert ["Petugas memeriksa dulu."] == page.texts


async def test_after_a_gap_the_page_hides_what_came_before(page: Page, clock: HeldClock) -> None:
    await page.writes("dia mukul aku")
    clock.forward(minutes=11)
    await page.writes("halo")

    assert ["halo", "tulis: lanjut"] == page.texts


async def test_whoever_is_seen_on_the_page_has_not_been_away(page: Page, store: Store, clock: HeldClock) -> None:
    await page.writes("halo")
    for _ in range(4):
        clock.forward(minutes=5)
        websessions.touch(store, page.token, timedelta(minutes=10))

    await page.writes("lama ya")

    assert ["halo", "jawaban: halo", "lama ya", "jawaban: lama ya"] == page.texts
