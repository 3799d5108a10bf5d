"""The workbench in real Chromium, on the office's own data files: by mouse, by keyboard alone, without scripts, and as axe reads it."""

import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from damping.store import officer_sessions
from damping.store.officers import Role
from damping.workbench.example_files import ExampleFiles
from tests.console.open_desk import IN_CHROMIUM, SignIn
from tests.console.people import Office

pytestmark = IN_CHROMIUM
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((390, "light"), (1280, "dark"))


def sentences(root: Path, intent: str) -> list[str]:
    return [one.marked for one in ExampleFiles(root / "data/nlu").intents()[intent]]


def test_a_doubt_about_danger_becomes_an_example_when_a_colleague_says_the_same(
    desk: tuple[Office, str], sign_in: SignIn, bench_root: Path
) -> None:
    office, address = desk
    for login in ("tari", "budi"):
        office.officer(login, Role.PELATIH)
    tari, budi = sign_in("tari"), sign_in("budi")
    for page, outcome in ((tari, "satu orang lagi menjawab"), (budi, "Masuk contoh")):
        page.goto(f"{address}/pelatih")
        page.click("main >> text=Keraguan >> nth=1")
        expect(page.locator("main")).not_to_contain_text("Sukmojoyo")
        page.click("a:has-text('Beri arti') >> nth=0")
        page.check("input[name=arti][value=ancaman_nyawa]")
        page.fill("textarea", "suami saya nunggu di depan gang bawa mandau")
        page.check("input[name=tingkat][value=merah]")
        page.check("input[name=jenis][value=senjata]")
        page.click(".keping button:has-text('mandau')")
        page.click("button:has-text('Simpan')")
        if page.locator("button:has-text('Sudah diperiksa')").count():
            page.click("button:has-text('Sudah diperiksa')")
        expect(page.locator("main")).to_contain_text(outcome)

    assert "suami saya nunggu di depan gang bawa [mandau](senjata)" in sentences(bench_root, "ancaman_nyawa")


def test_an_example_is_written_and_marked_with_the_keyboard_alone(desk: tuple[Office, str], sign_in: SignIn, bench_root: Path) -> None:
    office, address = desk
    office.officer("tari", Role.PELATIH)
    tari = sign_in("tari")
    tari.goto(f"{address}/pelatih/contoh/tanya_alamat_jam")

    tari.focus("textarea")
    tari.keyboard.type("min di stasiun ada posko ga malem minggu")
    tari.keyboard.press("Tab")
    for _ in range(2):
        tari.keyboard.press("ArrowRight")
    expect(tari.locator("input[name=jenis]:checked")).to_have_value("lokasi")
    for _ in range(3):
        tari.keyboard.press("Tab")
    tari.keyboard.press("Space")
    expect(tari.locator("[data-tanda]")).to_have_value("stasiun = lokasi")
    expect(tari.locator(".keping button:has-text('stasiun')")).to_be_focused()
    for _ in range(2):
        tari.focus("#tulis .tombol.utama")
        with tari.expect_navigation():
            tari.keyboard.press("Enter")
        if tari.locator("text=Disimpan.").count():
            break

    expect(tari.locator("main")).to_contain_text("Disimpan.")
    assert "min di [stasiun](lokasi) ada posko ga malem minggu" in sentences(bench_root, "tanya_alamat_jam")


