"""Leaving the web chat in real Chromium, with the cache that brings pages back: whatever is pressed, nobody finds it again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.channels.open_chat import (
    ELSEWHERE,
    Chat,
    a_window,
    begins,
    chat,  # noqa: F401  a fixture
    chromium,  # noqa: F401  a fixture
    in_chromium,
    visitor,  # noqa: F401  a fixture
    watched,
    writes,
)

pytestmark = in_chromium
SECRET = "saya takut pulang"


def back(page: Page) -> None:
    """The browser's own Back; Playwright's waits for ever where a kept page comes back."""
    page.evaluate("void setTimeout(() => history.back(), 50)")
    page.wait_for_timeout(1000)


def is_elsewhere(page: Page) -> None:
    expect(page.get_by_text(ELSEWHERE)).to_be_visible()


@pytest.mark.parametrize("way", ["click", "shift", "keyboard"])
def test_back_does_not_return_to_the_chat(visitor: Page, chat: Chat, way: str) -> None:  # noqa: F811
    page = visitor
    page.goto("about:blank")
    begins(page, chat)
    writes(page, SECRET)

    if way == "click":
        page.locator("#keluar").click()
    elif way == "shift":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.reload()
        page.keyboard.press("Tab")
        expect(page.locator("#keluar")).to_be_focused()
        page.keyboard.press("Enter")

    is_elsewhere(page)
    assert [] == [cookie for cookie in page.context.cookies() if cookie["name"] == "sesi"]
    assert 2 == page.evaluate("history.length"), "the chat's own entry is gone: blank, then elsewhere"
    back(page)
    assert "about:blank" == page.url


def test_every_page_of_the_chat_is_one_entry_of_the_history(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    page.goto("about:blank")
    begins(page, chat)
    writes(page, SECRET)
    page.get_by_role("link", name="Petunjuk").click()
    expect(page).to_have_title("Petunjuk")
    page.get_by_role("link", name="Ke pesan").first.click()
    expect(page.get_by_text(SECRET)).to_be_visible()
    page.get_by_role("link", name="Petunjuk").click()
    expect(page).to_have_title("Petunjuk")

    page.locator("#keluar").click()

    is_elsewhere(page)
    assert 2 == page.evaluate("history.length")


@pytest.mark.parametrize("left", ["code", "typed"])
def test_back_shows_no_code_either(visitor: Page, chat: Chat, left: str) -> None:  # noqa: F811
    """What a form has answered is an entry of its own; nothing is left in it."""
    page = visitor
    begins(page, chat)
    writes(page, SECRET)
    page.goto(f"{chat.address}/kode")
    page.get_by_role("button", name="Tampilkan kode").click()
    words = page.locator(".kode li").all_inner_texts()
    if left == "typed":
        page.goto(f"{chat.address}/kembali")
        page.get_by_label("Kode, lima kata").fill(" ".join(words))
        page.get_by_role("button", name="Buka", exact=True).click()
        expect(page.get_by_role("button", name="Tampilkan riwayat")).to_be_visible()

    page.locator("#keluar").click()
    is_elsewhere(page)
    for _ in range(3):
        back(page)
        shown = page.content()
        assert not [word for word in words if f">{word}<" in shown]
        assert " ".join(words) not in shown
        assert SECRET not in shown


@pytest.fixture
def without_script(chromium: Browser, chat: Chat) -> Iterator[Page]:  # noqa: F811
    context = a_window(chromium, java_script_enabled=False)
    yield watched(context.new_page(), chat, wrong := [])
    context.close()
    assert [] == wrong


def test_without_javascript_back_finds_the_first_page_and_nothing_said(without_script: Page, chat: Chat) -> None:  # noqa: F811
    page = without_script
    begins(page, chat)
    writes(page, SECRET)

    page.keyboard.press("Tab")
    page.locator("#keluar").press("Enter")
    is_elsewhere(page)
    page.context.new_cdp_session(page).send("Page.navigateToHistoryEntry", {"entryId": entries(page)[-2]["id"]})
    page.wait_for_timeout(1000)

    expect(page.get_by_role("link", name="Mulai menulis")).to_be_visible()
    expect(page.get_by_text(SECRET)).to_have_count(0)


def entries(page: Page) -> list[dict[str, int]]:
    """The tab's own history."""
    found: list[dict[str, int]] = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    return found


