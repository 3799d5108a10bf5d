"""The officer's page: hand on, undo, drafts, marks, the sheet, the number; what each press tells and what a stranger gets."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from litestar import Litestar

from damping.casework.ids import ConversationId, OfficerId
from damping.console.answers import Answer, Topic, filled, gaps, time_of_day
from damping.console.app import create_app
from damping.console.config import ConsoleConfig
from damping.store import drafts, presence, sheet, takeover, waiting_replies, window
from damping.store.context import Store
from damping.store.drafts import Box
from damping.store.live import Live
from damping.store.officers import Role
from rules.levels import Level
from tests.console.conftest import TEXTS
from tests.console.people import ORIGIN, Browser, Office, said, tell_facts
from tests.support import HeldClock

Fresh = Callable[[], Browser]
LIVE = {"HX-Request": "true"}
WHO = "6281234567890"


@pytest.fixture
def app(store: Store) -> Litestar:
    """With the ten seconds of undo, and two ready-made answers."""
    ready = (
        Topic(
            "Membuka", (Answer("Salam", "Selamat <waktu>, ada yang bisa dibantu?"), Answer("Waktu", "Datang pukul [jam] ke <kecamatan>?"))
        ),
    )
    return create_app(ConsoleConfig(origins=(ORIGIN,), office="Kantor contoh", answers=ready), store, Live(store), TEXTS)


@pytest.fixture
def rina_id(office: Office) -> OfficerId:
    return office.officer("rina")


@pytest.fixture
def conversation(office: Office, rina_id: OfficerId) -> ConversationId:
    """Held by Rina."""
    heard = office.hears("dia bawa golok", Level.MERAH, ("menyebut golok",), sender=WHO)
    takeover.claim(office.store, heard, rina_id)
    return heard


async def test_a_reply_waits_ten_seconds_on_the_page_and_comes_back_into_the_box(
    browser: Fresh, store: Store, clock: HeldClock, conversation: ConversationId
) -> None:
    rina = await browser().as_("rina")

    waits = await rina.post(f"/percakapan/{conversation}/balas", LIVE, teks="polisi berangkat")
    assert "Berangkat dalam 10 detik" in said(waits)
    address = re.search(rf'action="(/percakapan/{conversation}/urung/[0-9a-f]+)"', waits.text)
    assert address is not None
    back = await rina.post(address.group(1), LIVE)
    assert '<p id="konsep-balasan" hidden>polisi berangkat</p>' in back.text
    again = await rina.post(address.group(1), LIVE)

    assert (200, 409) == (back.status_code, again.status_code)
    assert "Terlambat" in said(again)
    assert ">polisi berangkat</textarea>" in (await rina.get(f"/percakapan/{conversation}")).text, "without script too"
    clock.forward(seconds=10)
    assert 0 == waiting_replies.send_due(store)


async def test_a_colleague_sees_that_a_reply_is_on_its_way_and_cannot_take_it_back(
    browser: Fresh, office: Office, conversation: ConversationId, rina_id: OfficerId
) -> None:
    office.officer("budi")
    waiting = waiting_replies.hold(office.store, conversation, rina_id, "sebentar")
    budi = await browser().as_("budi")

    page = await budi.get(f"/percakapan/{conversation}")

    assert "Dari Rina, belum berangkat" in said(page)
    assert "/urung/" not in page.text
    assert 409 == (await budi.post(f"/percakapan/{conversation}/urung/{waiting}", LIVE)).status_code


async def test_what_is_left_to_fill_in_is_not_sent(browser: Fresh, store: Store, conversation: ConversationId) -> None:
    rina = await browser().as_("rina")

    answer = await rina.post(f"/percakapan/{conversation}/balas", LIVE, teks="Datang pukul [jam] ya")

    assert (422, True) == (answer.status_code, "[kurung siku]" in said(answer))
    with store.database.read() as connection:
        assert () == waiting_replies.waiting(connection, store.sealer(connection, conversation), conversation)


async def test_ready_made_answers_are_filled_from_the_conversation(browser: Fresh, store: Store, conversation: ConversationId) -> None:
    tell_facts(store, conversation, kecamatan="Kedaton")

    page = (await (await browser().as_("rina")).get(f"/percakapan/{conversation}")).text

    assert 'data-siap="Selamat malam, ada yang bisa dibantu?"' in page
    assert 'data-siap="Datang pukul [jam] ke Kedaton?"' in page


def test_what_nobody_knows_becomes_a_gap(clock: HeldClock) -> None:
    topics = (Topic("x", (Answer("y", "ke <kecamatan> pukul [jam]"),)),)

    [topic] = filled(topics, clock.now(), "")

    assert ("[kecamatan]", "[jam]") == gaps(topic.answers[0].text)
    assert () == gaps("biasa saja")


@pytest.mark.parametrize(
    ("hours", "name"), [(0, "malam"), (1, "pagi"), (7, "pagi"), (8, "siang"), (12, "sore"), (15, "malam"), (23, "malam")]
)
def test_the_time_of_day_is_the_offices(hours: int, name: str, clock: HeldClock) -> None:
    """The clock starts at 03.15 in Bandar Lampung."""
    clock.forward(hours=hours)

    assert name == time_of_day(clock.now())


async def test_what_is_typed_is_kept_and_told_to_colleagues(browser: Fresh, office: Office, conversation: ConversationId) -> None:
    office.officer("budi")
    rina, budi = await browser().as_("rina"), await browser().as_("budi")
    await rina.get(f"/percakapan/{conversation}")

    answer = await rina.post(f"/percakapan/{conversation}/konsep", kotak="balasan", teks="belum sele")

    assert 204 == answer.status_code
    assert "Rina sedang mengetik" in said(await budi.get(f"/percakapan/{conversation}/hadir"))
    assert "belum sele" not in (await budi.get(f"/percakapan/{conversation}")).text
    page = await (await browser().as_("rina")).get(f"/percakapan/{conversation}")
    assert ">belum sele</textarea>" in page.text, "a browser that crashed finds it again"
    assert 404 == (await rina.post(f"/percakapan/{conversation}/konsep", kotak="lain", teks="x")).status_code


async def test_danger_words_are_marked_where_they_stand(browser: Fresh, conversation: ConversationId) -> None:
    page = (await (await browser().as_("rina")).get(f"/percakapan/{conversation}")).text

    assert "dia bawa <mark>golok</mark>" in page
    assert re.search(r'menyebut golok&nbsp;<a class="asal-fakta" href="#m-\d+"', page)


async def test_handing_on_by_form_says_what_came_of_it(browser: Fresh, office: Office, store: Store, conversation: ConversationId) -> None:
    budi_id = office.officer("budi")
    rina = await browser().as_("rina")
    path = f"/percakapan/{conversation}"

    silent = await rina.post(f"{path}/alihkan", LIVE, kepada=budi_id, pesan="")
    away = await rina.post(f"{path}/alihkan", LIVE, kepada=budi_id, pesan="tolong")
    presence.tell(store, budi_id, None)
    done = await rina.post(f"{path}/alihkan", LIVE, kepada=budi_id, pesan="tolong lanjutkan")
    again = await rina.post(f"{path}/lepas", LIVE, pesan="x")

    assert [422, 409, 200, 409] == [answer.status_code for answer in (silent, away, done, again)]
    assert "tidak sedang di meja" in said(away)
    assert "dipegang Budi" in said(done)
    budi = await browser().as_("budi")
    assert "tolong lanjutkan" in said(await budi.get(path))
    released = await budi.post(f"{path}/lepas", LIVE, pesan="besok lagi")
    assert "Kembali ke antrean" in said(released)
    assert "dilepas Budi" in said(released)
    assert "Dilepas Budi" in said(await rina.get("/antrean"))


@pytest.mark.parametrize(("may", "told"), [("semua", "diserahkan ke asisten"), ("jawab", "hanya menjawab"), ("catat", "hanya mencatat")])
async def test_the_assistant_is_left_with_what_the_officer_chose(may: str, told: str, browser: Fresh, conversation: ConversationId) -> None:
    rina = await browser().as_("rina")
    assert 422 == (await rina.post(f"/percakapan/{conversation}/serahkan", LIVE, asisten="apa saja")).status_code

    assert told in said(await rina.post(f"/percakapan/{conversation}/serahkan", LIVE, asisten=may))


async def test_a_supervisor_takes_it_with_a_reason_and_a_petugas_finds_no_such_door(
    browser: Fresh, office: Office, conversation: ConversationId
) -> None:
    ratna_id = office.officer("ratna", Role.SUPERVISOR)
    office.officer("budi")
    ratna, budi = await browser().as_("ratna"), await browser().as_("budi")
    path = f"/percakapan/{conversation}/tunjuk"

    assert "Ambil dari Rina" in said(await ratna.get(f"/percakapan/{conversation}"))
    assert 404 == (await budi.post(path, LIVE, pesan="saya mau")).status_code
    assert 422 == (await ratna.post(path, LIVE, pesan=" ")).status_code
    taken = await ratna.post(path, LIVE, pesan="Rina di jalan")

    assert "dipegang Anda" in said(taken)
    assert [(ratna_id, "word_assigned", conversation)] == office.acts("word_assigned")


async def test_an_edit_of_a_stale_page_is_shown_beside_and_settled(
    browser: Fresh, store: Store, rina_id: OfficerId, conversation: ConversationId
) -> None:
    rina = await browser().as_("rina")
    path = f"/percakapan/{conversation}/lembar"
    sheet.edit(store, conversation, rina_id, sheet.Edit("kecamatan", "Panjang", 0))

    stale = await rina.post(path, LIVE, nama="kecamatan", nilai="Kedaton", dasar="0")

    assert "berubah saat halaman Anda terbuka" in said(stale)
    assert "Lokasi: Kecamatan Panjang." in said(stale)
    change = re.search(r"/lembar/([0-9a-f]{32})/pakai", stale.text)
    assert change is not None
    settled = await rina.post(f"{path}/{change.group(1)}/pakai", LIVE)
    assert "Lokasi: Kecamatan Kedaton." in said(settled)
    assert "/pakai" not in settled.text
    assert 404 == (await rina.post(f"{path}/{change.group(1)}/lain", LIVE)).status_code


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"nama": "kecamatan", "nilai": "Atlantis", "dasar": "0"}, 422),
        ({"nama": "age", "nilai": "x" * 301, "dasar": "0"}, 422),
        ({"nama": "level", "nilai": "hijau", "dasar": "0"}, 422),
        ({"nama": "age", "nilai": "30", "dasar": "-1"}, 422),
        ({"nama": "age", "nilai": "30", "dasar": "0"}, 200),
        ({"nama": "kind", "nilai.fisik": "on", "nilai.seksual": "on", "dasar": "0"}, 200),
    ],
)
async def test_only_known_fields_take_values_that_fit(
    fields: dict[str, str], status: int, browser: Fresh, conversation: ConversationId
) -> None:
    rina = await browser().as_("rina")

    answer = await rina.post(f"/percakapan/{conversation}/lembar", LIVE, **fields)

    assert status == answer.status_code
    if "nilai.fisik" in fields:
        assert "Yang dialami: kekerasan fisik, kekerasan seksual." in said(answer)


async def test_a_number_is_nowhere_on_the_page_until_the_holder_asks(
    browser: Fresh, office: Office, store: Store, rina_id: OfficerId, conversation: ConversationId
) -> None:
    tell_facts(store, conversation, contact_number="081299988877", contact_way="chat")
    office.officer("budi")
    rina, budi = await browser().as_("rina"), await browser().as_("budi")
    path = f"/percakapan/{conversation}"

    page = await rina.get(path)
    assert WHO not in page.text
    assert "081299988877" not in page.text
    assert "•••••••••877" in page.text
    assert 422 == (await rina.post(f"{path}/nomor", LIVE)).status_code
    assert 409 == (await budi.post(f"{path}/nomor", LIVE, alasan="perlu")).status_code
    assert [] == office.acts("number_shown")

    shown = await rina.post(f"{path}/nomor", LIVE, alasan="tidak menjawab sejak tadi")
    plain = await rina.post(f"{path}/nomor", alasan="tidak menjawab sejak tadi")

    assert WHO in shown.text
    assert "081299988877" in shown.text
    assert WHO in plain.text
    assert [(rina_id, "number_shown", conversation)] * 2 == office.acts("number_shown")


async def test_a_promise_stands_on_the_sheet_until_kept(
    browser: Fresh, store: Store, rina_id: OfficerId, conversation: ConversationId
) -> None:
    message = takeover.reply(store, conversation, rina_id, "saya telepon pukul dua")
    rina = await browser().as_("rina")
    path = f"/percakapan/{conversation}/janji/{message}"

    made = await rina.post(f"{path}/tandai", LIVE)
    kept = await rina.post(f"{path}/ditepati", LIVE)

    assert "Dijanjikan saya telepon pukul dua" in said(made)
    assert "ditepati" in said(kept)
    assert 404 == (await rina.post(f"/percakapan/{conversation}/janji/{'0' * 32}/tandai", LIVE)).status_code


async def test_a_closed_window_keeps_the_words(
    browser: Fresh, store: Store, clock: HeldClock, rina_id: OfficerId, conversation: ConversationId
) -> None:
    clock.forward(hours=24)
    rina = await browser().as_("rina")

    answer = await rina.post(f"/percakapan/{conversation}/balas", teks="masih di sana?")

    assert 409 == answer.status_code
    assert ">masih di sana?</textarea>" in answer.text
    drafts.keep(store, conversation, rina_id, Box.REPLY, "")
    assert timedelta(hours=24) == window.LASTS


async def test_looking_on_leaves_a_trace_of_the_reading_only_once(browser: Fresh, office: Office, conversation: ConversationId) -> None:
    rina = await browser().as_("rina")
    await rina.get(f"/percakapan/{conversation}")

    assert 204 == (await rina.post(f"/percakapan/{conversation}/hadir")).status_code
    assert 200 == (await rina.get(f"/percakapan/{conversation}/hadir")).status_code

    assert 1 == len(office.acts("conversation_read"))
