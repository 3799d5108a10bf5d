"""The double keeps Meta's contract: the real webhook and the real sender meet it as they would meet Meta."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import select, update

from damping.casework.ids import ConversationId, OutboxId
from damping.casework.message import Author, Body, Choice, Identity
from damping.casework.sending import Mishap, NotSent
from damping.channels.files import sniff
from damping.channels.pictures import prepare
from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.client import CloudApiSender
from damping.channels.whatsapp.double import Double, DoubleConfig, Person, Trouble
from damping.channels.whatsapp.double_api import transport
from damping.channels.whatsapp.double_examples import example_photo, example_voice
from damping.channels.whatsapp.double_post import Mischief
from damping.channels.whatsapp.signature import HEADER
from damping.store import outbox
from damping.store.context import Store
from damping.store.tables import Conversation, Outbox
from tests.channels.invented import CONFIG, GROUPED, HIDDEN, PLAIN, SECRET, gateway, transcript

META = DoubleConfig(
    app_secret=SECRET,
    access_token=CONFIG.access_token,
    phone_number_id=CONFIG.phone_number_id,
    webhook_url=f"http://kami.example{CONFIG.webhook_path}",
    status_after_s=0,
    retry_after_s=(0, 0, 0),
    hang_s=1,
)
OURS = OutboxId("ef" * 16)
HALO = Body(text="halo")


class Flaky(httpx.AsyncBaseTransport):
    """The way to our webhook: counts, and fails as often as told."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner, self.failures, self.seen = inner, 0, list[httpx.Request]()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        if self.failures:
            self.failures -= 1
            raise httpx.ConnectError("mati")
        return await self.inner.handle_async_request(request)


@dataclass
class World:
    store: Store
    way: Flaky
    meta: Double
    sender: CloudApiSender

    async def send(self, names: payloads.Names, body: Body = HALO, ours: OutboxId = OURS) -> str:
        kinds = (("wa_id", names.wa_id), ("bsuid", names.bsuid))
        to = [Identity(kind, value) for kind, value in kinds if value]
        return await self.sender.send(ours, to, body, datetime.now(UTC))

    async def refused(self, names: payloads.Names) -> NotSent:
        with pytest.raises(NotSent) as caught:
            await self.send(names)
        return caught.value


@pytest.fixture
async def world(store: Store) -> AsyncIterator[World]:
    way = Flaky(httpx.ASGITransport(cast(Any, gateway(store))))
    meta = Double(META, [Person("sari", PLAIN), Person("melati", HIDDEN), Person("intan", GROUPED)], way)
    sender = CloudApiSender(CONFIG, transport=transport(meta, patience_s=0.2))
    yield World(store, way, meta, sender)
    await sender.close()
    await meta.close()


async def test_what_a_person_types_reaches_the_real_webhook_signed(world: World):
    bubble = world.meta.says("sari", "halo kak, saya takut 😢")
    await world.meta.settled()

    assert [("text", "halo kak, saya takut 😢")] == transcript(world.store)
    assert "delivered" == bubble.ticks
    assert world.way.seen[0].headers[HEADER].startswith("sha256=")
    assert b"\\ud83d" in world.way.seen[0].content


async def test_a_delivery_is_repeated_until_it_is_thanked(world: World):
    world.way.failures = 2

    world.meta.says("sari", "masih ada?")
    await world.meta.settled()

    assert 3 == len(world.way.seen)
    assert [("text", "masih ada?")] == transcript(world.store)


@pytest.mark.parametrize(("key", "names"), [("sari", PLAIN), ("melati", HIDDEN), ("intan", GROUPED)])
async def test_a_message_arrives_and_its_statuses_come_back(world: World, key: str, names: payloads.Names):
    world.meta.says(key, "halo")
    await world.meta.settled()
    conversation, ours = _said(world.store, Body(text="halo juga", choices=(Choice("ya", "Ya"),)))
    world.meta.watches(key, True)

    provider_id = await world.send(names, Body(text="halo juga", choices=(Choice("ya", "Ya"),)), ours)
    await world.meta.settled()

    bubble = world.meta.persons[key].screen[-1]
    assert (provider_id, "halo juga", "read") == (bubble.id, bubble.text, bubble.ticks)
    assert "read" == _state(world.store, ours)
    assert conversation


