"""What leaves by Twilio, and what we make of its answers."""

import json
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from damping.casework.files import NotFetched, Refused, Why
from damping.casework.ids import OutboxId
from damping.casework.message import Body, Choice, Identity
from damping.casework.sending import Mishap, NotSent
from damping.channels.twilio import parse, render
from damping.channels.twilio.catching_up import CatchUp
from damping.channels.twilio.client import TwilioSender
from damping.channels.twilio.form import Form
from damping.channels.twilio.media import TwilioFetcher
from damping.store.context import Store
from tests.channels.invented import intake, transcript
from tests.channels.twilio_double import CONFIG, Twilio, refused, sid, written
from tests.support import NIGHT, HeldClock

OURS = OutboxId("cd" * 16)
SARI = (Identity("wa_id", "6281000000001"), Identity("bsuid", "ID.1"))
YES_NO = (Choice("ya", "Ya"), Choice("tidak", "Tidak"))


@pytest.fixture
def twilio() -> Twilio:
    return Twilio()


@pytest.fixture
def sender(twilio: Twilio) -> TwilioSender:
    return TwilioSender(CONFIG, HeldClock(), twilio.transport)


async def send(sender: TwilioSender, body: Body, minutes_ago: float = 1) -> str:
    return await sender.send(OURS, SARI, body, NIGHT - timedelta(minutes=minutes_ago))


async def test_a_message_leaves_from_our_number_with_our_id_in_the_callback(sender: TwilioSender, twilio: Twilio) -> None:
    await send(sender, Body(text="halo"))

    assert [
        {
            "From": "whatsapp:+6280000000999",
            "To": "whatsapp:+6281000000001",
            "Body": "halo",
            "StatusCallback": f"https://pesan.example/webhook/twilio/status?pesan={OURS}",
        }
    ] == twilio.sent
    assert twilio.requests[0].headers["authorization"].startswith("Basic ")


async def test_choices_go_by_a_content_that_holds_no_word_of_anybody(sender: TwilioSender, twilio: Twilio) -> None:
    await send(sender, Body(text="Apakah kakak aman?", choices=YES_NO))
    await send(sender, Body(text="Boleh kami telepon?", choices=YES_NO))

    [laid] = twilio.contents
    assert "{{1}}" == laid["types"]["twilio/quick-reply"]["body"]
    assert "aman" not in json.dumps(laid)
    assert {laid["sid"]} == {sent["ContentSid"] for sent in twilio.sent}
    assert {"1": "Apakah kakak aman?", "2": "Ya", "3": "ya", "4": "Tidak", "5": "tidak"} == json.loads(twilio.sent[0]["ContentVariables"])


async def test_a_content_that_is_there_already_is_used(twilio: Twilio) -> None:
    await send(TwilioSender(CONFIG, HeldClock(), twilio.transport), Body(text="a", choices=YES_NO))
    await send(TwilioSender(CONFIG, HeldClock(), twilio.transport), Body(text="b", choices=YES_NO))

    assert 1 == len(twilio.contents)


async def test_more_than_three_choices_are_a_list(sender: TwilioSender, twilio: Twilio) -> None:
    await send(sender, Body(text="Di mana?", choices=tuple(Choice(f"kec{n}", f"Kecamatan {n}") for n in range(14))))

    assert 10 == len(twilio.contents[0]["types"]["twilio/list-picker"]["items"])


async def test_choices_that_twilio_refuses_stand_as_lines_under_the_words(sender: TwilioSender, twilio: Twilio) -> None:
    twilio.answers = [refused(400, 21656)]

    await send(sender, Body(text="Aman?", choices=YES_NO))

    assert ["Aman?\n\n• Ya\n• Tidak"] == [sent["Body"] for sent in twilio.sent]


async def test_choices_that_may_have_left_are_not_sent_as_words_too(sender: TwilioSender, twilio: Twilio) -> None:
    twilio.answers = [httpx.ReadTimeout("lambat")]

    with pytest.raises(NotSent) as caught:
        await send(sender, Body(text="Aman?", choices=YES_NO))

    assert Mishap.UNKNOWN is caught.value.mishap
    assert [] == twilio.sent


