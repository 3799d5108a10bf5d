"""Deliveries in Meta's shape, as the double sends them: envelope, contacts, messages, statuses. Development and tests only."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """The office's number at Meta."""

    phone_number_id: str
    waba_id: str = "100200300400500"
    display_phone_number: str = "62721000000"


@dataclass(frozen=True)
class Names:
    """What Meta tells of a person: a number, an id with us, an id with a group, a user name; any may be hidden."""

    name: str
    wa_id: str = ""
    bsuid: str = ""
    parent_bsuid: str = ""
    username: str = ""


def new_wamid() -> str:
    """An id of a message as Meta makes them."""
    return "wamid." + secrets.token_urlsafe(30)


def encode(payload: Json) -> bytes:
    """As Meta writes JSON: everything beyond ASCII escaped."""
    return json.dumps(payload, ensure_ascii=True, separators=(",", ":")).encode()


def envelope(line: Line, *values: Json, field: str = "messages") -> Json:
    """One delivery; each value a change of its own."""
    changes = [{"field": field, "value": value} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": line.waba_id, "changes": changes}]}


def value_of(line: Line, **parts: Any) -> Json:
    """A change's value with the metadata that all carry."""
    metadata = {"display_phone_number": line.display_phone_number, "phone_number_id": line.phone_number_id}
    return {"messaging_product": "whatsapp", "metadata": metadata, **parts}


def contact(names: Names) -> Json:
    """A person in `contacts`."""
    profile = {"name": names.name} | ({"username": names.username} if names.username else {})
    ids = {"wa_id": names.wa_id, "user_id": names.bsuid, "parent_user_id": names.parent_bsuid}
    return {"profile": profile} | {key: value for key, value in ids.items() if value}


def message(names: Names, content: Json, at: int, wamid: str = "", answers: str = "") -> Json:
    """A message of a person; `content` is one of the functions below."""
    sender = {"from": names.wa_id, "from_user_id": names.bsuid, "from_parent_user_id": names.parent_bsuid}
    said = {key: value for key, value in sender.items() if value} | {"id": wamid or new_wamid(), "timestamp": str(at)}
    context = {"context": {"from": "62721000000", "id": answers}} if answers else {}
    return said | content | context


def incoming(line: Line, names: Names, *messages: Json) -> Json:
    """A change that brings messages of one person."""
    return value_of(line, contacts=[contact(names)], messages=list(messages))


def text(body: str) -> Json:
    """Typed words."""
    return {"type": "text", "text": {"body": body}}


def button_reply(button: str, title: str) -> Json:
    """A pressed reply button."""
    return {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": button, "title": title}}}


def list_reply(button: str, title: str, description: str = "") -> Json:
    """A chosen row of a list."""
    row = {"id": button, "title": title} | ({"description": description} if description else {})
    return {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": row}}


def template_button(payload: str, title: str) -> Json:
    """A pressed quick reply of a template."""
    return {"type": "button", "button": {"payload": payload, "text": title}}


def location(latitude: float, longitude: float, name: str = "", address: str = "") -> Json:
    """A shared place."""
    named = {key: value for key, value in (("name", name), ("address", address)) if value}
    return {"type": "location", "location": {"latitude": latitude, "longitude": longitude} | named}


def media(kind: str, mime_type: str, **more: Any) -> Json:
    """A picture, voice note (`voice=True`), video, document or sticker."""
    file = {"id": str(secrets.randbelow(10**15)), "mime_type": mime_type, "sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}
    return {"type": kind, kind: file | more}


def reaction(target: str, emoji: str = "") -> Json:
    """A sign on an earlier message; none takes it back."""
    return {"type": "reaction", "reaction": {"message_id": target} | ({"emoji": emoji} if emoji else {})}


def edit(target: str, content: Json) -> Json:
    """An earlier message, changed."""
    return {"type": "edit", "edit": {"original_message_id": target, "message": content}}


def revoke(target: str) -> Json:
    """An earlier message, deleted for everyone."""
    return {"type": "revoke", "revoke": {"original_message_id": target}}


def unsupported(what: str = "poll_creation") -> Json:
    """Something that the Cloud API does not pass on."""
    details = {"details": "Message type is currently not supported."}
    error = {"code": 131051, "title": "Message type unknown", "message": "Message type unknown", "error_data": details}
    return {"type": "unsupported", "errors": [error], "unsupported": {"type": what}}


def changed_number(line: Line, old: Names, new: Names, at: int) -> Json:
    """A change that tells of a new number and id; system messages come without contacts."""
    system = {"type": "user_changed_number", "wa_id": new.wa_id, "user_id": new.bsuid, "body": "User changed number"}
    return value_of(line, messages=[message(old, {"type": "system", "system": system}, at)])


def status(line: Line, names: Names, provider_id: str, state: str, callback: str, at: int, code: int = 0) -> Json:
    """A change that tells how far a message of ours has come; a failed one names no contact."""
    told: Json = {"id": provider_id, "status": state, "timestamp": str(at), "recipient_id": names.wa_id}
    if names.bsuid and state != "failed":
        told["recipient_user_id"] = names.bsuid
    if callback:
        told["biz_opaque_callback_data"] = callback
    if code:
        told["errors"] = [{"code": code, "title": "Error", "message": "Error", "error_data": {"details": "Error"}}]
    else:
        told["pricing"] = {"billable": False, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"}
    return value_of(line, statuses=[told])


def changed_phone(line: Line, names: Names, at: int) -> Json:
    """A change that tells of new keys: the person's account runs on another phone."""
    system = {"type": "customer_identity_changed", "customer": names.wa_id, "identity": "kunci", "body": "Security code changed"}
    return value_of(line, messages=[message(names, {"type": "system", "system": system}, at)])


def echo(line: Line, names: Names, content: Json, at: int, wamid: str = "") -> Json:
    """What staff wrote in the WhatsApp app; comes in a field of its own, `smb_message_echoes`."""
    told = {
        "from": line.display_phone_number,
        "to": names.wa_id,
        "to_user_id": names.bsuid,
        "id": wamid or new_wamid(),
        "timestamp": str(at),
    }
    return value_of(line, message_echoes=[{key: value for key, value in told.items() if value} | content])


def order() -> Json:
    """A basket of a catalogue; the office has none, but a button may be pressed by accident."""
    return {"type": "order", "order": {"catalog_id": "1", "product_items": [{"product_retailer_id": "a", "quantity": 1}]}}
