"""One conversation at the desk: read, claim, answer, note, hand back, lower."""

import html
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import pytest
from sqlalchemy import select, update

from damping.casework.ids import ConversationId
from damping.casework.message import Delivery
from damping.store import desk, notices, takeover
from damping.store.context import Store, seal_json
from damping.store.desk import NotFound, Viewer
from damping.store.notices import NoticeKind
from damping.store.officers import Role
from damping.store.tables import Conversation, Escalation, Outbox
from rules.levels import Level
from tests.console.people import Browser, Office, said
from tests.support import HeldClock

Fresh = Callable[[], Browser]
LIVE = {"HX-Request": "true"}


def box_is_open(page: str) -> bool:
    found = re.search(r'<fieldset id="kotak-balas"[^>]*>', page)
    assert found is not None
    return " disabled" not in found.group(0)


def level_of(store: Store, conversation: ConversationId) -> str:
    with store.database.read() as connection:
        return connection.execute(select(Conversation.level).where(Conversation.id == conversation)).scalar_one()


def tell_facts(store: Store, conversation: ConversationId, **facts: object) -> None:
    with store.database.write() as connection:
        sealed = seal_json(store.sealer(connection, conversation), "conversation.facts", conversation, facts)
        connection.execute(update(Conversation).where(Conversation.id == conversation).values(facts=sealed))


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


TYPED = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "{{7*7}} {% raw %} ${7*7}",
    "javascript:alert(1)",
    "</textarea></p></li><b>tebal",
    "&lt;b&gt; &amp; '\"`",
    '=HYPERLINK("http://jahat.test")',
    "\u202eterbalik\u202c \u200btak terlihat",
    "a" * 3000,
    "baris satu\nbaris dua\n\n\tbaris empat",
]


OUR_TAGS = {
    *("html", "head", "meta", "title", "link", "script", "noscript", "body", "template"),
    *("a", "header", "nav", "div", "main", "section", "aside", "h1", "h2", "p", "ol", "ul", "li", "dl", "dt", "dd"),
    *("form", "input", "button", "label", "textarea", "select", "option", "fieldset", "details", "summary"),
    *("span", "b", "strong", "small", "time", "kbd", "svg", "path"),
}


class Tags(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}
        assert tag != "script" or dict(attrs).get("src", "").startswith("/aset/")  # type: ignore[union-attr]


@pytest.mark.parametrize("text", TYPED, ids=range(len(TYPED)))
async def test_everything_typed_is_shown_as_typed(text: str, browser: Fresh, store: Store, office: Office) -> None:
    conversation = office.hears(text, Level.KUNING, (text[:200],))
    rina_id = office.officer("rina")
    takeover.claim(store, conversation, rina_id)
    takeover.reply(store, conversation, rina_id, text)
    takeover.note(store, conversation, rina_id, text)
    tell_facts(store, conversation, kecamatan=text[:50], relation=text[:50], weapon=text[:50])
    rina = await browser().as_("rina")

    for path in (f"/percakapan/{conversation}", "/", f"/percakapan/{conversation}/isi"):
        page = (await rina.get(path)).text
        tags = Tags()
        tags.feed(page)
        assert tags.found <= OUR_TAGS
        assert not [name for name in tags.attributes if name.startswith("on") or name in ("style", "srcdoc")]
        shown = [html.unescape(found) for found in re.findall(r'<p class="teks" dir="auto">(.*?)</p>', page, re.S)]
        assert path == "/" or [text] * 3 == [line for line in shown if line != "petugas bergabung"]


async def test_an_officers_name_is_shown_as_typed_too(browser: Fresh, store: Store, office: Office) -> None:
    from damping.store import officers
    from damping.store.officers import NewAccount
    from tests.console.people import PASSWORD

    officers.add(store, NewAccount("rina", "<script>alert('nama')</script>", PASSWORD), Role.PETUGAS)

    page = (await (await browser().as_("rina")).get("/")).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


