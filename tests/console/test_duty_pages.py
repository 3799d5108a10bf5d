"""Board, roster, reviews, calls, search, labels, filters: what each shows, to whom, and what it leaves behind."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from litestar import Litestar

from damping.casework.duty import DutyRules, Message, NotCalled, Way
from damping.casework.ids import ConversationId
from damping.console.app import create_app
from damping.console.config import ConsoleConfig
from damping.store import drills, ladder, reaches, review, takeover, waits
from damping.store.context import Store
from damping.store.desk import Viewer
from damping.store.live import Live
from damping.store.officers import Role
from rules.ladder import Plan
from rules.levels import Level
from tests.console.conftest import TEXTS
from tests.console.people import ORIGIN, Browser, Office, said
from tests.support import HeldClock

Fresh = Callable[[], Browser]


class FakeCaller:
    """Calls nobody; remembers, and fails where told."""

    def __init__(self) -> None:
        self.called: list[tuple[str, Message]] = []
        self.fails: NotCalled | None = None

    async def call(self, address: str, message: Message) -> None:
        if self.fails:
            raise self.fails
        self.called.append((address, message))

    async def check(self) -> bool:
        return self.fails is None


@pytest.fixture
def caller() -> FakeCaller:
    return FakeCaller()


@pytest.fixture
def app(store: Store, caller: FakeCaller) -> Litestar:
    async def pause(_seconds: float) -> None: ...

    config = ConsoleConfig(origins=(ORIGIN,), callers={Way.EMAIL: caller, Way.PUSH: caller}, push_key="BKey", undo=timedelta(0))
    return create_app(config, store, Live(store), TEXTS, pause)


async def leader(browser: Fresh, office: Office) -> tuple[Browser, Viewer]:
    tuti = office.officer("tuti", Role.SUPERVISOR)
    return await browser().as_("tuti"), Viewer(tuti, Role.SUPERVISOR)


# roster


async def test_a_supervisor_plans_days_in_a_row_and_everybody_on_duty_reads_them(browser: Fresh, office: Office) -> None:
    rina = office.officer("rina")
    tuti, _ = await leader(browser, office)
    await tuti.get("/jadwal?minggu=2026-11-23")

    fields = {"tugas": "siaga", "petugas": rina, "tanggal": "2026-11-25", "mulai": "16:00", "selesai": "08:00", "hari": "3"}
    answer = await tuti.post("/jadwal/giliran", **fields)
    page = await (await browser().as_("rina")).get("/jadwal?minggu=2026-11-25")

    assert (303, "/jadwal?minggu=2026-11-25&kabar=giliran_ditambah") == (answer.status_code, answer.headers["location"])
    assert 3 == len(re.findall(r'<strong>Siaga</strong> <span class="rentang">16\.00–08\.00 <small>\(besok\)', page.text))
    assert "Tambah giliran" not in said(page), "only supervisors change it"
    assert 1 == len(office.acts("roster_changed"))


@pytest.mark.parametrize(
    "wrong",
    [{"tanggal": "kemarin"}, {"mulai": ""}, {"petugas": "0" * 32}, {"tugas": "tidur"}, {"hari": "x"}, {"petugas": ""}],
)
async def test_a_wrong_shift_changes_nothing_and_keeps_what_was_typed(browser: Fresh, office: Office, wrong: dict[str, str]) -> None:
    rina = office.officer("rina")
    tuti, _ = await leader(browser, office)
    fields = {"tugas": "siaga", "petugas": rina, "tanggal": "2026-11-25", "mulai": "16:00", "selesai": "22:00", "hari": "1"} | wrong

    answer = await tuti.post("/jadwal/giliran", **fields)

    assert 422 == answer.status_code
    assert "Jadwal tidak berubah" in said(answer)
    assert 'value="22:00"' in answer.text
    assert [] == office.acts("roster_changed")


async def test_substitutes_copies_and_holidays(browser: Fresh, office: Office) -> None:
    rina, budi = office.officer("rina"), office.officer("budi")
    tuti, _ = await leader(browser, office)
    await tuti.post("/jadwal/giliran", tugas="jaga", petugas=rina, tanggal="2026-11-24", mulai="08:00", selesai="16:00", hari="1")
    page = await tuti.get("/jadwal?minggu=2026-11-24")
    shift = re.findall(r"/jadwal/giliran/([0-9a-f]{32})/hapus", page.text)[0]

    await tuti.post(f"/jadwal/giliran/{shift}/pengganti", pengganti=budi, minggu="2026-11-23")
    await tuti.post("/jadwal/salin", minggu="2026-11-23")
    await tuti.post("/jadwal/libur", tanggal="2026-11-26", nama="Hari rekaan")
    now = await tuti.get("/jadwal?minggu=2026-11-24")
    later = await tuti.get("/jadwal?minggu=2026-11-30")

    assert "Rina digantikan Budi" in said(now)
    assert "Libur: Hari rekaan" in said(now)
    assert "digantikan" not in said(later)
    assert "Di meja 08.00–16.00" in said(later)
    await tuti.post(f"/jadwal/giliran/{shift}/hapus", minggu="2026-11-23")
    await tuti.post("/jadwal/libur/2026-11-26/hapus", minggu="2026-11-23")
    gone = await tuti.get("/jadwal?minggu=2026-11-24")
    assert "Hari rekaan" not in said(gone)
    assert shift not in gone.text
    assert 404 == (await tuti.post(f"/jadwal/giliran/{shift}/hapus")).status_code
    assert 404 == (await tuti.post("/jadwal/libur/kapan/hapus")).status_code
    assert 422 == (await tuti.post("/jadwal/libur", tanggal="2026-11-26", nama=" ")).status_code


# board and figures


async def test_the_board_tells_who_waits_who_is_late_and_who_carries_how_much(
    browser: Fresh, store: Store, office: Office, clock: HeldClock
) -> None:
    rina = office.officer("rina")
    held = office.hears("halo", Level.KUNING, ("ditampar",), sender="1")
    takeover.claim(store, held, rina)
    office.hears("tolong", Level.MERAH, ("dicekik",), sender="2")
    waits.sweep(store, DutyRules())
    clock.forward(minutes=8)
    waits.sweep(store, DutyRules())
    ladder.climb(store, Plan())
    tuti, _ = await leader(browser, office)

    page = said(await tuti.get("/papan"))

    assert "1 menunggu petugas paling lama 8 menit" in page
    assert "1 lewat batas" in page
    assert "Rina petugas" in page
    assert "supervisor dipanggil, berbunyi 8 menit" in page
    assert "Siaga" not in page.split("Bila alarm berbunyi sekarang")[1].split("Mulai")[0]
    assert "belum ada petugas siaga" in page
    assert "0 dari 1 dijawab tepat waktu" in page
    assert "dicekik" not in page, "a board shows no reasons"
    assert "Tangga alarm belum pernah diuji" in page
    assert 200 == (await tuti.get("/papan/isi?hari=30")).status_code
    assert 200 == (await tuti.get("/papan?hari=kapan")).status_code


async def test_the_figures_leave_as_a_file_in_which_nobody_can_be_found(
    browser: Fresh, store: Store, office: Office, clock: HeldClock
) -> None:
    rina = office.officer("rina")
    for number, level in enumerate([Level.MERAH] * 6 + [Level.KUNING] * 2):
        conversation = office.hears("tolong", level, ("dicekik",), sender=str(number))
        waits.sweep(store, DutyRules())
        clock.forward(seconds=90)
        takeover.claim(store, conversation, rina)
        takeover.reply(store, conversation, rina, "Saya Rina.")
        waits.sweep(store, DutyRules())
    tuti, _ = await leader(browser, office)

    answer = await tuti.get("/papan/waktu-tunggu.csv?hari=7")
    head, *rows = csv.reader(io.StringIO(answer.text))
    figures = {tuple(row[:2]): row[2:] for row in rows}

    assert ["menurut", "nilai", "orang", "median_menit", "sembilan_dari_sepuluh_menit", "tepat_waktu_persen"] == head
    assert ["kurang", "", "", ""] == figures["tingkat", "kuning"]
    assert ["kurang", "", "", ""] == figures["tingkat", "merah"], "else the sum by hour would give the other away"
    assert ["0", "", "", ""] == figures["tingkat", "hijau"]
    assert 24 == sum(name == "jam_mulai" for name, _ in figures)
    assert ["8", "1.5", "1.5", "100"] in figures.values()
    assert "Rina" not in answer.text
    assert conversation not in answer.text
    assert 'attachment; filename="waktu-tunggu-7-hari.csv"' == answer.headers["content-disposition"]
    assert 1 == len(office.acts("figures_exported"))


# reviews and lessons


async def test_what_a_person_rates_urgent_and_the_assistant_did_not_is_reviewed_until_it_taught_something(
    browser: Fresh, store: Store, office: Office, clock: HeldClock
) -> None:
    office.officer("rina")
    office.officer("tari", Role.PELATIH)
    conversation = office.hears("dia simpan sesuatu di lemari")
    rina, (tuti, _) = await browser().as_("rina"), await leader(browser, office)
    await rina.get(f"/percakapan/{conversation}")

    assert 422 == (await rina.post(f"/percakapan/{conversation}/gawat", {"HX-Request": "true"}, alasan=" ")).status_code
    await rina.post(f"/percakapan/{conversation}/gawat", alasan="senjata di lemari")
    board = await tuti.get("/tinjauan")
    (ticket,) = re.findall(r'id="t-([0-9a-f]{32})"', board.text)

    assert "Dinilai gawat oleh Rina , asisten menilai hijau" in said(board)
    assert "senjata di lemari" in said(board)
    assert "1 orang menunggu petugas" in said(board), "it rings: nobody has it"
    assert "sudah merah" in said(await rina.post(f"/percakapan/{conversation}/gawat", {"HX-Request": "true"}, alasan="lagi"))
    assert 422 == (await tuti.post(f"/tinjauan/{ticket}", putusan="tak_terdengar", temuan=" ")).status_code
    assert 422 == (await tuti.post(f"/tinjauan/{ticket}", putusan="entah", temuan="x")).status_code
    closing = {
        "putusan": "tak_terdengar",
        "temuan": "Kata lemari belum dikenal.",
        "contoh": "dia taruh sesuatu di bawah kasur",
        "tingkat": "merah",
    }
    assert 303 == (await tuti.post(f"/tinjauan/{ticket}", **closing)).status_code
    assert 404 == (await tuti.post(f"/tinjauan/{ticket}", **closing)).status_code
    assert "Kata lemari belum dikenal." in said(await tuti.get("/tinjauan?selesai=1"))

    tari = await browser().as_("tari")
    list_ = await tari.get("/pelajaran")
    assert "dia taruh sesuatu di bawah kasur" in said(list_)
    assert "senjata di lemari" not in list_.text
    (lesson,) = re.findall(r"/pelajaran/([0-9a-f]{32})", list_.text)
    assert 303 == (await tari.post(f"/pelajaran/{lesson}")).status_code
    assert "sudah dipakai" in said(await tari.get("/pelajaran"))
    assert 404 == (await tuti.post(f"/pelajaran/{lesson}")).status_code, "supervisors read it, trainers use it"


async def test_a_reason_with_markup_is_shown_as_typed(browser: Fresh, office: Office) -> None:
    conversation = office.hears("halo")
    tuti, _ = await leader(browser, office)
    await tuti.get(f"/percakapan/{conversation}")

    await tuti.post(f"/percakapan/{conversation}/gawat", alasan="<script>alert(1)</script>")
    page = await tuti.get("/tinjauan")

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


# calls


async def test_an_officer_gives_tries_and_takes_back_a_way(browser: Fresh, store: Store, office: Office, caller: FakeCaller) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")
    await rina.get("/panggilan")

    await rina.post("/panggilan", cara="email", alamat="rina@kantor.example")
    page = await rina.get("/panggilan")
    (reach,) = re.findall(r"/panggilan/([0-9a-f]{32})/coba", page.text)
    went = await rina.post(f"/panggilan/{reach}/coba")
    caller.fails = NotCalled(550)
    failed = await rina.post(f"/panggilan/{reach}/coba")

    assert [("rina@kantor.example", Message.TRY)] == caller.called
    assert "panggilan_berangkat" in went.headers["location"]
    assert 502 == failed.status_code
    assert "Panggilan tidak berangkat" in said(failed)
    await rina.post(f"/panggilan/{reach}/hapus")
    assert "rina@kantor.example" not in (await rina.get("/panggilan")).text
    assert 404 == (await rina.post(f"/panggilan/{reach}/coba")).status_code


async def test_nobody_sees_or_takes_another_ones_way(browser: Fresh, store: Store, office: Office) -> None:
    rina = Viewer(office.officer("rina"), Role.PETUGAS)
    reaches.keep(store, rina, Way.EMAIL, "rina@kantor.example")
    (reach,) = reaches.own(store, rina)
    tuti, _ = await leader(browser, office)

    assert "rina@kantor.example" not in (await tuti.get("/panggilan")).text
    assert 404 == (await tuti.post(f"/panggilan/{reach.id}/hapus")).status_code
    assert 404 == (await tuti.post(f"/panggilan/{reach.id}/coba")).status_code
    assert [reach] == list(reaches.own(store, rina))


@pytest.mark.parametrize(
    ("way", "address", "kept"),
    [
        ("whatsapp", "0812 0000 0000", "+6281200000000"),
        ("telegram", "123456789", "123456789"),
        ("email", "a@b.example", "a@b.example"),
        ("whatsapp", "bukan nomor", None),
        ("telegram", "@rina", None),
        ("email", "a@b.example\nBcc: c@d.example", None),
        ("email", "a@b.example, c@d.example", None),
        ("push", "https://fcm.googleapis.com/x", None),
        ("merpati", "x", None),
    ],
)
async def test_only_an_address_that_can_be_called_is_kept(
    browser: Fresh, store: Store, office: Office, way: str, address: str, kept: str | None
) -> None:
    viewer = Viewer(office.officer("rina"), Role.PETUGAS)
    rina = await browser().as_("rina")

    answer = await rina.post("/panggilan", cara=way, alamat=address)

    assert (303 if kept else 422) == answer.status_code
    assert ([kept] if kept else []) == [one.address for one in reaches.own(store, viewer)]


async def test_a_browser_gives_itself_and_the_worker_script_says_nothing_about_anybody(
    browser: Fresh, store: Store, office: Office
) -> None:
    viewer = Viewer(office.officer("rina"), Role.PETUGAS)
    rina = await browser().as_("rina")

    assert 'data-kunci="BKey"' in (await rina.get("/panggilan")).text
    for number in range(7):
        await rina.post("/panggilan/peramban", alamat=f"https://fcm.googleapis.com/{number}")
    assert 422 == (await rina.post("/panggilan/peramban", alamat="http://127.0.0.1/")).status_code
    assert [f"https://fcm.googleapis.com/{n}" for n in range(2, 7)] == [one.address for one in reaches.own(store, viewer)]
    script = await rina.get("/pekerja.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "Ada yang menunggu di meja." in script.text
    assert "event.data" not in script.text, "what the push carries is never looked at"


# the hourly test


async def test_an_open_page_proves_the_ladder(browser: Fresh, store: Store, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    rina = await browser().as_("rina")
    drills.begin(store)
    drills.desk_heard(store)

    assert 204 == (await rina.post("/uji-alarm", suara="1")).status_code
    await rina.post("/uji-alarm", suara="0")
    clock.forward(seconds=61)
    running = drills.over(store)
    assert running is not None
    assert drills.finish(store, running, frozenset()), "nobody is on call: supervisors hear of it"

    with store.database.read() as connection:
        tested = drills.last(connection, store)
    assert tested is not None
    assert (True, 1, 1, False) == (tested.desk_heard, tested.pages, tested.loud, tested.well)


# search


async def test_search_finds_what_was_said_and_writes_down_what_was_seen(browser: Fresh, store: Store, office: Office) -> None:
    office.officer("rina")
    found = office.hears("suamiku menyimpan GOLOK di dapur", sender="1")
    office.hears("golok siapa, ini dapur umum", sender="2")
    office.hears("halo", sender="3")
    rina = await browser().as_("rina")
    await rina.get("/cari")

    page = await rina.post("/cari", kata="golok suami")

    assert [found] == re.findall(r'<a href="/percakapan/([0-9a-f]{32})"', page.text)
    assert "<mark>GOLOK</mark>" in page.text
    assert [found] == [row[2] for row in office.acts("conversation_found")]
    assert found in (await rina.post("/cari", kata=found[:5])).text
    assert "Tidak ditemukan" in said(await rina.post("/cari", kata="tidak pernah ditulis"))
    assert 422 == (await rina.post("/cari", kata="ya")).status_code
    assert all("golok" not in "".join(map(str, row)).lower() for row in office.acts()), "what was searched for is kept nowhere"


# labels, filters, coaching


async def test_labels_are_made_put_filtered_by_and_retired(browser: Fresh, store: Store, office: Office) -> None:
    one, other = office.hears("halo", Level.KUNING, ("ditampar",), sender="1"), office.hears("pagi", sender="2")
    tuti, _ = await leader(browser, office)
    await tuti.post("/label", nama="Visum")
    assert "label_salah" in (await tuti.post("/label", nama="visum ")).headers["location"]
    page = await tuti.get("/")
    (label,) = re.findall(r"/label/([0-9a-f]{32})/hapus", page.text)

    piece = await tuti.post(f"/percakapan/{one}/label/{label}", {"HX-Request": "true"}, pasang="1")
    assert 'aria-pressed="true"' in piece.text
    assert 404 == (await tuti.post(f"/percakapan/{one}/label/{'0' * 32}", pasang="1")).status_code
    filtered = await tuti.get(f"/?label={label}")
    assert [one] == re.findall(r'<li id="k-([0-9a-f]{32})"', filtered.text)
    assert "1 percakapan disembunyikan saringan" in said(filtered)
    assert "Visum" in (await tuti.get("/antrean")).text
    await tuti.post(f"/label/{label}/hapus")
    assert "Visum" not in (await tuti.get("/")).text
    assert 1 == len(office.acts("label_put"))
    assert other


async def test_a_filter_never_hides_who_rings(browser: Fresh, store: Store, office: Office) -> None:
    rina = office.officer("rina")
    urgent = office.hears("tolong", Level.MERAH, ("dicekik",), sender="1")
    office.hears("halo", sender="2")
    mine = office.hears("halo", Level.KUNING, ("ditampar",), sender="3")
    takeover.claim(store, mine, rina)
    page = await browser().as_("rina")

    for query, shown in (
        ("tingkat=hijau", 2),
        ("pemegang=saya", 2),
        ("pemegang=kosong", 1),
        ("pemegang=asisten", 2),
        ("kanal=webchat", 1),
        ("kecamatan=Kemiling", 1),
        ("tingkat=ungu", 3),
    ):
        listed = re.findall(r'<li id="k-([0-9a-f]{32})"', (await page.get(f"/antrean?{query}")).text)
        assert urgent in listed, query
        assert shown == len(listed), query


async def test_the_filter_stays_when_a_conversation_is_opened_and_the_page_loaded_again(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    green = office.hears("halo", sender="1")
    yellow = office.hears("ditampar", Level.KUNING, ("ditampar",), sender="2")
    rina = await browser().as_("rina")
    queue = (await rina.get("/?tingkat=kuning")).text
    [way] = re.findall(rf'id="b-{yellow}" href="([^"]+)" hx-get="([^"]+)"', queue)

    assert way == (f"/percakapan/{yellow}?tingkat=kuning",) * 2
    page = (await rina.get(way[0])).text

    assert f'id="k-{yellow}"' in page
    assert f'id="k-{green}"' not in page
    assert 'hx-get="/antrean?tingkat=kuning"' in page
    assert "Disaring" in page
    assert "1 percakapan disembunyikan" in page
    assert f'id="k-{green}"' in (await rina.get(f"/percakapan/{yellow}")).text


async def test_a_drawn_queue_is_shared_and_still_says_anda_to_the_holder_alone(browser: Fresh, store: Store, office: Office) -> None:
    rina = office.officer("rina")
    office.officer("budi")
    conversation = office.hears("halo", Level.KUNING, ("ditampar",))
    takeover.claim(store, conversation, rina)
    at_rinas, at_budis = await browser().as_("rina"), await browser().as_("budi")

    mine, theirs = await at_rinas.get("/antrean"), await at_budis.get("/antrean")
    opened = await at_budis.get("/antrean", **{"HX-Current-URL": f"https://meja.test/percakapan/{conversation}"})

    assert "<b>Anda</b>" in mine.text
    assert "<b>Anda</b>" not in theirs.text
    assert "Rina" in theirs.text
    assert 'aria-current="true"' in opened.text
    assert 'aria-current="true"' not in theirs.text


async def test_a_quiet_word_is_read_by_two_people_only(browser: Fresh, store: Store, office: Office) -> None:
    rina_id = office.officer("rina")
    office.officer("budi")
    conversation = office.hears("halo", Level.KUNING, ("ditampar",))
    tuti, _ = await leader(browser, office)
    rina, budi = await browser().as_("rina"), await browser().as_("budi")

    assert 422 == (await tuti.post(f"/percakapan/{conversation}/arahan", {"HX-Request": "true"}, kepada=rina_id, teks=" ")).status_code
    await tuti.post(f"/percakapan/{conversation}/arahan", kepada=rina_id, teks="Tanyakan dulu amannya.")
    seen = await rina.get(f"/percakapan/{conversation}/jaga")
    (note,) = re.findall(r'id="a-([0-9a-f]{32})"', seen.text)

    assert "Tanyakan dulu amannya." in said(seen)
    assert "Tanyakan" not in (await budi.get(f"/percakapan/{conversation}/jaga")).text
    assert 404 == (await budi.post(f"/percakapan/{conversation}/arahan/{note}")).status_code
    assert 404 == (await rina.post(f"/percakapan/{conversation}/arahan", kepada=rina_id, teks="x")).status_code
    await rina.post(f"/percakapan/{conversation}/arahan/{note}", {"HX-Request": "true"})
    assert "sudah dibaca" in said(await tuti.get(f"/percakapan/{conversation}/jaga"))


async def test_the_sheet_shows_the_steps_of_the_alarm(browser: Fresh, store: Store, office: Office, clock: HeldClock) -> None:
    office.officer("rina")
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))
    clock.forward(minutes=3)
    ladder.climb(store, Plan())
    rina = await browser().as_("rina")

    piece = said(await rina.get(f"/percakapan/{conversation}/jaga"))

    assert "Petugas siaga dipanggil (tidak ada yang bisa dipanggil)" in piece
    assert "Ini gawat" not in piece, "it is merah already"
    assert 404 == (await rina.get(f"/percakapan/{ConversationId('0' * 32)}/jaga")).status_code


def test_findings_go_with_erased_words(store: Store, office: Office) -> None:
    from damping.store import erasure

    tuti = Viewer(office.officer("tuti", Role.SUPERVISOR), Role.SUPERVISOR)
    conversation = office.hears("halo")
    review.rate_urgent(store, tuti, conversation, "rahasia yang harus hilang")

    with store.database.write() as connection:
        erasure.erase_words(connection, store, conversation)

    (ticket,) = review.tickets(store, tuti)
    assert "" == ticket.reason
