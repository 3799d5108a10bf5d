"""`make pictures`: walk the main job in real Chromium and keep a picture of each page in `docs/pictures/`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.conftest import CHROMIUM, Town, a_browser, a_town
from tests.browser.people import ChatPerson, DeskOfficer, PhonePerson, a_window

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
DARK = {"color_scheme": "dark"}


def keep(page: Page, name: str) -> None:
    """One picture of what is on the screen."""
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"{name}.png")
    sys.stdout.write(f"· docs/pictures/{name}.png\n")


def chat(browser: Browser, town: Town) -> None:
    """The web chat: first screen, in the middle, in the dark, on small and wide screens."""
    for width in (320, 390, 1280):
        first = ChatPerson.opens(browser, town.gateway, width)
        keep(first.page, f"chat-first-{width}")
        first.page.context.close()
    for width, look in ((320, {}), (390, {}), (390, DARK), (1280, {})):
        person = ChatPerson.opens(browser, town.gateway, width, **look)
        person.writes("halo kak, mau cerita boleh?")
        person.reads("aman untuk menulis")
        person.writes("aman kok. suami saya suka mukul, kemarin bibir saya sampai pecah")
        person.reads("kecamatan")
        keep(person.page, f"chat-{width}{'-dark' if look else ''}")
        person.page.context.close()


def main_job(browser: Browser, town: Town) -> None:
    """Urgent message, alarm, taking over, the reply on the phone, handing back."""
    officer = DeskOfficer.joins(browser, town.desk, town.invites())
    keep(officer.page, "desk-quiet-1280")
    state = officer.page.context.storage_state()
    small = a_window(browser, 390, storage_state=state).new_page()
    dark = a_window(browser, 1280, storage_state=state, **DARK).new_page()
    neighbour = PhonePerson.picks_up(browser, town.gateway, "bu-wati", 1280)
    neighbour.writes("assalamualaikum, tetangga saya tiap malam kedengeran dipukulin suaminya, harus lapor kemana")
    neighbour.reads("aman saat ini")
    person = PhonePerson.picks_up(browser, town.gateway, "sari")
    person.writes("kak tolong")
    person.reads("aman")
    person.writes("dia di depan pintu bawa golok, aku di kamar mandi sama anakku")
    person.reads("110")
    keep(person.page, "phone-390")
    officer.hears_the_alarm()
    keep(officer.page, "desk-alarm-1280")
    small.goto(town.desk)
    keep(small, "desk-alarm-390")
    dark.goto(town.desk)
    keep(dark, "desk-alarm-1280-dark")
    officer.opens_the_most_urgent()
    keep(officer.page, "desk-before-claim-1280")
    officer.takes_over()
    officer.answers("Saya Rini dari kantor. Kunci pintunya, jangan dibuka. Saya minta polisi datang ke Kemiling sekarang, boleh?")
    person.writes("boleh kak cepet")
    officer.sees("boleh kak cepet")
    officer.notes("Polsek Kemiling ditelepon, mobil berangkat.")
    keep(officer.page, "desk-conversation-1280")
    small.goto(officer.page.url)
    keep(small, "desk-conversation-390")
    dark.goto(officer.page.url)
    keep(dark, "desk-conversation-1280-dark")
    keep(person.page, "phone-officer-390")
    officer.hands_back()
    person.reads("Asisten otomatis kembali")
    keep(person.page, "phone-handed-back-390")
    keep(neighbour.page, "phone-1280")


def main() -> None:
    """Everything, in one go."""
    if CHROMIUM is None:
        raise SystemExit("no Chromium on this machine: install the package chromium, or name one in DAMPING_TEST_CHROMIUM")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, a_town(Path(folder) / "var") as town, a_browser() as browser:
        entrance = a_window(browser, 390).new_page()
        entrance.goto(f"{town.desk}/masuk")
        keep(entrance, "desk-sign-in-390")
        chat(browser, town)
        main_job(browser, town)


if __name__ == "__main__":
    main()
