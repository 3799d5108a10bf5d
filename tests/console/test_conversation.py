"""One conversation at the desk: read, claim, answer, note, hand back, lower."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from damping.casework.ids import ConversationId
from damping.store import desk, takeover
from damping.store.context import Store
from damping.store.desk import NotFound, Viewer
from damping.store.officers import Role
from damping.store.tables import Conversation, Escalation, Outbox
from rules.levels import Level
from tests.console.people import Browser, Office, said, tell_facts

Fresh = Callable[[], Browser]
LIVE = {"HX-Request": "true"}


def box_is_open(page: str) -> bool:
    found = re.search(r'<fieldset id="kotak-balas"[^>]*>', page)
    assert found is not None
    return " disabled" not in found.group(0)


def level_of(store: Store, conversation: ConversationId) -> str:
    with store.database.read() as connection:
        return connection.execute(select(Conversation.level).where(Conversation.id == conversation)).scalar_one()


async def test_reading_leaves_exactly_one_audit_row_each_time(browser: Fresh, office: Office) -> None:
    rina_id = office.officer("rina")
    conversation = office.hears("saya takut pulang")
    rina = await browser().as_("rina")

    for path in (f"/percakapan/{conversation}", f"/percakapan/{conversation}/isi"):
        before = len(office.acts("conversation_read"))
        assert "saya takut pulang" in (await rina.get(path)).text
        assert before + 1 == len(office.acts("conversation_read"))

    assert (rina_id, "conversation_read", conversation) == office.acts("conversation_read")[-1]


def test_a_read_that_fails_leaves_no_audit_row_and_shows_nothing(store: Store, office: Office) -> None:
    rina = office.officer("rina")

    with pytest.raises(NotFound):
        desk.read(store, Viewer(rina, Role.PETUGAS), ConversationId("0" * 32))
    with pytest.raises(NotFound):
        desk.read(store, Viewer(rina, Role.PELATIH), office.hears())

    assert [] == office.acts("conversation_read")


def test_what_is_read_is_all_there_in_order_with_authors(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))
    takeover.claim(store, conversation, rina)
    takeover.reply(store, conversation, rina, "saya di sini")
    takeover.note(store, conversation, rina, "catatan")
    tell_facts(store, conversation, kecamatan="Kedaton")

    opened = desk.read(store, Viewer(rina, Role.PETUGAS), conversation)

    assert [("person", "", "tolong"), ("officer", "Rina", "saya di sini"), ("note", "Rina", "catatan")] == [
        (line.author, line.officer_name, line.body.text) for line in opened.lines
    ]
    assert [("Rina", ("dicekik",))] == [(bell.acknowledged_by, bell.reasons) for bell in opened.bells]
    assert ("Kedaton", rina, Level.MERAH) == (opened.about.kecamatan, opened.about.holder, opened.about.level)
    assert 1 == len(office.acts("conversation_read"))


async def test_before_the_claim_the_box_is_closed_and_after_it_open(browser: Fresh, office: Office) -> None:
    rina_id = office.officer("rina")
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))
    rina = await browser().as_("rina")

    before = await rina.get(f"/percakapan/{conversation}")
    answer = await rina.post(f"/percakapan/{conversation}/ambil")
    after = await rina.get(answer.headers["location"])

    assert not box_is_open(before.text)
    assert "Ambil alih dulu untuk membalas" in said(before)
    assert box_is_open(after.text)
    assert "Anda memegang percakapan ini" in said(after)
    assert "petugas bergabung" in said(after)
    assert (rina_id, "word_taken", conversation) in office.acts()


async def test_what_another_claimed_is_shown_at_once_and_closed(browser: Fresh, office: Office) -> None:
    office.officer("rina")
    office.officer("budi")
    conversation = office.hears("tolong", Level.KUNING, ("ditampar",))
    rina, budi = await browser().as_("rina"), await browser().as_("budi")
    await rina.get(f"/percakapan/{conversation}")
    await budi.get(f"/percakapan/{conversation}")
    await budi.post(f"/percakapan/{conversation}/ambil")

    late = await rina.post(f"/percakapan/{conversation}/ambil", LIVE)
    page = await rina.get(f"/percakapan/{conversation}")

    assert 409 == late.status_code
    assert "Petugas lain lebih dulu mengambil" in said(late)
    for shown in (late, page):
        assert "Dipegang Budi" in said(shown)
        assert not box_is_open(shown.text)
        assert 'id="f-ambil"' not in shown.text


def test_of_fifty_officers_who_press_at_once_one_gets_it(store: Store, office: Office) -> None:
    people = [office.officer(f"petugas{number}") for number in range(50)]
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))

    with ThreadPoolExecutor(50) as pressing:
        won = list(pressing.map(lambda officer: takeover.claim(store, conversation, officer), people))

    assert 1 == sum(won)
    assert [(people[won.index(True)], "word_taken", conversation)] == office.acts("word_taken")
    with store.database.read() as connection:
        row = connection.execute(select(Conversation.holder, Conversation.version, Conversation.word)).one()
        heard = connection.execute(select(Escalation.acknowledged_by)).scalars().all()
    assert (people[won.index(True)], 1, "officer") == tuple(row)
    assert [people[won.index(True)]] == heard


async def test_only_the_holder_can_answer(browser: Fresh, store: Store, office: Office) -> None:
    rina_id = office.officer("rina")
    office.officer("budi", Role.SUPERVISOR)
    conversation = office.hears()
    rina, budi = await browser().as_("rina"), await browser().as_("budi")

    early = await rina.post(f"/percakapan/{conversation}/balas", teks="terlalu dini")
    takeover.claim(store, conversation, rina_id)
    other = await budi.post(f"/percakapan/{conversation}/balas", LIVE, teks="dari yang bukan pemegang")
    mine = await rina.post(f"/percakapan/{conversation}/balas", teks="saya di sini")

    assert (409, 409, 303) == (early.status_code, other.status_code, mine.status_code)
    assert "Tulisan Anda masih ada di kotak" in said(other)
    assert "terlalu dini" in early.text, "a page without script keeps what was typed"
    page = said(await rina.get(f"/percakapan/{conversation}"))
    assert "Rina saya di sini" in page
    assert "dari yang bukan pemegang" not in page
    assert [rina_id] == [actor for actor, _, _ in office.acts("reply_sent")]


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
async def test_an_empty_or_endless_answer_is_not_sent(text: str, browser: Fresh, store: Store, office: Office) -> None:
    conversation = office.hears()
    takeover.claim(store, conversation, office.officer("rina"))
    rina = await browser().as_("rina")

    assert 422 == (await rina.post(f"/percakapan/{conversation}/balas", LIVE, teks=text)).status_code
    assert 422 == (await rina.post(f"/percakapan/{conversation}/catatan", LIVE, teks=text)).status_code

    assert [] == office.acts("reply_sent") + office.acts("note_written")


async def test_a_note_is_for_officers_only_and_anybody_on_duty_may_write_one(browser: Fresh, store: Store, office: Office) -> None:
    conversation = office.hears()
    takeover.claim(store, conversation, office.officer("rina"))
    office.officer("budi")
    budi = await browser().as_("budi")

    await budi.post(f"/percakapan/{conversation}/catatan", teks="nenek di Gedong Air")

    page = said(await budi.get(f"/percakapan/{conversation}"))
    assert "Catatan internal · Budi nenek di Gedong Air" in page
    assert "hanya untuk petugas" in page
    with store.database.read() as connection:
        assert [] == [row for row in connection.execute(select(Outbox.author)).scalars() if row == "note"]


async def test_handing_back_gives_the_bot_the_word_and_closes_the_box(browser: Fresh, store: Store, office: Office) -> None:
    conversation = office.hears()
    rina_id = office.officer("rina")
    takeover.claim(store, conversation, rina_id)
    rina = await browser().as_("rina")

    answer = await rina.post(f"/percakapan/{conversation}/serahkan", LIVE)
    again = await rina.post(f"/percakapan/{conversation}/serahkan", LIVE)

    assert (200, 409) == (answer.status_code, again.status_code)
    assert not box_is_open(answer.text)
    assert "asisten kembali" in said(answer)
    assert [(rina_id, "word_given_back", conversation)] == office.acts("word_given_back")


async def test_a_level_is_lowered_only_by_the_holder_and_only_with_a_reason(browser: Fresh, store: Store, office: Office) -> None:
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))
    rina_id = office.officer("rina")
    rina = await browser().as_("rina")
    path = f"/percakapan/{conversation}/tingkat"

    refused = [(await rina.post(path, LIVE, tingkat="kuning", alasan="aman di rumah ibu")).status_code]
    takeover.claim(store, conversation, rina_id)
    refused += [(await rina.post(path, LIVE, tingkat="kuning", alasan=reason)).status_code for reason in ("", "  ", "x" * 1001)]
    refused += [(await rina.post(path, LIVE, tingkat=level, alasan="aman")).status_code for level in ("merah", "biru", "")]
    assert [409, *[422] * 6] == refused
    assert "merah" == level_of(store, conversation)

    assert 200 == (await rina.post(path, LIVE, tingkat="kuning", alasan="aman di rumah ibu")).status_code

    assert "kuning" == level_of(store, conversation)
    assert [(rina_id, "level_lowered", conversation)] == office.acts("level_lowered")


async def test_the_lowering_form_never_raises(browser: Fresh, store: Store, office: Office) -> None:
    """Raising is not this form's business: it would ring no bell."""
    conversation = office.hears()
    takeover.claim(store, conversation, office.officer("rina"))
    rina = await browser().as_("rina")

    assert 422 == (await rina.post(f"/percakapan/{conversation}/tingkat", LIVE, tingkat="kuning", alasan="x")).status_code

    assert "hijau" == level_of(store, conversation)
