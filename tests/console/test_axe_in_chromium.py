"""Every page of the desk on the demo's lively day, read by axe as a screen reader would: on a phone and a monitor, by day and by night.

Panels that are closed at first are opened on the monitor, so that nothing hides from the look.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from sqlalchemy import select

from damping.store import officer_sessions, officers
from damping.store.officer_sessions import Stage
from damping.store.officers import Role
from damping.store.tables import Conversation
from tests.console.open_desk import IN_CHROMIUM, Day, lively_day
from tests.console.people import an_app

pytestmark = IN_CHROMIUM
NOBODY = None
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))
OPEN_ALL = "document.querySelectorAll('details').forEach(panel => { panel.open = true; })"
PAGES: tuple[tuple[Role | None, str], ...] = (
    (NOBODY, "/masuk"),
    (NOBODY, "/undangan/{invitation}"),
    (NOBODY, "/undangan/sudah-dipakai"),
    (Role.PETUGAS, "/"),
    (Role.PETUGAS, "/?tingkat=kuning&pemegang=asisten"),
    (Role.PETUGAS, "/percakapan/{held}"),
    (Role.PETUGAS, "/percakapan/{held}?lihat=lembar"),
    (Role.PETUGAS, "/percakapan/{ringing}"),
    (Role.PETUGAS, "/pesan-gagal"),
    (Role.PETUGAS, "/jadwal"),
    (Role.PETUGAS, "/panggilan"),
    (Role.PETUGAS, "/cari"),
    (Role.PETUGAS, "/kaca"),
    (Role.PETUGAS, "/saya"),
    (Role.PETUGAS, "/masuk/pasang"),
    (Role.PETUGAS, "/masuk/terkunci"),
    (Role.PETUGAS, "/tidak-ada"),
    (Role.SUPERVISOR, "/"),
    (Role.SUPERVISOR, "/percakapan/{held}"),
    (Role.SUPERVISOR, "/papan"),
    (Role.SUPERVISOR, "/papan?hari=30"),
    (Role.SUPERVISOR, "/jadwal"),
    (Role.SUPERVISOR, "/tinjauan"),
    (Role.SUPERVISOR, "/tinjauan?selesai=1"),
    (Role.SUPERVISOR, "/pelajaran"),
    (Role.SUPERVISOR, "/akun"),
    (Role.SUPERVISOR, "/kaca/dibuka"),
    (Role.PELATIH, "/"),
    (Role.PELATIH, "/pelajaran"),
    (Role.ADMIN, "/"),
    (Role.ADMIN, "/akun"),
)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    with lively_day(tmp_path_factory.mktemp("hari") / "var") as playing:
        yield playing


@pytest.fixture(scope="module")
def places(day: Day) -> dict[str, str]:
    """What stands in braces in the table: a conversation that an officer holds, one that rings, an open invitation."""
    with day.store.database.read() as connection:
        held = connection.execute(select(Conversation.id).where(Conversation.holder == day.people[Role.PETUGAS]).limit(1)).scalar_one()
        red = Conversation.level == "merah"
        ringing = connection.execute(select(Conversation.id).where(red, Conversation.holder.is_(None)).limit(1)).scalar_one()
    return {"held": held, "ringing": ringing, "invitation": officers.invite(day.store, Role.PETUGAS)}


def faults(page: Page) -> list[str]:
    """What axe finds: the rule, and where."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['target'][0]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]]


def looked_at(page: Page) -> dict[str, list[str]]:
    """The faults of a page in all its looks."""
    page.wait_for_timeout(500)
    found: dict[str, list[str]] = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        if width == 1280:
            page.evaluate(OPEN_ALL)
        found[f"{width} {scheme}"] = faults(page)
    return found


@contextmanager
def opened(chromium: Chromium, day: Day, session: str | None, path: str) -> Iterator[Page]:
    """A page of the desk; axe is put into it from outside, which the desk's own policy rightly forbids."""
    context = chromium.new_context(locale="id-ID", bypass_csp=True, reduced_motion="reduce")
    if session is not None:
        context.add_cookies([{"name": "damping_meja", "value": session, "url": day.address}])
    page = context.new_page()
    page.goto(day.address + path)
    yield page
    context.close()


@pytest.mark.parametrize(("role", "path"), PAGES, ids=[f"{role or 'nobody'} {path}" for role, path in PAGES])
def test_axe_finds_nothing_to_mend(role: Role | None, path: str, day: Day, places: dict[str, str], chromium: Chromium) -> None:
    with opened(chromium, day, day.sessions[role] if role else None, path.format(**places)) as page:
        found = looked_at(page)

    assert {look: [] for look in found} == found


@pytest.mark.parametrize(
    ("role", "path", "press", "shows"),
    [
        (NOBODY, "/masuk", "Lanjut", "Masuk ke meja petugas"),
        (Role.PETUGAS, "/masuk/pasang", "Mulai", "Tidak bisa memindai?"),
        (Role.PETUGAS, "/saya", "Buat sepuluh kode baru", "Sudah saya simpan"),
        (Role.PETUGAS, "/cari", "Cari", "golok"),
        (Role.SUPERVISOR, "/akun", "Buat tautan undangan", "hanya ditampilkan sekarang"),
        (Role.SUPERVISOR, "/jadwal", "Tambah", "Tambah giliran"),
    ],
)
def test_nor_in_what_a_press_brings(role: Role | None, path: str, press: str, shows: str, day: Day, chromium: Chromium) -> None:
    with opened(chromium, day, day.sessions[role] if role else None, path) as page:
        page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true; })")
        for box, words in (("input[name=nama]", "tidak-ada"), ("input[name=sandi]", "sandi yang salah"), ("input[name=kata]", "golok")):
            if path in ("/masuk", "/cari") and page.locator(box).count():
                page.fill(box, words)
        page.locator("main, .pintu").get_by_role("button", name=press, exact=True).first.click()
        expect(page.locator("body")).to_contain_text(shows)
        found = looked_at(page)

    assert {look: [] for look in found} == found


@pytest.mark.parametrize("how", ["kunci", "selesai"])
def test_nor_on_a_desk_that_locked_itself(how: str, day: Day, places: dict[str, str], chromium: Chromium) -> None:
    with opened(chromium, day, day.sessions[Role.PETUGAS], f"/percakapan/{places['held']}") as page:
        page.evaluate(f"live.lock('{how}')")
        expect(page.locator(".kunci")).to_be_visible()
        found = looked_at(page)

    assert {look: [] for look in found} == found


def test_nor_at_the_second_step(day: Day, chromium: Chromium) -> None:
    an_app(day.store, day.people[Role.PETUGAS], "contoh")
    half = officer_sessions.begin(day.store, day.people[Role.PETUGAS], stage=Stage.PASSWORD)
    with opened(chromium, day, half, "/masuk/langkah-kedua") as page:
        expect(page.locator("#kode")).to_be_visible()
        found = looked_at(page)

    assert {look: [] for look in found} == found
