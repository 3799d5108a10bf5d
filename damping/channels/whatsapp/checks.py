"""Meta's limits for a sent message, as the double holds every request to them. Development and tests only.

Written from the documentation and not from `render`, so that an error in one shows in the other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from damping.channels.whatsapp.reading import as_dict, as_list, as_text

_TEMPLATE_NAME = re.compile(r"[a-z0-9_]{1,512}")
_CAPTIONED = {"image": True, "video": True, "document": True, "audio": False, "sticker": False}


@dataclass(frozen=True)
class Problem:
    """Why Meta would refuse a request: its number and details."""

    code: int
    details: str


def first_problem(request: dict[str, Any]) -> Problem | None:
    """None for a request that Meta would take."""
    return next(_problems(request), None)


def _problems(request: dict[str, Any]) -> Iterator[Problem]:
    if request.get("messaging_product") != "whatsapp":
        yield Problem(100, "(#100) The parameter messaging_product is required.")
    to, recipient = as_text(request.get("to")), as_text(request.get("recipient"))
    if not to and not recipient:
        yield Problem(131008, "one of to, recipient is required")
    if to and not (to.startswith("+") and to[1:].isdigit() and 8 <= len(to) <= 16):
        yield Problem(131009, "to is not a phone number with country code")  # stricter than Meta: see channels, Indonesia
    callback = request.get("biz_opaque_callback_data", "")
    if not isinstance(callback, str) or len(callback) > 512:
        yield Problem(100, "biz_opaque_callback_data may have 512 characters")
    kind = request.get("type")
    if kind == "text":
        yield from _text(as_dict(request.get("text")))
    elif kind == "interactive":
        yield from _interactive(as_dict(request.get("interactive")))
    elif kind == "template":
        yield from _template(as_dict(request.get("template")))
    elif kind in _CAPTIONED:
        yield from _file(as_dict(request.get(as_text(kind))), captioned=_CAPTIONED[as_text(kind)])
    else:
        yield Problem(131009, "type is not supported by this double")


def _template(template: dict[str, Any]) -> Iterator[Problem]:
    if not _TEMPLATE_NAME.fullmatch(as_text(template.get("name"))):
        yield Problem(132001, "Template name does not exist")
    if not as_text(as_dict(template.get("language")).get("code")):
        yield Problem(131008, "template.language.code is required")


def _file(file: dict[str, Any], *, captioned: bool) -> Iterator[Problem]:
    if bool(file.get("id")) is bool(file.get("link")):
        yield Problem(131008, "one of id, link is required")
    if "caption" in file:
        if captioned:
            yield from _sized("caption", file["caption"], 1024)
        else:
            yield Problem(100, "caption is not allowed here")


def _text(text: dict[str, Any]) -> Iterator[Problem]:
    yield from _sized("text.body", text.get("body"), 4096)
    if text.get("preview_url", False) is not False:
        yield Problem(131009, "preview_url must be false here")  # ours, for safety


def _interactive(interactive: dict[str, Any]) -> Iterator[Problem]:
    action = as_dict(interactive.get("action"))
    body = as_dict(interactive.get("body")).get("text")
    for part in ("header", "footer"):
        if part in interactive:
            yield from _sized(part, as_dict(interactive[part]).get("text"), 60)
    if interactive.get("type") == "button":
        yield from _sized("body", body, 1024)
        yield from _buttons(as_list(action.get("buttons")))
    elif interactive.get("type") == "location_request_message":
        yield from _sized("body", body, 1024)
        if action.get("name") != "send_location":
            yield Problem(131009, "action.name must be send_location")
    elif interactive.get("type") == "list":
        yield from _sized("body", body, 4096)
        yield from _sized("action.button", action.get("button"), 20)
        yield from _sections(as_list(action.get("sections")))
    else:
        yield Problem(131009, "interactive.type")


def _buttons(buttons: list[Any]) -> Iterator[Problem]:
    if not 1 <= len(buttons) <= 3:
        yield Problem(131009, "1 to 3 buttons")
    replies = [as_dict(as_dict(button).get("reply")) for button in buttons]
    for reply in replies:
        yield from _sized("button title", reply.get("title"), 20)
        yield from _identified(reply.get("id"), 256)
    yield from _different([reply.get("title") for reply in replies], "titles")
    yield from _different([reply.get("id") for reply in replies], "ids")


def _sections(sections: list[Any]) -> Iterator[Problem]:
    rows = [as_dict(row) for section in sections for row in as_list(as_dict(section).get("rows"))]
    if not 1 <= len(sections) <= 10 or not 1 <= len(rows) <= 10:
        yield Problem(131009, "1 to 10 sections, 10 rows in total")
    if len(sections) > 1:
        for section in sections:
            yield from _sized("section title", as_dict(section).get("title"), 24)
    for row in rows:
        yield from _sized("row title", row.get("title"), 24)
        yield from _identified(row.get("id"), 200)
        if "description" in row:
            yield from _sized("row description", row["description"], 72)
    yield from _different([row.get("id") for row in rows], "row ids")


def _sized(name: str, value: Any, limit: int) -> Iterator[Problem]:
    if not isinstance(value, str) or not value.strip():
        yield Problem(131008, f"{name} is required")
    elif len(value.encode("utf-16-le")) // 2 > limit:
        yield Problem(131009, f"{name} may have {limit} characters")


def _identified(value: Any, limit: int) -> Iterator[Problem]:
    if not isinstance(value, str) or not value or value != value.strip() or len(value) > limit:
        yield Problem(131009, f"id: 1 to {limit} characters, no blank at either end")


def _different(values: list[Any], name: str) -> Iterator[Problem]:
    if len({str(value) for value in values}) != len(values):
        yield Problem(131009, f"{name} must differ")