async def test_a_press_comes_back_as_a_button(world: World):
    world.meta.says("sari", "halo")
    await world.meta.settled()  # Meta brings things at the same time; here the order is wanted
    message = await world.send(PLAIN, Body(text="Aman?", choices=tuple(Choice(i, i.title()) for i in ("ya", "tidak", "petugas", "lain"))))

    world.meta.presses("sari", message, "petugas")
    await world.meta.settled()

    assert ("button", "Petugas") == transcript(world.store)[-1]
    with pytest.raises(LookupError):
        world.meta.presses("sari", message, "tak-ada")


async def test_an_offline_phone_gets_it_later(world: World):
    world.meta.says("sari", "halo")
    world.meta.goes_online("sari", False)
    await world.send(PLAIN)
    await world.meta.settled()
    assert "sent" == world.meta.persons["sari"].screen[-1].ticks

    world.meta.goes_online("sari", True)
    await world.meta.settled()

    assert "delivered" == world.meta.persons["sari"].screen[-1].ticks


async def test_the_window_is_closed_until_the_person_writes(world: World):
    assert (Mishap.WINDOW, 131047) == _told(await world.refused(PLAIN))

    world.meta.says("sari", "halo")

    assert await world.send(PLAIN)


async def test_nobodys_number_is_taken_and_fails_later(world: World):
    await world.send(payloads.Names("?", wa_id="6281000009999"))
    await world.meta.settled()

    last = world.way.seen[-1].content
    assert b'"status":"failed"' in last
    assert b"131026" in last


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (Trouble.ERROR, (Mishap.RETRY, 131000)),
        (Trouble.MAINTENANCE, (Mishap.RETRY, 131057)),
        (Trouble.TOKEN, (Mishap.CHANNEL, 190)),
        (Trouble.LOST, (Mishap.UNKNOWN, 0)),
    ],
)
async def test_troubles_come_on_demand_and_pass(world: World, trouble: Trouble, expected: tuple[Mishap, int]):
    world.meta.says("sari", "halo")
    world.meta.troubles.append(trouble)

    assert expected == _told(await world.refused(PLAIN))

    assert await world.send(PLAIN)


async def test_a_lost_answer_has_still_reached_the_phone(world: World):
    world.meta.says("sari", "halo")
    world.meta.troubles.append(Trouble.LOST)

    await world.refused(PLAIN)

    assert 1 == len([b for b in world.meta.persons["sari"].screen if not b.own])


async def test_a_wrong_token_or_number_is_refused(world: World):
    for config in (replace(CONFIG, access_token="lain"), replace(CONFIG, phone_number_id="999")):
        sender = CloudApiSender(config, transport=transport(world.meta))
        with pytest.raises(NotSent):
            await sender.send(OURS, [Identity("wa_id", PLAIN.wa_id)], Body(text="halo"), datetime.now(UTC))
        await sender.close()


async def test_one_person_gets_no_flood(world: World):
    world.meta.config = replace(META, pair_limit=True)
    world.meta.says("sari", "halo")

    for _ in range(45):
        await world.send(PLAIN)

    assert (Mishap.RETRY, 131056) == _told(await world.refused(PLAIN))


async def test_read_marks_turn_blue_and_show_typing(world: World):
    bubble = world.meta.says("sari", "halo")
    await world.meta.settled()

    assert await world.sender.mark_read(bubble.id)
    assert not await world.sender.mark_read("wamid.asing")
    assert "read" == bubble.ticks
    assert world.meta.persons["sari"].typing_until > 0


