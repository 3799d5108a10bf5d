"""The queue: who stands first, and what a row says."""

import re
from collections.abc import Callable
from importlib.resources import files

import pytest
from sqlalchemy import insert, update

from damping.casework.ids import ConversationId, OfficerId
from damping.casework.message import Channel, Delivery
from damping.store import desk, desk_state, notices, takeover
from damping.store.context import Store, seal_json
from damping.store.desk import Viewer
from damping.store.notices import NoticeKind
from damping.store.officers import Role
from damping.store.tables import Conversation, Outbox
from rules.levels import Level
from tests.console.people import Browser, Office, said
from tests.support import HeldClock

Fresh = Callable[[], Browser]
WORDS = (files("damping.console") / "templates" / "kata.html").read_text(encoding="utf-8")


def order(store: Store, officer: OfficerId) -> list[ConversationId]:
    return [row.conversation for row in desk.queue(store, Viewer(officer, Role.PETUGAS)).rows]


def shown(page: str) -> list[str]:
    return re.findall(r'<li id="k-([0-9a-f]{32})"', page)


def ask_for_officer(store: Store, conversation: ConversationId) -> None:
    with store.database.write() as connection:
        notices.raise_notice(connection, store, NoticeKind.CALL_OFFICER, conversation)
        connection.execute(update(Conversation).where(Conversation.id == conversation).values(wants_officer=True))


def test_level_comes_first_then_who_waits_longest_without_an_officer(store: Store, office: Office, clock: HeldClock) -> None:
    rina = office.officer("rina")
    wanted: dict[str, ConversationId] = {}
    for name, level in [
        ("hijau lama", Level.HIJAU),
        ("hijau minta petugas", Level.HIJAU),
        ("kuning lama", Level.KUNING),
        ("merah dipegang", Level.MERAH),
        ("merah lama", Level.MERAH),
        ("kuning baru", Level.KUNING),
        ("merah baru", Level.MERAH),
        ("hijau baru", Level.HIJAU),
    ]:
        clock.forward(minutes=5)
        wanted[name] = office.hears(level=level, reasons=("alasan",) if level is not Level.HIJAU else (), sender=name)
    takeover.claim(store, wanted["merah dipegang"], rina)
    ask_for_officer(store, wanted["hijau minta petugas"])

    found = order(store, rina)

    named = {conversation: name for name, conversation in wanted.items()}
    assert [
        "merah lama",
        "merah baru",
        "merah dipegang",
        "kuning lama",
        "kuning baru",
        "hijau minta petugas",
        "hijau lama",
        "hijau baru",
    ] == [named[conversation] for conversation in found]


def test_a_bell_that_rings_for_a_held_conversation_brings_it_before_the_other_held_ones(
    store: Store, office: Office, clock: HeldClock
) -> None:
    rina = office.officer("rina")
    first = office.hears(level=Level.MERAH, reasons=("dicekik",), sender="1")
    clock.forward(minutes=1)
    second = office.hears(level=Level.KUNING, reasons=("ditampar",), sender="2")
    for conversation in (first, second):
        takeover.claim(store, conversation, rina)
        takeover.reply(store, conversation, rina, "saya di sini")
    clock.forward(minutes=1)

    office.hears("dia bawa golok", Level.MERAH, ("menyebut golok",), sender="2")

    assert [second, first] == order(store, rina)


def test_a_harmless_conversation_leaves_the_queue_after_a_day_and_a_dangerous_one_stays(
    store: Store, office: Office, clock: HeldClock
) -> None:
    rina = office.officer("rina")
    office.hears(sender="1")
    kuning = office.hears(level=Level.KUNING, reasons=("ditampar",), sender="2")
    asked = office.hears(sender="3")
    ask_for_officer(store, asked)

    clock.forward(days=2)

    assert [kuning, asked] == order(store, rina)


