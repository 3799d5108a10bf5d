"""A message of ours as the Cloud API wants it, always within Meta's documented limits. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from damping.casework.ids import OutboxId
from damping.casework.message import Body, Choice, Identity
from damping.channels.text import shorten

TEXT_AT_MOST = 4096
BUTTONS_BODY_AT_MOST = 1024
BUTTONS_AT_MOST = 3
BUTTON_TITLE_AT_MOST = 20
ROWS_AT_MOST = 10
ROW_TITLE_AT_MOST = 24
ROW_DESCRIPTION_AT_MOST = 72
LABEL_AT_MOST = 20


class Unsendable(Exception):
    """A message without words, or for nobody whom WhatsApp knows."""


def render(
    outbox: OutboxId, identities: Sequence[Identity], body: Body, list_label: str, languages: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """
    choices | text           | sent as
    a template that Meta approved: by its name, in its language (`languages`)
    none    | any            | text, cut at 4,096
    1-3     | up to 1,024    | reply buttons
    1-3     | longer         | list
    4-10    | any            | list, text cut at 4,096; more than ten: the first ten

    Raises `Unsendable`. Meta echoes `outbox` in every status.
    """
    text = body.text.strip()
    if not text:
        raise Unsendable("a message without words")
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(identities),
        "biz_opaque_callback_data": outbox,
        **(_template(body.template, languages or {}) if body.template else _content(text, body.choices, list_label)),
    }


def _recipient(identities: Sequence[Identity]) -> dict[str, str]:
    """The number where there is one, always with '+': without it Meta would put our country code in front."""
    by_kind = {identity.kind: identity.value for identity in identities}
    if "wa_id" in by_kind:
        return {"to": "+" + by_kind["wa_id"].lstrip("+")}
    for kind in ("bsuid", "parent_bsuid"):
        if kind in by_kind:
            return {"recipient": by_kind[kind]}
    raise Unsendable("nobody to send to")


def _template(name: str, languages: Mapping[str, str]) -> dict[str, Any]:
    if name not in languages:
        raise Unsendable("a template that the office has no longer")
    return {"type": "template", "template": {"name": name, "language": {"code": languages[name]}}}


def _content(text: str, choices: Sequence[Choice], list_label: str) -> dict[str, Any]:
    usable = [choice for choice in choices if choice.id.strip() and choice.title.strip()][:ROWS_AT_MOST]
    if not usable:
        return {"type": "text", "text": {"body": shorten(text, TEXT_AT_MOST), "preview_url": False}}
    if len(usable) <= BUTTONS_AT_MOST and shorten(text, BUTTONS_BODY_AT_MOST) == text:
        return {"type": "interactive", "interactive": _buttons(text, usable)}
    return {"type": "interactive", "interactive": _list(text, usable, list_label)}


def _buttons(text: str, choices: Sequence[Choice]) -> dict[str, Any]:
    titles = _titles(choices, BUTTON_TITLE_AT_MOST)
    replies = [{"type": "reply", "reply": {"id": choice.id.strip(), "title": title}} for choice, title in zip(choices, titles, strict=True)]
    return {"type": "button", "body": {"text": text}, "action": {"buttons": replies}}


def _list(text: str, choices: Sequence[Choice], label: str) -> dict[str, Any]:
    titles = _titles(choices, ROW_TITLE_AT_MOST)
    rows = [_row(choice, title) for choice, title in zip(choices, titles, strict=True)]
    action = {"button": shorten(label, LABEL_AT_MOST), "sections": [{"rows": rows}]}
    return {"type": "list", "body": {"text": shorten(text, TEXT_AT_MOST)}, "action": action}


def _row(choice: Choice, title: str) -> dict[str, str]:
    """A title that had to be cut stands whole in the small print under it."""
    row = {"id": choice.id.strip(), "title": title}
    whole = choice.title.strip()
    return row if whole == title else row | {"description": shorten(whole, ROW_DESCRIPTION_AT_MOST)}


def _titles(choices: Sequence[Choice], limit: int) -> list[str]:
    """Cut, and told apart by a number where two would read alike: Meta refuses equal titles."""
    found: list[str] = []
    for choice in choices:
        title = shorten(choice.title.strip(), limit)
        number = 2
        while title in found:
            tail = f" {number}"
            title = shorten(choice.title.strip(), limit - len(tail)) + tail
            number += 1
        found.append(title)
    return found
