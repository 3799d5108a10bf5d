"""Pictures and voice notes: fetched at once, whole, once; what cannot be had is said."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import func, select

from damping.casework.files import FileLimits, FileState, Why
from damping.casework.message import Channel
from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.double import Double, DoubleConfig, Person, Trouble
from damping.channels.whatsapp.double_api import transport
from damping.channels.whatsapp.media import CloudApiFetcher
from damping.store import media
from damping.store.context import Store
from damping.store.tables import Message
from damping.store.tables_media import Media, MediaPart
from damping.wiring.fetching import Fetching
from tests.channels.invented import CONFIG, PLAIN, SECRET, gateway
from tests.channels.test_files import a_photo, a_photo_with_a_place
from tests.support import HeldClock

VOICE = b"OggS\x00\x02" + b"suara" * 300
META = DoubleConfig(SECRET, CONFIG.access_token, CONFIG.phone_number_id, f"http://kami.example{CONFIG.webhook_path}", 0, (0, 0))


@dataclass
class World:
    store: Store
    clock: HeldClock
    meta: Double
    fetching: Fetching
    seen: list[httpx.Request] = field(default_factory=list)

    async def sends(self, kind: str, content: bytes, mime: str, *, damaged: bool = False, **more: Any) -> None:
        told = self.meta.shelf.put(content, mime, damaged=damaged)
        self.meta.does("sari", {"type": kind, kind: told | more})
        await self.meta.settled()

    async def settle(self) -> None:
        while await self.fetching.fetch_one():
            pass

    def row(self) -> Any:
        with self.store.database.read() as connection:
            return connection.execute(select(Media.__table__)).one()

    def content(self, copy: str) -> bytes:
        row = self.row()
        size = row.shown_size if copy == media.SHOWN else row.size
        with self.store.database.read() as connection:
            return media.parts(connection, self.store.sealer(connection, row.conversation_id), row.id, copy, size)


class Watched(httpx.AsyncBaseTransport):
    """Meta, and whom our token was shown."""

    def __init__(self, inner: httpx.AsyncBaseTransport, seen: list[httpx.Request]) -> None:
        self.inner, self.seen = inner, seen

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        return await self.inner.handle_async_request(request)


@pytest.fixture
async def world(store: Store, clock: HeldClock) -> AsyncIterator[World]:
    meta = Double(META, [Person("sari", PLAIN)], httpx.ASGITransport(cast(Any, gateway(store))), lambda: clock.now().timestamp())
    seen: list[httpx.Request] = []
    fetcher = CloudApiFetcher(CONFIG, Watched(transport(meta, patience_s=5), seen))
    limits = FileLimits(at_most=2_000_000, of_one_person=2_500_000)
    yield World(store, clock, meta, Fetching(store, {Channel.WHATSAPP: fetcher}, limits), seen)
    await fetcher.close()
    await meta.close()


async def test_a_picture_is_fetched_at_once_and_kept_as_it_came(world: World):
    photo = a_photo_with_a_place()
    await world.sends("image", photo, "image/jpeg", caption="ini lukanya")

    await world.settle()

    assert (FileState.KEPT, "image/jpeg", 1) == (world.row().state, world.row().mime, world.row().attempts)
    assert photo == world.content(media.ORIGINAL)
    assert b"Ponsel" not in world.content(media.SHOWN)


async def test_a_file_of_many_parts_comes_back_whole(world: World):
    voice = b"OggS" + bytes(range(256)) * 6000
    await world.sends("audio", voice, "audio/ogg; codecs=opus", voice=True)

    await world.settle()

    assert voice == world.content(media.ORIGINAL)
    with world.store.database.read() as connection:
        assert 3 == connection.execute(select(func.count()).select_from(MediaPart)).scalar_one()


async def test_nothing_of_a_file_lies_open_in_the_database(world: World):
    await world.sends("audio", b"OggS" + b"rahasia sekali " * 50, "audio/ogg")

    await world.settle()

    with world.store.database.read() as connection:
        cells = connection.execute(select(MediaPart.content)).scalars().all()
    assert all(b"rahasia" not in cell for cell in cells)


async def test_a_delivery_told_twice_is_fetched_once(world: World):
    told = world.meta.shelf.put(VOICE, "audio/ogg")
    bubble = world.meta.does("sari", {"type": "audio", "audio": told})
    again = payloads.incoming(world.meta.line, PLAIN, payloads.message(PLAIN, {"type": "audio", "audio": told}, 1, bubble.id))
    await world.meta._bring(again)
    await world.meta.settled()

    await world.settle()

    assert 2 == len(world.seen)  # the address, then the bytes


@pytest.mark.parametrize(
    ("content", "mime", "why"),
    [
        (b"\xff\xd8\xff" + b"x" * 2_000_001, "image/jpeg", Why.LARGE),
        (b"MZ\x90\x00 program", "application/pdf", Why.TYPE),
    ],
)
async def test_what_the_office_does_not_take_is_refused_and_the_message_stays(world: World, content: bytes, mime: str, why: Why):
    await world.sends("document", content, mime, filename="surat.pdf")

    await world.settle()

    assert (FileState.REFUSED, why) == (world.row().state, world.row().why)
    with world.store.database.read() as connection:
        assert 0 == connection.execute(select(func.count()).select_from(MediaPart)).scalar_one()
        assert 1 == connection.execute(select(func.count()).select_from(Message)).scalar_one()


async def test_one_person_cannot_fill_the_disk(world: World):
    for _ in range(2):
        await world.sends("audio", b"OggS" + b"x" * 1_500_000, "audio/ogg")

    await world.settle()

    with world.store.database.read() as connection:
        rows = connection.execute(select(Media.state, Media.why).order_by(Media.seq)).all()
    assert [(FileState.KEPT, None), (FileState.REFUSED, Why.FULL)] == [tuple(row) for row in rows]


@pytest.mark.parametrize("trouble", [Trouble.ERROR, Trouble.MAINTENANCE, Trouble.TOKEN])
async def test_a_channel_in_trouble_is_asked_again_later(world: World, trouble: Trouble):
    await world.sends("audio", VOICE, "audio/ogg")
    world.meta.troubles.append(trouble)

    await world.settle()
    assert FileState.WAITING == world.row().state
    world.clock.forward(seconds=6)
    await world.settle()

    assert FileState.KEPT == world.row().state


async def test_bytes_that_are_not_those_told_of_are_not_kept(world: World):
    await world.sends("audio", VOICE, "audio/ogg", damaged=True)

    await world.settle()

    assert FileState.WAITING == world.row().state


async def test_after_seven_days_meta_has_it_no_more_and_the_desk_is_told(world: World):
    await world.sends("audio", VOICE, "audio/ogg")
    world.clock.forward(days=7, seconds=1)

    await world.settle()

    assert (FileState.LOST, Why.GONE) == (world.row().state, world.row().why)


async def test_an_address_that_ran_out_is_asked_for_afresh(world: World, monkeypatch: pytest.MonkeyPatch):
    await world.sends("audio", VOICE, "audio/ogg")
    late, real = [True], world.meta.shelf.bytes_at

    def once_late(key: str) -> Any:
        return None if late and late.pop() else real(key)

    monkeypatch.setattr(world.meta.shelf, "bytes_at", once_late)

    await world.settle()

    assert FileState.KEPT == world.row().state
    assert 4 == len(world.seen)


async def test_a_worker_that_died_holding_a_file_is_followed_by_another(world: World):
    await world.sends("audio", VOICE, "audio/ogg")
    dead = media.claim(world.store, timedelta(minutes=5), world.fetching.limits)
    await world.settle()
    assert FileState.WAITING == world.row().state

    world.clock.forward(minutes=6)
    await world.settle()

    assert FileState.KEPT == world.row().state
    assert dead is not None
    media.give_up(world.store, dead, FileState.LOST, Why.GONE)  # it wakes: its word no longer counts
    assert FileState.KEPT == world.row().state


@pytest.mark.parametrize(
    "address",
    [
        "http://penipu.example/x",
        "https://penipu.example/x",
        "https://fbsbx.com.penipu.example/",
        "https://a@lookaside.fbsbx.com/",
        "file:///etc/passwd",
        "",
    ],
)
async def test_our_token_is_shown_to_meta_alone(world: World, monkeypatch: pytest.MonkeyPatch, address: str):
    await world.sends("audio", VOICE, "audio/ogg")
    monkeypatch.setattr(world.meta.shelf, "address", lambda media, root: {"url": address, "id": media})

    await world.settle()

    assert {"graph.facebook.com"} == {request.url.host for request in world.seen}
    assert FileState.WAITING == world.row().state


async def test_an_id_that_is_no_id_leads_nowhere(world: World):
    world.meta.does("sari", {"type": "image", "image": {"id": "../me?fields=email", "mime_type": "image/jpeg"}})
    await world.meta.settled()

    await world.settle()

    assert [] == world.seen
    assert FileState.LOST == world.row().state


async def test_what_nobody_kept_as_evidence_is_gone_after_its_time(world: World):
    await world.sends("image", a_photo(), "image/jpeg")
    await world.settle()
    world.clock.forward(days=29)
    assert 0 == media.remove_old(world.store, world.fetching.limits)
    world.clock.forward(days=2)

    assert 1 == media.remove_old(world.store, world.fetching.limits)

    assert FileState.REMOVED == world.row().state
    with world.store.database.read() as connection:
        assert 0 == connection.execute(select(func.count()).select_from(MediaPart)).scalar_one()


async def test_a_channel_that_is_not_set_up_any_more_keeps_its_files_waiting(world: World):
    await world.sends("image", a_photo(), "image/jpeg")
    world.fetching.fetchers = {}

    await world.settle()

    assert FileState.WAITING == world.row().state
