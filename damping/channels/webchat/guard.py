"""Whose request it is: the session cookie, the form's seal, and that the form was really sent from our page."""

import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie

from damping.channels.webchat.config import WebchatConfig
from damping.store.context import Store

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Guard:
    """The checks of one page."""

    config: WebchatConfig
    store: Store

    def token(self, request: Request[Any, Any, Any]) -> str:
        """The cookie's value, or '' for none and for one of another shape."""
        value = request.cookies.get(self.config.cookie, "")
        return value if _TOKEN.fullmatch(value) else ""

    def cookie(self, token: str) -> Cookie:
        """A cookie that dies with the browser; no script reads it, no other site sends it."""
        return Cookie(key=self.config.cookie, value=token, path="/", httponly=True, secure=not self.config.development, samesite="strict")

    def no_cookie(self) -> Cookie:
        """Takes it away."""
        return Cookie(
            key=self.config.cookie, value="", path="/", httponly=True, secure=not self.config.development, samesite="strict", max_age=0
        )

    def seal(self, token: str) -> str:
        """What a form must carry: never the same twice, so that a compressed page tells nothing of it."""
        salt = secrets.token_hex(8)
        return f"{salt}.{self._sealed(salt, token)}"

    def is_sealed(self, token: str, seal: str) -> bool:
        """Whether the form came from a page of this cookie."""
        salt, _, sealed = seal.partition(".")
        return bool(token) and seal.isascii() and hmac.compare_digest(self._sealed(salt, token), sealed)

    def is_ours(self, request: Request[Any, Any, Any]) -> bool:
        """Sent from our own page, as far as the browser tells. Under `no-referrer` a plain form says Origin: null;
        then the browser's Sec-Fetch-Site decides, and the seal in any case.
        """
        site = request.headers.get("sec-fetch-site", "same-origin")
        origin = request.headers.get("origin", "null")
        if site not in ("same-origin", "none"):
            return False
        wanted = self.config.public_origin or f"//{request.headers.get('host', '')}"
        return origin == "null" or urlsplit(origin).netloc == urlsplit(wanted).netloc

    def _sealed(self, salt: str, token: str) -> str:
        return self.store.vault.lookup("webchat form", f"{salt}.{token}").hex()


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)
