"""The page while a safe word or a long silence hides what was said: nothing on it tells of the chat, and it lives on."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from damping.casework.message import Author, Body
from damping.casework.precautions import Precautions
from damping.channels.webchat.page import _script
from damping.store import outbox
from damping.store.context import Store
from damping.store.outbox import Voice
from tests.channels.test_webchat import CHAT, Page, answer, browser, the_conversation
from tests.support import HeldClock

CITY = replace(CHAT, city_greeting=("Halo, informasi kota.",))


@pytest.fixture
async def page(store: Store, clock: HeldClock) -> AsyncIterator[Page]:
    store.precautions = Precautions(safe_word="info kota", stop_word="maaf salah kirim")
    async for opened in browser(store, clock, CITY):
        yield opened


async def begun(page: Page) -> Page:
    await page.open()
    await page.send("dia mukul aku")
    answer(page.store, "Terima kasih sudah bercerita.", "petugas")
    return await page.open()


def neutral(page: Page, text: str) -> None:
    conversation = the_conversation(page.store)
    with page.store.database.write() as connection:
        voice = Voice(conversation, "webchat", page.store.sealer(connection, conversation))  # type: ignore[arg-type]
        outbox.say(connection, page.store, voice, Author.SERVICE, Body(text=text), neutral=True)


class TestHidden:
    async def test_the_page_becomes_one_of_city_information(self, page: Page):
        await begun(page)
        await page.send("Info kota")
        await page.open()

        assert [("asisten", "Halo, informasi kota.")] == page.bubbles()
        assert [] == page.pills()
        assert "tel:" not in page.text
        assert "Sebelum menulis" not in page.text
        for word in ("mukul", "bercerita", "petugas ikut"):
            assert word not in re.sub(r"<script.*?</script>", "", page.text, flags=re.DOTALL)

    async def test_city_answers_appear_without_a_script_and_with_one(self, page: Page):
        await begun(page)
        await page.send("info kota")
        await page.open()
        assert 'http-equiv="refresh" content="4"' in page.text
        assert 'data-ada="1"' in page.text

        neutral(page, "Bawa KK.")
        await page.open()

        assert [("asisten", "Bawa KK.")] == page.bubbles()

    async def test_an_open_page_is_told_to_begin_anew(self, page: Page):
        await begun(page)
        known = re.findall(r'data-akhir="(\d+)"', page.text)[0]

        told = await page.script(teks="info kota", sejak=known)

        assert told.json()["ulang"] is True
        assert [] == told.json()["pesan"]

    async def test_a_hidden_choice_cannot_be_pressed(self, page: Page):
        await begun(page)
        form = page.form("pilihan")
        await page.send("info kota")

        pressed = await page.client.post("/", data=form | {"tombol": "petugas"}, headers={"Accept": "application/json"})

        assert "pilihan" == pressed.json()["galat"]

    async def test_the_word_brings_the_page_back(self, page: Page):
        await begun(page)
        await page.send("info kota")
        await page.send("info kota")
        answer(page.store, "Baik, dilanjutkan.")
        await page.open()

        assert ("asisten", "Baik, dilanjutkan.") in page.bubbles()
        assert "tel:110" in page.text

    async def test_after_a_stop_the_page_is_as_on_the_first_day_and_an_officers_words_are_not_on_it(self, page: Page):
        await begun(page)
        await page.send("maaf, salah kirim")
        answer(page.store, "Kakak masih di sana?", author=Author.OFFICER)
        await page.open()

        assert [("asisten", words) for words in CITY.greeting] == page.bubbles()

        await page.send("lanjut")
        await page.open()
        assert [("petugas", "Kakak masih di sana?"), ("saya", "lanjut")] == page.bubbles()

    async def test_a_page_without_lines_still_listens(self):
        assert "!(last || words.ada)" in _script("chat.js")