async def test_the_transcript_says_how_far_each_message_has_come(browser: Fresh, store: Store, office: Office) -> None:
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))
    rina_id = office.officer("rina")
    takeover.claim(store, conversation, rina_id)
    takeover.reply(store, conversation, rina_id, "saya di sini")
    rina = await browser().as_("rina")
    words = {
        Delivery.READY: "menunggu dikirim", Delivery.SENDING: "sedang dikirim", Delivery.UNKNOWN: "belum pasti terkirim",
        Delivery.SENT: "terkirim", Delivery.DELIVERED: "sampai", Delivery.READ: "dibaca",
        Delivery.FAILED: "gagal terkirim", Delivery.DEAD: "gagal terkirim", Delivery.CANCELLED: "tidak jadi dikirim",
    }  # fmt: skip
    assert set(Delivery) == words.keys()

    for state, told in words.items():
        with store.database.write() as connection:
            connection.execute(update(Outbox).values(state=state))
        page = said(await rina.get(f"/percakapan/{conversation}/isi"))
        assert f"· {told}" in page, page


async def test_the_sheet_says_why_and_what_is_known_and_what_is_not(browser: Fresh, store: Store, office: Office) -> None:
    office.officer("rina")
    conversation = office.hears("tolong", Level.MERAH, ("menyebut golok", "ada anak"))
    tell_facts(store, conversation, safe_now="tidak", kecamatan="Kedaton", weapon="golok")

    page = said(await (await browser().as_("rina")).get(f"/percakapan/{conversation}"))

    assert "Karena: menyebut golok ada anak" in page
    assert "TIDAK aman saat ditanya." in page
    assert "Lokasi: Kecamatan Kedaton." in page
    missing = page.split("Belum diketahui")[1].split("Catatan internal")[0]
    assert "siapa pelakunya" in missing
    assert "di kecamatan mana" not in missing
    assert "masih berbunyi" in page


async def test_a_notice_says_what_to_do_and_is_settled_by_an_officer(browser: Fresh, store: Store, office: Office) -> None:
    rina_id = office.officer("rina")
    conversation = office.hears()
    with store.database.write() as connection:
        notices.raise_notice(connection, store, NoticeKind.HUSH, conversation)
    rina = await browser().as_("rina")
    assert "Jangan menelepon" in said(await rina.get(f"/percakapan/{conversation}"))

    answer = await rina.post(f"/percakapan/{conversation}/pemberitahuan/hush", LIVE)

    assert "Jangan menelepon" not in said(answer)
    assert [(rina_id, "notice_settled", conversation)] == office.acts("notice_settled")


async def test_the_holder_is_warned_before_the_window_closes_and_after(
    browser: Fresh, store: Store, office: Office, clock: HeldClock
) -> None:
    rina_id = office.officer("rina")
    conversation = office.hears()
    takeover.claim(store, conversation, rina_id)

    async def told() -> str:
        return said(await (await browser().as_("rina")).get(f"/percakapan/{conversation}"))

    assert "Waktu balas WhatsApp" not in await told()
    clock.forward(hours=21)
    assert "Waktu balas WhatsApp tinggal 3 jam" in await told()
    clock.forward(hours=3)
    assert "Waktu balas WhatsApp sudah lewat" in await told()


async def test_older_lines_are_a_page_away_and_that_page_stands_still(
    browser: Fresh, store: Store, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "LINES_AT_ONCE", 3)
    office.officer("rina")
    for number in range(5):
        conversation = office.hears(f"pesan nomor {number}")
    rina = await browser().as_("rina")

    newest = await rina.get(f"/percakapan/{conversation}")
    link = re.search(r'href="(/percakapan/[0-9a-f]+\?sebelum=\d+)"', newest.text)
    assert link is not None
    older = await rina.get(link.group(1))

    assert ["2", "3", "4"] == re.findall(r"pesan nomor (\d)", newest.text)
    assert ["0", "1"] == re.findall(r"pesan nomor (\d)", older.text)
    assert 'hx-trigger="segarkan"' not in older.text
    assert 404 != (await rina.get(f"/percakapan/{conversation}?sebelum=bukan-angka")).status_code
