"""Training and models for somebody who never trained anything: what may be pressed, what it does, and what is said where it may not."""

from collections.abc import Callable

import pytest
import yaml

from damping.casework.models import RunState, SwitchAct, SwitchRefused
from damping.store import model_runs, model_switches
from damping.store.model_runs import Ended
from damping.store.model_switches import Switching
from damping.store.officers import Role
from damping.workbench.bench import Bench
from tests.console.people import Browser, Office, said
from tests.workbench.model_shelf import SENTENCE, a_model

Fresh = Callable[[], Browser]
LATIH = "/pelatih/latih"


@pytest.fixture
async def tari(browser: Fresh, office: Office) -> Browser:
    """A trainer, signed in."""
    office.officer("tari", Role.PELATIH)
    return await browser().as_("tari")


async def test_a_training_is_asked_for_once_and_can_be_stopped(tari: Browser, bench: Bench) -> None:
    await tari.get(LATIH)
    await tari.post(LATIH)
    await tari.post(LATIH)
    (run,) = model_runs.latest(bench.store)
    assert RunState.QUEUED is run.state

    await tari.post(f"{LATIH}/proses/{run.id}/batal")

    assert RunState.CANCELLED is model_runs.latest(bench.store)[0].state


async def test_the_progress_of_a_training_is_told_in_words(tari: Browser, bench: Bench) -> None:
    await tari.get(LATIH)
    await tari.post(LATIH)
    run = model_runs.claim(bench.store)
    assert run is not None
    model_runs.beat(bench.store, run.id, "DangerClassifier", 5)

    assert "Belajar mengenali bahaya" in said(await tari.get(f"{LATIH}/jalan"))


async def test_what_a_training_said_can_be_read_afterwards(tari: Browser, bench: Bench) -> None:
    await tari.get(LATIH)
    await tari.post(LATIH)
    run = model_runs.claim(bench.store)
    assert run is not None
    model_runs.end(bench.store, run.id, Ended(RunState.DONE, "pelatihan: RulePolicy (40 s)", "m1"))

    assert "pelatihan: RulePolicy (40 s)" in said(await tari.get(f"{LATIH}/proses/{run.id}"))


async def test_a_good_model_is_switched_on_with_a_reason_and_the_old_one_put_back(tari: Browser, bench: Bench) -> None:
    shelf = bench.models.shelf
    a_model(shelf, "lama")
    shelf.point("lama")
    a_model(shelf, "baru", before="lama")
    assert "Boleh dinyalakan" in said(await tari.get(f"{LATIH}/model/baru"))

    without = await tari.post(f"{LATIH}/model/baru/nyalakan", alasan=" ")
    await tari.post(f"{LATIH}/model/baru/nyalakan", alasan="mengenali ancaman dalam bahasa Lampung")

    assert 409 == without.status_code
    assert [("baru", "mengenali ancaman dalam bahasa Lampung", "nyalakan")] == bench.models.room.done  # type: ignore[attr-defined]
    assert "baru" == shelf.current()


async def test_the_way_back_stands_beside_the_model_that_served_before(tari: Browser, bench: Bench) -> None:
    for name in ("lama", "baru"):
        a_model(bench.models.shelf, name)
    bench.models.shelf.point("baru")
    wanted = Switching(None, SwitchAct.ON, "baru", "lama", "uji")
    model_switches.end(bench.store, model_switches.begin(bench.store, wanted), wanted, well=True)

    page = await tari.get(LATIH)
    await tari.post(f"{LATIH}/model/lama/kembali")

    assert f'action="{LATIH}/model/lama/kembali"' in page.text
    assert "dinyalakan baru, sebelumnya lama" in said(page)
    assert "lama" == bench.models.shelf.current()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"missed": 2}, "2 dari 70 pesan bahaya yang tidak boleh terlewat ternyata terlewat"),
        ({"wording": 1}, "1 kalimat jawaban melanggar aturan bahasa"),
        ({"conversations_failed": 3}, "3 dari 169 percakapan uji"),
        ({"mislaid": [["sapa", 50]]}, "50 contoh bahaya tersimpan sebagai 'sapa'"),
        ({"found": [{"what": "merah", "of": 145, "before": 143, "after": 130, "least": 0.95}]}, "menemukan 130, model yang berjalan 143"),
    ],
)
async def test_a_model_that_the_gate_holds_has_no_switch_and_says_why(
    wrong: dict[str, object], sentence: str, tari: Browser, bench: Bench
) -> None:
    a_model(bench.models.shelf, "lama")
    bench.models.shelf.point("lama")
    a_model(bench.models.shelf, "baru", before="lama", **wrong)

    page = await tari.get(f"{LATIH}/model/baru")

    assert sentence in said(page)
    assert "/nyalakan" not in page.text


async def test_a_model_compared_with_another_than_the_one_that_serves_is_compared_again_first(tari: Browser, bench: Bench) -> None:
    for name, before in (("satu", ""), ("dua", "satu"), ("tiga", "satu")):
        a_model(bench.models.shelf, name, before)
    bench.models.shelf.point("dua")

    assert "belum dibandingkan dengan model yang berjalan" in said(await tari.get(f"{LATIH}/model/tiga"))


async def test_an_unsigned_and_an_altered_model_are_told_apart(tari: Browser, bench: Bench) -> None:
    a_model(bench.models.shelf, "asing", signed=False)
    a_model(bench.models.shelf, "diubah")
    (bench.models.shelf.folder / "diubah" / "model.tar.gz").write_bytes(b"another archive")

    assert "tidak ditandatangani" in said(await tari.get(f"{LATIH}/model/asing"))
    assert "berubah sejak ditandatangani" in said(await tari.get(f"{LATIH}/model/diubah"))


