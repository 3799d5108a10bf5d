"""Coming back by a code of words: it opens once, to nobody by chance, and shows nothing by itself."""

import asyncio
import gzip
import html
import math
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from litestar import Litestar
from rapidfuzz.distance import OSA
from sqlalchemy import func, insert, select
from sqlalchemy.exc import OperationalError

from damping.casework.message import Author, Body
from damping.casework.precautions import Precautions
from damping.channels.webchat import code_words
from damping.channels.webchat.routes import router
from damping.store import inbox, notices, returning, websessions
from damping.store.context import Store
from damping.store.live import Live
from damping.store.notices import NoticeKind
from damping.store.returning import Fresh, delay_s
from damping.store.tables import Audit, Conversation, Notice
from damping.store.tables_return import ReturnCode, ReturnTry
from tests.channels.invented import conversations, intake
from tests.channels.test_webchat import CHAT, Page, answer, browser, the_conversation
from tests.support import HeldClock

QUESTION = "Halo. Boleh tahu, dengan siapa ini?"
CODES = replace(CHAT, check=Body(text=QUESTION))
SAID = "saya takut pulang"


class Slept:
    """Remembers how long guesses were made to wait, and waits for nothing."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def slept() -> Slept:
    return Slept()


@pytest.fixture
async def page(store: Store, clock: HeldClock, slept: Slept) -> AsyncIterator[Page]:
    store.precautions = Precautions(safe_word="info kota", stop_word="maaf salah kirim")
    async for opened in browser(store, clock, CODES, sleep=slept):
        yield opened


@pytest.fixture
async def elsewhere(store: Store, clock: HeldClock, slept: Slept) -> AsyncIterator[Page]:
    """Another browser."""
    async for opened in browser(store, clock, CODES, sleep=slept):
        yield opened


def seal(text: str) -> str:
    return html.unescape(re.findall(r'name="segel" value="([^"]*)"', text)[0])


def words_on(text: str) -> list[str]:
    return re.findall(r"<li>(\w+)</li>", text)


async def begun(page: Page) -> Page:
    await page.open()
    await page.send(SAID)
    answer(page.store, "Terima kasih sudah bercerita.")
    return await page.open()


async def a_code(page: Page) -> str:
    asked = await page.client.get("/kode")
    shown = await page.client.post("/kode", data={"segel": seal(asked.text)})
    assert 200 == shown.status_code
    return " ".join(words_on(shown.text))


async def tries(page: Page, code: str) -> Page:
    door = await page.client.get("/kembali")
    return page._seen(await page.client.post("/kembali", data={"segel": seal(door.text), "kode": code}))


async def asks_for_the_earlier(page: Page) -> Page:
    return page._seen(await page.client.post("/riwayat", data={"segel": seal(page.text)}))


def may_ask(page: Page) -> bool:
    return "Tampilkan riwayat" in page.text


class TestWords:
    def test_a_code_holds_more_than_fifty_bits(self):
        listed = code_words.listed()

        assert len(set(listed)) == len(listed)
        assert 50 < sum(math.log2(len(listed) - taken) for taken in range(code_words.WORDS))

    def test_no_two_words_are_mistaken_for_one_another(self):
        listed = code_words.listed()
        alike = [
            (one, other)
            for number, one in enumerate(listed)
            for other in listed[number + 1 :]
            if OSA.distance(one, other, score_cutoff=1) <= 1 or one.startswith(other) or other.startswith(one)
        ]

        assert [] == alike

    def test_they_are_short_plain_and_say_nothing_of_the_office(self):
        odd = [word for word in code_words.listed() if not re.fullmatch(r"[a-z]{4,9}", word)]
        harsh = {
            "pukul",
            "golok",
            "darah",
            "mati",
            "takut",
            "suami",
            "istri",
            "polisi",
            "korban",
            "racun",
            "parang",
            "bunuh",
            "kasar",
            "luka",
        }

        assert [] == odd
        assert set() == harsh & set(code_words.listed())

    @pytest.mark.parametrize(
        "typed",
        [
            "melati kelapa hujan sepatu gitar",
            "MELATI Kelapa hujan  sepatu\ngitar ",
            "melati-kelapa-hujan-sepatu-gitar",
            "melatikelapahujansepatugitar",
            "1. melati 2. kelapa 3. hujan 4. sepatu 5. gitar",
            "melatii kelapa hujn sepatu giatr",
            "melati, kelapa, hujan, sepatu, gitar.",
        ],
    )
    def test_typing_is_forgiven(self, typed: str):
        assert "melatikelapahujansepatugitar" == code_words.read(typed)

    @pytest.mark.parametrize(
        "typed", ["", "melati", "kelapa melati hujan sepatu gitar", "\u0000", "melati kelapa hujan sepatu gitur gitar"]
    )
    def test_another_code_is_another(self, typed: str):
        assert "melatikelapahujansepatugitar" != code_words.read(typed)

    def test_two_codes_differ(self):
        assert code_words.new_code() != code_words.new_code()


class TestAskingForACode:
    async def test_it_is_warned_of_first_and_shown_once(self, page: Page):
        await begun(page)
        asked = await page.client.get("/kode")
        assert "Siapa pun yang memegang kode bisa membacanya juga" in asked.text
        assert [] == words_on(asked.text)

        shown = await page.client.post("/kode", data={"segel": seal(asked.text)})

        assert 5 == len(words_on(shown.text))
        assert "hanya ditampilkan sekali" in shown.text
        assert "no-store" == shown.headers["cache-control"]
        assert [] == words_on((await page.client.get("/kode")).text)

    async def test_only_a_keyed_hash_is_kept(self, page: Page):
        await begun(page)
        code = await a_code(page)

        with page.store.database.read() as connection:
            (kept,) = connection.execute(select(ReturnCode.code_hash)).scalars().all()
        assert 32 == len(kept)
        assert kept == page.store.vault.lookup("return code", code.replace(" ", ""))

    async def test_without_a_conversation_there_is_none(self, page: Page):
        asked = await page.client.get("/kode")
        assert "sesudah percakapan berjalan" in asked.text
        await page.open()
        await page.client.post("/kode", data={"segel": page.form()["segel"]})

        with page.store.database.read() as connection:
            assert 0 == connection.execute(select(func.count()).select_from(ReturnCode)).scalar_one()

    @pytest.mark.parametrize("word", ["info kota", "maaf salah kirim"])
    async def test_a_hidden_or_silenced_chat_gives_no_key_to_whoever_sits_there(self, page: Page, word: str):
        await begun(page)
        await page.send(word)

        shown = await page.client.post("/kode", data={"segel": page.form()["segel"]})

        assert [] == words_on(shown.text)
        assert [] == words_on((await page.client.get("/kode")).text)

    async def test_a_new_one_replaces_the_old_one(self, page: Page, elsewhere: Page):
        await begun(page)
        first, second = await a_code(page), await a_code(page)

        await tries(elsewhere, first)
        assert 400 == elsewhere.status
        await tries(elsewhere, second)
        assert 200 == elsewhere.status

    async def test_where_it_cannot_be_kept_the_page_says_so(self, page: Page, monkeypatch: pytest.MonkeyPatch):
        def locked(*_args: object) -> None:
            raise OperationalError("INSERT", {}, Exception("database is locked"))

        await begun(page)
        asked = await page.client.get("/kode")
        monkeypatch.setattr(returning, "make", locked)

        told = await page.client.post("/kode", data={"segel": seal(asked.text)})

        assert 503 == told.status_code
        assert "Kode belum bisa dibuat" in told.text
        assert [] == words_on(told.text)

    async def test_the_office_may_give_no_codes(self, store: Store, clock: HeldClock):
        async for page in browser(store, clock, replace(CODES, codes_last=timedelta(0))):
            first = await page.client.get("/")

            assert 404 == (await page.client.get("/kembali")).status_code
            assert "/kembali" not in first.text
            assert "/kode" not in (await page.client.get("/petunjuk")).text


class TestComingBack:
    async def test_the_conversation_goes_on_in_another_browser(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)

        await tries(elsewhere, code.upper())
        await elsewhere.send("ini saya lagi")

        assert ("saya", "ini saya lagi") in elsewhere.bubbles()
        assert 1 == conversations(page.store)

    async def test_nothing_earlier_is_shown_until_it_is_asked_for(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)

        await tries(elsewhere, code)
        assert SAID not in elsewhere.text
        assert "bercerita" not in elsewhere.text
        assert may_ask(elsewhere)
        assert {"pesan": []} == (await elsewhere.client.get("/baru?sejak=0")).json()

        await asks_for_the_earlier(elsewhere)
        assert [("saya", SAID), ("asisten", "Terima kasih sudah bercerita.")] == elsewhere.bubbles()
        assert not may_ask(elsewhere)

    async def test_whoever_has_a_word_of_their_own_is_asked_for_it(self, page: Page, elsewhere: Page):
        await begun(page)
        await page.send("kata aman saya melati putih")
        code = await a_code(page)

        await tries(elsewhere, code)
        for _ in range(2):
            await asks_for_the_earlier(elsewhere)
        assert [("asisten", QUESTION)] == elsewhere.bubbles()

        await elsewhere.send("lanjut")
        await elsewhere.open()
        assert SAID not in elsewhere.text
        await elsewhere.send("Melati putih")
        assert ("saya", SAID) in (await elsewhere.open()).bubbles()

    async def test_a_line_written_before_the_earlier_is_asked_for_is_answered_afterwards(self, page: Page, elsewhere: Page):
        await begun(page)
        await tries(elsewhere, await a_code(page))
        await elsewhere.send("halo, ini saya")
        conversation = the_conversation(page.store)
        with page.store.database.write() as connection:  # what a worker does with a line behind the check
            connection.execute(inbox.Inbox.__table__.update().values(state="veiled"))
            connection.execute(Conversation.__table__.update().values(turn_due_at=None))

        await asks_for_the_earlier(await elsewhere.open())

        with page.store.database.read() as connection:
            row = connection.execute(select(Conversation).where(Conversation.id == conversation)).one()
        assert row.turn_due_at == page.clock.now()
        assert row.veiled_at is None

    async def test_a_disguised_chat_stays_disguised(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)
        await page.send("info kota")

        await tries(elsewhere, code)

        assert not may_ask(elsewhere)
        assert "tel:" not in elsewhere.text
        await asks_for_the_earlier(elsewhere)
        assert SAID not in elsewhere.text

    async def test_what_waits_to_be_erased_is_not_brought_back(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)
        with page.store.database.write() as connection:
            notices.raise_notice(connection, page.store, NoticeKind.ERASE_ASKED, the_conversation(page.store))

        await tries(elsewhere, code)
        assert not may_ask(elsewhere)
        await asks_for_the_earlier(elsewhere)

        assert SAID not in elsewhere.text

    async def test_only_who_came_by_code_may_ask(self, page: Page):
        await begun(page)
        await page.send("info kota")
        await page.send("info kota")
        await page.open()

        assert not may_ask(page)
        await page.client.post("/riwayat", data={"segel": page.form()["segel"]})
        assert SAID not in (await page.open()).text

    async def test_the_browser_left_behind_shows_nothing_more(self, page: Page, elsewhere: Page):
        await begun(page)
        await tries(elsewhere, await a_code(page))

        assert 410 == (await page.client.get("/baru?sejak=0")).status_code
        assert SAID not in (await page.open()).text

    async def test_the_officer_is_told_to_make_sure_who_it_is(self, page: Page, elsewhere: Page):
        await begun(page)
        with page.store.database.write() as connection:
            connection.execute(Conversation.__table__.update().values(word="officer"))
        await tries(elsewhere, await a_code(page))

        with page.store.database.read() as connection:
            assert ["after_gap"] == list(connection.execute(select(Notice.kind)).scalars())
            acts = list(connection.execute(select(Audit.act)).scalars())
        assert ["return_code_made", "returned_by_code"] == [act for act in acts if "return" in act]

    async def test_an_officers_words_of_meanwhile_are_hidden_too(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)
        answer(page.store, "Saya petugas, besok saya tunggu.", author=Author.OFFICER)

        await tries(elsewhere, code)

        assert [("asisten", words) for words in CODES.greeting] == elsewhere.bubbles()


class TestACodeOpensOnce:
    async def test_a_used_code_opens_nothing(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)
        await tries(elsewhere, code)

        await tries(page, code)

        assert 400 == page.status

    async def test_unless_the_answer_was_lost_on_its_way(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)
        assert returning.redeem(page.store, code.replace(" ", ""), "x" * 43)  # its cookie never comes back

        page.clock.forward(minutes=9)
        await tries(elsewhere, code)
        assert 200 == elsewhere.status
        assert websessions.Standing.OVER is websessions.standing(page.store, "x" * 43, CODES.idle)

    async def test_a_lost_answer_is_not_waited_for_longer_than_ten_minutes(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)
        returning.redeem(page.store, code.replace(" ", ""), "x" * 43)

        page.clock.forward(minutes=10)
        await tries(elsewhere, code)

        assert 400 == elsewhere.status

    async def test_it_expires(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)
        page.clock.forward(days=30)

        await tries(elsewhere, code)

        assert 400 == elsewhere.status

    async def test_two_at_the_same_moment_do_not_both_stay(self, page: Page):
        await begun(page)
        code = (await a_code(page)).replace(" ", "")
        tokens = ["a" * 43, "b" * 43]

        await asyncio.gather(*(page.store.database.run(returning.redeem, page.store, code, token) for token in tokens))

        live = [token for token in tokens if websessions.standing(page.store, token, CODES.idle) is websessions.Standing.LIVE]
        assert 1 == len(live)


class TestGuessing:
    async def test_wrong_used_old_and_odd_codes_are_answered_alike(self, page: Page, elsewhere: Page):
        await begun(page)
        replaced, used = await a_code(page), await a_code(page)
        await tries(elsewhere, used)
        told = []
        for code in (replaced, used, "melati kelapa hujan sepatu gitar", "melati", "<b>'\"", "x" * 500):
            await tries(page, code)
            told.append((page.status, re.sub(r'(value|nonce)="[^"]*"', "", re.sub(r"<script.*", "", page.text, flags=re.DOTALL))))

        assert [400] * 6 == [status for status, _ in told]
        assert 1 == len({text for _, text in told})

    async def test_what_was_typed_stands_in_the_box(self, page: Page):
        await tries(page, 'melati "kelapa"')

        assert 'value="melati &#34;kelapa&#34;"' in page.text

    async def test_each_wrong_try_makes_the_next_one_slower(self, page: Page, slept: Slept):
        for _ in range(11):
            await tries(page, "melati kelapa hujan sepatu gitar")

        assert [2, 4, 8, 16, 30, 30] == slept.seconds

    async def test_the_right_code_is_not_held_against_anybody(self, page: Page, elsewhere: Page):
        await begun(page)
        await tries(elsewhere, await a_code(page))

        with page.store.database.read() as connection:
            assert 0 == connection.execute(select(func.count()).select_from(ReturnTry)).scalar_one()

    async def test_after_an_hour_tries_are_forgotten(self, page: Page, slept: Slept):
        for _ in range(5):
            await tries(page, "salah")
        page.clock.forward(hours=1, seconds=1)
        await tries(page, "salah")

        assert [] == slept.seconds

    async def test_tries_from_everywhere_slow_everybody(self, page: Page, slept: Slept):
        with page.store.database.write() as connection:
            for number in range(200):
                connection.execute(insert(ReturnTry).values(lane_hash=bytes([number]), at=page.clock.now()))

        await tries(page, "salah")

        assert [2] == slept.seconds

    async def test_many_at_once_are_not_all_held_open(self, store: Store, clock: HeldClock):
        opened = asyncio.Event()

        async def long(_seconds: float) -> None:
            await opened.wait()

        app = Litestar([router(CODES, intake(store), Live(store), sleep=long)], openapi_config=None)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://pesan.example") as client:
            door = await client.get("/kembali")
            form = {"segel": seal(door.text), "kode": "salah"}
            for _ in range(5):
                await client.post("/kembali", data=form)
            held = [asyncio.create_task(client.post("/kembali", data=form)) for _ in range(4)]
            async with asyncio.timeout(20):
                while self.counted(store) < 9:
                    await asyncio.sleep(0.01)

                refused = await client.post("/kembali", data=form)

            assert 429 == refused.status_code
            assert "Tunggu satu menit" in refused.text
            opened.set()
            assert [400] * 4 == [answered.status_code for answered in await asyncio.gather(*held)]

    @staticmethod
    def counted(store: Store) -> int:
        with store.database.read() as connection:
            return connection.execute(select(func.count()).select_from(ReturnTry)).scalar_one()

    @pytest.mark.parametrize(
        ("tries_of_one", "of_all", "seconds"),
        [(0, 0, 0), (4, 99, 0), (5, 0, 2), (8, 0, 16), (9, 0, 30), (500, 500, 30), (0, 100, 1), (0, 400, 4), (0, 99_999, 8), (5, 800, 8)],
    )
    def test_the_table(self, tries_of_one: int, of_all: int, seconds: int):
        assert seconds == delay_s(tries_of_one, of_all)

    async def test_no_other_site_can_bring_a_browser_into_its_own_conversation(self, page: Page, elsewhere: Page):
        await begun(page)
        code = await a_code(page)
        door = await elsewhere.client.get("/kembali")
        form = {"segel": seal(door.text), "kode": code}

        assert 403 == (await elsewhere.client.post("/kembali", data=form, headers={"Origin": "https://jahat.example"})).status_code
        assert 400 == (await elsewhere.client.post("/kembali", data=form | {"segel": "palsu"})).status_code
        assert 403 == (await page.client.post("/kode", headers={"Sec-Fetch-Site": "cross-site"})).status_code
        assert 403 == (await page.client.post("/riwayat", headers={"Sec-Fetch-Site": "cross-site"})).status_code

    @pytest.mark.parametrize("told", [{"content": b"x" * 200_000}, {"content": b"\xff\xfe=\x00"}, {"content": b"--x\r\n"}])
    async def test_a_form_that_cannot_be_read_opens_nothing(self, page: Page, told: dict[str, bytes]):
        await page.client.get("/kembali")
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"):
            answered = await page.client.post("/kembali", headers={"Content-Type": kind}, **told)

            assert 400 == answered.status_code

    async def test_a_browser_without_cookies_is_told_so(self, page: Page):
        told = await page.client.post("/kembali", data={"segel": "x.y", "kode": "melati"})

        assert 400 == told.status_code
        assert "menolak kuki" in told.text

    async def test_a_locked_database_keeps_the_code_in_the_box(self, page: Page, monkeypatch: pytest.MonkeyPatch):
        def locked(*_args: object) -> None:
            raise OperationalError("INSERT", {}, Exception("database is locked"))

        monkeypatch.setattr(returning, "count", locked)
        await tries(page, "melati")

        assert 503 == page.status
        assert 'value="melati"' in page.text


async def test_the_pages_are_small_kept_by_nobody_and_neutral(page: Page):
    await begun(page)
    for path in ("/kode", "/kembali", "/petunjuk"):
        told = await page.client.get(path)

        assert "no-store" == told.headers["cache-control"], path
        assert "default-src 'none'" in told.headers["content-security-policy"], path
        assert re.search(r"<title>(Pesan|Petunjuk)</title>", told.text), path
        assert 14 * 1024 >= len(gzip.compress(told.content, 6)), path


def test_a_code_is_not_shown_by_its_repr():
    assert "<Fresh>" == repr(Fresh("melatikelapa", timedelta(1)))
