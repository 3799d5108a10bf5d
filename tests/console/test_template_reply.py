"""At the desk after WhatsApp's day is over: the box is closed, and a neutral text is offered only where it is safe."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select, update

from damping.casework.ids import ConversationId
from damping.casework.precautions import Contact
from damping.casework.templates import Template
from damping.console.app import create_app
from damping.console.config import ConsoleConfig
from damping.store import safety, takeover
from damping.store.context import Store
from damping.store.live import Live
from damping.store.tables import Conversation, Message
from tests.console.conftest import TEXTS
from tests.console.people import ORIGIN, Browser, Office
from tests.support import HeldClock

NEUTRAL = Template("pembaruan_layanan", "id", "Ada pembaruan", "Ada pembaruan layanan. Balas bila sudah aman.")


@pytest.fixture
async def rina(store: Store, office: Office, conversation: ConversationId, clock: HeldClock) -> AsyncIterator[Callable[[], Browser]]:
    """Rina's browser, as often as she signs in: her session does not last a day."""
    config = ConsoleConfig(origins=(ORIGIN,), office="Kantor contoh", undo=timedelta(0), templates=(NEUTRAL,))
    client = AsyncClient(transport=ASGITransport(create_app(config, store, Live(store), TEXTS)), base_url=ORIGIN)
    yield lambda: Browser(client, store)
    await client.aclose()


@pytest.fixture
def conversation(store: Store, office: Office) -> ConversationId:
    found = office.hears("saya takut pulang")
    takeover.claim(store, found, office.officer("rina"))
    return found


def agrees(store: Store, conversation: ConversationId) -> None:
    with store.database.write() as connection:
        chosen = safety.arrange(store.sealer(connection, conversation), conversation, Contact("chat", hours="kapan saja"), store.now())
        connection.execute(update(Conversation).values(**chosen))


async def test_the_box_is_closed_and_a_neutral_text_is_offered_and_sent_once(
    rina: Callable[[], Browser], office: Office, store: Store, clock: HeldClock, conversation: ConversationId
):
    agrees(store, conversation)
    clock.forward(hours=25)
    browser = await rina().as_("rina")

    page = (await browser.get(f"/percakapan/{conversation}")).text
    assert "Waktu balas WhatsApp sudah lewat" in page
    assert NEUTRAL.text in page
    assert " disabled" in page.split('<fieldset id="kotak-balas"')[1].split(">")[0]
    sent = await browser.post(f"/percakapan/{conversation}/pesan-netral", templat=NEUTRAL.name)

    assert 303 == sent.status_code
    page = (await browser.get(f"/percakapan/{conversation}")).text
    assert "Pesan netral sudah dikirim. Tunggu balasannya." in page
    assert "pesan netral, disetujui WhatsApp" in page
    assert 409 == (await browser.post(f"/percakapan/{conversation}/pesan-netral", templat=NEUTRAL.name)).status_code
    assert 1 == len(office.acts("template_sent"))


async def test_where_no_contact_was_agreed_nothing_is_offered_and_a_click_from_an_old_page_is_refused(
    rina: Callable[[], Browser], store: Store, clock: HeldClock, conversation: ConversationId
):
    clock.forward(hours=25)
    browser = await rina().as_("rina")

    page = (await browser.get(f"/percakapan/{conversation}")).text
    assert "Jangan kirim apa pun dulu: ia belum memilih jam aman." in page
    assert NEUTRAL.text not in page
    refused = await browser.post(f"/percakapan/{conversation}/pesan-netral", templat=NEUTRAL.name)

    assert 409 == refused.status_code
    assert "belum disepakati aman" in refused.text
    with store.database.read() as connection:
        assert ["text"] == connection.execute(select(Message.kind)).scalars().all()


async def test_a_text_that_is_not_on_the_list_is_refused(
    rina: Callable[[], Browser], store: Store, clock: HeldClock, conversation: ConversationId
):
    agrees(store, conversation)
    clock.forward(hours=25)
    browser = await rina().as_("rina")
    await browser.get(f"/percakapan/{conversation}")

    assert 422 == (await browser.post(f"/percakapan/{conversation}/pesan-netral", templat="lain")).status_code
