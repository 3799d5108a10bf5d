"""Twilio, as far as this service meets it: signs what persons write, and takes what the office sends."""

import itertools
import json
import secrets
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
from twilio.request_validator import RequestValidator

from damping.channels.twilio.config import TwilioConfig
from damping.channels.twilio.form import SIGNATURE_HEADER, Form

SID = "AC" + "a" * 32
CONFIG = TwilioConfig(
    account_sid=SID, auth_token="rahasia-twilio", number="+6280000000999", public_url="https://pesan.example", list_label="Pilihan"
)
_numbers = itertools.count(1)


def sid(kind: str = "SM") -> str:
    return f"{kind}{next(_numbers):032x}"


def written(text: str, number: str = "6281000000001", **more: str) -> dict[str, str]:
    """A message as public code shows it; `more` changes or adds fields."""
    message = sid()
    return {
        "SmsMessageSid": message,
        "MessageSid": message,
        "SmsSid": message,
        "AccountSid": SID,
        "From": f"whatsapp:+{number}",
        "To": CONFIG.sender,
        "WaId": number,
        "ProfileName": "Sari",
        "Body": text,
        "MessageType": "text",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
    } | more


def signed(fields: dict[str, str], url: str = CONFIG.message_url, token: str = CONFIG.auth_token) -> tuple[bytes, dict[str, str]]:
    """Raw bytes and headers."""
    raw = urlencode(fields).encode()
    form = Form({name: [value] for name, value in parse_qsl(raw.decode(), keep_blank_values=True)})
    signature = RequestValidator(token).compute_signature(url, form)
    return raw, {SIGNATURE_HEADER: signature, "Content-Type": "application/x-www-form-urlencoded"}


class Twilio:
    """The API behind an httpx transport. `answers` come first, then every message is taken."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.sent: list[dict[str, str]] = []
        self.contents: list[dict[str, Any]] = []
        self.requests: list[httpx.Request] = []

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path == "/v1/Content":
            return self._content(request)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return answer
        self.sent.append(dict(parse_qsl(request.content.decode())))
        return httpx.Response(201, json={"sid": sid(), "status": "queued"})

    def _content(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"contents": self.contents})
        laid = json.loads(request.content) | {"sid": "HX" + secrets.token_hex(16)}
        self.contents.append(laid)
        return httpx.Response(201, json=laid)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.handle)


def refused(status: int, code: int) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": "…", "status": status})
