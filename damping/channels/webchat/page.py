"""Each page as one small answer: HTML with its style and script inside, under a policy that lets nothing else run.

Never a word of it may be kept by the browser, shown in a frame or told to another site.
"""

import gzip
import json
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from litestar import Response
from litestar.datastructures import Cookie

from damping.channels.webchat.bubbles import Bubble
from damping.channels.webchat.config import WebchatConfig

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
BESIDE = ("sebelum", "petunjuk", "kode", "kembali", "berkas")  # before the first use, advice, a code, coming back by it, a file
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ZIP_FROM = 1000  # bytes


def policy(nonce: str) -> str:
    """Our own style and script by nonce, our own address for messages; nothing from anywhere else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'nonce-{nonce}'",
            f"script-src 'nonce-{nonce}'",
            "connect-src 'self'",
            "img-src data:",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        )
    )


@dataclass(frozen=True)
class View:
    """What one page shows. `trouble` names a sentence of the template; `draft` and `number` keep an unsent text and its id."""

    seal: str
    bubbles: Sequence[Bubble] = ()
    status: int = 200
    draft: str = ""
    number: str = ""
    trouble: str = ""
    waiting: bool = False  # an answer is due: without script the page asks by itself
    begun: bool = False  # something was written, though it may be hidden
    earlier: bool = False  # came back by code: what was said before may be asked for
    disguised: bool = False  # a page of harmless city information
    cookies: Iterable[Cookie] = ()

    def __repr__(self) -> str:
        return "<View>"


class Pages:
    """Renders the pages of one configuration."""

    def __init__(self, config: WebchatConfig) -> None:
        self._config = config
        environment = Environment(
            loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.globals |= {
            "config": config,
            "idle": int(config.idle.total_seconds()),
            "codes": config.codes_last > timedelta(0),
            "days": config.codes_last.days,
            "leaving": _script("keluar.js"),
        }
        self._chat = environment.get_template("page.html")
        self._beside = {name: environment.get_template(f"{name}.html") for name in BESIDE}

    def page(self, view: View, *, zipped: bool) -> Response[bytes]:
        """The transcript with its box."""
        newest = view.bubbles[-1] if view.bubbles else None
        html = partial(
            self._chat.render,
            style=_style("chat.css"),
            script=_script("chat.js"),
            view=view,
            choices=newest["pilihan"] if newest and newest["dari"] == "asisten" else [],
            last=newest["n"] if newest else 0,
            number=view.number or secrets.token_hex(8),
        )
        return _page(html, zipped=zipped, status=view.status, cookies=view.cookies)

    def beside(self, name: str, *, zipped: bool, status: int = 200, cookies: Iterable[Cookie] = (), **shown: Any) -> Response[bytes]:
        """One of the pages `BESIDE` the transcript."""
        html = partial(self._beside[name].render, style=_style("halaman.css"), **shown)
        return _page(html, zipped=zipped, status=status, cookies=cookies)


def data(value: dict[str, Any], *, zipped: bool = False, status: int = 200, cookies: Iterable[Cookie] = ()) -> Response[bytes]:
    """An answer for the page's script."""
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
    return _answer(raw, "application/json", headers, zipped=zipped, status=status, cookies=cookies)


def redirect(target: str, *, cookies: Iterable[Cookie] = (), clear: bool = False) -> Response[bytes]:
    """303; with `clear` the browser also forgets what it may have kept for this site."""
    headers = {"Location": target} | ({"Clear-Site-Data": '"cache", "cookies", "storage"'} if clear else {})
    return _answer(b"", "text/plain", headers, zipped=False, status=303, cookies=cookies)


def accepts_zip(header: str) -> bool:
    """Whether the browser says that it reads gzip."""
    return any(part.split(";")[0].strip() == "gzip" for part in header.split(","))


def _page(html: Callable[..., str], *, zipped: bool, status: int, cookies: Iterable[Cookie]) -> Response[bytes]:
    """One page; its nonce is used once."""
    nonce = secrets.token_urlsafe(16)
    headers = {"Content-Security-Policy": policy(nonce), "Content-Language": "id"}
    return _answer(html(nonce=nonce).encode(), "text/html", headers, zipped=zipped, status=status, cookies=cookies)


def _answer(
    raw: bytes, media_type: str, headers: dict[str, str], *, zipped: bool, status: int, cookies: Iterable[Cookie]
) -> Response[bytes]:
    told = HEADERS | headers | {"Vary": "Cookie, Accept, Accept-Encoding"}
    if zipped and len(raw) >= _ZIP_FROM:
        raw, told["Content-Encoding"] = gzip.compress(raw, 6, mtime=0), "gzip"
    return Response(raw, status_code=status, media_type=media_type, headers=told, cookies=list(cookies))


def _read(name: str) -> str:
    return files("damping.channels.webchat").joinpath("pages", name).read_text(encoding="utf-8")


@lru_cache
def _style(name: str) -> str:
    tokens = files("damping.design").joinpath("tokens.css").read_text(encoding="utf-8")
    return " ".join(_COMMENT.sub("", tokens + _read("dasar.css") + _read(name)).split())


@lru_cache
def _script(name: str) -> str:
    lines = (line.strip() for line in _read(name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
