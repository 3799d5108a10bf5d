"""What duty does in a real browser: an open page proves the ladder, a filtered queue stays filtered, labels without a reload."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from damping.store import drills, ladder, takeover
from damping.store.officers import Role
from damping.store.tables_duty import DrillHeard
from rules.ladder import Plan
from rules.levels import Level
from tests.console.open_desk import IN_CHROMIUM, SignIn
from tests.console.people import Office

pytestmark = IN_CHROMIUM


def heard(office: Office) -> list[bool]:
    with office.store.database.read() as connection:
        return list(connection.execute(select(DrillHeard.loud)).scalars())


def eventually(look: Callable[[], object], wanted: object) -> None:
    end = time.monotonic() + 10
    while look() != wanted and time.monotonic() < end:
        time.sleep(0.05)
    assert wanted == look()


def test_an_open_page_answers_the_hourly_test_and_says_whether_it_would_sound(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, _ = desk
    office.officer("rina")
    page = sign_in("rina")
    expect(page.locator(".strip")).to_be_visible()
    page.locator("#suara").click()
    eventually(lambda: page.evaluate("alarm.state().allowed"), True)

    drills.begin(office.store)

    eventually(lambda: heard(office), [True])
    with office.store.database.read() as connection:
        assert drills.last(connection, office.store) is None, "it is judged by the worker"


def test_an_alarm_that_nobody_takes_is_shown_outside_the_page_too(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("rina")
    page = sign_in("rina")
    page.context.grant_permissions(["notifications"], origin=address)
    page.evaluate(
        "window.shown = []; window.Notification = class { constructor(title, o) { window.shown.push(title + ': ' + o.body); }"
        " addEventListener() {} static permission = 'granted'; }; document.hasFocus = () => false"
    )
    office.hears("dia bawa golok", Level.MERAH, ("menyebut golok",))
    eventually(lambda: page.evaluate("window.shown.length"), 1)

    page.evaluate("document.dispatchEvent(new CustomEvent('damping:lagi'))")

    assert ["Meja Damping: Ada yang menunggu di meja."] * 2 == page.evaluate("window.shown")


def test_a_filtered_queue_stays_filtered_and_shows_who_rings(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("rina")
    office.hears("halo", sender="1")
    page = sign_in("rina")
    page.goto(f"{address}/?tingkat=kuning")
    expect(page.locator("#daftar > li")).to_have_count(0)

    office.hears("ditampar", Level.KUNING, ("ditampar",), sender="2")
    expect(page.locator("#daftar > li")).to_have_count(1)
    office.hears("pagi", sender="3")
    office.hears("dia bawa golok", Level.MERAH, ("menyebut golok",), sender="4")
    expect(page.locator("#daftar > li")).to_have_count(2)
    expect(page.locator("#tersaring")).to_contain_text("2 percakapan disembunyikan")


def test_the_filter_stays_with_the_open_conversation_when_the_page_is_loaded_again(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("rina")
    office.hears("halo", sender="1")
    yellow = office.hears("ditampar", Level.KUNING, ("ditampar",), sender="2")
    red = office.hears("dia bawa golok", Level.MERAH, ("menyebut golok",), sender="3")
    page = sign_in("rina")
    page.click("#saring summary")
    page.select_option("#saring select[name=tingkat]", "kuning")
    page.get_by_role("button", name="Saring", exact=True).click()
    expect(page.locator("#daftar > li")).to_have_count(2)

    page.click(f"#b-{yellow}")
    expect(page.locator(f"#percakapan[data-id='{yellow}']")).to_be_visible()
    page.keyboard.press("Alt+KeyU")
    expect(page.locator(f"#percakapan[data-id='{red}']")).to_be_visible()
    page.reload()

    expect(page.locator(f"#percakapan[data-id='{red}']")).to_be_visible()
    expect(page.locator("#daftar > li")).to_have_count(2)
    page.click("#saring summary")
    page.locator("#saring").get_by_role("link", name="Semua").click()
    expect(page.locator("#daftar > li")).to_have_count(3)
    expect(page).to_have_url(f"{address}/percakapan/{red}")


def test_labels_and_a_quiet_word_arrive_without_a_reload(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    rina = office.officer("rina")
    office.officer("tuti", Role.SUPERVISOR)
    conversation = office.hears("halo", Level.KUNING, ("ditampar",))
    takeover.claim(office.store, conversation, rina)
    lead, officer = sign_in("tuti"), sign_in("rina")
    lead.locator("#saring summary").first.click()
    lead.get_by_text("Atur label").click()
    lead.locator("input[name=nama]").fill("Visum")
    lead.get_by_role("button", name="Buat label").click()
    for page in (lead, officer):
        page.goto(f"{address}/percakapan/{conversation}")

    officer.get_by_role("button", name="Visum").click()
    expect(officer.get_by_role("button", name="✓ Visum")).to_be_visible()
    expect(lead.get_by_role("button", name="✓ Visum")).to_be_visible()
    lead.get_by_text("Beri arahan").click()
    lead.locator("#d-arahan textarea").fill("Tanyakan dulu amannya.")
    lead.get_by_role("button", name="Kirim arahan").click()

    expect(officer.locator("#jaga")).to_contain_text("Tanyakan dulu amannya.")


def test_the_board_follows_what_happens(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("tuti", Role.SUPERVISOR)
    page = sign_in("tuti")
    page.goto(f"{address}/papan")
    expect(page.locator(".petak").first).to_contain_text("0 menunggu petugas")

    office.hears("dia bawa golok", Level.MERAH, ("menyebut golok",))
    ladder.climb(office.store, Plan())

    expect(page.locator(".petak").first).to_contain_text(re.compile("1 menunggu petugas"))
    expect(page.locator("#papan")).to_contain_text("meja dibunyikan")


@pytest.mark.parametrize("path", ["/papan", "/jadwal", "/tinjauan", "/panggilan", "/cari", "/pelajaran"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_duty_is_wider_than_the_screen(desk: tuple[Office, str], sign_in: SignIn, path: str, width: int) -> None:
    office, address = desk
    office.officer("tuti", Role.SUPERVISOR)
    page = sign_in("tuti")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}{path}")

    assert width >= page.evaluate("Math.max(document.documentElement.scrollWidth, document.querySelector('main').scrollWidth)")
