"""Meta's door, with a real store behind it."""

import asyncio
import random
import time
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from damping.casework.message import Author, Body, Channel, Delivery, Identity, Inbound, Kind
from damping.channels.intake import Intake
from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.routes import router
from damping.channels.whatsapp.signature import HEADER, sign
from damping.store import inbox, outbox
from damping.store.context import Store
from damping.store.tables import Address, Conversation, Escalation, Message, Notice, Outbox
from damping.store.tables_desk import WordCourse
from tests.channels.invented import CONFIG, EVERYBODY, LINE, NOW, PLAIN, SECRET, conversations, gateway, intake, rows, transcript, wamid


async def bring(client: AsyncTestClient[Any], *values: dict[str, Any]) -> int:
    raw = payloads.encode(payloads.envelope(LINE, *values))
    answer = await client.post(CONFIG.webhook_path, content=raw, headers={HEADER: sign(SECRET, raw)})
    return answer.status_code


def says(text: str, names: payloads.Names = PLAIN, at: int = NOW) -> dict[str, Any]:
    return payloads.incoming(LINE, names, payloads.message(names, payloads.text(text), at, wamid()))


@pytest.fixture
async def client(store: Store) -> Any:
    async with AsyncTestClient(gateway(store)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("token", "mode", "expected"),
    [
        ("kata-uji", "subscribe", (200, "1158201444")),
        ("salah", "subscribe", (403, "")),
        ("kata-uji", "lain", (403, "")),
        ("é", "subscribe", (403, "")),
    ],
)
async def test_the_address_is_verified_by_the_token(client: Any, token: str, mode: str, expected: tuple[int, str]):
    asked = {"hub.mode": mode, "hub.challenge": "1158201444", "hub.verify_token": token}

    answer = await client.get(CONFIG.webhook_path, params=asked)

    assert expected == (answer.status_code, answer.text)
    assert answer.headers["content-type"].startswith("text/plain")


async def test_a_message_sent_twice_is_stored_once(client: Any, store: Store):
    value = says("saya takut pulang")

    assert [200, 200] == [await bring(client, value), await bring(client, value)]
    assert [("text", "saya takut pulang")] == transcript(store)


async def test_shuffled_repeated_and_parallel_deliveries_lose_and_double_nothing(client: Any, store: Store):
    values = [says(f"baris {number}", random.choice(EVERYBODY)) for number in range(40)]
    deliveries = values * 3
    random.shuffle(deliveries)

    answers = await asyncio.gather(*(bring(client, value) for value in deliveries))

    assert {200} == set(answers)
    assert sorted(f"baris {number}" for number in range(40)) == sorted(text for _, text in transcript(store))
    assert 4 == conversations(store)


async def test_danger_rings_on_arrival(client: Any, store: Store):
    await bring(client, says("dia bawa golok"))

    with store.database.read() as connection:
        assert "merah" == connection.execute(select(Conversation.level)).scalar()
        assert 1 == len(connection.execute(select(Escalation)).all())


async def test_a_long_text_is_kept_whole_and_screened_whole(client: Any, store: Store):
    text = ("kata " * 1000) + "dan dia bawa golok"

    await bring(client, says(text))

    stored = transcript(store)
    assert text.split() == " ".join(part for _, part in stored).split()
    assert all(len(part) <= 2000 for _, part in stored)
    with store.database.read() as connection:
        assert {"merah"} == set(connection.execute(select(Message.level)).scalars())


async def test_a_person_is_one_person_under_every_name(client: Any, store: Store):
    hidden = payloads.Names("Sari", bsuid=PLAIN.bsuid, username="@sari")

    for names in (PLAIN, hidden, PLAIN):
        await bring(client, says("halo", names))

    assert 1 == conversations(store)


async def test_after_a_new_number_nothing_goes_to_the_old_one(client: Any, store: Store):
    new = payloads.Names("Sari", wa_id="6281000000099", bsuid="ID.2001")
    change = payloads.changed_number(LINE, PLAIN, new, NOW)
    await bring(client, says("halo"))

    assert [200, 200] == [await bring(client, change), await bring(client, change)]
    await bring(client, says("ini nomor baru", new))

    assert 1 == conversations(store)
    assert {("wa_id", new.wa_id), ("bsuid", new.bsuid)} == names_on_record(store)


async def test_news_of_a_strangers_number_makes_no_conversation(client: Any, store: Store):
    before = rows(store)

    await bring(client, payloads.changed_number(LINE, PLAIN, EVERYBODY[2], NOW))

    assert rows(store) == before


async def test_statuses_move_a_message_of_ours(client: Any, store: Store):
    await bring(client, says("halo"))
    with store.database.write() as connection:
        conversation = connection.execute(select(Conversation.id)).scalar_one()
        outbox.put(connection, store, conversation, Author.BOT, Body(text="halo juga"))
        ours = connection.execute(select(Outbox.id)).scalar_one()
        connection.execute(update(Outbox).values(state=Delivery.UNKNOWN))

    for state in ("read", "sent", "delivered"):
        await bring(client, payloads.status(LINE, PLAIN, "wamid.kami", state, ours, NOW))

    with store.database.read() as connection:
        assert "read" == connection.execute(select(Outbox.state)).scalar()


async def test_a_batch_of_a_thousand_is_taken_whole(client: Any, store: Store):
    messages = [payloads.message(PLAIN, payloads.text(f"n{number}"), NOW, wamid()) for number in range(600)]
    statuses = [payloads.status(LINE, PLAIN, f"wamid.s{number}", "read", "", NOW) for number in range(400)]

    assert 200 == await bring(client, payloads.incoming(LINE, PLAIN, *messages), *statuses)
    assert [f"n{number}" for number in range(600)] == [text for _, text in transcript(store)]


