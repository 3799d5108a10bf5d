"""The simulated phone: never where real people write; through it a developer meets the real webhook and the real sender."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from damping.casework.ids import OutboxId
from damping.casework.message import Body, Choice, Identity
from damping.channels.whatsapp.client import CloudApiSender
from damping.channels.whatsapp.double import Double, DoubleConfig
from damping.channels.whatsapp.double_api import transport
from damping.channels.whatsapp.phone import OnlyInDevelopment, invented_persons, phone_router
from damping.store.context import Store
from tests.channels.invented import CONFIG, SECRET, gateway, transcript

META = DoubleConfig(SECRET, CONFIG.access_token, CONFIG.phone_number_id, f"http://kami.example{CONFIG.webhook_path}", status_after_s=0)


@dataclass
class Phone:
    client: httpx.AsyncClient
    double: Double

    async def does(self, what: str, value: str = "", message: str = "", key: str = "sari") -> Any:
        answer = await self.client.post(f"/telepon/{key}", json={"apa": what, "isi": value, "pesan": message})
        await self.double.settled()
        return answer

    async def screen(self, key: str = "sari") -> dict[str, Any]:
        return (await self.client.get(f"/telepon/{key}/layar")).json()


@pytest.fixture
async def phone(store: Store) -> AsyncIterator[Phone]:
    double = Double(META, invented_persons(), httpx.ASGITransport(cast(Any, gateway(store))))
    app = Litestar([phone_router(double, development=True)], openapi_config=None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(cast(Any, app)), base_url="http://kami.example") as client:
        yield Phone(client, double)
    await double.close()


def test_it_refuses_to_exist_outside_development():
    with pytest.raises(OnlyInDevelopment):
        phone_router(Double(META, []), development=False)


async def test_the_page_says_what_it_is_and_shows_several_persons(phone: Phone):
    page = await phone.client.get("/telepon")

    assert "Telepon simulasi" in page.text
    assert 4 == page.text.count("data-orang=")
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("what", "value", "stored"),
    [
        ("teks", "halo kak", ("text", "halo kak")),
        ("lokasi", "terminal", ("location", "")),
        ("gambar", "", ("media", "")),
        ("suara", "", ("media", "")),
    ],
)
async def test_what_is_done_on_it_reaches_the_office(phone: Phone, store: Store, what: str, value: str, stored: tuple[str, str]):
    assert 200 == (await phone.does(what, value)).status_code

    assert [stored] == transcript(store)
    assert ["delivered"] == [bubble["centang"] for bubble in (await phone.screen())["pesan"]]


async def test_a_reply_arrives_with_buttons_that_can_be_pressed(phone: Phone, store: Store):
    await phone.does("teks", "halo")
    sender = CloudApiSender(CONFIG, transport=transport(phone.double))
    body = Body(text="Aman?", choices=(Choice("ya", "Ya"), Choice("tidak", "Tidak")))
    await sender.send(OutboxId("0a" * 16), [Identity("wa_id", "6281000000001")], body, datetime.now(UTC))
    await phone.double.settled()
    asked = (await phone.screen())["pesan"][-1]

    assert 400 == (await phone.does("tombol", "tak-ada", asked["id"])).status_code
    assert 200 == (await phone.does("tombol", "tidak", asked["id"])).status_code

    await phone.double.settled()
    assert ("button", "Tidak") == transcript(store)[-1]
    assert (await phone.screen())["pesan"][1]["terjawab"]
    await sender.close()


@pytest.mark.parametrize(
    ("what", "value"), [("teks", " "), ("teks", "x" * 70_000), ("lokasi", "bulan"), ("gangguan", "?"), ("apa saja", "")]
)
async def test_nonsense_is_refused(phone: Phone, store: Store, what: str, value: str):
    assert 400 == (await phone.does(what, value)).status_code
    assert [] == transcript(store)


async def test_nobody_and_no_other_site_can_use_it(phone: Phone, store: Store):
    assert 404 == (await phone.client.post("/telepon/hantu", json={})).status_code
    assert 404 == (await phone.client.get("/telepon/hantu/layar")).status_code
    assert 403 == (await phone.client.post("/telepon/sari", json={}, headers={"Sec-Fetch-Site": "cross-site"})).status_code
