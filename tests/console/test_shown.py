"""What a conversation's page shows: everything as typed, how far each message has come, why, what is known, what to do."""

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from sqlalchemy import update

from damping.casework.message import Delivery
from damping.store import desk, notices, officers, takeover
from damping.store.context import Store
from damping.store.notices import NoticeKind
from damping.store.officers import NewAccount, Role
from damping.store.tables import Outbox
from rules.levels import Level
from tests.console.people import PASSWORD, Browser, Office, said, tell_facts
from tests.support import HeldClock

Fresh = Callable[[], Browser]
LIVE = {"HX-Request": "true"}

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
    *("mark", "span", "b", "strong", "small", "time", "kbd", "svg", "path", "symbol", "use"),
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
        Delivery.HELD: "ditahan",
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
