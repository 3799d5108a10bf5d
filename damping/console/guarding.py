"""Who is at the door: cookies, CSRF token, and where a change came from.

A change (POST) needs a token that only our own page knows, and a browser that says it comes from our own page.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from litestar import Request
from litestar.datastructures import Cookie

from damping.console.config import ConsoleConfig

SESSION = "damping_meja"
PRELUDE = "damping_pintu"  # before sign-in there is no session to bind the token to
DEVICE = "damping_perangkat"  # a browser that signed in before
_FIELDS_AT_MOST = 20
_DEVICE_LASTS_S = 30 * 24 * 3600
CSRF_HEADER = "X-Damping-Csrf"

type AnyRequest = Request[Any, Any, Any]


class Refused(Exception):
    """The change did not come from our own page, or its page is too old."""


def cookie_of(config: ConsoleConfig, request: AnyRequest, name: str) -> str:
    """A cookie's value, or an empty string."""
    return request.cookies.get(config.cookie_prefix + name, "")


def cookie(config: ConsoleConfig, name: str, value: str) -> Cookie:
    """Never readable by scripts, never sent from another site; ends with the browser, but for the device's sign."""
    return Cookie(
        key=config.cookie_prefix + name,
        value=value,
        path="/",
        max_age=_DEVICE_LASTS_S if name == DEVICE else None,
        httponly=True,
        secure=not config.development,
        samesite="strict",
    )


def cookie_gone(config: ConsoleConfig, name: str) -> Cookie:
    """Takes a cookie back."""
    return Cookie(
        key=config.cookie_prefix + name,
        value="",
        path="/",
        max_age=0,
        httponly=True,
        secure=not config.development,
        samesite="strict",
    )


def fresh_secret() -> str:
    """For the cookie before sign-in."""
    return secrets.token_urlsafe(32)


def csrf_token(secret: str) -> str:
    """The token of the pages that were made for the holder of a cookie; empty where there is no cookie."""
    return hashlib.blake2b(secret.encode(), digest_size=24, person=b"damping csrf").hexdigest() if secret else ""


async def form_of(request: AnyRequest) -> dict[str, str]:
    """The fields of a form; the last wins where a name repeats. Anything but a plain form is empty."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        return {}
    body = await request.body()
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS_AT_MOST))
    except ValueError:
        return {}


def check_change(config: ConsoleConfig, request: AnyRequest, form: Mapping[str, str], secrets_held: tuple[str, ...]) -> None:
    """Raises `Refused`."""
    told = request.headers.get(CSRF_HEADER) or form.get("csrf", "")
    good = [csrf_token(secret) for secret in secrets_held if secret]
    if not any(hmac.compare_digest(told.encode(), token.encode()) for token in good):
        raise Refused("token")
    if not _from_our_page(config, request):
        raise Refused("origin")


def _from_our_page(config: ConsoleConfig, request: AnyRequest) -> bool:
    """
    Sec-Fetch-Site | Origin          | accepted
    same-origin    | ours            | yes
    same-origin    | absent or null  | yes: `Referrer-Policy: no-referrer` makes browsers say null on our own forms
    anything else  | any             | no
    absent         | ours            | yes
    absent         | absent or null  | in development only: http on a private network sends neither
    any            | another's       | no
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin", "null")
    if site not in (None, "same-origin"):
        return False
    if origin == "null":
        return site == "same-origin" or config.development
    if config.origins:
        return origin in {ours.rstrip("/") for ours in config.origins}
    return urlsplit(origin).netloc == request.headers.get("host", "")
