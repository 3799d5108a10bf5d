"""Sealing: AES-256-GCM with a data key a conversation, itself sealed by the office's master key.

The office relies on it that a stolen database file tells nothing but counts, times and rough sizes, that a cell
moved to another row does not open, and that destroying a data key destroys what it sealed, in backups too.
It must never write a key or a plaintext to disk or log.

A sealed cell: one byte of format, 12 bytes of nonce, ciphertext and tag. The plaintext is padded to steps of 64 bytes
behind a 4-byte length, so that its size tells little. The associated data is `table.column|row`.
"""

import hashlib
import hmac
import secrets
import struct
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORMAT: Final = b"\x01"
_NONCE_BYTES: Final = 12
_STEP: Final = 64
KEY_BYTES: Final = 32


class Unsealable(Exception):
    """A sealed value does not open: wrong key, another row's cell, or damaged bytes."""


class Sealer:
    """Seals and opens the cells of one data key."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, place: str, row: str, plain: bytes) -> bytes:
        """`place` is `table.column`, `row` the row's id; the same pair opens it again."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _FORMAT + nonce + self._aead.encrypt(nonce, _pad(plain), _bound(place, row))

    def unseal(self, place: str, row: str, sealed: bytes) -> bytes:
        """Raises `Unsealable`."""
        head = len(_FORMAT)
        if sealed[:head] != _FORMAT:
            raise Unsealable("unknown format")
        nonce, rest = sealed[head : head + _NONCE_BYTES], sealed[head + _NONCE_BYTES :]
        try:
            return _unpad(self._aead.decrypt(nonce, rest, _bound(place, row)))
        except (InvalidTag, ValueError) as broken:
            raise Unsealable("does not open") from broken

    def seal_text(self, place: str, row: str, text: str) -> bytes:
        """`seal` for a string."""
        return self.seal(place, row, text.encode())

    def unseal_text(self, place: str, row: str, sealed: bytes) -> str:
        """`unseal` for a string. Raises `Unsealable`."""
        return self.unseal(place, row, sealed).decode()


class Vault:
    """Everything that needs the master key: data keys, the office's own cells, keyed look-ups.

    The keys of the last two are kept wrapped in the database (`damping.store.key_ring`), so that the master key can change.
    A database from before has none: there they are derived from its master key.
    """

    def __init__(self, master: bytes, office: bytes | None = None, lookups: bytes | None = None) -> None:
        """`master`: 32 bytes. Raises `ValueError` for another length."""
        if len(master) != KEY_BYTES:
            raise ValueError("the master key must have 32 bytes")
        self._wrapper = Sealer(_derive(master, b"damping data keys"))
        self.office = Sealer(office or _derive(master, b"damping office cells"))
        self._lookup_key = lookups or _derive(master, b"damping look-ups")

    @staticmethod
    def derived(master: bytes) -> dict[str, bytes]:
        """The office key and the look-up key of a database that has none of its own."""
        return {"office": _derive(master, b"damping office cells"), "lookups": _derive(master, b"damping look-ups")}

    def wrap(self, place: str, row: str, key: bytes) -> bytes:
        """A key sealed by the master key."""
        return self._wrapper.seal(place, row, key)

    def unwrap(self, place: str, row: str, sealed: bytes) -> bytes:
        """Raises `Unsealable`."""
        return self._wrapper.unseal(place, row, sealed)

    def new_data_key(self, conversation: str) -> tuple[Sealer, bytes]:
        """A fresh data key: its sealer, and the key sealed for `conversation.data_key`."""
        key = secrets.token_bytes(KEY_BYTES)
        return Sealer(key), self._wrapper.seal("conversation.data_key", conversation, key)

    def open_data_key(self, conversation: str, sealed: bytes) -> Sealer:
        """Raises `Unsealable`."""
        return Sealer(self._wrapper.unseal("conversation.data_key", conversation, sealed))

    def lookup(self, kind: str, value: str) -> bytes:
        """A keyed hash to find a row by a value that is not kept in clear: HMAC-SHA256 of kind and value."""
        return hmac.digest(self._lookup_key, f"{kind}\0{value}".encode(), hashlib.sha256)


def _derive(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(master)


def _bound(place: str, row: str) -> bytes:
    return f"{place}|{row}".encode()


def _pad(plain: bytes) -> bytes:
    framed = struct.pack(">I", len(plain)) + plain
    return framed + b"\0" * (-len(framed) % _STEP)


def _unpad(framed: bytes) -> bytes:
    (length,) = struct.unpack(">I", framed[:4])
    return framed[4 : 4 + length]