async def test_too_much_too_deep_or_no_json_is_refused_cheaply_and_leaves_no_row(client: Any, store: Store):
    before = rows(store)
    bodies = [b"[" * 10_000_000, b'{"entry":' * 300_000, b"\x1f\x8b" + b"\0" * 1_000_000, b"bukan json"]

    for raw, expected in zip(bodies, (413, 400, 400, 400), strict=True):
        started = time.perf_counter()
        answer = await client.post(CONFIG.webhook_path, content=raw, headers={HEADER: sign(SECRET, raw)})
        assert expected == answer.status_code
        assert time.perf_counter() - started < 1

    assert rows(store) == before


async def test_what_cannot_be_stored_is_not_thanked(client: Any, store: Store, monkeypatch: pytest.MonkeyPatch):
    def locked(*_args: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    value = says("halo")
    with monkeypatch.context() as while_locked:
        while_locked.setattr(inbox, "receive", locked)
        assert 503 == await bring(client, value)

    assert 200 == await bring(client, value)
    assert [("text", "halo")] == transcript(store)


async def test_a_poisoned_message_keeps_no_other_out(store: Store, monkeypatch: pytest.MonkeyPatch):
    real = inbox.receive

    def choosy(store: Store, arrivals: Any) -> Any:
        if any("racun" in arrival.inbound.body.text for arrival in arrivals):
            raise ValueError
        return real(store, arrivals)

    monkeypatch.setattr(inbox, "receive", choosy)
    async with AsyncTestClient(gateway(store)) as client:
        assert 503 == await bring(client, says("satu"), says("racun"), says("dua"))

    assert [("text", "satu"), ("text", "dua")] == transcript(store)


async def test_read_marks_follow_only_what_is_new(store: Store):
    marked: list[list[str]] = []

    async def note(ids: Any) -> None:
        marked.append(list(ids))

    value = says("halo")
    async with AsyncTestClient(Litestar([router(CONFIG, intake(store), note)], openapi_config=None)) as client:
        await bring(client, value)
        await bring(client, value)
        await bring(client, payloads.status(LINE, PLAIN, "wamid.x", "read", "", NOW))

    assert [[value["messages"][0]["id"]]] == marked


def test_a_word_list_that_fails_keeps_no_message_out(store: Store):
    def broken(_text: str) -> Any:
        raise RuntimeError

    message = Inbound(Channel.WHATSAPP, wamid(), (Identity("wa_id", PLAIN.wa_id),), Kind.TEXT, Body(text="halo"), NOW)

    Intake(store, broken, ()).keep_now([message])

    with store.database.read() as connection:
        assert "kuning" == connection.execute(select(Conversation.level)).scalar()


def names_on_record(store: Store) -> set[tuple[str, str]]:
    with store.database.read() as connection:
        found = connection.execute(select(Address.id, Address.conversation_id, Address.kind, Address.value)).all()
        return {(r.kind, store.sealer(connection, r.conversation_id).unseal_text("address.value", r.id, r.value)) for r in found}


async def echoed(client: AsyncTestClient[Any], text: str, identifier: str) -> int:
    value = payloads.echo(LINE, PLAIN, payloads.text(text), NOW, identifier)
    raw = payloads.encode(payloads.envelope(LINE, value, field="smb_message_echoes"))
    return (await client.post(CONFIG.webhook_path, content=raw, headers={HEADER: sign(SECRET, raw)})).status_code


async def test_what_staff_wrote_in_the_app_counts_as_an_officers_words_and_the_assistant_steps_back(client: Any, store: Store):
    await bring(client, says("halo"))
    with store.database.write() as connection:
        conversation = connection.execute(select(Conversation.id)).scalar_one()
        outbox.put(connection, store, conversation, Author.BOT, Body(text="jawaban asisten"))

    assert [200, 200] == [await echoed(client, "ini Bu Rina", "wamid.gema"), await echoed(client, "ini Bu Rina", "wamid.gema")]

    assert [("text", "halo"), ("text", "jawaban asisten"), ("text", "ini Bu Rina")] == transcript(store)
    with store.database.read() as connection:
        row = connection.execute(select(Conversation.__table__)).one()
        assert (None, "bot", 1, True, None) == (row.holder, row.word, row.version, row.wants_officer, row.waiting_since)
        assert "cancelled" == connection.execute(select(Outbox.state)).scalar_one()
        assert "catat" == connection.execute(select(WordCourse.bot_may)).scalar_one()
        assert "officer" == connection.execute(select(Message.author).order_by(Message.seq.desc()).limit(1)).scalar_one()


async def test_a_new_phone_or_a_number_with_another_id_makes_officers_look_who_writes(client: Any, store: Store):
    await bring(client, says("halo"))
    assert [] == open_notices(store)

    await bring(client, payloads.changed_phone(LINE, PLAIN, NOW))
    assert ["other_writer"] == open_notices(store)


async def test_a_known_number_with_another_id_may_have_a_new_owner(client: Any, store: Store):
    await bring(client, says("halo"))

    await bring(client, says("halo", payloads.Names("?", wa_id=PLAIN.wa_id, bsuid="ID.9999")))

    assert 1 == conversations(store)
    assert ["other_writer"] == open_notices(store)


async def test_a_number_change_that_was_told_raises_no_doubt(client: Any, store: Store):
    await bring(client, says("halo"))
    await bring(client, payloads.changed_number(LINE, PLAIN, payloads.Names("Sari", wa_id="6281000000099", bsuid="ID.2001"), NOW))

    assert [] == open_notices(store)


def open_notices(store: Store) -> list[str]:
    with store.database.read() as connection:
        return list(connection.execute(select(Notice.kind).where(Notice.resolved_at.is_(None))).scalars())