def test_a_chat_left_by_a_link_is_not_brought_back_from_memory(visitor: Page, chat: Chat) -> None:  # noqa: F811
    """No exit was pressed: the session lives, but a page kept whole in memory must begin anew."""
    page = visitor
    begins(page, chat)
    writes(page, SECRET)
    shown = page.evaluate(
        "() => { window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}));"
        " return getComputedStyle(document.querySelector('#log')).visibility; }"
    )

    assert "hidden" == shown, "what a browser would keep is a blank page"
    with page.expect_navigation():
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.get_by_text(SECRET)).to_be_visible()


def test_the_screen_is_blank_at_once_though_the_network_is_gone(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    begins(page, chat)
    writes(page, SECRET)
    page.route("**/keluar", lambda _route: None)  # an answer that never comes

    seen = page.evaluate(
        "() => { document.querySelector('#keluar').click();"
        " const curtain = document.querySelector('#tirai'), box = curtain.getBoundingClientRect();"
        " return [curtain.textContent, getComputedStyle(document.querySelector('#log')).visibility, box.width, box.height]; }"
    )

    assert ["Memuat…", "hidden", 390, 844] == seen
    page.unroute_all()


def test_shift_counts_only_by_itself_and_says_how_far_it_is(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    begins(page, chat)
    signal = page.locator("#isyarat")
    for _ in range(2):
        page.keyboard.press("Shift")
    expect(signal).to_have_text("Tekan Shift 1 kali lagi untuk menutup halaman.")
    expect(page.locator("#tanda")).to_have_text("●●○")

    page.locator("#teks").press("Shift+KeyA")
    expect(page.locator("#tanda")).to_have_text("✕")
    page.keyboard.press("Shift")
    expect(signal).to_have_text("Tekan Shift 2 kali lagi untuk menutup halaman.")
    page.clock.install()
    page.clock.run_for(1)
    assert page.url == f"{chat.address}/"


def test_after_five_seconds_shift_begins_anew(chromium: Browser, chat: Chat) -> None:  # noqa: F811
    context = a_window(chromium)
    page = context.new_page()
    page.clock.install()
    begins(page, chat)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")

    page.clock.run_for(5100)

    expect(page.locator("#isyarat")).to_have_text("Halaman tidak jadi ditutup.")
    page.keyboard.press("Shift")
    expect(page.locator("#teks")).to_be_visible()
    context.close()


def test_nothing_is_left_in_the_browser(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    begins(page, chat)
    writes(page, SECRET)
    kept = page.context.storage_state(indexed_db=True)
    assert [] == kept["origins"]
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["expires"] == -1 for cookie in kept["cookies"])
    assert [] == page.evaluate("caches.keys()")
    assert 0 == page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")

    page.locator("#keluar").click()

    is_elsewhere(page)
    assert [] == page.context.storage_state()["cookies"]
    page.goto(f"{chat.address}/")
    expect(page.get_by_role("link", name="Mulai menulis")).to_be_visible()


def test_what_stands_in_the_box_is_not_lost_by_a_link(visitor: Page, chat: Chat) -> None:  # noqa: F811
    page = visitor
    begins(page, chat)
    page.locator("#teks").fill("belum selesai")
    page.get_by_role("link", name="Petunjuk").click()

    expect(page.locator("#kabar")).to_have_text(re.compile("belum terkirim dan akan hilang"))
    assert "belum selesai" == page.locator("#teks").input_value()
    page.get_by_role("link", name="Petunjuk").click()
    expect(page).to_have_title("Petunjuk")


def test_a_browser_without_cookies_is_told_so_and_not_sent_in_circles(chromium: Browser, chat: Chat) -> None:  # noqa: F811
    context = a_window(chromium, java_script_enabled=False)
    page = context.new_page()
    page.route("**/*", lambda route: route.continue_(headers={k: v for k, v in route.request.headers.items() if k != "cookie"}))
    page.goto(f"{chat.address}/")
    context.clear_cookies()
    page.get_by_role("link", name="Mulai menulis").click()

    expect(page.locator("#kabar")).to_have_text(re.compile("menolak kuki"))
    context.close()
