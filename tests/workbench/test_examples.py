"""Trainers at work on examples: warnings, saving, two persons for danger, the journal."""

from collections.abc import Callable

import pytest

from damping.store.officers import Role
from damping.workbench.bench import Bench
from tests.console.people import Browser, Office, said

Fresh = Callable[[], Browser]


async def trainer(browser: Fresh, office: Office, login: str = "tari", role: Role = Role.PELATIH) -> Browser:
    office.officer(login, role)
    return await browser().as_(login)


def sentences(bench: Bench, intent: str) -> list[str]:
    return [one.marked for one in bench.examples.intents()[intent]]


def key(bench: Bench, intent: str, place: int = 0) -> str:
    return bench.examples.intents()[intent][place].key


async def test_every_meaning_is_listed_with_its_number_and_those_with_few_are_told(browser: Fresh, office: Office) -> None:
    page = await (await trainer(browser, office)).get("/pelatih/contoh")

    assert "Salam 3 kurang" in said(page)
    assert "Ancaman nyawa 2 kurang" in said(page)


async def test_a_new_sentence_is_saved_after_a_look_at_the_warnings(browser: Fresh, office: Office, bench: Bench) -> None:
    tari = await trainer(browser, office)
    await tari.get("/pelatih/contoh/sapa")

    first = await tari.post("/pelatih/contoh/sapa", kalimat="permisi bu Zuminten", tingkat="hijau")
    second = await tari.post("/pelatih/contoh/sapa", kalimat="permisi bu petugas", tingkat="hijau", tetap="1")

    assert 422 == first.status_code
    assert "Seperti nama" in said(first)
    assert "Zuminten" in said(first)
    assert "/pelatih/contoh/sapa?kabar=disimpan" == second.headers["location"]
    assert ["assalamualaikum", "halo kak", "permisi bu petugas", "selamat pagi bu"] == sentences(bench, "sapa")
    assert ["data_changed"] == [act for _, act, _ in office.acts() if act.startswith("data_")]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("", "Tulis dulu"),
        ("telepon 0812 3456 7890", "bisa milik seseorang"),
        ("bayar ${RAHASIA}", "Jangan memakai tanda"),
        ("/sapa", "Jangan memakai tanda"),
        ("halo [nama]", "Ganti tanda samaran"),
        ("halo [kak](korban)", "Jangan memakai tanda"),
        ("a" * 401, "Terlalu panjang"),
        ("Halo kak!", "sudah ada di arti"),
        ("udah dulu ya", "sudah ada di arti lain"),
    ],
)
async def test_what_must_not_stand_among_the_examples_is_never_saved(
    sentence: str, told: str, browser: Fresh, office: Office, bench: Bench
) -> None:
    tari = await trainer(browser, office)
    before = sentences(bench, "sapa")

    answer = await tari.post("/pelatih/contoh/sapa", kalimat=sentence, tingkat="hijau", tetap="1")

    assert 422 == answer.status_code
    assert told in said(answer)
    assert before == sentences(bench, "sapa")


async def test_warnings_come_while_one_types(browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)

    piece = await tari.post(
        "/pelatih/contoh-periksa", kalimat="suami saya bawa golok", arti="sapa", tingkat="hijau", tanda="pisau = senjata"
    )

    assert "membacanya lebih gawat: menyebut golok" in said(piece)
    assert "tidak ada di kalimat: pisau" in said(piece)


async def test_words_are_marked_by_name(browser: Fresh, office: Office, bench: Bench) -> None:
    tari = await trainer(browser, office)

    await tari.post("/pelatih/contoh/sapa", kalimat="halo saya di pasar", tingkat="hijau", tanda="pasar = lokasi", tetap="1")

    assert "halo saya di [pasar](lokasi)" in sentences(bench, "sapa")


async def test_an_example_of_danger_waits_for_a_second_person(browser: Fresh, office: Office, bench: Bench) -> None:
    tari, budi = await trainer(browser, office), await trainer(browser, office, "budi", Role.SUPERVISOR)
    before = sentences(bench, "ancaman_nyawa")

    sent = await tari.post("/pelatih/contoh/ancaman_nyawa", kalimat="dia ngasah parang sambil nyebut saya", tingkat="merah", tetap="1")
    assert sent.headers["location"].endswith("kabar=diusulkan")
    assert before == sentences(bench, "ancaman_nyawa")
    proposal = next(told for _, act, told in office.acts() if act == "data_proposed")
    alone = await tari.post(f"/pelatih/usulan/{proposal}/setuju")
    assert alone.headers["location"].endswith("kabar=orang_sama")
    assert before == sentences(bench, "ancaman_nyawa")

    page = await budi.get("/pelatih/usulan")
    agreed = await budi.post(f"/pelatih/usulan/{proposal}/setuju")

    assert "dia ngasah parang sambil nyebut saya" in said(page)
    assert agreed.headers["location"].endswith("kabar=disetujui")
    assert "dia ngasah parang sambil nyebut saya" in sentences(bench, "ancaman_nyawa")
    assert 404 == (await budi.post(f"/pelatih/usulan/{proposal}/setuju")).status_code


