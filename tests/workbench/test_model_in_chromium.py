"""The pages about models in real Chromium: read by axe, on a phone and a monitor, by day and by night; and a model switched on."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect

from damping.casework.models import Origin, RunState
from damping.console.app import create_app
from damping.console.config import ConsoleConfig
from damping.store import heartbeats, migrate, model_runs, officer_sessions
from damping.store.context import Store
from damping.store.database import Database
from damping.store.live import Live
from damping.store.model_runs import Ended
from damping.store.officers import Role
from damping.store.sealing import Vault
from damping.wiring import workbench
from damping.workbench.bench import Bench
from tests.console.open_desk import IN_CHROMIUM, TEXTS, served
from tests.console.people import Office
from tests.workbench.bench import a_bench
from tests.workbench.model_shelf import a_model

pytestmark = IN_CHROMIUM
LATIH = "/pelatih/latih"
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))


@dataclass(frozen=True)
class Workplace:
    """A running desk with three models: one serves, one is good, one misses danger."""

    bench: Bench
    address: str
    session: str

    def opened(self, chromium: Chromium, wide: int = 1280, scheme: Literal["light", "dark"] = "light") -> BrowserContext:
        """A trainer's browser."""
        context = chromium.new_context(locale="id-ID", viewport={"width": wide, "height": 900}, color_scheme=scheme)
        context.add_cookies([{"name": "damping_meja", "value": self.session, "url": self.address}])
        return context


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    store = Store(Database(f"sqlite:///{tmp_path / 'desk.db'}"), Vault(secrets.token_bytes(32)))
    migrate.upgrade(store.database)
    heartbeats.beat(store, {"worker": "ready", "engine": "ready"})
    bench = a_bench(store, tmp_path / "kantor")
    a_model(bench.models.shelf, "20261120-020000")
    bench.models.shelf.point("20261120-020000")
    a_model(bench.models.shelf, "20261124-020000", before="20261120-020000")
    a_model(bench.models.shelf, "20261123-020000", before="20261120-020000", missed=2)
    officer = Office(store).officer("tari", Role.PELATIH)
    app = create_app(ConsoleConfig(development=True), store, Live(store), TEXTS, annexes=(workbench.annex(bench),))
    with served(app) as address:
        yield Workplace(bench, address, officer_sessions.begin(store, officer))
    store.database.close()


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['target'][0]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("wide", "scheme"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    wide: int, scheme: Literal["light", "dark"], chromium: Chromium, workplace: Workplace
) -> None:
    run = model_runs.ask(workplace.bench.store, None, Origin.COMMAND)
    model_runs.claim(workplace.bench.store)
    model_runs.end(workplace.bench.store, run, Ended(RunState.DONE, "pelatihan: RulePolicy (40 s)", "20261124-020000"))
    context = workplace.opened(chromium, wide, scheme)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Security Policy" in said.text else None)

    for path in ("", "/model/20261124-020000", "/model/20261123-020000", "/model/20261124-020000/coba", f"/proses/{run}", "/../wawasan"):
        page.goto(f"{workplace.address}{LATIH}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach(panel => { panel.open = true; })")
        assert [] == faults(page), path
        assert wide >= page.evaluate("document.documentElement.scrollWidth"), path

    assert [] == refused
    context.close()


def test_a_better_model_is_live_after_a_few_clicks(chromium: Chromium, workplace: Workplace) -> None:
    context = workplace.opened(chromium)
    page = context.new_page()
    page.goto(f"{workplace.address}{LATIH}")

    page.get_by_role("link", name="20261124-020000", exact=True).click()
    page.get_by_label("Apa yang jadi lebih baik?").fill("mengenali ancaman dalam bahasa Lampung")
    page.get_by_role("button", name="Nyalakan model ini").click()

    expect(page.get_by_text("Model baru berjalan.")).to_be_visible()
    assert "20261124-020000" == workplace.bench.models.shelf.current()
    context.close()


def test_a_training_shows_how_it_goes_and_can_be_stopped(chromium: Chromium, workplace: Workplace) -> None:
    context = workplace.opened(chromium)
    page = context.new_page()
    page.goto(f"{workplace.address}{LATIH}")
    page.get_by_role("button", name="Latih sekarang").click()
    run = model_runs.claim(workplace.bench.store)
    assert run is not None

    model_runs.beat(workplace.bench.store, run.id, "DangerClassifier", 5)
    expect(page.get_by_text("Belajar mengenali bahaya")).to_be_visible()
    page.get_by_role("button", name="Batalkan").click()

    expect(page.get_by_text("Pelatihan dibatalkan.")).to_be_visible()
    assert not model_runs.beat(workplace.bench.store, run.id)
    context.close()


def test_a_person_is_played_with_two_models_and_kept(chromium: Chromium, workplace: Workplace) -> None:
    context = workplace.opened(chromium, 390)
    page = context.new_page()
    page.goto(f"{workplace.address}{LATIH}/model/20261124-020000/coba")

    page.get_by_label("Pesan berikutnya").fill("dia bawa parang")
    page.get_by_role("button", name="Kirim ke keduanya").click()
    expect(page.get_by_text("berbeda: arti, bahaya, jawaban")).to_be_visible()
    page.get_by_label("Siapa orang karangan ini?").fill("ibu dengan parang di rumah")
    page.get_by_role("button", name="Simpan", exact=True).click()

    expect(page.get_by_text("Disimpan sebagai percakapan uji.")).to_be_visible()
    assert "ibu dengan parang di rumah" in workplace.bench.models.saved.read_text(encoding="utf-8")
    context.close()
