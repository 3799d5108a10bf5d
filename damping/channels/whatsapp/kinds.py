"""One message of Meta's, of any type, as a kind and a body. Pure.

A type that this version does not know, or one whose content is missing, is kept raw: an officer sees that something came.
"""

import json
from collections.abc import Callable, Container
from typing import Any

import msgspec

from damping.casework.message import Body, Kind
from damping.channels.text import clean
from damping.channels.whatsapp.reading import as_degrees, as_dict, as_id, as_int, as_list, as_text

Said = tuple[Kind, Body]
_MEDIA = ("image", "audio", "video", "document", "sticker")
_MEDIA_KEPT = ("id", "mime_type", "sha256", "filename", "voice", "animated")
_RAW_AT_MOST = 16_000  # bytes
_CONTACTS_AT_MOST = 20
_NAME_AT_MOST = 200


def said(message: dict[str, Any], buttons: Container[str]) -> Said:
    """
    type                                      | becomes
    text                                      | TEXT
    interactive (button_reply, list_reply)    | BUTTON where the id is one of `buttons`, else TEXT: the title
    button (a template's quick reply)         | the same by its payload
    location                                  | LOCATION
    image, audio, video, document, sticker    | MEDIA; the caption as text
    contacts                                  | CONTACT
    reaction                                  | REACTION; no sign: taken back
    edit                                      | EDIT; the new text, and which message it changes
    revoke                                    | REVOKE; which message is deleted
    order, unsupported, unknown, or empty     | UNKNOWN, raw
    """
    kind = as_text(message.get("type"))
    reader = _READERS.get(kind)
    content = as_dict(message.get(kind))
    found = reader(kind, message, content, buttons) if reader else None
    sort, body = found or _unknown(kind, message)
    context = as_dict(message.get("context"))
    if context.get("forwarded") is True or context.get("frequently_forwarded") is True:
        body = msgspec.structs.replace(body, forwarded=True)  # somebody else's words, perhaps the threat itself
    return sort, body


def _text(_kind: str, message: dict[str, Any], content: dict[str, Any], _buttons: Container[str]) -> Said | None:
    text = clean(as_text(content.get("body")))
    return (Kind.TEXT, Body(text=text, refers_to=_context(message))) if text else None


def _interactive(_kind: str, message: dict[str, Any], content: dict[str, Any], buttons: Container[str]) -> Said | None:
    reply = as_dict(content.get(as_text(content.get("type"))))
    return _pressed(as_text(reply.get("id")), as_text(reply.get("title")), _context(message), buttons)


def _template_button(_kind: str, message: dict[str, Any], content: dict[str, Any], buttons: Container[str]) -> Said | None:
    return _pressed(as_text(content.get("payload")), as_text(content.get("text")), _context(message), buttons)


def _pressed(button: str, title: str, context: str, buttons: Container[str]) -> Said | None:
    text = clean(title)
    if button in buttons:
        return Kind.BUTTON, Body(text=text, button=button, refers_to=context)
    return (Kind.TEXT, Body(text=text, refers_to=context)) if text else None


def _media(kind: str, message: dict[str, Any], content: dict[str, Any], _buttons: Container[str]) -> Said | None:
    if not as_id(content.get("id")):
        return None
    told = {name: _plain(content[name]) for name in _MEDIA_KEPT if name in content}
    caption = clean(as_text(content.get("caption")))
    return Kind.MEDIA, Body(text=caption, media={"type": kind} | told, refers_to=_context(message))


def _location(_kind: str, message: dict[str, Any], content: dict[str, Any], _buttons: Container[str]) -> Said | None:
    latitude, longitude = as_degrees(content.get("latitude"), 90), as_degrees(content.get("longitude"), 180)
    if latitude is None or longitude is None:
        return None
    named = {name: clean(as_text(content.get(name)))[:_NAME_AT_MOST] for name in ("name", "address")}
    media = {"type": "location"} | {name: text for name, text in named.items() if text}
    return Kind.LOCATION, Body(place={"latitude": latitude, "longitude": longitude}, media=media, refers_to=_context(message))


def _contacts(_kind: str, message: dict[str, Any], _content: dict[str, Any], _buttons: Container[str]) -> Said | None:
    cards = [as_dict(card) for card in as_list(message.get("contacts"))[:_CONTACTS_AT_MOST]]
    if not cards:
        return None
    told = [
        {
            "name": clean(as_text(as_dict(card.get("name")).get("formatted_name")))[:_NAME_AT_MOST],
            "phones": [clean(as_text(as_dict(phone).get("phone")))[:40] for phone in as_list(card.get("phones"))[:5]],
        }
        for card in cards
    ]
    return Kind.CONTACT, Body(media={"type": "contacts", "contacts": told}, refers_to=_context(message))


def _reaction(_kind: str, _message: dict[str, Any], content: dict[str, Any], _buttons: Container[str]) -> Said | None:
    target = as_id(content.get("message_id"))
    return (Kind.REACTION, Body(text=clean(as_text(content.get("emoji")))[:32], refers_to=target)) if target else None


def _edit(_kind: str, _message: dict[str, Any], content: dict[str, Any], buttons: Container[str]) -> Said | None:
    target = as_id(content.get("original_message_id"))
    changed = as_dict(content.get("message"))
    if not target or as_text(changed.get("type")) not in ("text", *_MEDIA):
        return None
    _, body = said(changed, buttons)
    return Kind.EDIT, msgspec.structs.replace(body, refers_to=target)


def _revoke(_kind: str, _message: dict[str, Any], content: dict[str, Any], _buttons: Container[str]) -> Said | None:
    target = as_id(content.get("original_message_id"))
    return (Kind.REVOKE, Body(refers_to=target)) if target else None


def _unknown(kind: str, message: dict[str, Any]) -> Said:
    raw = json.dumps(message, ensure_ascii=False)
    what = as_text(as_dict(message.get("unsupported")).get("type"))
    codes = [as_int(as_dict(error).get("code")) for error in as_list(message.get("errors"))[:5]]
    kept: dict[str, Any] = {"type": clean(kind)[:40] or "unknown", "raw": clean(raw[:_RAW_AT_MOST])}
    if what:
        kept["what"] = clean(what)[:40]
    if codes:
        kept["codes"] = codes
    return Kind.UNKNOWN, Body(media=kept, refers_to=_context(message))


def _context(message: dict[str, Any]) -> str:
    return as_id(as_dict(message.get("context")).get("id"))


def _plain(value: Any) -> str | bool:
    return value if isinstance(value, bool) else clean(as_text(value))[:_NAME_AT_MOST]


_Reader = Callable[[str, dict[str, Any], dict[str, Any], Container[str]], Said | None]
_READERS: dict[str, _Reader] = {
    "text": _text,
    "interactive": _interactive,
    "button": _template_button,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
} | dict.fromkeys(_MEDIA, _media)
