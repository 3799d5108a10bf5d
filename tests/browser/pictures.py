"""`make pictures`: walk the main job in real Chromium and keep a picture of each page in `docs/pictures/`."""

import re
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from damping.store.officers import Role
from damping.store.tables import Conversation
from tests.browser.conftest import CHROMIUM, Town, a_browser, a_town
from tests.browser.people import ChatPerson, DeskOfficer, PhonePerson, a_window
from tests.console.open_desk import Day, lively_day

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
DARK = {"color_scheme": "dark"}
COLOURS = 128  # plenty for flat pages, and a third of the size


def keep(page: Page, name: str) -> None:
    """One picture of what is on the screen."""
    page.wait_for_timeout(400)
    taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)
    sys.stdout.write(f"· docs/pictures/{name}.png\n")


LOOKS = tuple((width, look) for width in (320, 390, 1280) for look in ({}, DARK))


def chat(browser: Browser, town: Town) -> None:
    """The web chat: before the first use, first screen, in the middle; on small and wide screens, light and dark."""
    for width, look in LOOKS:
        name = f"{width}{'-dark' if look else ''}"
        first = a_window(browser, width, **look).new_page()
        first.goto(f"{town.gateway}/")
        keep(first, f"chat-before-{name}")
        first.context.close()
        person = ChatPerson.opens(browser, town.gateway, width, **look)
        keep(person.page, f"chat-first-{name}")
        person.writes("halo kak, mau cerita boleh?")
        person.reads("aman untuk menulis")
        person.writes("aman kok. suami saya suka mukul, kemarin bibir saya sampai pecah")
        person.reads("dicatat")
        keep(person.page, f"chat-{name}")
        person.page.context.close()
    beside_the_chat(browser, town)


def beside_the_chat(browser: Browser, town: Town) -> None:
    """Advice, the code and coming back by it; a browser without JavaScript."""
    person = ChatPerson.opens(browser, town.gateway)
    person.writes("kak mau tanya, lapor itu bayar ga?")
    person.reads(re.compile("gratis|biaya"))
    person.page.goto(f"{town.gateway}/petunjuk")
    keep(person.page, "chat-advice-390")
    person.page.goto(f"{town.gateway}/")
    code = person.asks_for_a_code()
    keep(person.page, "chat-code-390")
    later = a_window(browser, 390).new_page()
    later.goto(f"{town.gateway}/kembali")
    later.get_by_label("Kode, lima kata").fill(code)
    keep(later, "chat-come-back-390")
    later.get_by_role("button", name="Buka", exact=True).click()
    later.get_by_role("button", name="Tampilkan riwayat").wait_for()
    keep(later, "chat-came-back-390")
    plain = ChatPerson.opens(browser, town.gateway, javascript=False)
    plain.writes("halo kak")
    plain.reads("aman untuk menulis")
    keep(plain.page, "chat-no-script-390")
    for page in (person.page, later, plain.page):
        page.context.close()


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


def lively_desk(browser: Browser, day: Day) -> None:
    """The demo's day on an officer's and a supervisor's screens."""
    with day.store.database.read() as connection:
        reasons = select(Conversation.id).where(Conversation.holder.is_not(None), Conversation.level == "merah")
        grave = connection.execute(reasons.limit(1)).scalar_one()
    for role, path, width, look, name in (
        (Role.PETUGAS, "/", 390, {}, "desk-day-queue-390"),
        (Role.SUPERVISOR, f"/percakapan/{grave}", 1280, {}, "desk-day-1280"),
        (Role.PETUGAS, f"/percakapan/{grave}?lihat=lembar", 390, DARK, "desk-day-sheet-390-dark"),
        (Role.SUPERVISOR, "/papan?hari=30", 1280, {}, "desk-day-board-1280"),
        (Role.SUPERVISOR, "/papan?hari=30", 390, DARK, "desk-day-board-390-dark"),
        (Role.SUPERVISOR, "/jadwal", 1280, {}, "desk-day-roster-1280"),
        (Role.SUPERVISOR, "/tinjauan", 390, {}, "desk-day-review-390"),
    ):
        page = _signed_in(browser, day, role, width, **look)
        page.goto(f"{day.address}{path}")
        keep(page, name)
        page.context.close()
    locked = _signed_in(browser, day, Role.PETUGAS, 390)
    locked.goto(f"{day.address}/percakapan/{grave}")
    locked.evaluate("live.lock('kunci')")
    keep(locked, "desk-day-locked-390")


def _signed_in(browser: Browser, day: Day, role: Role, width: int, **look: object) -> Page:
    window = a_window(browser, width, **look)
    window.add_cookies([{"name": "damping_meja", "value": day.sessions[role], "url": day.address}])
    return window.new_page()


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
        with lively_day(Path(folder) / "hari") as day:
            lively_desk(browser, day)


if __name__ == "__main__":
    main()