def test_warnings_appear_while_one_types_and_nothing_personal_is_saved(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("tari", Role.PELATIH)
    tari = sign_in("tari")
    tari.goto(f"{address}/pelatih/contoh/minta_petugas")

    tari.type("textarea", "telepon saya di 081234567890")

    expect(tari.locator("#peringatan")).to_contain_text("bisa milik seseorang")
    tari.fill("textarea", "tolong telepon saya besok siang ya bu petugas")
    expect(tari.locator("#peringatan")).not_to_contain_text("bisa milik seseorang")


def test_a_word_that_is_typed_away_takes_its_mark_along(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("tari", Role.PELATIH)
    tari = sign_in("tari")
    tari.goto(f"{address}/pelatih/contoh/lapor_fisik")
    tari.fill("textarea", "abang mukul pakai sapu")
    tari.check("input[name=jenis][value=senjata]")
    tari.click(".keping button:has-text('sapu')")
    expect(tari.locator("[data-tanda]")).to_have_value("sapu = senjata")

    tari.fill("textarea", "abang mukul pakai tangan")

    expect(tari.locator("[data-tanda]")).to_have_value("")


def test_wording_is_previewed_while_one_types(desk: tuple[Office, str], sign_in: SignIn) -> None:
    office, address = desk
    office.officer("tari", Role.PELATIH)
    tari = sign_in("tari")
    tari.goto(f"{address}/pelatih/kalimat/kemudi/utter_setuju/0")

    tari.fill("textarea", "Kenapa begitu?")
    expect(tari.locator("#peringatan")).to_contain_text("Bertanya kenapa")
    tari.fill("textarea", "Baik, kita teruskan.")

    expect(tari.locator("#peringatan")).to_contain_text("Sesuai aturan kalimat")
    expect(tari.locator(".layar-wa .balon").first).to_have_text("Baik, kita teruskan.")


def test_everything_works_without_scripts(desk: tuple[Office, str], chromium: Chromium, bench_root: Path) -> None:
    office, address = desk
    token = officer_sessions.begin(office.store, office.officer("tari", Role.PELATIH))
    context = chromium.new_context(locale="id-ID", java_script_enabled=False)
    context.add_cookies([{"name": "damping_meja", "value": token, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/pelatih/contoh/tanya_biaya")

    page.fill("textarea", "visum di rumah sakit umum mesti bayar brp ya min")
    page.fill("input[name=tanda]", "rumah sakit umum = lokasi")
    page.click("#tulis .tombol.utama")
    if page.locator("text=Sudah diperiksa").count():
        page.click("#tulis .tombol.utama")

    expect(page.locator("main")).to_contain_text("Disimpan.")
    context.close()
    assert "visum di [rumah sakit umum](lokasi) mesti bayar brp ya min" in sentences(bench_root, "tanya_biaya")


PAGES = (
    "",
    "/keraguan",
    "/contoh",
    "/contoh/lapor_fisik",
    "/kata",
    "/kalimat",
    "/kalimat/bahaya/utter_waiting",
    "/kalimat/bahaya/utter_waiting/0",
    "/usulan",
    "/riwayat",
)


@pytest.mark.parametrize("path", [*PAGES, "LABEL", "UBAH"])
def test_axe_finds_nothing_to_mend(path: str, desk: tuple[Office, str], chromium: Chromium) -> None:
    office, address = desk
    token = officer_sessions.begin(office.store, office.officer("tari", Role.PELATIH))
    context = chromium.new_context(locale="id-ID", bypass_csp=True, reduced_motion="reduce")
    context.add_cookies([{"name": "damping_meja", "value": token, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/pelatih{path if path.startswith('/') else {'LABEL': '/keraguan', 'UBAH': '/contoh/ancaman_nyawa'}.get(path, '')}")
    if path in ("LABEL", "UBAH"):
        page.click("a:has-text('Beri arti') >> nth=0" if path == "LABEL" else "a:has-text('Ubah') >> nth=0")
        expect(page.locator("form[data-periksa]")).to_be_visible()
    if path == "/kata":
        page.evaluate("document.querySelectorAll('details').forEach(panel => { panel.open = true; })")

    found = looked_at(page)

    context.close()
    assert {} == found


def looked_at(page: Page) -> dict[str, list[str]]:
    """What axe finds, and what is wider than the screen."""
    page.wait_for_timeout(300)
    found: dict[str, list[str]] = {}
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        faults = Axe().run(page).response["violations"]
        told = [f"{one['id']}: {node['target'][0]} {node['failureSummary'][:200]}" for one in faults for node in one["nodes"]]
        told += [f"wide: {wide}"] if (wide := page.evaluate("document.documentElement.scrollWidth")) > width else []
        if told:
            found[re.sub(r"\s", "", f"{width}{scheme}")] = told[:5]
    return found
