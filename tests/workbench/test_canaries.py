"""Two hundred planted canaries go through the doubts: none comes out on a page, in a data file or in the log."""

from collections.abc import Callable

import pytest

from damping.casework.doubt import CONSENT, Felt, Source
from damping.store import doubt_keeping, doubts
from damping.store.desk import Viewer
from damping.store.officers import Role
from damping.workbench.bench import Bench
from rules.levels import Level
from tests.console.people import Browser, Office
from tests.rules.test_masking import MASKER, canaries

Fresh = Callable[[], Browser]


async def test_no_canary_reaches_a_trainer(
    browser: Fresh, office: Office, bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office.store.masker = MASKER
    monkeypatch.setattr("damping.workbench.doubts._SHOWN", 1000)
    tari = Viewer(office.officer("tari", Role.PELATIH), Role.PELATIH)
    before = {path: path.read_bytes() for path in bench.root.rglob("*.*") if path.is_file()}
    planted = canaries()
    kept = [doubt_keeping.keep_turn(office.store, {CONSENT: "ya"}, text, Felt(Source.CLOSE, "sapa", Level.HIJAU)) for text, _ in planted]
    assert 200 <= sum(kept)

    shown = [one.sentence for one in doubts.inbox(office.store, tari)]
    page = (await (await browser().as_("tari")).get("/pelatih/keraguan")).text.lower()

    left = [canary for _, canary in planted if len(canary.strip()) > 5 and any(canary.lower() in one.lower() for one in [*shown, page])]
    assert [] == left
    assert before == {path: path.read_bytes() for path in bench.root.rglob("*.*") if path.is_file()}
    assert [] == [canary for _, canary in planted if len(canary.strip()) > 5 and canary in "".join(capsys.readouterr())]
