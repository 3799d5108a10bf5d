"""A message of ours as Twilio wants it, always within its documented limits. Pure.

Twilio sends buttons only from a content that was laid down before. One content a number of choices, with nothing in it but
variables, serves every question: no word of a person or of the office is ever kept at Twilio for it.
"""

import json
from collections.abc import Sequence
from typing import Any

from damping.casework.message import Body, Choice, Identity
from damping.channels.text import shorten

TEXT_AT_MOST = 1_600
CHOICES_BODY_AT_MOST = 1_024
BUTTONS_AT_MOST = 3
ROWS_AT_MOST = 10
_TITLE_AT_MOST = {"twilio/quick-reply": 20, "twilio/list-picker": 24}
_LABEL_AT_MOST = 20


class Unsendable(Exception):
    """A message without words, or for nobody whom WhatsApp knows."""


def recipient(identities: Sequence[Identity]) -> str:
    """The number where there is one. Raises `Unsendable`."""
    by_kind = {identity.kind: identity.value for identity in identities}
    if "wa_id" in by_kind:
        return "whatsapp:+" + by_kind["wa_id"].lstrip("+")
    if "bsuid" in by_kind:
        return "whatsapp:" + by_kind["bsuid"]
    raise Unsendable("nobody to send to")


def usable(body: Body) -> tuple[Choice, ...]:
    """The choices that can be shown."""
    return tuple(choice for choice in body.choices if choice.id.strip() and choice.title.strip())[:ROWS_AT_MOST]


def parts(body: Body) -> list[str]:
    """The text in messages that Twilio takes; choices that cannot be pressed stand under it, a line each. Raises `Unsendable`."""
    text = body.text.strip()
    if not text:
        raise Unsendable("a message without words")
    lines = [f"• {choice.title.strip()}" for choice in usable(body)]
    return _cut("\n".join([text, "", *lines]) if lines else text)


def fits_choices(body: Body) -> bool:
    """Whether the text may stand above buttons."""
    text = body.text.strip()
    return bool(usable(body)) and shorten(text, CHOICES_BODY_AT_MOST) == text


def content(count: int, label: str) -> dict[str, Any]:
    """The content with `count` choices, to be laid down at Twilio: variables only."""
    kind = "twilio/quick-reply" if count <= BUTTONS_AT_MOST else "twilio/list-picker"
    name = f"damping_{count}"
    pairs = [(f"{{{{{2 * n}}}}}", f"{{{{{2 * n + 1}}}}}") for n in range(1, count + 1)]
    if kind == "twilio/quick-reply":
        shape: dict[str, Any] = {"body": "{{1}}", "actions": [{"title": title, "id": identity} for title, identity in pairs]}
    else:
        items = [{"item": title, "id": identity} for title, identity in pairs]
        shape = {"body": "{{1}}", "button": shorten(label, _LABEL_AT_MOST), "items": items}
    samples = {"1": "teks"} | {str(n): f"nilai {n}" for n in range(2, 2 * count + 2)}
    return {"friendly_name": name, "language": "id", "variables": samples, "types": {kind: shape}}


def variables(body: Body) -> str:
    """What fills the content."""
    choices = usable(body)
    limit = _TITLE_AT_MOST["twilio/quick-reply" if len(choices) <= BUTTONS_AT_MOST else "twilio/list-picker"]
    filled = {"1": body.text.strip()}
    for number, choice in enumerate(choices, 1):
        filled[str(2 * number)] = shorten(choice.title.strip(), limit)
        filled[str(2 * number + 1)] = choice.id.strip()
    return json.dumps(filled, ensure_ascii=False)


def _cut(text: str) -> list[str]:
    found: list[str] = []
    while len(text.encode("utf-16-le")) // 2 > TEXT_AT_MOST:
        at = _blank_before(text, TEXT_AT_MOST // 2 if any(ord(sign) > 0xFFFF for sign in text[:TEXT_AT_MOST]) else TEXT_AT_MOST)
        found.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*found, text] if text or not found else found


def _blank_before(text: str, limit: int) -> int:
    at = max(text.rfind("\n", limit // 2, limit), text.rfind(" ", limit - 200, limit))
    return at if at > 0 else limit
