"""The bell: on every page of the desk, until a person claims."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import timedelta

import pytest
from litestar.response.sse import ServerSentEventMessage
from litestar.testing import RequestFactory

from damping.casework.ids import OfficerId
from damping.console import guarding, stream
from damping.console.config import ConsoleConfig
from damping.console.pages import Pages
from damping.console.strip import Strip
from damping.console.visit import Desk, Visit
from damping.store import desk_state, events, heartbeats, notices, officer_sessions, takeover
from damping.store.context import Store
from damping.store.live import Live
from damping.store.notices import NoticeKind
from damping.store.officers import Role
from rules.levels import Level
from tests.console.conftest import TEXTS
from tests.console.people import Browser, Office, said
from tests.support import HeldClock

Fresh = Callable[[], Browser]


def well(store: Store) -> None:
    heartbeats.beat(store, {"worker": "ready", "engine": "ready"})


async def test_the_bar_names_how_many_wait_and_leads_to_the_one_that_waits_longest(
    browser: Fresh, store: Store, office: Office, clock: HeldClock
) -> None:
    office.officer("rina")
    well(store)
    first = office.hears("tolong", Level.MERAH, ("dicekik",), sender="1")
    clock.forward(minutes=4)
    office.hears("tolong", Level.MERAH, ("ingin mati",), sender="2")
    rina = await browser().as_("rina")

    for path in ("/", f"/percakapan/{first}", "/pesan-gagal"):
        page = await rina.get(path)
        assert "2 orang menunggu petugas paling lama 4 menit" in said(page), path
        assert re.search(rf'<div class="strip alarm" role="alert" data-berdering="2".*?<a href="/percakapan/{first}"', page.text, re.S)


async def test_only_a_claim_ends_it(browser: Fresh, store: Store, office: Office) -> None:
    office.officer("rina")
    well(store)
    conversation = office.hears("tolong", Level.MERAH, ("dicekik",))
    rina = await browser().as_("rina")

    office.hears("gapapa kak, batal aja")
    await rina.get(f"/percakapan/{conversation}")
    await rina.post(f"/percakapan/{conversation}/catatan", teks="sudah saya lihat")
    assert "menunggu petugas" in said(await rina.get("/"))

    await rina.post(f"/percakapan/{conversation}/ambil")
    assert "Tidak ada alarm." in said(await rina.get("/"))


async def test_it_rings_again_for_the_holder_who_stops_it_by_saying_that_it_was_read(browser: Fresh, store: Store, office: Office) -> None:
    rina_id = office.officer("rina")
    well(store)
    conversation = office.hears("tolong", Level.KUNING, ("ditampar",))
    takeover.claim(store, conversation, rina_id)
    rina = await browser().as_("rina")

    office.hears("dia bawa golok", Level.MERAH, ("menyebut golok",))

    assert "Hentikan alarm" in said(await rina.get(f"/percakapan/{conversation}"))
    assert "1 orang menunggu petugas" in said(await rina.get("/"))
    await rina.post(f"/percakapan/{conversation}/ambil")
    assert "Tidak ada alarm." in said(await rina.get("/"))


async def test_a_trainer_hears_no_alarm(browser: Fresh, store: Store, office: Office) -> None:
    office.officer("tari", Role.PELATIH)
    well(store)
    office.hears("tolong", Level.MERAH, ("dicekik",))

    assert "menunggu" not in said(await (await browser().as_("tari")).get("/"))


@pytest.mark.parametrize(
    ("states", "silent_for", "told"),
    [
        ({"worker": "ready", "engine": "ready"}, 0, "Asisten dan pengirim pesan berjalan."),
        ({"worker": "ready", "engine": "ready"}, 20, "Asisten dan pengirim pesan berjalan."),
        ({"worker": "ready", "engine": "ready"}, 21, "Pengirim pesan berhenti sejak 03.15"),
        ({"worker": "ready", "engine": "down"}, 0, "Asisten tidak menjawab."),
        ({"worker": "ready"}, 0, "Asisten belum pernah terlihat berjalan."),
        ({"engine": "ready"}, 0, "Pengirim pesan belum pernah terlihat berjalan."),
        ({}, 0, "Pengirim pesan belum pernah terlihat berjalan."),
    ],
)
async def test_trouble_is_told_in_words(
    states: dict[str, str], silent_for: int, told: str, browser: Fresh, store: Store, office: Office, clock: HeldClock
) -> None:
    office.officer("rina")
    if states:
        heartbeats.beat(store, states)
    clock.forward(seconds=silent_for)

    assert told in said(await (await browser().as_("rina")).get("/"))


async def test_a_refused_account_is_told_even_while_the_bell_rings(browser: Fresh, store: Store, office: Office) -> None:
    office.officer("rina")
    well(store)
    with store.database.write() as connection:
        notices.raise_notice(connection, store, NoticeKind.CHANNEL_DOWN)
    office.hears("tolong", Level.MERAH, ("dicekik",))

    page = said(await (await browser().as_("rina")).get("/"))

    assert "1 orang menunggu petugas" in page
    assert "WhatsApp menolak akun kantor." in page


def test_the_state_holds_no_persons_words(store: Store, office: Office) -> None:
    conversation = office.hears("kata pribadi", Level.MERAH, ("dicekik",))

    state = desk_state.state(store)

    assert (1, conversation) == (state.alarm.ringing, state.alarm.longest)
    assert "pribadi" not in repr(state)


# the stream


@asynccontextmanager
async def open_page(store: Store, officer: OfficerId, held: str = "") -> AsyncIterator[tuple[AsyncIterator[ServerSentEventMessage], str]]:
    """One page's stream beside a running poller, and its session's token."""
    token = officer_sessions.begin(store, officer)
    config = ConsoleConfig(development=True)
    live = Live(store)
    desk = Desk(config, store, live, TEXTS, Pages(), Strip(store), asyncio.sleep)
    request = RequestFactory().get("/arus", query_params={"sejak": held}, headers={"cookie": f"{guarding.SESSION}={token}"})
    signed = officer_sessions.look(store, token, config.limits, touch=False)
    poller = asyncio.create_task(live.run())
    async with aclosing(stream.tell(Visit(desk, request, signed, "", {}))) as events:  # type: ignore[type-var]
        yield events, token
    poller.cancel()
    with suppress(asyncio.CancelledError):
        await poller


async def until(events: AsyncIterator[ServerSentEventMessage], kind: str) -> ServerSentEventMessage:
    async with asyncio.timeout(5):
        async for event in events:
            if event.event == kind:
                return event
    raise AssertionError(kind)


async def test_an_open_page_hears_the_bell_within_a_second(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    well(store)
    async with open_page(store, rina) as (events, _):
        assert "Tidak ada alarm." in str((await until(events, "keadaan")).data)
        await asyncio.sleep(0.3)

        before = asyncio.get_running_loop().time()
        conversation = await store.database.run(office.hears, "tolong", Level.MERAH, ("dicekik",))
        strip = await until(events, "keadaan")

        assert asyncio.get_running_loop().time() - before < 1
        assert f'href="/percakapan/{conversation}"' in str(strip.data)
        assert conversation == (await until(events, "percakapan")).data
        assert "" == (await until(events, "antrean")).data


async def test_what_happens_between_a_page_and_its_stream_is_told(store: Store, office: Office, clock: HeldClock) -> None:
    rina = office.officer("rina")
    before = office.hears("halo", sender="1")
    held = events.newest(store)
    between = office.hears("permisi", sender="2")
    clock.forward(minutes=1)  # the poller does not look back so far

    async with open_page(store, rina, str(held)) as (told, _):
        first = await until(told, "percakapan")
        async with asyncio.timeout(5):
            then = await anext(told)

    assert (between, "antrean") == (first.data, then.event)
    assert before != between


@pytest.mark.parametrize("held", ["", "-1", "x", "9" * 40, "1\0"])
async def test_a_page_that_says_nonsense_of_what_it_holds_is_told_from_now_on(held: str, store: Store, office: Office) -> None:
    rina = office.officer("rina")
    async with open_page(store, rina, held) as (told, _):
        await until(told, "keadaan")
        await asyncio.sleep(0.3)
        later = await store.database.run(office.hears, "permisi", sender="2")

        assert later == (await until(told, "percakapan")).data


async def test_no_event_carries_what_a_person_wrote(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    async with open_page(store, rina) as (events, _):
        await until(events, "keadaan")
        await store.database.run(office.hears, "kata pribadi", Level.MERAH, ("dicekik",))
        told = [await until(events, kind) for kind in ("keadaan", "percakapan", "antrean")]

    assert all("pribadi" not in str(event.data) and "dicekik" not in str(event.data) for event in told)


async def test_a_sleeping_page_still_hears_the_bell_but_learns_nothing_else(
    store: Store, office: Office, clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "_SESSION_EVERY_S", 0)
    rina = office.officer("rina")
    well(store)
    async with open_page(store, rina) as (events, _):
        await until(events, "keadaan")
        clock.forward(minutes=15)
        conversation = await store.database.run(office.hears, "tolong", Level.MERAH, ("dicekik",))

        assert "" == (await until(events, "kunci")).data
        strip = await until(events, "keadaan")

        assert "1 orang menunggu petugas" in str(strip.data)
        assert conversation not in str(strip.data)


async def test_an_ended_session_ends_its_page(store: Store, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_SESSION_EVERY_S", 0)
    rina = office.officer("rina")
    async with open_page(store, rina) as (events, token):
        await until(events, "keadaan")
        await store.database.run(officer_sessions.end, store, token, rina)
        await store.database.run(office.hears)

        assert "" == (await until(events, "selesai")).data
        assert [] == [event async for event in events]


async def test_the_stream_looks_at_its_session_often_enough() -> None:
    """A revoked session must be gone within a minute."""
    assert stream._SESSION_EVERY_S + stream._PATIENCE_S < 60


async def test_a_trainers_page_is_told_nothing_of_conversations(store: Store, office: Office) -> None:
    tari = office.officer("tari", Role.PELATIH)
    async with open_page(store, tari) as (events, _):
        await until(events, "keadaan")
        await store.database.run(office.hears, "tolong", Level.MERAH, ("dicekik",))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await anext(events)


async def test_the_strip_is_read_afresh_for_a_fact_that_was_not_seen(store: Store, office: Office) -> None:
    strip = Strip(store)
    assert 0 == (await strip.after(0)).alarm.ringing
    await store.database.run(office.hears, "tolong", Level.MERAH, ("dicekik",))

    assert 0 == (await strip.after(0)).alarm.ringing, "kept for a moment"
    assert 1 == (await strip.after(1)).alarm.ringing
    assert timedelta(seconds=20) == desk_state.STALE_AFTER
