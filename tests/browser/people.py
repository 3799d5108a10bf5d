"""People at their screens: each method is something that a human does. Used by the browser tests and `make pictures`."""

import re
import secrets
from dataclasses import dataclass

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, expect

PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class PhonePerson:
    """An invented person with the simulated phone."""

    page: Page

    @classmethod
    def picks_up(cls, browser: Browser, gateway: str, who: str, width: int = 390, **look: object) -> "PhonePerson":
        """Open the phone as `who`."""
        page = a_window(browser, width, **look).new_page()
        page.goto(f"{gateway}/telepon#{who}")
        return cls(page)

    def writes(self, text: str) -> None:
        """Type and send."""
        self.page.locator("#teks").fill(text)
        self.page.get_by_role("button", name="Kirim", exact=True).click()

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Wait until the office's words are on the screen."""
        expect(self.page.locator("#log .b:not(.saya) p").filter(has_text=words).last).to_be_visible()


@dataclass
class ChatPerson:
    """A person with the web chat open."""

    page: Page

    @classmethod
    def opens(cls, browser: Browser, gateway: str, width: int = 390, javascript: bool = True, **look: object) -> "ChatPerson":
        """Open the page and go on from the short word on leaving."""
        page = a_window(browser, width, java_script_enabled=javascript, **look).new_page()
        page.goto(f"{gateway}/")
        page.get_by_role("link", name="Mulai menulis").click()
        expect(page.locator("#teks")).to_be_visible()
        return cls(page)

    def writes(self, text: str) -> None:
        """Type and send."""
        self.page.locator("#teks").fill(text)
        self.page.locator("#tulis .kirim").click()

    def asks_for_a_code(self) -> str:
        """By the advice page, as one does; the code, with its page still on the screen."""
        self.page.get_by_role("link", name="Petunjuk").click()
        self.page.get_by_role("link", name="Minta kode").click()
        self.page.get_by_role("button", name="Tampilkan kode").click()
        return " ".join(self.page.locator(".kode li").all_inner_texts())

    def presses(self, title: str) -> None:
        """Press a choice under the last bubble."""
        self.page.locator("#pilihan").get_by_role("button", name=title).click()

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Wait until the words are on the screen."""
        expect(self.page.locator("#log .b:not(.saya) p").filter(has_text=words).last).to_be_visible()


@dataclass
class DeskOfficer:
    """An officer at the desk."""

    page: Page

    @classmethod
    def joins(cls, browser: Browser, desk: str, invitation: str, width: int = 1280, **look: object) -> "DeskOfficer":
        """Make an account by the one-time link, with an authenticator app; the desk opens."""
        page = a_window(browser, width, **look).new_page()
        page.goto(f"{desk}/undangan/{invitation}")
        page.locator("#panggilan").fill("Ibu Rini")
        page.locator("#nama").fill(f"rini-{secrets.token_hex(3)}")
        page.locator("#sandi").fill("melati putih di pagar rumah")
        page.get_by_role("button", name="Buat akun dan lanjut").click()
        page.get_by_text("Tidak bisa memindai?").click()
        secret = page.locator(".rahasia").inner_text().replace(" ", "")
        page.locator("#kode").fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name="Pasang", exact=True).click()
        page.get_by_role("link", name="Sudah saya simpan").click()
        expect(page.locator("#daftar, #kosong").first).to_be_attached()
        return cls(page)

    def hears_the_alarm(self) -> None:
        """The red bar is there, the title says so."""
        expect(self.page.locator(".strip.alarm")).to_be_visible()
        expect(self.page).to_have_title(re.compile("ALARM"))

    def opens_the_most_urgent(self) -> None:
        """Follow the bar."""
        self.page.locator(".strip.alarm a").click()
        expect(self.page.locator("#transkrip")).to_be_visible()

    def takes_over(self) -> None:
        """Claim the open conversation."""
        self.page.get_by_role("button", name="Ambil alih").click()
        expect(self.page.get_by_role("button", name="Serahkan ke asisten")).to_be_visible()

    def answers(self, text: str) -> None:
        """Write to the person."""
        self.page.locator("#teks-balas").fill(text)
        self.page.locator("#balas").get_by_role("button", name="Kirim").click()
        expect(self.page.locator("#transkrip .dari-officer .teks").filter(has_text=text)).to_be_visible()

    def notes(self, text: str) -> None:
        """Write a note that only officers see."""
        self.page.locator("#teks-catatan").fill(text)
        self.page.get_by_role("button", name="Simpan catatan").click()
        expect(self.page.locator("#transkrip .dari-note .teks").filter(has_text=text)).to_be_visible()

    def sees(self, text: str) -> None:
        """Wait until the person's words are in the transcript."""
        expect(self.page.locator("#transkrip .dari-person .teks").filter(has_text=text)).to_be_visible()

    def hands_back(self) -> None:
        """Give the word to the assistant."""
        self.page.get_by_role("button", name="Serahkan ke asisten").click()
        expect(self.page.get_by_role("button", name="Ambil alih")).to_be_visible()


def a_window(browser: Browser, width: int, **look: object) -> BrowserContext:
    """A browser window of its own: nothing shared with another person's."""
    return browser.new_context(viewport={"width": width, "height": 844 if width < 600 else 800}, locale="id-ID", **look)  # type: ignore[arg-type]
