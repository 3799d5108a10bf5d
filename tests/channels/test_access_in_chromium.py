"""Every page and state of the web chat for everybody: axe's rules for WCAG 2.2 AA, keyboard, screen reader, small screens."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from damping.casework.message import Author
from tests.channels.open_chat import (
    Chat,
    a_window,
    begins,
    chat,  # noqa: F401  a fixture
    chromium,  # noqa: F401  a fixture
    in_chromium,
    writes,
)

pytestmark = in_chromium
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
LOOKS = [(width, scheme) for width in (320, 390, 1280) for scheme in ("light", "dark")]
LONG = "pokoknya begini ceritanya, " * 12 + "x" * 90


def first(page: Page, chat: Chat) -> None:  # noqa: F811
    page.goto(f"{chat.address}/")


def advice(page: Page, chat: Chat) -> None:  # noqa: F811
    page.goto(f"{chat.address}/petunjuk")


def empty(page: Page, chat: Chat) -> None:  # noqa: F811
    begins(page, chat)


def full(page: Page, chat: Chat) -> None:  # noqa: F811
    begins(page, chat)
    writes(page, "halo")
    for number in range(6):
        chat.answers(f"Jawaban {number}")
    chat.answers("Saya petugas, membaca bersama.", author=Author.OFFICER)
    writes(page, LONG)
    chat.answers("Apakah sekarang aman untuk menulis?", "ya", "tidak", "petugas")
    expect(page.locator("#pilihan button")).to_have_count(3)


def unsent(page: Page, chat: Chat) -> None:  # noqa: F811
    begins(page, chat)
    writes(page, "halo")
    page.route(f"{chat.address}/", lambda route: route.fulfill(status=400, json={"galat": "simpan"}))
    page.locator("#teks").fill("belum sampai")
    page.locator(".kirim").click()
    expect(page.locator("#kabar.gawat")).to_be_visible()


def idle(page: Page, chat: Chat) -> None:  # noqa: F811
    begins(page, chat)
    writes(page, "halo")
    page.evaluate("document.getElementById('diam').hidden = false")


def asking(page: Page, chat: Chat) -> None:  # noqa: F811
    begins(page, chat)
    writes(page, "halo")
    page.goto(f"{chat.address}/kode")


def shown(page: Page, chat: Chat) -> None:  # noqa: F811
    asking(page, chat)
    page.get_by_role("button", name="Tampilkan kode").click()
    expect(page.locator(".kode li")).to_have_count(5)


def door(page: Page, chat: Chat) -> None:  # noqa: F811
    page.goto(f"{chat.address}/kembali")


def refused(page: Page, chat: Chat) -> None:  # noqa: F811
    door(page, chat)
    page.get_by_label("Kode, lima kata").fill("melati kelapa hujan sepatu gitar")
    page.get_by_role("button", name="Buka", exact=True).click()
    expect(page.locator("#galat")).to_be_visible()


def back(page: Page, chat: Chat) -> None:  # noqa: F811
    shown(page, chat)
    code = " ".join(page.locator(".kode li").all_inner_texts())
    door(page, chat)
    page.get_by_label("Kode, lima kata").fill(code)
    page.get_by_role("button", name="Buka", exact=True).click()
    expect(page.get_by_role("button", name="Tampilkan riwayat")).to_be_visible()


def file(page: Page, chat: Chat) -> None:  # noqa: F811
    page.goto(f"{chat.address}/berkas")


def no_file(page: Page, chat: Chat) -> None:  # noqa: F811
    begins(page, chat)
    page.get_by_role("link", name="Kirim foto atau suara").click()
    page.locator("input[type=file]").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.locator(".gawat")).to_be_visible()


STATES = (first, advice, empty, full, unsent, idle, asking, shown, door, refused, back, file, no_file)
# each wrong code makes the next one slower: these two stand for the looks of the others
FEW = {refused: [(320, "dark"), (1280, "light")]}


@pytest.fixture
def window(chromium: Browser) -> Iterator[Callable[[int, str], Page]]:  # noqa: F811
    """Opens pages whose own policy lets the examiner's script in."""
    opened = []

    def a_page(width: int, scheme: str) -> Page:
        opened.append(a_window(chromium, width, 844 if width < 600 else 800, color_scheme=scheme, bypass_csp=True))
        return opened[-1].new_page()

    yield a_page
    for context in opened:
        context.close()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(window: Callable[[int, str], Page], chat: Chat, state: Callable[[Page, Chat], None]) -> None:  # noqa: F811
    page = window(390, "light")
    state(page, chat)
    found = []
    for width, scheme in FEW.get(state, LOOKS):
        page.set_viewport_size({"width": width, "height": 844 if width < 600 else 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        result = Axe().run(page, options=RULES)
        found += [(width, scheme, one["id"], [node["target"] for node in one["nodes"]]) for one in result.response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"nothing is cut at {width}"
        found += [(width, "kecil", small) for small in too_small(page)]

    assert [] == found


def too_small(page: Page) -> list[str]:
    """What is pressed and is less than a finger wide or high."""
    small: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('a, button, textarea, input:not([type=hidden])')].filter((one) => {"
        " const box = one.getBoundingClientRect(); return box.width && (box.height < 44 || box.width < 44); }).map((one) => one.outerHTML)"
    )
    return small


def test_letters_twice_as_large_leave_exit_numbers_and_box_on_the_screen(chromium: Browser, chat: Chat) -> None:  # noqa: F811
    context = a_window(chromium, 640, 400)  # a screen of 1280 by 800 at 200 %
    page = context.new_page()
    full(page, chat)
    for part in ("#keluar", "nav a >> nth=0", "#teks", ".kirim"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 320, "height": 256})  # 400 %
    expect(page.locator("#keluar")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_with_large_text_only_nothing_is_cut(chromium: Browser, chat: Chat) -> None:  # noqa: F811
    context = a_window(chromium, 390, bypass_csp=True)
    page = context.new_page()
    full(page, chat)
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#keluar")).to_be_in_viewport(ratio=1)
    expect(page.locator(".kirim")).to_be_in_viewport(ratio=1)
    context.close()


def test_the_keyboard_goes_exit_advice_numbers_transcript_choices_box(chromium: Browser, chat: Chat) -> None:  # noqa: F811
    context = a_window(chromium)
    page = context.new_page()
    begins(page, chat)
    writes(page, "halo")
    chat.answers("Apakah sekarang aman?", "ya", "tidak")
    page.reload()
    order = []
    for _ in range(11):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText.trim() || 'kotak'")
        )

    assert ["Tutup halaman ini", "Petunjuk"] == order[:2]
    assert ["Isi pesan", "Ya", "Tidak", "Kirim foto atau suara", "kotak", "Kirim"] == order[5:11]
    context.close()


def test_focus_stays_in_the_box_and_what_arrives_is_announced(chromium: Browser, chat: Chat) -> None:  # noqa: F811
    context = a_window(chromium)
    page = context.new_page()
    begins(page, chat)
    page.locator("#teks").focus()
    page.keyboard.type("halo dari papan ketik")
    page.keyboard.press("Enter")
    expect(page.locator("#log .saya")).to_contain_text("terkirim")
    chat.answers("Halo juga")
    expect(page.get_by_role("log")).to_contain_text("Halo juga")

    expect(page.locator("#teks")).to_be_focused()
    assert "Percakapan" == page.get_by_role("log").get_attribute("aria-label")
    assert 2 <= page.get_by_role("status").count()
    context.close()


def test_with_motion_reduced_nothing_moves(chromium: Browser, chat: Chat) -> None:  # noqa: F811
    context = a_window(chromium, reduced_motion="reduce")
    page = context.new_page()
    full(page, chat)

    moving = page.evaluate("document.getAnimations().length")

    assert 0 == moving
    context.close()
