"""`damping doctor` says of WhatsApp what is wrong and how to mend it."""

from typing import Any

import httpx
import pytest

from damping.wiring import doctor_whatsapp
from damping.wiring.settings import WhatsAppSettings

META = WhatsAppSettings("rahasia", "kata", "token-uji", "10600", "v25.0", "https://graph.facebook.com")
WELL = {"id": "10600", "display_phone_number": "+62 721", "quality_rating": "GREEN", "code_verification_status": "VERIFIED"}


async def told(answer: httpx.Response | Exception, meta: WhatsAppSettings = META) -> list[tuple[bool, str, str]]:
    def handle(request: httpx.Request) -> httpx.Response:
        assert "Bearer token-uji" == request.headers["authorization"]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return [(one.well, one.what, one.mend) for one in await doctor_whatsapp.examine(meta, httpx.MockTransport(handle))]


async def test_all_is_well():
    found = await told(httpx.Response(200, json=WELL, headers={"facebook-api-version": "v25.0"}))

    assert [True, True] == [well for well, _, _ in found]


@pytest.mark.parametrize(
    ("code", "words"),
    [(190, "new system user's token"), (100, "copy the id"), (200, "lacks a right"), (2500, "no version"), (5, "check token")],
)
async def test_a_refusal_says_what_to_do(code: int, words: str):
    [(well, what, mend)] = await told(httpx.Response(400, json={"error": {"code": code}}))

    assert not well
    assert str(code) in what
    assert words in mend


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx.Response(200, json=WELL, headers={"facebook-api-version": "v27.0"}), "DAMPING_WHATSAPP_API_VERSION=v27.0"),
        (httpx.Response(200, json=WELL | {"quality_rating": "RED"}), "people block"),
        (httpx.Response(200, json=WELL | {"code_verification_status": "EXPIRED"}), "verify it"),
        (httpx.Response(502, text="<html>"), "check token"),
        (httpx.Response(400, json=["?"]), "check token"),
        (httpx.ConnectError("mati"), "can this machine reach"),
    ],
)
async def test_what_is_not_well_is_said(answer: Any, words: str):
    assert any(words in mend for well, _, mend in await told(answer) if not well)


async def test_a_version_that_is_none_is_not_even_asked_for():
    wrong = WhatsAppSettings("rahasia", "kata", "token-uji", "10600", "25", "https://graph.facebook.com")

    [(well, _, mend)] = await told(AssertionError("asked"), wrong)

    assert not well
    assert "v25.0" in mend
