"""Twilio's fields to messages and statuses. Pure.

The office relies on it that whatever came from a person is kept in some form, and that nothing else in a delivery matters:
Twilio adds fields without notice.
"""

import json
import re
from collections.abc import Container

from damping.casework.message import Body, Channel, Delivery, Identity, Inbound, Kind, Status
from damping.channels.text import clean
from damping.channels.twilio.form import Form
from damping.channels.whatsapp.reading import as_degrees, as_id, as_int

_PREFIX = "whatsapp:"
_DIGITS = re.compile(r"\+?([0-9]{5,20})")
_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")
_MEDIA_PATH = re.compile(r"/Messages/([A-Z]{2}[0-9a-f]{32})/Media/([A-Z]{2}[0-9a-f]{32})$")
_MIME = re.compile(r"[a-z0-9.+/ ;=-]{3,100}")
_MEDIA_AT_MOST = 10
_RAW_AT_MOST = 16_000
_NAME_AT_MOST = 200
_OURS = re.compile(r"[0-9a-f]{32}")
_DELIVERIES = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "failed": Delivery.FAILED,
    "undelivered": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
_TYPES = {"image": "image", "audio": "audio", "video": "video"}


def messages(form: Form, received_at: int, buttons: Container[str]) -> list[Inbound]:
    """What a person sent; more than one where several pictures came together. Empty where it is not WhatsApp's or has no sender."""
    identities = _sender(form)
    sid = as_id(form.one("MessageSid") or form.one("SmsMessageSid") or form.one("SmsSid"))
    if not identities or not _SID.fullmatch(sid):
        return []
    return [
        Inbound(Channel.WHATSAPP, sid if number == 1 else f"{sid}#media{number}", identities, kind, body, received_at)
        for number, (kind, body) in enumerate(_said(form, buttons), 1)
    ]


def status(form: Form, ours: str) -> Status | None:
    """How far a message of ours has come; None for steps that change nothing. `ours`: the id in the callback's address."""
    delivery = _DELIVERIES.get(form.one("MessageStatus") or form.one("SmsStatus"))
    sid = as_id(form.one("MessageSid") or form.one("SmsSid"))
    if delivery is None or not sid:
        return None
    return Status(Channel.WHATSAPP, sid, ours if _OURS.fullmatch(ours) else "", delivery, as_int(form.one("ErrorCode")))


def _sender(form: Form) -> tuple[Identity, ...]:
    """Best name first: the number, then the id that stands for a hidden one."""
    told = [form.one(name).removeprefix(_PREFIX) for name in ("From", "ExternalUserId") if form.one(name).startswith(_PREFIX)]
    if not told:
        return ()  # a text message or a call: another way of writing than the one that the office opened
    numbers = [found[1] for value in (form.one("WaId"), *told) if (found := _DIGITS.fullmatch(value))]
    ids = [value for value in told if not _DIGITS.fullmatch(value) and as_id(value)]
    named = [*(Identity("wa_id", number) for number in numbers[:1]), *(Identity("bsuid", value) for value in ids[:1])]
    return tuple(named)


def _said(form: Form, buttons: Container[str]) -> list[tuple[Kind, Body]]:
    """
    fields                        | becomes
    ButtonPayload, ListId         | BUTTON where the id is one of `buttons`, else TEXT: the title
    Latitude and Longitude        | LOCATION
    NumMedia                      | MEDIA, one each; the caption stands with the first
    Body                          | TEXT
    none of them                  | UNKNOWN, raw
    """
    refers = as_id(form.one("OriginalRepliedMessageSid"))
    text = clean(form.one("Body"))
    pressed = form.one("ButtonPayload") or form.one("ListId")
    title = clean(form.one("ButtonText") or form.one("ListTitle")) or text
    if pressed and title:
        known = pressed in buttons
        return [(Kind.BUTTON if known else Kind.TEXT, Body(text=title, button=pressed if known else "", refers_to=refers))]
    place = _place(form)
    if place is not None:
        return [(Kind.LOCATION, place)]
    media = [found for number in range(min(as_int(form.one("NumMedia")), _MEDIA_AT_MOST)) if (found := _media(form, number))]
    if media:
        return [(Kind.MEDIA, Body(text=text if not at else "", media=one, refers_to=refers)) for at, one in enumerate(media)]
    return [(Kind.TEXT, Body(text=text, refers_to=refers)) if text else (Kind.UNKNOWN, _raw(form))]


def _place(form: Form) -> Body | None:
    latitude, longitude = _degrees(form.one("Latitude"), 90), _degrees(form.one("Longitude"), 180)
    if latitude is None or longitude is None:
        return None
    named = {key: clean(form.one(field))[:_NAME_AT_MOST] for key, field in (("name", "Label"), ("address", "Address"))}
    return Body(
        place={"latitude": latitude, "longitude": longitude},
        media={"type": "location"} | {key: text for key, text in named.items() if text},
    )


def _degrees(told: str, limit: float) -> float | None:
    try:
        return as_degrees(float(told), limit) if len(told) < 40 and told.isascii() else None
    except ValueError:
        return None


def _media(form: Form, number: int) -> dict[str, str] | None:
    """Twilio's ids of one file, never its address: nothing that a delivery names is fetched."""
    found = _MEDIA_PATH.search(form.one(f"MediaUrl{number}"))
    mime = form.one(f"MediaContentType{number}").lower()
    if found is None:
        return None
    kind = _TYPES.get(mime.partition("/")[0], "document")
    return {"type": kind, "id": f"{found[1]}/{found[2]}", "mime_type": mime if _MIME.fullmatch(mime) else ""}


def _raw(form: Form) -> Body:
    kept = {name: values[0] for name, values in form.items() if name not in ("AccountSid", "To", "From", "WaId", "ExternalUserId")}
    kind = clean(form.one("MessageType"))[:40] or "unknown"
    return Body(media={"type": kind, "raw": clean(json.dumps(kept, ensure_ascii=False)[:_RAW_AT_MOST])})
