"""A delivery of Meta's: raw bytes to messages, statuses and changed names. Pure.

The office relies on it that every entry, change and message of a batch is read, that a broken or unknown one
never costs the others, and that whatever came from a person is kept in some form.
"""

import hashlib
import json
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from damping.casework.message import Body, Channel, Delivery, Identity, Inbound, Kind, Status
from damping.channels.whatsapp.errors import passes
from damping.channels.whatsapp.kinds import said
from damping.channels.whatsapp.reading import as_dict, as_id, as_int, as_list, as_text

_CLOCK_SKEW_S = 86_400
_OURS = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[a-z_]{1,40}")
_DIGITS = re.compile(r"[0-9]{5,20}")
_DELIVERIES = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "played": Delivery.READ,
    "failed": Delivery.FAILED,
}
_ECHOES = "smb_message_echoes"
_NEW_PHONE = "customer_identity_changed"
_RENAMING = ("user_changed_number", "customer_changed_number", "user_changed_user_id")


class Unreadable(Exception):
    """A delivery is not JSON, not an object, or nested deeper than any real one."""


@dataclass(frozen=True)
class Renamed:
    """A person's number or id changed: the names before, and those from now on. `external_id` as Meta gave it."""

    external_id: str
    before: tuple[Identity, ...]
    after: tuple[Identity, ...]


@dataclass(frozen=True)
class Fault:
    """Something that Meta reports or that could not be read: a kind and Meta's number, never text."""

    kind: str
    code: int = 0


@dataclass
class Batch:
    """What one delivery carried, each list in its order."""

    messages: list[Inbound] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    new_phones: list[tuple[Identity, ...]] = field(default_factory=list)  # persons whose WhatsApp now runs on another phone
    echoes: list[Inbound] = field(default_factory=list)  # what staff wrote in the WhatsApp app itself; `identities`: to whom
    faults: list[Fault] = field(default_factory=list)


def parse(raw: bytes, received_at: int, buttons: Container[str]) -> Batch:
    """`received_at`: seconds since 1970, used where a message tells no believable time. Raises `Unreadable`."""
    try:
        whole = json.loads(raw)  # the tolerant decoder: half an emoji must not cost a whole delivery
    except (ValueError, RecursionError) as broken:
        raise Unreadable from broken
    if not isinstance(whole, dict):
        raise Unreadable
    batch = Batch()
    for change in _changes(whole):
        _read_change(batch, change, received_at, buttons)
    return batch


