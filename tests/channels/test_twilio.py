"""Twilio's door, with a real store behind it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from twilio.request_validator import RequestValidator

from damping.casework.message import Author, Body, Channel, Delivery, Identity, Kind
from damping.channels.twilio import parse
from damping.channels.twilio.form import SIGNATURE_HEADER, SIGNATURE_SETTINGS_HEADER, Form, Unreadable, read
from damping.channels.twilio.routes import BODY_AT_MOST, router
from damping.store import inbox, outbox
from damping.store.context import Store
from damping.store.tables import Conversation, Escalation, Notice, Outbox
from tests.channels import invented, test_webhook
from tests.channels.invented import BUTTONS, NOW, conversations, intake, rows, transcript
from tests.channels.twilio_double import CONFIG, SID, sid, signed, written

MEDIA = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Messages/MM{'1' * 32}/Media/ME{'2' * 32}"


@pytest.fixture
async def client(store: Store) -> Any:
    async with AsyncTestClient(Litestar([router(CONFIG, intake(store))], openapi_config=None)) as opened:
        yield opened


async def bring(client: Any, fields: dict[str, str]) -> int:
    raw, headers = signed(fields)
    answer = await client.post(CONFIG.webhook_path, content=raw, headers=headers)
    return int(answer.status_code)


async def told(client: Any, ours: str, status: str, provider: str, code: str = "") -> int:
    fields = {"MessageSid": provider, "MessageStatus": status, "AccountSid": SID} | ({"ErrorCode": code} if code else {})
    raw, headers = signed(fields, f"{CONFIG.status_url}?pesan={ours}")
    answer = await client.post(f"{CONFIG.webhook_path}/status?pesan={ours}", content=raw, headers=headers)
    return int(answer.status_code)


def only(fields: dict[str, str]) -> tuple[Kind, Body]:
    [found] = parse.messages(Form({name: [value] for name, value in fields.items()}), NOW, BUTTONS)
    return found.kind, found.body


async def test_a_message_sent_twice_is_stored_once_and_thanked_with_silence(client: Any, store: Store) -> None:
    fields = written("saya takut pulang")
    raw, headers = signed(fields)

    answer = await client.post(CONFIG.webhook_path, content=raw, headers=headers)

    assert 200 == answer.status_code
    assert answer.text.endswith("<Response/>")
    assert 200 == await bring(client, fields)
    assert [("text", "saya takut pulang")] == transcript(store)


async def test_the_person_is_the_same_one_by_meta_and_by_twilio(client: Any, store: Store) -> None:
    async with AsyncTestClient(invented.gateway(store)) as meta:
        assert 200 == await test_webhook.bring(meta, test_webhook.says("halo"))
    await bring(client, written("ini saya lagi", "6281000000001"))

    assert 1 == conversations(store)


async def test_a_forged_delivery_leaves_no_row(client: Any, store: Store) -> None:
    before, fields = rows(store), written("halo")
    raw, headers = signed(fields)
    _, elsewhere = signed(fields, "https://penipu.example/webhook/twilio")
    _, by_another = signed(fields, token="kunci lain")
    good = headers[SIGNATURE_HEADER]
    forged = [good[:-4] + "AAA=", good[:10], "", "é", *(one[SIGNATURE_HEADER] for one in (elsewhere, by_another))]

    answers = {
        (await client.post(CONFIG.webhook_path, content=raw, headers={SIGNATURE_HEADER: one.encode()})).status_code for one in forged
    }
    answers.add((await client.post(CONFIG.webhook_path, content=raw)).status_code)
    answers.add((await client.post(CONFIG.webhook_path, content=raw + b"&Body=lain", headers=headers)).status_code)
    unknown_way = headers | {SIGNATURE_SETTINGS_HEADER: "algorithm=NONE"}

    answers.add((await client.post(CONFIG.webhook_path, content=raw, headers=unknown_way)).status_code)
    assert {403} == answers
    assert before == rows(store)


async def test_the_newer_signature_is_understood(client: Any, store: Store) -> None:
    raw, headers = signed(written("halo"))
    form = read(raw)
    newer = RequestValidator(CONFIG.auth_token).compute_signature(CONFIG.message_url, form, "HMAC_SHA256")
    headers |= {SIGNATURE_HEADER: newer, SIGNATURE_SETTINGS_HEADER: "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"}

    assert 200 == (await client.post(CONFIG.webhook_path, content=raw, headers=headers)).status_code


async def test_too_much_or_no_form_is_refused_and_leaves_no_row(client: Any, store: Store) -> None:
    before = rows(store)
    bodies = [b"x=" + b"a" * BODY_AT_MOST, b"&".join(b"f%d=1" % n for n in range(5_000)), b"\xff\xfe", b""]

    assert [413, 400, 400, 400] == [(await client.post(CONFIG.webhook_path, content=raw)).status_code for raw in bodies]
    assert before == rows(store)


async def test_what_is_not_whatsapp_is_told_to_whoever_set_it_up(client: Any, store: Store) -> None:
    assert 400 == await bring(client, written("halo", From="+6281000000001"))
    assert [] == transcript(store)


async def test_what_cannot_be_stored_is_not_thanked(client: Any, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_args: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    fields = written("halo")
    with monkeypatch.context() as while_locked:
        while_locked.setattr(inbox, "receive", locked)
        assert 503 == await bring(client, fields)

    assert 200 == await bring(client, fields)
    assert [("text", "halo")] == transcript(store)


async def test_danger_rings_on_arrival(client: Any, store: Store) -> None:
    await bring(client, written("dia bawa golok"))

    with store.database.read() as connection:
        assert "merah" == connection.execute(select(Conversation.level)).scalar()
        assert 1 == len(connection.execute(select(Escalation)).all())


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"ButtonPayload": "ya", "ButtonText": "Ya", "MessageType": "interactive"}, (Kind.BUTTON, Body(text="Ya", button="ya"))),
        ({"ButtonPayload": "/restart", "ButtonText": "Ya"}, (Kind.TEXT, Body(text="Ya"))),
        ({"ListId": "tidak", "ListTitle": "Tidak"}, (Kind.BUTTON, Body(text="Tidak", button="tidak"))),
        ({"Body": "/restart"}, (Kind.TEXT, Body(text="∕restart"))),
        (
            {"Body": "", "Latitude": "-5.3971", "Longitude": "105.2668", "Label": "rumah"},
            (Kind.LOCATION, Body(place={"latitude": -5.3971, "longitude": 105.2668}, media={"type": "location", "name": "rumah"})),
        ),
        ({"Body": "halo", "Latitude": "nan", "Longitude": "inf"}, (Kind.TEXT, Body(text="halo"))),
        (
            {"Body": "ini lukanya", "NumMedia": "1", "MediaUrl0": MEDIA, "MediaContentType0": "image/jpeg"},
            (
                Kind.MEDIA,
                Body(text="ini lukanya", media={"type": "image", "id": f"MM{'1' * 32}/ME{'2' * 32}", "mime_type": "image/jpeg"}),
            ),
        ),
        ({"Body": "x", "NumMedia": "1", "MediaUrl0": "http://169.254.169.254/"}, (Kind.TEXT, Body(text="x"))),
        ({"OriginalRepliedMessageSid": "SM1"}, (Kind.TEXT, Body(text="halo", refers_to="SM1"))),
    ],
)
def test_every_kind_of_message_is_understood(more: dict[str, str], expected: tuple[Kind, Body]) -> None:
    assert expected == only(written("halo") | more)


def test_a_kind_that_nobody_knows_is_kept_without_the_number() -> None:
    kind, body = only(written("", MessageType="baru", Something="lain"))

    assert Kind.UNKNOWN is kind
    assert "lain" in str(body.media)
    assert "6281000000001" not in str(body.media)


def test_several_pictures_are_all_kept_and_the_caption_once() -> None:
    more = {"NumMedia": "2", "MediaUrl0": MEDIA, "MediaUrl1": MEDIA, "MediaContentType0": "image/png", "MediaContentType1": "audio/ogg"}
    fields = written("dua", **more)

    found = parse.messages(Form({name: [value] for name, value in fields.items()}), NOW, BUTTONS)

    assert [("dua", "image"), ("", "audio")] == [(one.body.text, (one.body.media or {})["type"]) for one in found]
    assert 2 == len({one.external_id for one in found})


def test_a_hidden_number_is_known_by_its_id() -> None:
    fields = written("halo", From="whatsapp:ID.4566", WaId="", ExternalUserId="whatsapp:ID.4566")
    both = written("halo", ExternalUserId="whatsapp:ID.4566")

    [hidden] = parse.messages(Form({name: [value] for name, value in fields.items()}), NOW, BUTTONS)
    [plain] = parse.messages(Form({name: [value] for name, value in both.items()}), NOW, BUTTONS)

    assert (Identity("bsuid", "ID.4566"),) == hidden.identities
    assert (Identity("wa_id", "6281000000001"), Identity("bsuid", "ID.4566")) == plain.identities


async def a_message_of_ours(client: Any, store: Store) -> str:
    await bring(client, written("halo"))
    with store.database.write() as connection:
        conversation = connection.execute(select(Conversation.id)).scalar_one()
        outbox.put(connection, store, conversation, Author.BOT, Body(text="halo juga"))
        connection.execute(update(Outbox).values(state=Delivery.UNKNOWN))
        return connection.execute(select(Outbox.id)).scalar_one()


async def test_statuses_only_move_forward_in_whatever_order_they_come(client: Any, store: Store) -> None:
    ours, theirs = await a_message_of_ours(client, store), sid()

    assert {200} == {await told(client, ours, state, theirs) for state in ("queued", "read", "sent", "delivered", "sending")}

    with store.database.read() as connection:
        assert "read" == connection.execute(select(Outbox.state)).scalar()


async def test_a_closed_window_that_twilio_tells_later_reaches_the_officers(client: Any, store: Store) -> None:
    ours = await a_message_of_ours(client, store)

    await told(client, ours, "undelivered", sid(), "63016")

    with store.database.read() as connection:
        assert ("failed", 63016) == connection.execute(select(Outbox.state, Outbox.error_code)).one()
        assert "send_failed" == connection.execute(select(Notice.kind)).scalar()


async def test_a_forged_status_moves_nothing(client: Any, store: Store) -> None:
    ours = await a_message_of_ours(client, store)
    raw, headers = signed({"MessageSid": sid(), "MessageStatus": "read"}, f"{CONFIG.status_url}?pesan={'0' * 32}")

    answer = await client.post(f"{CONFIG.webhook_path}/status?pesan={ours}", content=raw, headers=headers)

    assert 403 == answer.status_code
    with store.database.read() as connection:
        assert "unknown" == connection.execute(select(Outbox.state)).scalar()


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2_000))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    try:
        form = read(raw)
    except Unreadable:
        return
    parse.messages(form, NOW, BUTTONS)
    parse.status(form, "x")


_MORE = ("Latitude", "Longitude", "ButtonPayload", "ButtonText", "ListId", "MediaUrl0", "MediaContentType0", "ErrorCode")
_NAMES = [*sorted(written("x")), *_MORE]


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(_NAMES), st.text(max_size=60)))
def test_whatever_a_person_sends_is_kept_in_some_form(odd: dict[str, str]) -> None:
    fields = written("halo") | odd | {"MessageSid": sid(), "From": "whatsapp:+6281000000001"}

    found = parse.messages(Form({name: [value] for name, value in fields.items()}), NOW, BUTTONS)

    assert found
    assert all(one.channel is Channel.WHATSAPP and one.identities and not one.body.text.startswith("/") for one in found)