async def test_moving_a_sentence_out_of_danger_needs_two_as_well(browser: Fresh, office: Office, bench: Bench) -> None:
    tari = await trainer(browser, office)
    before = sentences(bench, "ancaman_nyawa")

    moved = await tari.post(
        f"/pelatih/contoh/ancaman_nyawa/{key(bench, 'ancaman_nyawa', 1)}",
        kalimat="dia bilang mau bunuh aku",
        arti="sapa",
        tingkat="hijau",
        tetap="1",
    )
    removed = await tari.post(f"/pelatih/contoh/ancaman_nyawa/{key(bench, 'ancaman_nyawa')}/hapus")

    assert moved.headers["location"].endswith("kabar=diusulkan")
    assert removed.headers["location"].endswith("kabar=diusulkan")
    assert before == sentences(bench, "ancaman_nyawa")


async def test_a_refused_proposal_changes_nothing(browser: Fresh, office: Office, bench: Bench) -> None:
    tari, budi = await trainer(browser, office), await trainer(browser, office, "budi")
    before = sentences(bench, "ancaman_nyawa")
    await tari.post("/pelatih/contoh/ancaman_nyawa", kalimat="dia ngasah parang", tingkat="merah", tetap="1")
    proposal = next(told for _, act, told in office.acts() if act == "data_proposed")

    refused = await budi.post(f"/pelatih/usulan/{proposal}/tolak")

    assert refused.headers["location"].endswith("kabar=ditolak")
    assert before == sentences(bench, "ancaman_nyawa")
    assert "Tidak dijalankan." in said(await tari.get("/pelatih/riwayat"))


async def test_a_change_is_undone_from_the_journal_once(browser: Fresh, office: Office, bench: Bench) -> None:
    tari = await trainer(browser, office)
    path = bench.data / "nlu/kemudi.yml"
    before = path.read_text(encoding="utf-8")
    await tari.post(f"/pelatih/contoh/sapa/{key(bench, 'sapa')}/hapus")
    assert "assalamualaikum" not in sentences(bench, "sapa")
    change = next(told for _, act, told in office.acts() if act == "data_changed")

    undone = await tari.post(f"/pelatih/riwayat/{change}/urung")

    assert undone.headers["location"].endswith("kabar=diurungkan")
    assert before == path.read_text(encoding="utf-8")
    assert 404 == (await tari.post(f"/pelatih/riwayat/{change}/urung")).status_code


async def test_who_saves_second_is_told_and_overwrites_nothing(browser: Fresh, office: Office, bench: Bench) -> None:
    tari, budi = await trainer(browser, office), await trainer(browser, office, "budi")
    seen = key(bench, "sapa", 1)
    await tari.post(f"/pelatih/contoh/sapa/{seen}", kalimat="halo kakak semua", arti="sapa", tingkat="hijau", tetap="1")

    late = await budi.post(f"/pelatih/contoh/sapa/{seen}", kalimat="halo kak, permisi", arti="sapa", tingkat="hijau", tetap="1")

    assert 409 == late.status_code
    assert "halo kak, permisi" in said(late)
    assert ["assalamualaikum", "halo kakak semua", "selamat pagi bu"] == sentences(bench, "sapa")


async def test_a_supervisor_reads_but_does_not_write(browser: Fresh, office: Office, bench: Bench) -> None:
    sari = await trainer(browser, office, "sari", Role.SUPERVISOR)

    page = await sari.get("/pelatih/contoh/sapa")
    written = await sari.post("/pelatih/contoh/sapa", kalimat="permisi semua", tingkat="hijau", tetap="1")

    assert 200 == page.status_code
    assert "Tulis contoh baru" not in said(page)
    assert 404 == written.status_code


async def test_what_is_not_there_is_not_found(browser: Fresh, office: Office) -> None:
    tari = await trainer(browser, office)

    assert 404 == (await tari.get("/pelatih/contoh/tidak_ada")).status_code
    assert 404 == (await tari.post("/pelatih/usulan/hush/setuju")).status_code
    assert "sudah diubah" in said(await tari.get((await tari.get("/pelatih/contoh/sapa/hush")).headers["location"]))