@pytest.mark.parametrize(
    "broken",
    [
        {"messaging_product": "lain"},
        {"to": "081000000001"},
        {"to": ""},
        {"type": "text", "text": {"body": ""}},
        {"type": "text", "text": {"body": "x" * 4097}},
        {"type": "text", "text": {"body": "x", "preview_url": True}},
        {"type": "interactive", "interactive": {"type": "button", "body": {"text": "x"}, "action": {"buttons": []}}},
        {"type": "interactive", "interactive": {"type": "flow"}},
        {"biz_opaque_callback_data": "x" * 513},
        {"type": "image"},
    ],
)
async def test_a_request_beyond_the_limits_is_refused_with_metas_shape(world: World, broken: dict[str, Any]):
    good = {"messaging_product": "whatsapp", "to": "+6281000000001", "type": "text", "text": {"body": "halo", "preview_url": False}}
    client = httpx.AsyncClient(transport=transport(world.meta), headers={"Authorization": f"Bearer {CONFIG.access_token}"})

    answer = await client.post(CONFIG.messages_url, json=good | broken)

    assert 400 == answer.status_code
    told = answer.json()["error"]
    assert {"message", "type", "code", "error_data", "fbtrace_id"} == set(told)
    assert told["code"] in (100, 131008, 131009)
    await client.aclose()


async def test_two_phones_are_two_persons(world: World):
    world.meta.says("sari", "dari sari")
    world.meta.says("melati", "dari melati")
    await world.meta.settled()

    await asyncio.gather(world.send(PLAIN, Body(text="untuk sari")), world.send(HIDDEN, Body(text="untuk melati")))

    assert [["dari sari", "untuk sari"], ["dari melati", "untuk melati"]] == [
        [bubble.text for bubble in world.meta.persons[key].screen] for key in ("sari", "melati")
    ]


def _said(store: Store, body: Body) -> tuple[ConversationId, OutboxId]:
    with store.database.write() as connection:
        conversation = ConversationId(connection.execute(select(Conversation.id)).scalar_one())
        outbox.put(connection, store, conversation, Author.BOT, body)
        connection.execute(update(Outbox).values(state="sending"))
        return conversation, OutboxId(connection.execute(select(Outbox.id)).scalar_one())


def _state(store: Store, ours: OutboxId) -> str:
    with store.database.read() as connection:
        return connection.execute(select(Outbox.state).where(Outbox.id == ours)).scalar_one()


def _told(mishap: NotSent) -> Sequence[object]:
    return (mishap.mishap, mishap.code)


async def test_meta_asks_first_whether_the_address_is_ours(world: World):
    assert await world.meta.post.verify(CONFIG.verify_token)
    assert not await world.meta.post.verify("salah")


async def test_a_template_goes_where_free_words_may_not(world: World):
    sender = CloudApiSender(replace(CONFIG, languages={"pembaruan_layanan": "id"}), transport=transport(world.meta))
    neutral = Body(text="Ada pembaruan layanan.", template="pembaruan_layanan")

    with pytest.raises(NotSent):
        await sender.send(OURS, [Identity("wa_id", PLAIN.wa_id)], HALO, None)
    assert await sender.send(OURS, [Identity("wa_id", PLAIN.wa_id)], neutral, None)
    with pytest.raises(NotSent) as gone:
        await sender.send(OURS, [Identity("wa_id", PLAIN.wa_id)], replace_template(neutral, "lama"), None)

    assert {"name": "pembaruan_layanan", "language": {"code": "id"}} == world.meta.requests[-1]["template"]
    assert Mishap.REFUSED is gone.value.mishap
    await sender.close()


def replace_template(body: Body, name: str) -> Body:
    return Body(text=body.text, template=name)


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (Trouble.BUSY, (Mishap.RETRY, 130429)),
        (Trouble.PAYMENT, (Mishap.CHANNEL, 131042)),
        (Trouble.RESET, (Mishap.UNKNOWN, 0)),
    ],
)
async def test_more_troubles_come_on_demand(world: World, trouble: Trouble, expected: tuple[Mishap, int]):
    world.meta.says("sari", "halo")
    world.meta.troubles.append(trouble)

    assert expected == _told(await world.refused(PLAIN))


