"""The web chat on a slow, broken or script-less line, and coming back by code, as a person does it in real Chromium."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.channels.open_chat import (
    Chat,
    a_window,
    begins,
    chat,  # noqa: F401  a fixture
    chromium,  # noqa: F401  a fixture
    in_chromium,
    visitor,  # noqa: F401  a fixture
    writes,
)

pytestmark = in_chromium
GPRS = {"offline": False, "latency": 600, "downloadThroughput": 40_000 / 8, "uploadThroughput": 40_000 / 8}


def slow(page: Page) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", GPRS)


def test_on_forty_kilobits_the_words_come_and_a_message_goes(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    slow(page)
    sizes: list[int] = []
    page.on("requestfinished", lambda asked: sizes.append(asked.sizes()["responseBodySize"]) if asked.resource_type == "document" else None)

    begins(page, chat)
    writes(page, "pelan sekali jaringannya")
    chat.answers("Tidak apa-apa, pelan saja.")

    expect(page.locator("#log")).to_contain_text("pelan saja")
    assert all(size <= 14 * 1024 for size in sizes), sizes


def test_a_lost_network_keeps_the_words_and_sends_them_once(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    begins(page, chat)
    writes(page, "halo")
    before = chat.stored()
    page.context.set_offline(True)
    page.locator("#teks").fill("apakah ini sampai")
    page.locator(".kirim").click()

    expect(page.locator("#log .nanti")).to_contain_text("belum terkirim, dicoba lagi")
    assert before == chat.stored()
    page.context.set_offline(False)

    expect(page.locator("#log .saya").filter(has_text="apakah ini sampai")).to_contain_text("terkirim")
    expect(page.locator("#log .nanti")).to_have_count(0)
    assert before + 1 == chat.stored()


def test_a_lost_answer_does_not_store_the_message_twice(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    begins(page, chat)
    writes(page, "halo")
    before = chat.stored()
    lost: list[int] = []

    def lose_the_first(route: object) -> None:
        if route.request.method == "POST" and not lost:  # type: ignore[attr-defined]
            lost.append(route.fetch().status)  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route(f"{chat.address}/", lose_the_first)
    page.locator("#teks").fill("sekali saja")
    page.locator(".kirim").click()

    expect(page.locator("#log .saya").filter(has_text="sekali saja")).to_contain_text("terkirim")
    assert [200] == lost
    assert before + 1 == chat.stored()
    page.unroute_all()


def test_after_the_last_try_the_words_stand_in_the_box(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    begins(page, chat)
    writes(page, "halo")
    page.clock.install()
    page.context.set_offline(True)
    page.locator("#teks").fill("jangan hilang")
    page.locator(".kirim").click()
    for _ in range(8):
        page.clock.run_for(9_000)
        page.wait_for_timeout(50)

    expect(page.locator("#kabar")).to_have_text(re.compile("^Belum terkirim. Tulisan Anda masih ada di kotak"))
    assert "jangan hilang" == page.locator("#teks").input_value()
    before = chat.stored()
    page.context.set_offline(False)
    page.locator(".kirim").click()
    expect(page.locator("#log .saya").filter(has_text="jangan hilang")).to_contain_text("terkirim")
    assert before + 1 == chat.stored()


def test_a_conversation_without_javascript(chromium: Browser, chat: Chat) -> None:  # noqa: F811
    context = a_window(chromium, java_script_enabled=False)
    page = context.new_page()
    begins(page, chat)
    page.locator("#teks").fill("tanpa skrip")
    page.locator(".kirim").click()
    expect(page.locator("#log .saya")).to_contain_text("tanpa skrip")
    chat.answers("Tetap terbaca.", "ya", "tidak")

    expect(page.locator("#log .asisten")).to_contain_text("Tetap terbaca.")  # the page asks by itself for a while
    page.locator("#pilihan button").first.click()
    expect(page.locator("#log .saya").last).to_contain_text("Ya")
    page.get_by_role("link", name="Muat pesan baru").click()
    expect(page.locator("#teks")).to_be_visible()
    context.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_somebody_comes_back_by_code_on_another_device(chromium: Browser, chat: Chat, javascript: bool) -> None:  # noqa: F811
    one, other = (a_window(chromium, java_script_enabled=javascript) for _ in range(2))
    page, later = one.new_page(), other.new_page()
    begins(page, chat)
    writes(page, f"cerita saya {javascript}")
    page.get_by_role("link", name="Petunjuk").click()
    page.get_by_role("link", name="Minta kode").click()
    page.get_by_role("button", name="Tampilkan kode").click()
    code = "-".join(page.locator(".kode li").all_inner_texts())
    page.get_by_role("link", name="Sudah, kembali ke pesan").click()
    page.locator("#keluar").click()

    later.goto(f"{chat.address}/")
    later.get_by_role("link", name="Saya punya kode").click()
    later.get_by_label("Kode, lima kata").fill(code.upper())
    later.get_by_role("button", name="Buka", exact=True).click()
    expect(later.get_by_role("button", name="Tampilkan riwayat")).to_be_visible()
    expect(later.get_by_text("cerita saya")).to_have_count(0)
    later.get_by_role("button", name="Tampilkan riwayat").click()

    expect(later.get_by_text(f"cerita saya {javascript}")).to_be_visible()
    one.close()
    other.close()


def test_a_picture_goes_from_the_page_and_is_not_shown_again(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    begins(page, chat)
    page.get_by_role("link", name="Kirim foto atau suara").click()
    page.locator("input[type=file]").set_input_files({"name": "foto.png", "mimeType": "image/png", "buffer": page.screenshot()})
    page.get_by_role("button", name="Kirim", exact=True).click()

    expect(page.locator("#log .saya p")).to_have_text("Foto")
    assert 0 == page.locator("#log img").count()


def test_a_shown_code_does_not_stay_on_the_screen(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    begins(page, chat)
    writes(page, "halo")
    page.clock.install(time=time.time())
    page.goto(f"{chat.address}/kode")
    page.get_by_role("button", name="Tampilkan kode").click()
    expect(page.locator(".kode li")).to_have_count(5)

    page.clock.run_for(600_001)

    expect(page.locator("#teks")).to_be_visible()
    expect(page.locator(".kode")).to_have_count(0)
