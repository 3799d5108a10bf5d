"""A passkey in software: what a browser with a real one would send. For tests only."""

import base64
import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.console.people import ORIGIN

_DOMAIN = "meja.test"
_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def b64(raw: bytes) -> str:
    """As WebAuthn writes bytes."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class SoftKey:
    """One passkey; `count` grows with each signature, or stays nought as with keys that are kept in several places."""

    def __init__(self, counts: bool = True) -> None:
        self.id = secrets.token_bytes(16)
        self.count = 0
        self._step = 1 if counts else 0
        self._key = ec.generate_private_key(ec.SECP256R1())

    def made(self, options: str, origin: str = ORIGIN) -> str:
        """The answer to `navigator.credentials.create`."""
        client = self._client(options, "webauthn.create", origin)
        told = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._data(_ATTESTED) + self._credential()})
        return self._answer({"clientDataJSON": b64(client), "attestationObject": b64(told)})

    def signed(self, options: str, origin: str = ORIGIN) -> str:
        """The answer to `navigator.credentials.get`."""
        client, data = self._client(options, "webauthn.get", origin), self._data(0)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer({"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature)})

    def _data(self, more: int) -> bytes:
        self.count += self._step
        flags = bytes([_PRESENT | _VERIFIED | more])
        return hashlib.sha256(_DOMAIN.encode()).digest() + flags + self.count.to_bytes(4, "big")

    def _credential(self) -> bytes:
        point = self._key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        return bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public

    def _client(self, options: str, kind: str, origin: str) -> bytes:
        told = {"type": kind, "challenge": json.loads(options)["challenge"], "origin": origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _answer(self, response: dict[str, str]) -> str:
        return json.dumps({"id": b64(self.id), "rawId": b64(self.id), "type": "public-key", "response": response})