async def test_a_long_text_leaves_whole_in_order_and_a_refused_rest_is_not_begun_anew(sender: TwilioSender, twilio: Twilio) -> None:
    text = " ".join(f"kata{n}" for n in range(700))
    twilio.answers = [None, refused(429, 20429)]
    with pytest.raises(NotSent):
        await send(sender, Body(text=text))

    await send(sender, Body(text=text))

    assert text.split() == " ".join(sent["Body"] for sent in twilio.sent).split()
    assert all(len(sent["Body"]) <= 1600 for sent in twilio.sent)
    assert [False] * (len(twilio.sent) - 1) + [True] == ["StatusCallback" in sent for sent in twilio.sent]


@pytest.mark.parametrize("text", ["😢" * 3_000, "a" * 5_000, "kata\n" * 2_000])
def test_no_sign_is_lost_by_cutting(text: str) -> None:
    parts = render.parts(Body(text=text))

    assert "".join(text.split()) == "".join("".join(parts).split())
    assert all(len(part.encode("utf-16-le")) // 2 <= 1600 for part in parts)


@pytest.mark.parametrize(
    ("answer", "expected", "code"),
    [
        (refused(400, 63016), Mishap.WINDOW, 63016),
        (refused(429, 20429), Mishap.RETRY, 20429),
        (refused(400, 63018), Mishap.RETRY, 63018),
        (refused(400, 21610), Mishap.UNREACHABLE, 21610),
        (refused(400, 63024), Mishap.UNREACHABLE, 63024),
        (refused(401, 20003), Mishap.CHANNEL, 20003),
        (refused(400, 63007), Mishap.CHANNEL, 63007),
        (refused(400, 21617), Mishap.REFUSED, 21617),
        (refused(400, 99999), Mishap.RETRY, 99999),
        (refused(503, 0), Mishap.RETRY, 503),
        (httpx.Response(401), Mishap.CHANNEL, 401),
        (httpx.Response(302, headers={"location": "https://penipu.example"}), Mishap.CHANNEL, 302),
        (httpx.Response(418), Mishap.REFUSED, 418),
        (httpx.Response(201, text="bukan json"), Mishap.UNKNOWN, 0),
        (httpx.ConnectError("mati"), Mishap.RETRY, 0),
        (httpx.ReadTimeout("lambat"), Mishap.UNKNOWN, 0),
        (httpx.WriteError("putus"), Mishap.UNKNOWN, 0),
    ],
)
async def test_the_number_decides(sender: TwilioSender, twilio: Twilio, answer: Any, expected: Mishap, code: int) -> None:
    twilio.answers = [answer]

    with pytest.raises(NotSent) as caught:
        await send(sender, Body(text="halo"))

    assert (expected, code) == (caught.value.mishap, caught.value.code)


async def test_a_closed_window_needs_no_request(sender: TwilioSender, twilio: Twilio) -> None:
    with pytest.raises(NotSent) as caught:
        await send(sender, Body(text="halo"), minutes_ago=24 * 60 + 1)

    assert Mishap.WINDOW is caught.value.mishap
    assert [] == twilio.requests


async def test_somebody_without_a_number_is_reached_by_the_id(sender: TwilioSender, twilio: Twilio) -> None:
    await sender.send(OURS, (Identity("bsuid", "ID.77"),), Body(text="halo"), NIGHT)

    assert "whatsapp:ID.77" == twilio.sent[0]["To"]


@pytest.mark.parametrize(("identities", "text"), [(SARI, " "), ((), "halo")])
async def test_nothing_or_nobody_is_our_own_error(sender: TwilioSender, identities: Any, text: str) -> None:
    with pytest.raises(NotSent) as caught:
        await sender.send(OURS, identities, Body(text=text), NIGHT)

    assert Mishap.REFUSED is caught.value.mishap


def test_the_secret_is_in_no_repr() -> None:
    assert CONFIG.auth_token not in repr(CONFIG)


MM, ME = "MM" + "1" * 32, "ME" + "2" * 32
TOLD = {"type": "image", "id": f"{MM}/{ME}"}


def fetcher(handle: Any) -> TwilioFetcher:
    return TwilioFetcher(CONFIG, httpx.MockTransport(handle))


async def test_a_file_is_fetched_by_our_account_and_the_password_stays_with_twilio() -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.host == "api.twilio.com":
            return httpx.Response(307, headers={"location": "https://mms.twiliocdn.com/berkas"})
        return httpx.Response(200, content=b"gambar")

    assert b"gambar" == await fetcher(handle).fetch(TOLD, 1_000)
    assert f"/2010-04-01/Accounts/{CONFIG.account_sid}/Messages/{MM}/Media/{ME}" == seen[0].url.path
    assert [True, False] == ["authorization" in request.headers for request in seen]


@pytest.mark.parametrize(
    "location", ["http://mms.twiliocdn.com/x", "https://penipu.example/x", "https://127.0.0.1/x", "https://twiliocdn.com.penipu.example/"]
)
async def test_nothing_else_is_fetched_whatever_stands_in_the_answer(location: str) -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(302, headers={"location": location})

    with pytest.raises(NotFetched):
        await fetcher(handle).fetch(TOLD, 1_000)
    assert ["api.twilio.com"] == asked


@pytest.mark.parametrize(
    ("answer", "told", "expected"),
    [
        (httpx.Response(404), TOLD, Why.GONE),
        (httpx.Response(500), TOLD, None),
        (httpx.ConnectError("mati"), TOLD, None),
        (AssertionError("asked"), {"id": "../../Accounts"}, Why.GONE),
        (AssertionError("asked"), {}, Why.GONE),
    ],
)
async def test_a_file_that_cannot_be_had_says_whether_to_ask_again(answer: Any, told: dict[str, str], expected: Why | None) -> None:
    def handle(_request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(NotFetched) as caught:
        await fetcher(handle).fetch(told, 1_000)
    assert expected == caught.value.why


async def test_a_file_too_large_is_left() -> None:
    with pytest.raises(Refused):
        await fetcher(lambda _request: httpx.Response(200, content=b"a" * 2_000)).fetch(TOLD, 1_000)


async def test_what_never_came_by_webhook_is_asked_for_and_what_came_is_not_doubled(store: Store, clock: HeldClock) -> None:
    """Twilio does not repeat a message that nobody took."""
    came = written("sudah datang")
    await intake(store).keep(parse.messages(Form({name: [value] for name, value in came.items()}), int(NIGHT.timestamp()), ()))
    lost, fresh, ours = sid(), sid(), sid()

    def listed(message: str, body: str, minutes_ago: float, direction: str = "inbound", media: int = 0) -> dict[str, Any]:
        sent = format_datetime(NIGHT - timedelta(minutes=minutes_ago))
        return {
            "sid": message,
            "body": body,
            "from": "whatsapp:+6281000000001",
            "direction": direction,
            "date_sent": sent,
            "num_media": str(media),
        }

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("Media.json"):
            return httpx.Response(200, json={"media_list": [{"sid": ME, "content_type": "audio/ogg"}]})
        page = [
            listed(fresh, "baru saja", 0.5),
            listed(MM, "", 5, media=1),
            listed(lost, "tolong", 6),
            listed(came["MessageSid"], "sudah datang", 7),
            listed(ours, "kata kami", 8, "outbound-api"),
        ]
        return httpx.Response(200, json={"messages": page})

    catching = CatchUp(CONFIG, intake(store), httpx.MockTransport(handle))

    assert [2, 0] == [await catching.look(), await catching.look()]
    assert [("text", "sudah datang"), ("text", "tolong"), ("media", "")] == transcript(store)
    await catching.close()
