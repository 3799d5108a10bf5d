"""The office's own page: works as plain HTML, leaves nothing behind, and never calls sent what is not."""

import asyncio
import gzip
import html
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from damping.casework.ids import ConversationId
from damping.casework.message import Author, Body, Choice
from damping.channels.webchat.config import Hotline, WebchatConfig
from damping.channels.webchat.pacing import Pace
from damping.channels.webchat.page import _script
from damping.channels.webchat.routes import router
from damping.channels.webchat.stream import Lines, Watch
from damping.store import erasure, inbox, outbox, websessions
from damping.store.context import Store
from damping.store.live import Live
from damping.store.tables import Conversation, Escalation, Message, WebSession
from tests.channels.invented import conversations, intake, transcript
from tests.support import HeldClock

CHAT = WebchatConfig(
    hotlines=(Hotline("Polisi", "110"), Hotline("Ambulans", "119"), Hotline("SAPA", "129"), Hotline("Kantor", "0721-000 000")),
    greeting=("Halo. Di sini Anda boleh menulis apa saja.", "Apakah sekarang aman untuk menulis?"),
    exit_url="https://cuaca.example/",
)
EXIT = {"Clear-Site-Data": '"cache", "cookies", "storage"', "Location": CHAT.exit_url, "Cache-Control": "no-store"}