async def test_an_engine_that_refuses_leaves_everything_and_says_so(tari: Browser, bench: Bench) -> None:
    a_model(bench.models.shelf, "lama")
    bench.models.shelf.point("lama")
    a_model(bench.models.shelf, "baru", before="lama")
    bench.models.room.refusing = SwitchRefused("rejected")  # type: ignore[attr-defined]
    await tari.get(f"{LATIH}/model/baru")

    answer = await tari.post(f"{LATIH}/model/baru/nyalakan", alasan="coba")

    assert 409 == answer.status_code
    assert "menolak model ini" in said(answer)
    assert "lama" == bench.models.shelf.current()


async def test_the_page_of_a_model_shows_every_changed_answer(tari: Browser, bench: Bench) -> None:
    a_model(bench.models.shelf, "lama")
    bench.models.shelf.point("lama")
    a_model(bench.models.shelf, "baru", before="lama")

    page = said(await tari.get(f"{LATIH}/model/baru"))

    assert SENTENCE in page
    assert "1 menjadi lebih baik, 0 lebih buruk" in page
    assert "143 dari 145" in page


async def test_the_report_is_a_file_to_keep(tari: Browser, bench: Bench) -> None:
    a_model(bench.models.shelf, "baru")

    answer = await tari.get(f"{LATIH}/model/baru/laporan.html")

    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["model/tidak-ada", "model/..%2f..%2fetc", "proses/tidak-ada"])
async def test_what_is_not_there_is_not_found(path: str, tari: Browser) -> None:
    assert 404 == (await tari.get(f"{LATIH}/{path}")).status_code


async def test_a_supervisor_may_look_and_roll_back_but_not_train(browser: Fresh, office: Office, bench: Bench) -> None:
    office.officer("sari", Role.SUPERVISOR)
    a_model(bench.models.shelf, "lama")
    sari = await browser().as_("sari")

    page = await sari.get(LATIH)

    assert 200 == page.status_code
    assert "Latih sekarang" not in said(page)
    assert 404 == (await sari.post(LATIH)).status_code
    assert 303 == (await sari.post(f"{LATIH}/model/lama/kembali")).status_code


async def test_a_played_person_shows_where_two_models_part_and_becomes_a_test(tari: Browser, bench: Bench) -> None:
    a_model(bench.models.shelf, "baru")
    coba = f"{LATIH}/model/baru/coba"
    await tari.get(coba)

    first = await tari.post(coba, tulis="dia bawa parang", percakapan="")
    key = first.text.split('name="percakapan" value="')[1].split('"')[0]
    kept = await tari.post(f"{coba}/simpan", percakapan=key, siapa="ibu dengan parang di rumah", **{"fakta-weapon": "1"})

    assert "berbeda: arti, bahaya, jawaban" in said(first)
    assert "fakta-weapon" in first.text
    assert "fakta-turn" not in first.text  # the dialogue's own bookkeeping
    assert "Disimpan sebagai percakapan uji" in said(kept)
    (saved,) = yaml.safe_load(bench.models.saved.read_text(encoding="utf-8"))["conversations"]
    assert {
        "who": "ibu dengan parang di rumah",
        "turns": [{"says": "dia bawa parang", "level": "merah", "facts": {"weapon": "parang"}}],
    } == saved


async def test_two_kept_people_of_one_name_stay_two(tari: Browser, bench: Bench) -> None:
    a_model(bench.models.shelf, "baru")
    coba = f"{LATIH}/model/baru/coba"
    await tari.get(coba)
    answer = await tari.post(coba, tulis='halo "kak": {saya} # takut', percakapan="")
    key = answer.text.split('name="percakapan" value="')[1].split('"')[0]

    for _ in range(2):
        await tari.post(f"{coba}/simpan", percakapan=key, siapa="ibu")

    saved = yaml.safe_load(bench.models.saved.read_text(encoding="utf-8"))["conversations"]
    assert ["ibu", "ibu (2)"] == [one["who"] for one in saved]
    assert 'halo "kak": {saya} # takut' == saved[0]["turns"][0]["says"]


async def test_a_model_that_is_still_loading_keeps_the_page_waiting(tari: Browser, bench: Bench) -> None:
    a_model(bench.models.shelf, "baru")
    bench.models.trial.loaded = False  # type: ignore[attr-defined]

    page = await tari.get(f"{LATIH}/model/baru/coba")

    assert "Memuat model" in said(page)
    assert "hx-trigger" in page.text


async def test_an_engine_that_falls_silent_loses_no_turn(tari: Browser, bench: Bench) -> None:
    a_model(bench.models.shelf, "baru")
    coba = f"{LATIH}/model/baru/coba"
    await tari.get(coba)
    bench.models.trial.down = True  # type: ignore[attr-defined]

    answer = await tari.post(coba, tulis="halo", percakapan="")

    assert 503 == answer.status_code
    assert "Pesan belum tercatat" in said(answer)


async def test_insight_shows_what_is_confused_and_says_what_is_missing(tari: Browser, bench: Bench) -> None:
    empty = said(await tari.get("/pelatih/wawasan"))
    a_model(bench.models.shelf, "baru")

    page = said(await tari.get("/pelatih/wawasan"))

    assert "Muncul di sini setelah sebuah model dibandingkan" in empty
    assert "ragu lapor dikira ungkap takut: 3 kali" in page
