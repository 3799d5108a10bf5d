"""A delivery of Twilio's as a form: read within bounds, and known as genuine by Twilio's own library.

Twilio signs the public address and every field, whatever their names; the address is the configured one, never what the
request claims to have been sent to.
"""

import re
from urllib.parse import parse_qsl

from twilio.request_validator import SIGNATURE_HEADER, SIGNATURE_SETTINGS_HEADER, RequestValidator, get_signature_algorithm  # type: ignore[import-untyped]  # ships no types

__all__ = ["SIGNATURE_HEADER", "SIGNATURE_SETTINGS_HEADER", "Form", "Unreadable", "is_genuine", "read"]

_FIELDS_AT_MOST = 400
_SIGNED_BY = re.compile(r"[A-Za-z0-9+/]{20,100}={0,2}")


class Unreadable(Exception):
    """A delivery is not a form of Twilio's size and encoding."""


class Form(dict[str, list[str]]):
    """Names with all their values."""

    def getlist(self, name: str) -> list[str]:
        """As the validator asks for them."""
        return self[name]

    def one(self, name: str) -> str:
        """The first value, or ''."""
        return self.get(name, [""])[0]

    def __repr__(self) -> str:
        return "<Form>"


def read(raw: bytes) -> Form:
    """Raises `Unreadable`. A broken sign costs only itself."""
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS_AT_MOST, errors="replace")
    except ValueError as broken:
        raise Unreadable from broken
    form = Form()
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    if not form:
        raise Unreadable
    return form


def is_genuine(auth_token: str, url: str, form: Form, signature: str | None, settings: str | None = None) -> bool:
    """Whether Twilio sent these fields to this address; missing, odd and non-ASCII signatures are not its own."""
    if not signature or not _SIGNED_BY.fullmatch(signature):
        return False
    algorithm = get_signature_algorithm(settings)
    return bool(RequestValidator(auth_token).validate(url, form, signature, algorithm))
