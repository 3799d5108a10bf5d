"""The open desk in real Chromium: what only a browser can show. Invented people, no network but the desk itself."""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from damping.console import stream
from damping.store.officer_sessions import Limits
from rules.levels import Level
from tests.console.open_desk import IN_CHROMIUM, PATIENCE_MS, SignIn
from tests.console.people import PASSWORD, Office

pytestmark = IN_CHROMIUM


def sounding(page: Page) -> bool:
    return bool(page.evaluate("alarm.state().sounding"))


def test_the_bell_rings_on_every_open_desk_until_one_officer_claims(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, _ = desk
    office.officer("rina")
    office.officer("budi")
    rina, budi = sign_in("rina"), sign_in("budi")
    rina.click("#suara")
    expect(rina.locator(".strip.tenang")).to_be_visible()
    calm = rina.get_attribute("#ikon", "href")

    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))

    for page in (rina, budi):
        expect(page.locator(".strip.alarm")).to_contain_text("1 orang menunggu petugas")
        expect(page.locator(f"#k-{conversation}")).to_be_visible()
        expect(page).to_have_title("(1) ALARM: menunggu petugas")
    assert sounding(rina)

    budi.goto(f"{budi.url}percakapan/{conversation}")
    rina.keyboard.press("Alt+KeyU")
    expect(rina.locator("#transkrip")).to_contain_text("tolong")
    rina.keyboard.press("Alt+KeyA")

    expect(rina.locator("#teks-balas")).to_be_enabled()
    expect(budi.locator("#izin")).to_contain_text("Dipegang Rina")
    expect(budi.locator("#teks-balas")).to_be_disabled()
    for page in (rina, budi):
        expect(page.locator(".strip.tenang")).to_be_visible()
        assert not sounding(page)
    assert calm == rina.get_attribute("#ikon", "href")


def test_what_is_typed_stays_until_it_is_sent(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, _ = desk
    rina_id = office.officer("rina")
    first, second = office.hears("halo", sender="1"), office.hears("permisi", sender="2")
    rina = sign_in("rina")
    for conversation in (first, second):
        rina.click(f"#b-{conversation}")
        rina.click("#f-ambil button")
        expect(rina.locator("#teks-balas")).to_be_enabled()

    rina.fill("#teks-balas", "untuk yang kedua")
    office.hears("satu lagi", sender="2")
    expect(rina.locator("#transkrip")).to_contain_text("satu lagi")
    assert "untuk yang kedua" == rina.input_value("#teks-balas")

    rina.click(f"#b-{first}")
    expect(rina.locator(f"#percakapan[data-id='{first}']")).to_be_visible()
    assert "" == rina.input_value("#teks-balas"), "a draft belongs to one conversation"
    rina.go_back()
    expect(rina.locator("#teks-balas")).to_have_value("untuk yang kedua")
    rina.focus("#teks-balas")
    rina.keyboard.press("Control+Enter")

    expect(rina.locator(".dari-officer .teks")).to_have_text("untuk yang kedua")
    expect(rina.locator("#teks-balas")).to_have_value("")
    assert [rina_id] == [actor for actor, _, _ in office.acts("reply_sent")]
    assert 0 == rina.evaluate("localStorage.length")


def test_a_late_answer_never_shows_one_persons_words_in_anothers_conversation(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, _ = desk
    office.officer("rina")
    first, second = office.hears("rahasia satu", sender="1"), office.hears("permisi dua", sender="2")
    rina = sign_in("rina")
    late: list[Route] = []
    rina.route(f"**/percakapan/{first}/isi", lambda route: late.append(route))
    rina.click(f"#b-{first}")
    expect(rina.locator("#transkrip")).to_contain_text("rahasia satu")
    office.hears("tambahan satu", sender="1")
    patience = time.monotonic() + PATIENCE_MS / 1000
    while not late and time.monotonic() < patience:
        rina.wait_for_timeout(50)
    assert late, "the open page did not ask for what is new"

    rina.click(f"#b-{second}")
    expect(rina.locator("#transkrip")).to_contain_text("permisi dua")
    for route in late:
        route.continue_()
    rina.wait_for_timeout(1500)

    assert "satu" not in rina.inner_text("#percakapan")
    assert second == rina.get_attribute("#kepala-percakapan", "data-id")


def test_the_queue_does_not_move_under_the_pointer(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, _ = desk
    office.officer("rina")
    quiet = office.hears("halo", sender="1")
    rina = sign_in("rina")
    rina.hover(f"#k-{quiet}")

    urgent = office.hears("tolong", Level.MERAH, ("dicekik",), sender="2")

    expect(rina.locator("#urutan")).to_be_visible()
    assert [f"k-{quiet}"] == rina.eval_on_selector_all("#daftar > li", "rows => rows.map(row => row.id)")
    rina.click("#urutan")
    assert [f"k-{urgent}", f"k-{quiet}"] == rina.eval_on_selector_all("#daftar > li", "rows => rows.map(row => row.id)")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_wider_than_its_screen(width: int, desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("petugas-dengan-nama-yang-sangat-panjang-sekali")
    conversation = office.hears("kata" * 300, Level.MERAH, ("alasan" * 30,))
    page = sign_in("petugas-dengan-nama-yang-sangat-panjang-sekali")
    page.set_viewport_size({"width": width, "height": 800})

    for path in ("/", f"/percakapan/{conversation}", f"/percakapan/{conversation}?lihat=lembar", "/pesan-gagal", "/tidak-ada"):
        page.goto(address + path)
        outside = page.evaluate(
            """width => [...document.querySelectorAll("body *")].filter(element => {
                const box = element.getBoundingClientRect();
                return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1) && !element.closest(".lompat, .siapa");
            }).map(element => element.outerHTML.slice(0, 80))""",
            width,
        )
        assert [] == outside, path


@pytest.mark.parametrize("limits", [Limits(idle=timedelta(seconds=6))])
def test_an_idle_desk_hides_the_words_and_still_rings(desk: tuple[Office, str], sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_SESSION_EVERY_S", 0.5)
    monkeypatch.setattr(stream, "_PATIENCE_S", 0.5)
    office, _ = desk
    office.officer("rina")
    office.officer("budi")
    conversation = office.hears("kata pribadi")
    rina = sign_in("rina")
    rina.click(f"#b-{conversation}")
    rina.click("#f-ambil button")
    rina.fill("#teks-balas", "konsep rina")

    expect(rina.locator(".kunci")).to_be_visible(timeout=30_000)
    assert "kata pribadi" not in rina.content()
    office.hears("tolong", Level.MERAH, ("dicekik",), sender="2")
    expect(rina.locator(".strip.alarm")).to_be_visible()
    assert sounding(rina)

    rina.fill(".kunci input[name=kode]", "salah salah salah")
    rina.click(".kunci .utama")
    expect(rina.locator("#kabar-masuk")).to_contain_text("Tidak cocok")
    rina.fill(".kunci input[name=kode]", PASSWORD)
    rina.click(".kunci .utama")
    expect(rina.locator("#teks-balas")).to_have_value("konsep rina")