def _changes(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in as_list(whole.get("entry")):
        for change in as_list(as_dict(entry).get("changes")):
            yield as_dict(change)


def _read_change(batch: Batch, change: dict[str, Any], received_at: int, buttons: Container[str]) -> None:
    fieldname = as_text(change.get("field"))
    value = as_dict(change.get("value"))
    if fieldname == _ECHOES:
        for echo in as_list(value.get("message_echoes")):
            _each(batch, "echo", lambda one: _read_echo(batch, one, received_at), echo)
        return
    if fieldname not in ("messages", ""):
        batch.faults.append(Fault(f"field_{_word(fieldname)}"))
        return
    people = [as_dict(contact) for contact in as_list(value.get("contacts"))]
    for message in as_list(value.get("messages")):
        _each(batch, "message", lambda one: _read_message(batch, one, people, received_at, buttons), message)
    for status in as_list(value.get("statuses")):
        _each(batch, "status", lambda one: _read_status(batch, one), status)
    for error in as_list(value.get("errors")):
        batch.faults.append(Fault("account_error", as_int(as_dict(error).get("code"))))


def _each(batch: Batch, kind: str, read: Callable[[dict[str, Any]], None], one: Any) -> None:
    """Read one; whatever is wrong with it stays with it."""
    if not isinstance(one, dict):
        batch.faults.append(Fault(f"{kind}_shapeless"))
        return
    try:
        read(one)
    except Exception as broken:  # noqa: BLE001  the last fence between one strange message and all the others
        batch.faults.append(Fault(f"{kind}_{type(broken).__name__}"))


def _read_message(batch: Batch, message: dict[str, Any], people: list[dict[str, Any]], received_at: int, buttons: Container[str]) -> None:
    for error in as_list(message.get("errors")):
        batch.faults.append(Fault("message_error", as_int(as_dict(error).get("code"))))
    if message.get("type") == "system":
        _read_system(batch, message)
        return
    identities = _sender(message, people)
    if not identities:
        batch.faults.append(Fault("message_without_sender"))
        return
    kind, body = _said_or_raw(message, buttons)
    batch.messages.append(
        Inbound(
            channel=Channel.WHATSAPP,
            external_id=as_id(message.get("id")) or _made_up_id(message),
            identities=identities,
            kind=kind,
            body=body,
            sent_at=_sent_at(message, received_at),
        )
    )


def _read_echo(batch: Batch, message: dict[str, Any], received_at: int) -> None:
    identities = _names(as_text(message.get("to")).lstrip("+"), message.get("to_user_id"), message.get("to_parent_user_id"))
    if not identities:
        batch.faults.append(Fault("echo_without_recipient"))
        return
    kind, body = _said_or_raw(message, ())
    external_id, sent_at = as_id(message.get("id")) or _made_up_id(message), _sent_at(message, received_at)
    batch.echoes.append(Inbound(Channel.WHATSAPP, external_id, identities, kind, body, sent_at))


def _said_or_raw(message: dict[str, Any], buttons: Container[str]) -> tuple[Kind, Body]:
    try:
        return said(message, buttons)
    except Exception as broken:  # noqa: BLE001  a shape nobody thought of still shows that something came
        return Kind.UNKNOWN, Body(media={"type": "unknown", "what": type(broken).__name__})


def _read_system(batch: Batch, message: dict[str, Any]) -> None:
    system = as_dict(message.get("system"))
    what = as_text(system.get("type"))
    if what == _NEW_PHONE:
        _read_new_phone(batch, message, system)
        return
    if what not in _RENAMING:
        batch.faults.append(Fault(f"system_{_word(what)}"))
        return
    old_number = message.get("from") or system.get("customer")
    new_number = system.get("wa_id") or system.get("new_wa_id")
    before = _names(old_number, message.get("from_user_id"), message.get("from_parent_user_id"))
    after = _names(new_number, system.get("user_id"), system.get("parent_user_id"))
    if before and after:
        batch.renamed.append(Renamed(as_id(message.get("id")) or _made_up_id(message), before, after))
    else:
        batch.faults.append(Fault("system_incomplete"))


def _read_new_phone(batch: Batch, message: dict[str, Any], system: dict[str, Any]) -> None:
    """The keys of a person's WhatsApp changed: a new phone, or somebody else's."""
    names = _names(message.get("from") or system.get("customer"), message.get("from_user_id"), message.get("from_parent_user_id"))
    if names:
        batch.new_phones.append(names)
    else:
        batch.faults.append(Fault("system_incomplete"))


def _read_status(batch: Batch, status: dict[str, Any]) -> None:
    delivery = _DELIVERIES.get(as_text(status.get("status")))
    provider_id = as_id(status.get("id"))
    if delivery is None or not provider_id:
        batch.faults.append(Fault(f"status_{_word(as_text(status.get('status')))}"))
        return
    ours = as_text(status.get("biz_opaque_callback_data"))
    codes = [as_int(as_dict(error).get("code")) for error in as_list(status.get("errors"))]
    outbox_id = ours if _OURS.fullmatch(ours) else ""
    code = codes[0] if codes else 0
    again = delivery is Delivery.FAILED and passes(code)
    batch.statuses.append(Status(Channel.WHATSAPP, provider_id, outbox_id, delivery, code, again))


def _sender(message: dict[str, Any], people: list[dict[str, Any]]) -> tuple[Identity, ...]:
    """Best name first: number, id of the person with us, id with the group. The contact list is matched by name, never by place."""
    number, user = message.get("from"), message.get("from_user_id")
    card = next((c for c in people if _same(c.get("user_id"), user) or _same(c.get("wa_id"), number)), None)
    if card is None:
        card = people[0] if len(people) == 1 and not number and not user else {}
    return _names(
        number or card.get("wa_id"),
        user or card.get("user_id"),
        message.get("from_parent_user_id") or card.get("parent_user_id"),
    )


def _names(number: Any, user: Any, parent: Any) -> tuple[Identity, ...]:
    digits = as_text(number)
    told = (
        ("wa_id", digits if _DIGITS.fullmatch(digits) else ""),
        ("bsuid", as_id(user)),
        ("parent_bsuid", as_id(parent)),
    )
    return tuple(Identity(kind, value) for kind, value in told if value)


def _same(one: Any, other: Any) -> bool:
    return bool(one) and one == other


def _made_up_id(message: dict[str, Any]) -> str:
    """A message without an id still arrives once however often it is repeated."""
    return "sha256." + hashlib.sha256(json.dumps(message, sort_keys=True).encode()).hexdigest()


def _sent_at(message: dict[str, Any], received_at: int) -> int:
    told = as_int(message.get("timestamp"))
    return told if 0 < told <= received_at + _CLOCK_SKEW_S else received_at


def _word(text: str) -> str:
    return text if _WORD.fullmatch(text) else "unknown"
