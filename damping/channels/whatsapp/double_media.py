"""Files as Meta keeps them: an id for seven days, an address for five minutes, bytes only with our token. Development and tests only."""

import hashlib
import secrets
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

from damping.channels.whatsapp.payloads import Json

_ID_LASTS_S = 7 * 24 * 3600
_ADDRESS_LASTS_S = 300


@dataclass(frozen=True)
class Stored:
    """One file on Meta's shelf. `told_sha256`: what deliveries say of it."""

    content: bytes
    mime: str
    told_sha256: str
    at: float


class Shelf:
    """What persons have sent."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._files: dict[str, Stored] = {}
        self._addresses: dict[str, tuple[str, float]] = {}

    def put(self, content: bytes, mime: str, *, damaged: bool = False) -> Json:
        """A file on the shelf; what a delivery says of it. `damaged`: the bytes are not those that the delivery tells of."""
        media = str(secrets.randbelow(10**15))
        told = b64encode(hashlib.sha256(content + (b"?" if damaged else b"")).digest()).decode()
        self._files[media] = Stored(content, mime, told, self._now())
        return {"id": media, "mime_type": mime, "sha256": told}

    def address(self, media: str, root: str) -> Json | None:
        """Where the bytes can be had for five minutes; None for an id that is none, or no longer."""
        stored = self._files.get(media)
        if stored is None or self._now() - stored.at > _ID_LASTS_S:
            return None
        key = secrets.token_urlsafe(24)
        self._addresses[key] = (media, self._now())
        digest = hashlib.sha256(stored.content).hexdigest()
        told = {
            "url": f"{root}/unduh/{key}",
            "mime_type": stored.mime,
            "sha256": digest,
            "file_size": str(len(stored.content)),
            "id": media,
        }
        return {"messaging_product": "whatsapp", **told}

    def bytes_at(self, key: str) -> Stored | None:
        """The file behind an address; None after five minutes."""
        media, since = self._addresses.get(key, ("", 0.0))
        return self._files.get(media) if self._now() - since <= _ADDRESS_LASTS_S else None
