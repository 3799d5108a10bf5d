"""Second factors in real Chromium: an invented officer's first day, with a passkey that the browser itself holds."""

import re
import time
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from damping.store import accounts, officers
from damping.store.desk import Viewer
from damping.store.officers import Role
from rules.levels import Level
from tests.console.open_desk import IN_CHROMIUM, SignIn
from tests.console.people import PASSWORD, Office

pytestmark = IN_CHROMIUM


@pytest.fixture
def visitor(chromium: Chromium) -> Iterator[Page]:
    """A browser whose device can hold passkeys; nothing may be refused by the page's own policy."""
    context = chromium.new_context(locale="id-ID", viewport={"width": 390, "height": 844})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": told | {"automaticPresenceSimulation": True}})
    yield page
    context.close()
    assert [] == wrong


def named(address: str) -> str:
    """Browsers make passkeys for names only, and on this machine trust this one."""
    return address.replace("127.0.0.1", "localhost")


def test_an_officers_first_day_with_app_paper_and_passkey(desk: tuple[Office, str], visitor: Page) -> None:
    office, address = desk
    page, here = visitor, named(address)
    page.goto(f"{here}/undangan/{officers.invite(office.store, Role.PETUGAS)}")
    page.fill("#panggilan", "Rina")
    page.fill("#nama", "rina")
    page.fill("#sandi", PASSWORD)
    page.click("text=Buat akun dan lanjut")

    expect(page.locator(".kotak-pindai svg")).to_be_visible()
    page.click("text=Tidak bisa memindai?")
    secret = page.inner_text(".rahasia").replace(" ", "")
    page.fill("#kode", pyotp.TOTP(secret).now())
    page.click("button:has-text('Pasang')")
    paper = page.locator(".kode-kode li").all_inner_texts()
    assert 10 == len(paper)
    page.click("text=Sudah saya simpan")
    expect(page.locator("#antrean")).to_be_visible()

    page.goto(f"{here}/masuk/pasang")
    page.click("text=Daftarkan kunci sandi")
    expect(page.locator("#kabar")).to_contain_text("Pengaman ditambahkan")
    assert 2 == page.locator("form[action^='/saya/faktor/']").count()
    page.context.clear_cookies()

    for way in ("passkey", "paper"):
        page.goto(f"{here}/masuk")
        page.fill("#nama", "rina")
        page.fill("#sandi", PASSWORD)
        page.click("button:has-text('Lanjut')")
        if way == "passkey":
            page.click("text=Pakai kunci sandi")
            expect(page.locator("#antrean")).to_be_visible()
        else:
            page.click("text=Ponsel tidak ada di tangan?")
            page.fill("#pemulihan", paper[7])
            page.click("text=Pakai kode ini")
            expect(page.locator("#kabar")).to_contain_text("Satu kode pemulihan terpakai")
        page.context.clear_cookies()


def test_a_passkey_that_is_refused_says_so_and_leaves_the_other_way_open(desk: tuple[Office, str], visitor: Page) -> None:
    office, address = desk
    rina = office.officer("rina")
    page, here = visitor, named(address)
    from damping.store import factors

    factors.add_passkey(office.store, rina, b"on another phone", b"key", 0, "HP lain")
    page.goto(f"{here}/masuk")
    page.fill("#nama", "rina")
    page.fill("#sandi", PASSWORD)
    page.click("button:has-text('Lanjut')")

    page.click("text=Pakai kunci sandi")

    expect(page.locator("[data-gagal]")).to_be_visible()
    expect(page.locator("#kode")).to_be_enabled()


def test_a_locked_out_officers_open_desk_closes_by_itself(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, _ = desk
    admin, rina_id = office.officer("adi", Role.ADMIN), office.officer("rina")
    conversation = office.hears("kata pribadi", Level.KUNING, ("memar",))
    rina = sign_in("rina")
    rina.click(f"#b-{conversation}")
    expect(rina.locator("#transkrip")).to_contain_text("kata pribadi")

    began = time.monotonic()
    accounts.lock_out(office.store, Viewer(admin, Role.ADMIN), rina_id)
    expect(rina.locator(".kunci")).to_contain_text("Sesi berakhir", timeout=60_000)

    assert time.monotonic() - began < 60
    assert "kata pribadi" not in rina.content()
    expect(rina.locator(".kunci input[name=kode]")).to_be_hidden()
    rina.get_by_role("link", name="Masuk lagi").click()
    expect(rina).to_have_url(re.compile("/masuk"))


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_of_the_doors_is_wider_than_its_screen(width: int, desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("petugas-dengan-nama-yang-sangat-panjang-sekali", Role.SUPERVISOR)
    office.officer("x" * 80)
    page = sign_in("petugas-dengan-nama-yang-sangat-panjang-sekali")
    page.set_viewport_size({"width": width, "height": 800})

    for path in ("/saya", "/akun", "/kaca", "/kaca/dibuka", "/masuk/pasang", "/masuk/terkunci"):
        page.goto(address + path)
        if path == "/masuk/pasang":
            page.click("button:has-text('Mulai')")
        outside = page.evaluate(
            """width => [...document.querySelectorAll("main *")].filter(element => {
                const box = element.getBoundingClientRect();
                return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1);
            }).map(element => element.outerHTML.slice(0, 80))""",
            width,
        )
        assert [] == outside, path