async def test_eighty_a_second_leave_one_number(world: World):
    world.meta.config = replace(META, number_limit=True)
    world.meta.now = lambda: 1000.0
    world.meta.says("sari", "halo")
    for _ in range(80):
        await world.send(PLAIN)

    assert (Mishap.RETRY, 130429) == _told(await world.refused(PLAIN))
    world.meta.now = lambda: 1001.5
    assert await world.send(PLAIN)


@pytest.mark.parametrize("seed", range(4))
async def test_late_shuffled_doubled_and_batched_deliveries_lose_and_double_nothing(world: World, seed: int):
    world.meta.post.misbehave(Mischief(seed))
    world.way.failures = 2
    for number in range(12):
        world.meta.says("sari", f"n{number}")
        world.meta.says("melati", f"m{number}")
    await world.meta.settled()

    assert sorted(f"{who}{number}" for who in "nm" for number in range(12)) == sorted(text for _, text in transcript(world.store))


async def test_an_arrival_that_meta_never_tells_of_still_ends_as_read(world: World):
    world.meta.says("sari", "halo")
    await world.meta.settled()
    world.meta.watches("sari", True)
    _, ours = _said(world.store, HALO)
    world.meta.post.misbehave(Mischief(1, arrival_untold=1.0))

    await world.send(PLAIN, HALO, ours)
    await world.meta.settled()

    assert "read" == _state(world.store, ours)
    assert not any(b'"status":"delivered"' in request.content for request in world.way.seen)


async def test_staff_in_the_app_a_new_phone_and_a_new_name_reach_the_webhook(world: World):
    world.meta.says("sari", "halo")
    await world.meta.settled()

    world.meta.staff_write("sari", "kami di jalan")
    world.meta.changes_phone("sari")
    world.meta.changes_username("sari", "@sari.baru")
    await world.meta.settled()

    assert ("text", "kami di jalan") in transcript(world.store)
    assert any(b"customer_identity_changed" in request.content for request in world.way.seen)
    assert "@sari.baru" == world.meta.persons["sari"].names.username


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        ({"type": "image", "image": {"id": "1", "caption": "x" * 1024}}, True),
        ({"type": "image", "image": {"id": "1", "caption": "x" * 1025}}, False),
        ({"type": "image", "image": {"id": "1", "link": "https://a.example/x"}}, False),
        ({"type": "audio", "audio": {"id": "1", "caption": "x"}}, False),
        ({"type": "template", "template": {"name": "Salah Nama", "language": {"code": "id"}}}, False),
        ({"type": "template", "template": {"name": "sapa"}}, False),
        (
            {
                "type": "interactive",
                "interactive": {"type": "location_request_message", "body": {"text": "Di mana?"}, "action": {"name": "send_location"}},
            },
            True,
        ),
        (
            {
                "type": "interactive",
                "interactive": {"type": "location_request_message", "body": {"text": "Di mana?"}, "action": {"name": "x"}},
            },
            False,
        ),
    ],
)
async def test_every_kind_of_request_is_held_to_its_own_limits(world: World, more: dict[str, Any], taken: bool):
    world.meta.says("sari", "halo")
    client = httpx.AsyncClient(transport=transport(world.meta), headers={"Authorization": f"Bearer {CONFIG.access_token}"})

    answer = await client.post(CONFIG.messages_url, json={"messaging_product": "whatsapp", "to": "+6281000000001"} | more)

    assert taken is (answer.status_code == 200)
    await client.aclose()


async def test_what_the_simulated_phone_sends_is_a_real_picture_and_a_real_sound():
    assert ("image/jpeg", "audio/mpeg") == (sniff(example_photo()), sniff(example_voice()))
    assert b"Ponsel contoh" not in prepare(example_photo()).shown
