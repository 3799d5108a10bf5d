"""The officers' work in real Chromium, two at once: hand over, take back, type, mend the sheet. Invented people."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from damping.store import presence, waiting_replies
from rules.levels import Level
from tests.console.open_desk import IN_CHROMIUM, SignIn
from tests.console.people import Office

pytestmark = IN_CHROMIUM


@pytest.fixture
def undo() -> timedelta:
    """Long enough for a slow machine."""
    return timedelta(seconds=60)


def test_a_reply_is_undone_by_key_and_a_crashed_browser_finds_what_was_typed(
    desk: tuple[Office, str], sign_in: SignIn, chromium: Chromium
) -> None:
    office, address = desk
    office.officer("rina")
    conversation = office.hears("halo", sender="1")
    rina = sign_in("rina")
    rina.click(f"#b-{conversation}")
    rina.click("#f-ambil button")
    expect(rina.locator("#teks-balas")).to_be_enabled()

    rina.fill("#teks-balas", "terlalu cepat")
    rina.focus("#teks-balas")
    rina.keyboard.press("Control+Enter")
    expect(rina.locator("#menunggu")).to_contain_text("terlalu cepat")
    expect(rina.locator("#teks-balas")).to_have_value("")
    expect(rina.locator("[data-sisa]")).to_have_text(re.compile(r"dalam [0-9]+ detik"))
    rina.keyboard.press("Alt+KeyZ")
    expect(rina.locator("#teks-balas")).to_have_value("terlalu cepat")
    expect(rina.locator("#menunggu .pesan")).to_have_count(0)

    rina.fill("#teks-balas", "terlalu cepat, saya ulang")
    with rina.expect_response("**/konsep"):
        pass
    rina.context.close()
    again = sign_in("rina")
    again.goto(f"{address}/percakapan/{conversation}")
    expect(again.locator("#teks-balas")).to_have_value("terlalu cepat, saya ulang")


def test_of_two_officers_who_press_at_the_same_moment_one_gets_the_person(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("rina")
    office.officer("budi")
    pages = {"Rina": sign_in("rina"), "Budi": sign_in("budi")}
    for sender in ("1", "2", "3"):
        conversation = office.hears("tolong", Level.MERAH, ("dicekik",), sender=sender)
        for page in pages.values():
            page.goto(f"{address}/percakapan/{conversation}")
            expect(page.locator("#f-ambil button")).to_be_visible()

        for page in pages.values():
            page.evaluate("setTimeout(() => document.querySelector('#f-ambil button').click(), 300)")
        for page in pages.values():
            expect(page.locator("#f-ambil button")).to_be_hidden()

        [winner] = [name for name, page in pages.items() if page.locator("#teks-balas").is_enabled()]
        [other] = [page for name, page in pages.items() if name != winner]
        expect(other.locator("#izin")).to_contain_text(f"Dipegang {winner}")
        expect(other.locator("#kabar")).to_contain_text("Petugas lain lebih dulu mengambil")
        expect(other.locator(".strip.tenang")).to_be_visible()


def test_two_officers_see_each_other_and_hand_the_person_over(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("rina")
    budi_id = office.officer("budi")
    conversation = office.hears("dia bawa golok", Level.MERAH, ("menyebut golok",), sender="1")
    rina, budi = sign_in("rina"), sign_in("budi")
    rina.goto(f"{address}/percakapan/{conversation}")
    rina.keyboard.press("Alt+KeyA")
    expect(rina.locator("#teks-balas")).to_be_enabled()
    budi.goto(f"{address}/percakapan/{conversation}")

    expect(rina.locator("#hadir")).to_contain_text("Budi juga membaca")
    rina.type("#teks-balas", "sebentar")
    expect(budi.locator("#hadir")).to_contain_text("Rina sedang mengetik")
    expect(budi.locator("#hadir")).to_contain_text("Rina juga membaca", timeout=20_000)

    rina.keyboard.press("Alt+KeyS")
    rina.select_option("#f-alihkan select", budi_id)
    rina.fill("#f-alihkan textarea", "polisi sudah di jalan")
    rina.click("#f-alihkan button")

    expect(budi.locator("#teks-balas")).to_be_enabled()
    expect(budi.locator("#transkrip")).to_contain_text("polisi sudah di jalan")
    expect(rina.locator("#izin")).to_contain_text("Dipegang Budi")
    expect(rina.locator("#teks-balas")).to_be_disabled()


def test_what_an_officer_writes_on_the_sheet_survives_a_change_underneath(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    rina_id = office.officer("rina")
    conversation = office.hears("halo", sender="1")
    rina = sign_in("rina")
    rina.goto(f"{address}/percakapan/{conversation}")
    rina.keyboard.press("Alt+KeyA")
    expect(rina.locator("#e-age")).to_be_attached()
    other = rina.context.new_page()
    other.goto(f"{address}/percakapan/{conversation}")

    rina.click("#l-age summary")
    rina.fill("#e-age input[name=nilai]", "31")
    other.click("#l-age summary")
    other.fill("#e-age input[name=nilai]", "30")
    other.click("#e-age button")
    expect(rina.locator("#l-age .isi-fakta")).to_have_text("30")
    expect(rina.locator("#e-age input[name=nilai]")).to_have_value("31")
    rina.click("#e-age button")

    expect(rina.locator("#l-age .pesan")).to_contain_text("31")
    rina.click("#l-age >> text=Pakai ini")
    expect(rina.locator("#l-age .isi-fakta")).to_have_text("31")
    expect(rina.locator("#l-age .pesan")).to_have_count(0)
    assert 3 == len([act for act in office.acts("sheet_changed") if act[0] == rina_id])


def test_a_ready_made_answer_lands_in_the_box_with_its_gap_selected(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("rina")
    conversation = office.hears("halo", sender="1")
    rina = sign_in("rina")
    rina.goto(f"{address}/percakapan/{conversation}")
    rina.keyboard.press("Alt+KeyA")
    expect(rina.locator("#teks-balas")).to_be_enabled()

    rina.keyboard.press("Alt+KeyK")
    rina.keyboard.press("Enter")

    expect(rina.locator("#teks-balas")).to_have_value("Datang pukul [jam]?")
    assert "[jam]" == rina.evaluate(
        "getSelection().toString() || (b => b.value.slice(b.selectionStart, b.selectionEnd))(document.getElementById('teks-balas'))"
    )
    rina.keyboard.type("14.00")
    expect(rina.locator("#teks-balas")).to_have_value("Datang pukul 14.00?")
    rina.focus("#gulungan")
    rina.keyboard.press("?")
    expect(rina.locator(".daftar-pintasan")).to_be_visible()


def test_the_number_is_shown_to_the_one_who_calls_and_stays_while_the_page_is_open(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    rina_id = office.officer("rina")
    conversation = office.hears("halo", sender="6281234567890")
    rina = sign_in("rina")
    rina.goto(f"{address}/percakapan/{conversation}")
    rina.keyboard.press("Alt+KeyA")
    expect(rina.locator("#nomor")).to_contain_text("••••••••••890")

    rina.fill("#f-nomor input[name=alasan]", "tidak menjawab")
    rina.click("#f-nomor button")
    expect(rina.locator("#nomor")).to_contain_text("6281234567890")
    presence.tell(office.store, rina_id, conversation)
    waiting_replies.hold(office.store, conversation, rina_id, "halo")

    expect(rina.locator("#menunggu")).to_contain_text("halo")
    expect(rina.locator("#nomor")).to_contain_text("6281234567890")
