"""Pictures and voice notes from the page: only where the office takes them, judged by content, sealed with their message."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from damping.channels.webchat import uploads
from damping.store import inbox, media
from damping.store.context import Store
from damping.store.tables import Inbox, Message
from damping.store.tables_media import Media, MediaPart
from tests.channels.invented import transcript
from tests.channels.test_webchat import CHAT, Page, browser
from tests.channels.test_webchat_return import seal
from tests.support import HeldClock

TAKES = replace(CHAT, file_at_most=200_000, files_of_one=300_000)
SOUND = b"OggS" + b"\0" * 2_000


def picture(kind: str = "JPEG", size: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (size, size), "green").save(out, kind)
    return out.getvalue()


@pytest.fixture
async def page(store: Store, clock: HeldClock) -> AsyncIterator[Page]:
    async for opened in browser(store, clock, TAKES):
        yield opened


async def sends(page: Page, content: bytes, mime: str = "image/jpeg", **more: str) -> Any:
    asked = await page.client.get("/berkas")
    number = re.findall(r'name="nomor" value="([^"]+)"', asked.text)[0]
    form = {"segel": seal(asked.text), "nomor": number} | more
    return page._seen(await page.client.post("/berkas", data=form, files={"berkas": ("foto.jpg", content, mime)}))


def rows(store: Store, table: Any) -> int:
    with store.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.parametrize(
    ("content", "mime", "kind"),
    [
        (picture("JPEG"), "image/jpeg", "image"),
        (picture("PNG"), "image/png", "image"),
        (picture("WEBP"), "image/webp", "image"),
        (SOUND, "audio/ogg", "audio"),
    ],
)
async def test_it_is_kept_sealed_with_its_message(page: Page, content: bytes, mime: str, kind: str):
    await page.open()
    await sends(page, content, mime)

    assert [("saya", {"image": "Foto", "audio": "Pesan suara"}[kind])] == page.bubbles()
    assert [("media", "")] == transcript(page.store)
    with page.store.database.read() as connection:
        row = connection.execute(select(Media)).one()
        kept = connection.execute(select(MediaPart.content)).scalars().all()
        sealer = page.store.sealer(connection, row.conversation_id)
        assert content == media.parts(connection, sealer, row.id, media.ORIGINAL, row.size)
    assert ("kept", kind, mime, None) == (row.state, row.kind, row.mime, row.due_at)
    assert not [part for part in kept if content[:40] in part]


async def test_the_script_is_told_that_it_was_a_picture_and_nothing_of_it(page: Page):
    await page.open()
    await sends(page, picture())

    (told,) = (await page.client.get("/baru?sejak=0")).json()["pesan"]

    assert ("saya", "", "image") == (told["dari"], told["teks"], told["berkas"])


async def test_sent_twice_it_is_stored_once(page: Page):
    await page.open()
    for _ in range(2):
        await sends(page, picture(), nomor="sama-sama-satu")

    assert (1, 1) == (rows(page.store, Message), rows(page.store, Media))


@pytest.mark.parametrize(
    ("content", "mime", "words"),
    [
        (b"MZ" + b"\0" * 500, "image/jpeg", "Yang bisa dikirim hanya foto"),
        (b"%PDF-1.7 x", "image/png", "Yang bisa dikirim hanya foto"),
        (b"<html><script>alert(1)</script>", "image/jpeg", "Yang bisa dikirim hanya foto"),
        (b"\xff\xd8\xff" + b"x" * 200_000, "image/jpeg", "terlalu besar"),
        (b"\xff\xd8\xff" + b"x" * 2_000_000, "image/jpeg", "terlalu besar"),
        (b"", "image/jpeg", "Pilih dulu satu foto"),
    ],
)
async def test_what_is_not_taken_is_said_and_not_kept(page: Page, content: bytes, mime: str, words: str):
    await page.open()
    await sends(page, content, mime)

    assert 400 <= page.status < 500
    assert words in page.text
    assert "Belum terkirim" in page.text
    assert (0, 0, 0) == tuple(rows(page.store, table) for table in (Message, Media, Inbox))


async def test_one_conversation_sends_so_much_and_no_more(page: Page):
    await page.open()
    for _ in range(2):
        await sends(page, b"OggS" + b"x" * 149_996, "audio/ogg")
    assert 200 == page.status

    await sends(page, SOUND, "audio/ogg")

    assert "sudah terlalu banyak" in page.text
    assert 2 == rows(page.store, Media)


async def test_a_locked_database_is_not_called_sent(page: Page, monkeypatch: pytest.MonkeyPatch):
    def locked(*_args: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    await page.open()
    monkeypatch.setattr(inbox, "receive", locked)
    await sends(page, picture())

    assert 503 == page.status
    assert "Belum terkirim" in page.text


async def test_other_sites_and_old_pages_can_send_nothing(page: Page):
    await page.open()
    assert 400 == (await sends(page, picture(), segel="palsu")).status

    form = {"segel": "x", "nomor": "nomor-satu"}
    told = await page.client.post("/berkas", data=form, files={"berkas": ("a", picture())}, headers={"Origin": "https://jahat.example"})

    assert 403 == told.status_code
    assert 0 == rows(page.store, Message)


async def test_after_an_idle_time_the_file_begins_a_new_conversation(page: Page):
    await page.open()
    await page.send("yang lama")
    asked = await page.client.get("/berkas")
    page.clock.forward(minutes=11)

    form = {"segel": seal(asked.text), "nomor": "nomor-satu"}
    page._seen(await page.client.post("/berkas", data=form, files={"berkas": ("a.jpg", picture(), "image/jpeg")}))

    assert [("saya", "Foto")] == page.bubbles()


async def test_the_office_takes_none_unless_it_says_so(store: Store, clock: HeldClock):
    async for page in browser(store, clock, CHAT):
        await page.open()

        assert 404 == (await page.client.get("/berkas")).status_code
        assert "berkas" not in re.sub(r"<script.*?</script>", "", page.text, flags=re.DOTALL)


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\n\r\n", b"--y\r\n\r\nhalo", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n" + b"\r" * 5_000]
)
async def test_a_broken_form_is_none_or_empty_and_never_an_error(body: bytes):
    async def stream() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 7):
            yield body[start : start + 7]

    found = await uploads.read(stream(), "multipart/form-data; boundary=x", 100)

    assert found is None or b"" == found.content
    assert found is None or all(len(value) <= 512 for value in found.fields.values())


@given(
    st.lists(
        st.sampled_from([b"--x", b"--x--", b"\r\n", b"Content-Disposition: form-data; name=", b"filename=", b'"', b":", b"\r", b"a\0\xff"])
    )
)
def test_whatever_is_sent_is_read_without_an_error(pieces: list[bytes]):
    async def stream() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    found = asyncio.run(uploads.read(stream(), "multipart/form-data; boundary=x", 5))

    assert found is None or 5 >= len(found.content)


async def test_a_file_is_read_whole_however_it_comes_in_pieces():
    content = bytes(range(256)) * 300
    head = b'--x\r\nContent-Disposition: form-data; name="berkas"; filename="a"\r\nContent-Type: image/png\r\n\r\n'
    body = head + content + b'\r\n--x\r\nContent-Disposition: form-data; name="segel"\r\n\r\nabc\r\n--x--\r\n'

    async def stream() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 11):
            yield body[start : start + 11]

    found = await uploads.read(stream(), "multipart/form-data; boundary=x", len(content))

    assert found is not None
    assert (content, "image/png", {"segel": "abc"}, False) == (found.content, found.told, found.fields, found.large)


async def test_one_byte_too_many_is_too_many():
    body = b'--x\r\nContent-Disposition: form-data; name="berkas"; filename="a"\r\n\r\n' + b"x" * 101 + b"\r\n--x--\r\n"

    async def stream() -> AsyncIterator[bytes]:
        yield body

    found = await uploads.read(stream(), "multipart/form-data; boundary=x", 100)

    assert found is not None
    assert found.large
    assert 100 == len(found.content)