@dataclass
class Page:
    """A browser that does what a person does, without a script."""

    client: AsyncTestClient[Any]
    store: Store
    clock: HeldClock
    text: str = ""
    status: int = 0
    headers: Any = None

    async def open(self, **headers: str) -> "Page":
        """The page, after the short word on leaving where that comes first."""
        self._seen(await self.client.get("/", headers=headers))
        if 'href="/?mulai"' in self.text:
            self._seen(await self.client.get("/?mulai", headers=headers))
        return self

    async def send(self, words: str, **more: str) -> "Page":
        return self._seen(
            await self.client.post("/", data=self.form() | {"teks": words} | more, headers={"Origin": "https://pesan.example"})
        )

    async def press(self, button: str) -> "Page":
        return self._seen(await self.client.post("/", data=self.form("pilihan") | {"tombol": button}))

    async def script(self, **fields: str) -> Any:
        sent = self.form() | {"nomor": f"nomor-{len(fields.get('teks', ''))}-{fields.get('sejak', '')}"} | fields
        return await self.client.post("/", data=sent, headers={"Accept": "application/json"})

    def form(self, name: str = "tulis") -> dict[str, str]:
        (inside,) = re.findall(rf'<form id="{name}".*?</form>', self.text, re.DOTALL)
        return {key: html.unescape(value) for key, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', inside)}

    def bubbles(self) -> list[tuple[str, str]]:
        found = re.findall(r'<div class="b (\w+)"[^>]*><span[^>]*>[^<]*</span><p>(.*?)</p>', self.text, re.DOTALL)
        return [(who, html.unescape(words)) for who, words in found]

    def pills(self) -> list[str]:
        return [html.unescape(title) for title in re.findall(r'name="tombol"[^>]*>([^<]*)<', self.text)]

    def box(self) -> str:
        (inside,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", self.text, re.DOTALL)
        return html.unescape(inside)

    def notice(self) -> str:
        (inside,) = re.findall(r'<p id="kabar"[^>]*>(.*?)</p>', self.text, re.DOTALL)
        return html.unescape(inside).strip()

    def _seen(self, answer: Any) -> "Page":
        self.text, self.status, self.headers = answer.text, answer.status_code, answer.headers
        return self


async def browser(store: Store, clock: HeldClock, config: WebchatConfig = CHAT, **more: Any) -> AsyncIterator[Page]:
    app = Litestar([router(config, intake(store), Live(store), **more)], openapi_config=None)
    async with AsyncTestClient(app, base_url="https://pesan.example") as client:
        yield Page(client, store, clock)


@pytest.fixture
async def page(store: Store, clock: HeldClock) -> AsyncIterator[Page]:
    async for opened in browser(store, clock):
        yield opened


def answer(store: Store, text: str, *choices: str, author: Author = Author.BOT) -> None:
    body = Body(text=text, choices=tuple(Choice(choice, choice.title()) for choice in choices))
    with store.database.write() as connection:
        outbox.put(connection, store, the_conversation(store), author, body)


def the_conversation(store: Store) -> ConversationId:
    with store.database.read() as connection:
        return ConversationId(connection.execute(select(Conversation.id)).scalar_one())


class TestBeforeTheFirstUse:
    async def test_it_says_what_closing_does_and_what_it_does_not(self, page: Page):
        first = await page.client.get("/")

        for words in ("langsung membuka situs lain", "tekan Shift tiga kali", "tidak ikut terhapus", "Untuk kembali, buka alamat ini lagi"):
            assert words in re.sub(r"<[^>]*>", "", first.text), words
        assert 3 <= first.text.count('href="tel:')
        assert 'id="teks"' not in first.text

    async def test_it_comes_once_a_session(self, page: Page):
        await page.client.get("/")
        again = await page.client.get("/")

        assert 'id="teks"' in again.text

    async def test_going_on_leaves_one_address_in_the_history(self, page: Page):
        await page.client.get("/")
        on = await page.client.get("/?mulai", follow_redirects=False)

        assert (303, "/") == (on.status_code, on.headers["location"])

    async def test_who_brings_no_cookie_back_is_told_so(self, page: Page):
        refused = await page.client.get("/?mulai")

        assert "menolak kuki" in page._seen(refused).notice()

    async def test_it_leaves_no_row(self, page: Page):
        await page.client.get("/")

        with page.store.database.read() as connection:
            assert 0 == connection.execute(select(func.count()).select_from(WebSession)).scalar_one()


class TestAdvice:
    async def test_it_needs_no_session_and_makes_none(self, page: Page):
        told = await page.client.get("/petunjuk")

        assert 200 == told.status_code
        assert "set-cookie" not in told.headers
        assert "<title>Petunjuk</title>" in told.text
        for words in ("aplikasi pemantau", "tab samaran", "hapus alamat halaman ini saja", "tetap ada di riwayat peramban"):
            assert words in told.text.lower(), words

    @pytest.mark.parametrize("path", ["/", "/petunjuk"])
    async def test_it_tells_a_passer_by_nothing(self, page: Page, path: str):
        tells_nothing((await page.client.get(path)).text)


def tells_nothing(text: str) -> None:
    shown = re.sub(r"<style.*?</style>|<script.*?</script>", "", text, flags=re.DOTALL).lower()
    for word in ("kekerasan", "korban", "ppa", "uptd", "pelaku", "lapor", "aduan", "darurat", "perempuan", "anak", "damping", "kdrt"):
        assert not re.search(rf"\b{word}", shown), word


class TestFirstScreen:
    async def test_the_first_words_and_the_numbers_are_in_the_html(self, page: Page):
        await page.open()

        assert ["asisten", "asisten"] == [who for who, _ in page.bubbles()]
        assert ["tel:110", "tel:119", "tel:129", "tel:0721000000"] == re.findall(r'href="(tel:[^"]*)"', page.text)

    async def test_it_tells_a_passer_by_nothing(self, page: Page):
        await page.open()

        tells_nothing(page.text)
        assert "<title>Pesan</title>" in page.text

    async def test_it_fits_into_the_first_fourteen_kilobytes(self, page: Page):
        await page.open()

        assert len(gzip.compress(page.text.encode(), 6)) <= 14 * 1024
        assert "gzip" == page.headers["content-encoding"]

    async def test_looking_leaves_no_row(self, page: Page):
        await page.open()

        with page.store.database.read() as connection:
            assert 0 == connection.execute(select(func.count()).select_from(WebSession)).scalar_one()
        assert 0 == conversations(page.store)


class TestWithoutScript:
    async def test_a_conversation(self, page: Page):
        await page.open()
        await page.send("saya takut pulang")
        assert [("saya", "saya takut pulang")] == page.bubbles()
        assert "terkirim" in page.text

        answer(page.store, "Apakah sekarang aman?", "ya", "tidak")
        await page.open()
        assert [("saya", "saya takut pulang"), ("asisten", "Apakah sekarang aman?")] == page.bubbles()
        assert ["Ya", "Tidak"] == page.pills()

        await page.press("tidak")
        assert [] == page.pills()
        assert ("button", "Tidak") == transcript(page.store)[-1]

    async def test_a_form_sent_twice_is_stored_once(self, page: Page):
        await page.open()
        form = page.form() | {"teks": "halo"}

        for _ in range(3):
            await page.client.post("/", data=form)

        assert [("text", "halo")] == transcript(page.store)

    async def test_the_very_first_form_sent_twice_at_once_is_one_conversation(self, page: Page):
        await page.open()
        form = page.form() | {"teks": "halo"}

        await asyncio.gather(*(page.client.post("/", data=form) for _ in range(4)))

        assert 1 == conversations(page.store)
        assert [("text", "halo")] == transcript(page.store)

    async def test_it_loads_new_messages_by_a_link_and_asks_by_itself_only_while_an_answer_is_due(self, page: Page):
        await page.open()
        assert '<noscript><a class="muat" href="/">' in page.text
        assert 'content="605"' in page.text

        await page.send("halo")
        assert '<meta http-equiv="refresh" content="4">' in page.text
        page.clock.forward(seconds=41)
        await page.open()

        assert 'content="605"' in page.text

    async def test_pills_stand_only_under_the_last_bubble(self, page: Page):
        await page.open()
        await page.send("halo")
        answer(page.store, "Pilih", "ya")
        answer(page.store, "Lagi", "tidak", "petugas")

        await page.open()

        assert ["Tidak", "Petugas"] == page.pills()

    async def test_a_press_that_was_never_offered_is_not_taken(self, page: Page):
        await page.open()
        await page.send("halo")

        await page.press("/restart")

        assert 400 == page.status
        assert "tidak berlaku" in page.notice()
        assert [("text", "halo")] == transcript(page.store)

    async def test_a_choice_that_the_dialogue_does_not_know_counts_by_its_words(self, page: Page):
        await page.open()
        await page.send("halo")
        answer(page.store, "Pilih", "asing")

        await page.open()
        await page.press("asing")

        assert ("text", "Asing") == transcript(page.store)[-1]


class TestWhatIsShown:
    async def test_an_officer_is_told_apart_from_the_assistant_and_notes_stay_inside(self, page: Page):
        await page.open()
        await page.send("halo")
        answer(page.store, "Saya petugas.", author=Author.OFFICER)
        answer(page.store, "rahasia antarpetugas")
        with page.store.database.write() as connection:
            last = connection.execute(select(func.max(Message.seq))).scalar_one()
            connection.execute(update(Message).where(Message.seq == last).values(author=Author.NOTE))

        await page.open()

        assert [("saya", "halo"), ("petugas", "Saya petugas.")] == page.bubbles()
        assert "Petugas</span>" in page.text

    @pytest.mark.parametrize("words", ["<script>alert(1)</script>", "{{ 7*7 }}", '"><img src=x onerror=alert(1)>', "=1+1", "a&lt;b"])
    async def test_words_are_shown_as_typed(self, page: Page, words: str):
        await page.open()
        await page.send(words)

        assert [("saya", words)] == page.bubbles()
        assert "<img" not in page.text

    async def test_a_typed_command_is_only_words(self, page: Page):
        await page.open()
        await page.send("/restart\u202e")

        assert [("text", "∕restart")] == transcript(page.store)

    async def test_danger_rings_on_arrival(self, page: Page):
        await page.open()
        await page.send("dia bawa golok")

        with page.store.database.read() as connection:
            assert 1 == len(connection.execute(select(Escalation)).all())

    async def test_after_erasure_the_page_begins_anew(self, page: Page):
        await page.open()
        await page.send("halo")
        last = re.findall(r'data-akhir="(\d+)"', page.text)[0]
        with page.store.database.write() as connection:
            erasure.erase_words(connection, page.store, the_conversation(page.store))
            outbox.put(connection, page.store, the_conversation(page.store), Author.BOT, Body(text="Sudah dihapus."))

        told = (await page.client.get(f"/baru?sejak={last}")).json()

        assert {"ulang": True, "pesan": []} == told
        assert [("asisten", "Sudah dihapus.")] == (await page.open()).bubbles()


class TestScript:
    async def test_it_sends_and_gets_what_is_new(self, page: Page):
        await page.open()

        told = (await page.script(teks="halo", sejak="0")).json()
        assert [("saya", "halo")] == [(m["dari"], m["teks"]) for m in told["pesan"]]
        answer(page.store, "Halo juga", "ya")
        told = (await page.client.get(f"/baru?sejak={told['pesan'][-1]['n']}")).json()

        assert [("asisten", "Halo juga", [{"id": "ya", "judul": "Ya"}])] == [(m["dari"], m["teks"], m["pilihan"]) for m in told["pesan"]]

    async def test_a_repetition_is_called_sent_and_stored_once(self, page: Page):
        await page.open()

        first, again = [await page.script(teks="halo", nomor="sama-sama-1") for _ in range(2)]

        assert [200, 200] == [first.status_code, again.status_code]
        assert [("text", "halo")] == transcript(page.store)

    async def test_an_old_seal_is_answered_with_a_new_one(self, page: Page):
        await page.open()

        refused = await page.script(teks="halo", segel="lama.palsu")

        assert (400, "segel") == (refused.status_code, refused.json()["galat"])
        assert 200 == (await page.script(teks="halo", segel=refused.json()["segel"])).status_code

    async def test_without_a_live_session_there_is_no_news(self, page: Page):
        await page.open()

        assert 410 == (await page.client.get("/baru?sejak=0")).status_code
        assert 204 == (await page.client.get("/alir?sejak=0")).status_code

    def test_it_keeps_nothing_in_the_browser_and_writes_no_markup(self):
        script = _script("keluar.js") + _script("chat.js")
        for word in ("localStorage", "sessionStorage", "indexedDB", "serviceWorker", "document.cookie", "caches", "innerHTML", "outerHTML"):
            assert word not in script, word
        for word in ("insertAdjacentHTML", "eval(", "document.write", "http://", "https://", "pushState", "Notification"):
            assert word not in script, word


class TestLiveLine:
    async def test_it_tells_what_is_new_and_only_of_this_conversation(self, page: Page):
        await page.open()
        await page.send("halo")
        token = page.client.cookies["__Host-sesi"]
        live = Live(page.store)
        running = asyncio.create_task(live.run())
        lines = Lines()
        events = Watch(page.store, live, token, CHAT.idle, lines).events(0)
        try:
            async with asyncio.timeout(10):
                assert "hidup" == (await anext(events)).event
                assert ["halo"] == [m["teks"] for m in json.loads(str((await anext(events)).data))["pesan"]]
                await asyncio.sleep(0.4)
                answer(page.store, "Halo juga")
                fresh = await anext(events)
                assert ["Halo juga"] == [m["teks"] for m in json.loads(str(fresh.data))["pesan"]]
                assert isinstance(fresh.id, int)
        finally:
            await events.aclose()
            running.cancel()
        assert lines.has_room("siapa pun")
        assert {} == lines._open

    def test_nobody_holds_all_lines(self):
        lines = Lines()
        for _ in range(3):
            lines.opened("satu")

        assert not lines.has_room("satu")
        assert lines.has_room("dua")
        lines.closed("satu")
        assert lines.has_room("satu")


class TestNothingIsLost:
    async def test_what_cannot_be_stored_stays_in_the_box_and_is_not_called_sent(self, page: Page, monkeypatch: pytest.MonkeyPatch):
        def locked(*_args: Any) -> None:
            raise OperationalError("INSERT", {}, Exception("database is locked"))

        await page.open()
        with monkeypatch.context() as while_locked:
            while_locked.setattr(inbox, "receive", locked)
            await page.send("tolong saya")
            assert (503, "tolong saya") == (page.status, page.box())
            assert page.notice().startswith("Belum terkirim")
            assert "simpan" == (await page.script(teks="tolong saya")).json()["galat"]

        await page.send(page.box())

        assert [("text", "tolong saya")] == transcript(page.store)
        assert "" == page.box()

    async def test_the_numbers_are_there_even_where_nothing_can_be_read(self, page: Page, monkeypatch: pytest.MonkeyPatch):
        def broken(*_args: Any) -> None:
            raise OperationalError("SELECT", {}, Exception("disk"))

        await page.open()
        monkeypatch.setattr(websessions, "touch", broken)
        await page.open()

        assert 503 == page.status
        assert 'href="tel:110"' in page.text
        assert "telepon nomor di atas" in page.notice()

    async def test_a_flood_is_stored_and_screened_and_only_answered_later(self, store: Store, clock: HeldClock):
        async for page in browser(store, clock, pace=Pace(most=5)):
            await page.open()
            for number in range(12):
                assert 200 == (await page.script(teks=f"baris {number}", nomor=f"nomor-{number:04}")).status_code
            await page.script(teks="dia bawa golok", nomor="nomor-akhir")

            assert 13 == len(transcript(store))
            with store.database.read() as connection:
                row = connection.execute(select(Conversation.turn_due_at, Conversation.level)).one()
            assert "merah" == row.level
            assert timedelta(seconds=2) < row.turn_due_at - clock.now() <= timedelta(seconds=15)

    async def test_a_very_long_text_is_kept_whole(self, page: Page):
        await page.open()
        await page.send("kata " * 3000)

        assert ["kata"] * 3000 == " ".join(words for _, words in transcript(page.store)).split()

    async def test_a_text_beyond_measure_is_given_back(self, page: Page):
        await page.open()
        await page.send("x" * 20_001)

        assert (400, 20_001) == (page.status, len(page.box()))
        assert "terlalu panjang" in page.notice()
        assert 413 == (await page.client.post("/", data={"teks": "x" * 200_000})).status_code

    async def test_without_cookies_it_says_so(self, page: Page):
        await page.open()
        page.client.cookies.clear()

        await page.send("halo")

        assert (400, "halo") == (page.status, page.box())
        assert "kuki" in page.notice()


class TestSession:
    async def test_the_cookie_dies_with_the_browser_and_no_script_or_site_sees_it(self, page: Page):
        told = (await page.client.get("/")).headers["set-cookie"]

        assert told.startswith("__Host-sesi=")
        for flag in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
            assert flag in told
        for lasting in ("Max-Age", "Expires", "Domain"):
            assert lasting.lower() not in told.lower()

    async def test_only_a_hash_of_it_is_kept(self, page: Page):
        await page.open()
        await page.send("halo")
        token = page.client.cookies["__Host-sesi"]

        with page.store.database.read() as connection:
            (kept,) = connection.execute(select(WebSession.token_hash)).scalars().all()

        assert token.encode() not in kept
        assert 32 == len(kept)

    async def test_after_ten_idle_minutes_the_page_is_a_neutral_start(self, page: Page):
        await page.open()
        await page.send("saya takut pulang")
        page.clock.forward(minutes=9, seconds=59)
        assert "saya takut pulang" in (await page.open()).text

        page.clock.forward(minutes=10, seconds=1)
        assert 410 == (await page.client.get("/baru?sejak=0")).status_code
        await page.open()

        assert "saya takut pulang" not in page.text
        assert 2 == len(page.bubbles())
        assert "set-cookie" in page.headers

    async def test_an_open_line_is_no_sign_of_life_but_a_touch_is(self, page: Page):
        await page.open()
        await page.send("halo")
        for _ in range(3):
            page.clock.forward(minutes=4)
            await page.client.get("/baru?sejak=0")
        assert 410 == (await page.client.get("/baru?sejak=0")).status_code
        assert 410 == (await page.client.post("/tetap", data={"segel": page.form()["segel"]})).status_code

        await page.open()
        await page.send("halo lagi")
        for _ in range(3):
            page.clock.forward(minutes=6)
            assert 204 == (await page.client.post("/tetap", data={"segel": page.form()["segel"]})).status_code
        assert 200 == (await page.client.get("/baru?sejak=0")).status_code

    async def test_words_sent_into_an_idle_session_begin_a_new_one_and_nothing_earlier_is_shown(self, page: Page):
        await page.open()
        await page.send("yang lama")
        page.clock.forward(minutes=11)

        await page.send("yang baru")

        assert [("saya", "yang baru")] == page.bubbles()
        assert 2 == conversations(page.store)

    async def test_a_form_needs_its_seal(self, page: Page):
        await page.open()
        await page.send("halo", segel="palsu")

        assert (400, "halo") == (page.status, page.box())
        assert [] == transcript(page.store)

    @pytest.mark.parametrize(
        "told", [{"Origin": "https://jahat.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
    )
    async def test_other_sites_can_send_nothing_in_ones_name(self, page: Page, told: dict[str, str]):
        await page.open()
        form = page.form() | {"teks": "halo"}

        assert 403 == (await page.client.post("/", data=form, headers=told)).status_code
        assert 403 == (await page.client.post("/tetap", data=form, headers=told)).status_code
        assert [] == transcript(page.store)

    async def test_two_browsers_are_two_persons(self, store: Store, clock: HeldClock):
        async for first in browser(store, clock):
            async for second in browser(store, clock):
                await first.open()
                await second.open()
                await first.send("dari satu")
                await second.send("dari dua")

                assert [("saya", "dari satu")] == (await first.open()).bubbles()
                assert [("saya", "dari dua")] == (await second.open()).bubbles()


class TestExit:
    async def test_it_is_a_plain_link_and_the_first_thing_to_reach(self, page: Page):
        await page.open()

        first = re.search(r"<(a|button|input|textarea)\b[^>]*>", page.text[page.text.index("<body") :])

        assert first is not None
        assert 'href="/keluar"' in first[0]
        assert "noreferrer" in first[0]

    async def test_it_ends_the_session_forgets_and_leads_elsewhere(self, page: Page):
        await page.open()
        await page.send("saya takut pulang")
        token = page.client.cookies["__Host-sesi"]

        left = await page.client.get("/keluar", follow_redirects=False)

        assert 303 == left.status_code
        for name, value in EXIT.items():
            assert value == left.headers[name]
        assert "Max-Age=0" in left.headers["set-cookie"]
        page.client.cookies.set("__Host-sesi", token)
        assert "saya takut pulang" not in (await page.open()).text

    async def test_it_leads_out_even_where_the_session_cannot_be_ended(self, page: Page, monkeypatch: pytest.MonkeyPatch):
        def broken(*_args: Any) -> None:
            raise OperationalError("UPDATE", {}, Exception("disk"))

        await page.open()
        monkeypatch.setattr(websessions, "end", broken)

        left = await page.client.get("/keluar", follow_redirects=False)

        assert (303, CHAT.exit_url) == (left.status_code, left.headers["location"])

    async def test_another_site_cannot_end_it(self, page: Page):
        await page.open()
        await page.send("halo")

        await page.client.get("/keluar", headers={"Sec-Fetch-Site": "cross-site"}, follow_redirects=False)

        assert [("saya", "halo")] == (await page.open()).bubbles()


class TestHeaders:
    async def test_the_page_runs_and_loads_nothing_but_itself(self, page: Page):
        await page.open()
        policy = page.headers["content-security-policy"]
        (nonce,) = set(re.findall(r"'nonce-([^']+)'", policy))

        assert policy.startswith("default-src 'none';")
        for rule in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'"):
            assert rule in policy
        assert "unsafe" not in policy
        assert 3 == page.text.count(f'nonce="{nonce}"')
        assert 3 == len(re.findall(r"<(?:style|script)\b", page.text))
        assert not re.findall(r'(?:src|href|action)="(?!/|tel:|data:)', page.text)
        assert not re.findall(r"\son\w+=|\sstyle=", page.text)

    async def test_no_answer_is_kept_framed_or_told_elsewhere(self, page: Page):
        await page.open()
        await page.send("halo")
        answers = [await page.client.get(path, follow_redirects=False) for path in ("/", "/baru?sejak=0", "/keluar", "/alir", "/baru")]
        answers.append(await page.script(teks="lagi"))

        for told in answers:
            assert "no-store" == told.headers["cache-control"], told.url
            assert "no-referrer" == told.headers["referrer-policy"], told.url
            assert "nosniff" == told.headers["x-content-type-options"], told.url

    async def test_a_nonce_is_used_once(self, page: Page):
        first, second = [(await page.open()).headers["content-security-policy"] for _ in range(2)]

        assert first != second

    async def test_the_transcript_is_a_log_and_the_box_has_a_label(self, page: Page):
        await page.open()

        for part in ('role="log"', 'role="status"', '<label class="sr" for="teks">', 'lang="id"', 'spellcheck="false"', 'translate="no"'):
            assert part in page.text


def test_plain_cookies_only_in_development():
    assert "__Host-sesi" == CHAT.cookie
    assert "sesi" == replace(CHAT, development=True).cookie


@pytest.mark.parametrize("wrong", [{"path": "/pesan"}, {"exit_url": "javascript:alert(1)"}, {"exit_url": "http://cuaca.example/"}])
def test_a_wrong_setting_refuses_to_start(wrong: dict[str, str]):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        replace(CHAT, **wrong)
