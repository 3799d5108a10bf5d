"""The signature of what is brought to a partner's webhook: HMAC-SHA256 over time and raw bytes, one for each key that works.

A receiver refuses a time that is more than five minutes off, so that a caught delivery is worth nothing later.
"""

import hashlib
import hmac
from collections.abc import Sequence

HEADER = "Damping-Signature"


def sign(secrets: Sequence[str], at: int, raw: bytes) -> str:
    """The header's value: `t=…,v1=…`, a `v1` for each key. `at`: seconds since 1970."""
    told = f"{at}.".encode() + raw
    return ",".join([f"t={at}", *(f"v1={hmac.digest(secret.encode(), told, hashlib.sha256).hex()}" for secret in secrets)])