def test_what_does_not_fit_is_counted_and_is_never_the_urgent(store: Store, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    rina = office.officer("rina")
    monkeypatch.setattr(desk, "_ROWS_AT_ONCE", 3)
    for number in range(5):
        office.hears(sender=str(number))
    merah = office.hears(level=Level.MERAH, reasons=("dicekik",), sender="merah")
    queue = desk.queue(store, Viewer(rina, Role.PETUGAS))

    assert (3, 3) == (len(queue.rows), queue.more)
    assert merah == queue.rows[0].conversation


async def test_a_row_says_level_reasons_clock_channel_place_and_who_has_it(
    browser: Fresh, store: Store, office: Office, clock: HeldClock
) -> None:
    office.officer("rina")
    budi = office.officer("budi")
    merah = office.hears(level=Level.MERAH, reasons=("menyebut golok", "ada anak"), sender="1")
    held = office.hears(level=Level.KUNING, reasons=("ditampar",), sender="2")
    office.hears(sender="3", channel=Channel.WEBCHAT)
    takeover.claim(store, held, budi)
    with store.database.write() as connection:
        facts = seal_json(store.sealer(connection, merah), "conversation.facts", merah, {"kecamatan": "Kedaton"})
        connection.execute(update(Conversation).where(Conversation.id == merah).values(facts=facts))
    clock.forward(minutes=3)

    page = await (await browser().as_("rina")).get("/")

    rows = [said(type(page)(200, text=row)) for row in re.findall(r'<li id="k-.*?</li>', page.text, re.S)]
    assert "Merah menunggu 3 menit menyebut golok; ada anak Belum ada petugas WhatsApp (sisa 23 jam) · Kedaton" in rows[0]
    assert "Kuning belum dibalas 3 menit ditampar Budi WhatsApp" in rows[1]
    assert "Hijau menulis 3 menit lalu tidak ada tanda bahaya Asisten Chat web" in rows[2]
    assert [merah, held] == shown(page.text)[:2]


async def test_notices_stand_on_the_row_in_words(browser: Fresh, store: Store, office: Office) -> None:
    office.officer("rina")
    conversation = office.hears()
    with store.database.write() as connection:
        for kind in NoticeKind:
            notices.raise_notice(connection, store, kind, conversation)

    page = said(await (await browser().as_("rina")).get("/"))

    words = dict(re.findall(r"'(\w+)': '([^']+)'", WORDS.split("PEMBERITAHUAN = {")[1].split("}")[0]))
    assert {kind.value for kind in NoticeKind} == words.keys()
    assert all(told in page for told in words.values())


async def test_the_queue_never_shows_what_a_person_wrote(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    office.hears("kata-kata yang sangat pribadi", Level.KUNING, ("diancam",))
    rina = await browser().as_("rina")

    for path in ("/", "/antrean"):
        assert "sangat pribadi" not in (await rina.get(path)).text
    assert [] == office.acts("conversation_read")


async def test_an_empty_queue_says_what_will_appear(browser: Fresh, office: Office) -> None:
    office.officer("rina")

    page = await (await browser().as_("rina")).get("/")

    assert "Antrean kosong." in said(page)
    assert re.search(r'id="kosong" class="kosong" >', page.text)


async def test_undelivered_messages_are_listed_until_somebody_sees_to_them(
    browser: Fresh, store: Store, office: Office, clock: HeldClock
) -> None:
    rina_id = office.officer("rina")
    rina = await browser().as_("rina")
    lost, unsure, fresh = (office.hears(sender=str(number)) for number in range(3))
    for conversation, state in ((lost, Delivery.DEAD), (unsure, Delivery.UNKNOWN), (fresh, Delivery.UNKNOWN)):
        if conversation == fresh:
            clock.forward(minutes=10)
        takeover.claim(store, conversation, rina_id)
        takeover.reply(store, conversation, rina_id, "isi balasan")
        with store.database.write() as connection:
            mine = (Outbox.conversation_id == conversation, Outbox.author == "officer")
            connection.execute(update(Outbox).where(*mine).values(state=state, changed_at=store.now(), error_code=131026))

    await rina.as_("rina")
    page = await rina.get("/pesan-gagal")

    assert {lost, unsure} == set(re.findall(r'<a href="/percakapan/([0-9a-f]{32})"', page.text))
    assert "isi balasan" not in page.text
    assert "gagal terkirim (kode 131026)" in said(page)
    assert "Jangan kirim ulang sebelum pelapor menjawab" in said(page)
    await rina.post(f"/pesan-gagal/{lost}")
    clock.forward(seconds=1)
    assert lost not in (await rina.get("/pesan-gagal")).text
    assert unsure in (await rina.get("/pesan-gagal")).text
    with store.database.write() as connection:
        connection.execute(update(Outbox).where(Outbox.conversation_id == lost).values(changed_at=store.now()))
    assert lost in (await rina.get("/pesan-gagal")).text, "a later failure is a new one"


def test_what_did_not_leave_is_counted_until_seen_to(store: Store, office: Office, clock: HeldClock) -> None:
    rina = office.officer("rina")
    conversation = office.hears()
    takeover.claim(store, conversation, rina)
    takeover.reply(store, conversation, rina, "isi balasan")
    with store.database.write() as connection:
        connection.execute(update(Outbox).values(state=Delivery.DEAD, changed_at=store.now()))
    viewer = Viewer(rina, Role.PETUGAS)
    assert [conversation] == [letter.conversation for letter in desk_state.undelivered(store, viewer)]
    assert 1 == desk_state.state(store).undelivered

    clock.forward(seconds=1)
    desk.settle_notice(store, viewer, conversation, NoticeKind.SEND_FAILED)

    assert () == desk_state.undelivered(store, viewer)
    assert 0 == desk_state.state(store).undelivered
    with pytest.raises(desk.NotFound):
        desk_state.undelivered(store, Viewer(rina, Role.PELATIH))


def test_rows_of_an_unknown_age_do_not_break_the_queue(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    _sealer, key = store.vault.new_data_key("c" * 32)
    with store.database.write() as connection:
        values = {"id": "c" * 32, "channel": "webchat", "data_key": key, "created_at": store.now(), "wants_officer": True}
        connection.execute(insert(Conversation).values(**values))

    assert ["c" * 32] == order(store, rina)
