"""What Meta answers, and what we do about it."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from damping.casework.ids import OutboxId
from damping.casework.message import Body, Identity
from damping.casework.sending import Mishap, NotSent
from damping.channels.whatsapp.client import CloudApiSender
from tests.channels.invented import CONFIG
from tests.support import NIGHT, HeldClock

OURS = OutboxId("cd" * 16)
HALO = Body(text="halo")
SARI = (Identity("wa_id", "6281000000001"),)
TAKEN = {"messaging_product": "whatsapp", "contacts": [{"input": "+62810", "wa_id": "62810"}], "messages": [{"id": "wamid.baru"}]}


def sender(answer: Any) -> CloudApiSender:
    def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer

    return CloudApiSender(CONFIG, HeldClock(), httpx.MockTransport(handle))


async def send(answer: Any, body: Body = HALO, minutes_ago: float = 1) -> str:
    return await sender(answer).send(OURS, SARI, body, NIGHT - timedelta(minutes=minutes_ago))


async def mishap(answer: Any, **more: Any) -> NotSent:
    with pytest.raises(NotSent) as caught:
        await send(answer, **more)
    return caught.value


def error(status: int, code: int) -> httpx.Response:
    return httpx.Response(status, json={"error": {"message": f"(#{code})", "code": code, "error_data": {"details": "…"}}})


async def test_a_message_leaves_with_our_token_to_our_number():
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=TAKEN)

    assert "wamid.baru" == await send(answer)
    assert "https://graph.facebook.com/v25.0/10600/messages" == str(seen[0].url)
    assert "Bearer token-uji" == seen[0].headers["authorization"]
    assert b'"biz_opaque_callback_data":"' + OURS.encode() in seen[0].content


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *((code, Mishap.RETRY) for code in (1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133016)),
        (131047, Mishap.WINDOW),
        *((code, Mishap.UNREACHABLE) for code in (131026, 130403, 131021, 131030, 131050, 131049, 130472)),
        *((code, Mishap.CHANNEL) for code in (0, 3, 10, 190, 200, 251, 299, 131005, 131031, 131042, 131045, 368, 130497, 131048, 131064)),
        *((code, Mishap.REFUSED) for code in (33, 100, 131008, 131009, 131051, 131053, 131062)),
        *((code, Mishap.REFUSED) for code in (132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069)),
        (999_999, Mishap.RETRY),
    ],
)
@pytest.mark.parametrize("status", [400, 500])
async def test_the_number_decides_and_not_the_http_status(code: int, expected: Mishap, status: int):
    caught = await mishap(error(status, code))

    assert (expected, code) == (caught.mishap, caught.code)


async def test_a_busy_recipient_gets_a_growing_wait_and_a_spent_quota_a_long_one():
    assert (await mishap(error(400, 131056))).retry_after_s is None
    assert 300 == (await mishap(error(400, 80007))).retry_after_s


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (httpx.Response(500), Mishap.RETRY),
        (httpx.Response(503, text="<html>"), Mishap.RETRY),
        (httpx.Response(429), Mishap.RETRY),
        (httpx.Response(401), Mishap.CHANNEL),
        (httpx.Response(404, text="nope"), Mishap.CHANNEL),
        (httpx.Response(302, headers={"location": "https://penipu.example/"}), Mishap.CHANNEL),
        (httpx.Response(418), Mishap.REFUSED),
        (httpx.Response(200, text="bukan json"), Mishap.UNKNOWN),
        (httpx.Response(200, json={"messages": []}), Mishap.UNKNOWN),
        (httpx.Response(200, json=["?"]), Mishap.UNKNOWN),
        (httpx.ConnectError("mati"), Mishap.RETRY),
        (httpx.ConnectTimeout("mati"), Mishap.RETRY),
        (httpx.PoolTimeout("penuh"), Mishap.RETRY),
        (httpx.ReadTimeout("lambat"), Mishap.UNKNOWN),
        (httpx.WriteTimeout("lambat"), Mishap.UNKNOWN),
        (httpx.ReadError("putus"), Mishap.UNKNOWN),
        (httpx.WriteError("putus"), Mishap.UNKNOWN),
        (httpx.RemoteProtocolError("putus"), Mishap.UNKNOWN),
        (httpx.LocalProtocolError("token"), Mishap.CHANNEL),
    ],
)
async def test_what_may_have_left_is_unknown_and_what_has_not_is_tried_again(answer: Any, expected: Mishap):
    assert expected is (await mishap(answer)).mishap


async def test_a_closed_window_needs_no_request():
    caught = await mishap(AssertionError("asked Meta"), minutes_ago=24 * 60 + 1)

    assert (Mishap.WINDOW, 131047) == (caught.mishap, caught.code)
    with pytest.raises(NotSent):
        await sender(AssertionError()).send(OURS, SARI, Body(text="halo"), None)


async def test_a_message_without_words_is_our_error():
    assert Mishap.REFUSED is (await mishap(AssertionError(), body=Body(text=" "))).mishap


async def test_read_marks_are_best_effort():
    seen: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.content)
        return httpx.Response(200, json={"success": True})

    assert await sender(answer).mark_read("wamid.x")
    assert not await sender(httpx.ConnectError("mati")).mark_read("wamid.x")
    assert b'"typing_indicator":{"type":"text"}' in seen[0]


def test_secrets_are_in_no_repr():
    for secret in (CONFIG.app_secret, CONFIG.access_token, CONFIG.verify_token):
        assert secret not in repr(CONFIG)


async def test_no_proxy_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://penipu.example:3128")

    client = CloudApiSender(CONFIG)._client

    assert {} == client._mounts
    assert not client.follow_redirects
    await client.aclose()
