"""Meta's signature of a delivery: HMAC-SHA256 of the raw bytes with the app secret.

It carries no time: an old delivery stays genuine for ever, and only its message ids tell that it is a repetition.
"""

import hashlib
import hmac

HEADER = "X-Hub-Signature-256"


def sign(app_secret: str, raw: bytes) -> str:
    """The header's value for these bytes."""
    return "sha256=" + hmac.digest(app_secret.encode(), raw, hashlib.sha256).hex()


def is_genuine(app_secret: str, raw: bytes, header: str | None) -> bool:
    """Whether the bytes are Meta's; compared in constant time. Missing, empty and non-ASCII headers are not."""
    if not header or not header.isascii():
        return False
    return hmac.compare_digest(sign(app_secret, raw).encode(), header.encode())
