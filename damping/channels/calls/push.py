"""Calls to a browser that is closed: Web Push without a payload (RFC 8030, RFC 8292).

The browser's maker carries the call and learns that this browser was called, nothing else: nothing is in it.
"""

import time
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02  # type: ignore[import-untyped]  # ships no types

from damping.casework.duty import Message, NotCalled

_PATIENCE_S = 10.0
_LASTS_S = 180  # a call that was not delivered by then is overtaken by the next one
_SIGNED_FOR_S = 3600
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256
_GONE = frozenset({404, 410})
# Only the browsers' makers are written to: an address that an officer's browser gave must not lead us elsewhere.
_MAKERS = ("fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com")


def signing_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """The office's own key for push, from 32 secret bytes; the same bytes give the same key."""
    return ec.derive_private_key(int.from_bytes(secret) % (_ORDER - 1) + 1, ec.SECP256R1())


def carried_by_a_browsers_maker(endpoint: str) -> bool:
    """Whether an endpoint is one that may be called."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    return parts.scheme == "https" and parts.port in (None, 443) and any(host == maker or host.endswith(f".{maker}") for maker in _MAKERS)


class PushCaller:
    """One empty push a call."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, contact: str) -> None:
        """`contact`: `https://…` or `mailto:…` by which a browser's maker may reach the office."""
        self._vapid = Vapid02(private_key=key)
        self._contact = contact

    async def call(self, address: str, _message: Message) -> None:
        """Raises `NotCalled`; `gone` where the browser has unsubscribed."""
        if not carried_by_a_browsers_maker(address):
            raise NotCalled(gone=True)
        parts = urlsplit(address)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": self._contact, "exp": int(time.time()) + _SIGNED_FOR_S}
        headers = {**self._vapid.sign(claims), "TTL": str(_LASTS_S), "Urgency": "high"}
        try:
            async with httpx.AsyncClient(timeout=_PATIENCE_S, trust_env=False) as http:
                answer = await http.post(address, headers=headers)
        except httpx.HTTPError as trouble:
            raise NotCalled from trouble
        if answer.status_code not in (200, 201, 202):
            raise NotCalled(answer.status_code, gone=answer.status_code in _GONE)

    async def check(self) -> bool:
        """Cannot be known without calling; a browser that is gone is forgotten when it is called."""
        return True
