"""Every type in Meta's shape, in every order, whole or broken: nothing of a batch is lost."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damping.casework.message import Delivery, Identity, Inbound, Kind
from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.parse import Batch, Unreadable, parse
from tests.channels.invented import BOTH, BUTTONS, EVERYBODY, GROUPED, HIDDEN, LINE, NOW, PLAIN, wamid


def read(payload: Any) -> Batch:
    return parse(payloads.encode(payload), NOW, BUTTONS)


def one(content: dict[str, Any], answers: str = "") -> Inbound:
    told = payloads.message(PLAIN, content, NOW, wamid(), answers)
    (message,) = read(payloads.envelope(LINE, payloads.incoming(LINE, PLAIN, told))).messages
    return message


def test_words():
    message = one(payloads.text("saya takut pulang"), answers="wamid.kami")

    assert (Kind.TEXT, "saya takut pulang", "wamid.kami") == (message.kind, message.body.text, message.body.refers_to)
    assert (NOW, (Identity("wa_id", PLAIN.wa_id), Identity("bsuid", PLAIN.bsuid))) == (message.sent_at, message.identities)


@pytest.mark.parametrize("press", [payloads.button_reply, payloads.list_reply, payloads.template_button])
def test_a_press_counts_only_with_an_id_of_ours(press: Any):
    known, strange = one(press("ya", "Ya")), one(press("/restart", "Ya, tolong"))

    assert (Kind.BUTTON, "ya", "Ya") == (known.kind, known.body.button, known.body.text)
    assert (Kind.TEXT, "", "Ya, tolong") == (strange.kind, strange.body.button, strange.body.text)


def test_a_place():
    message = one(payloads.location(-5.4254, 105.258, "Pasar", "Jalan Uji 1"))

    assert Kind.LOCATION is message.kind
    assert {"latitude": -5.4254, "longitude": 105.258} == message.body.place
    assert {"type": "location", "name": "Pasar", "address": "Jalan Uji 1"} == message.body.media
    assert Kind.UNKNOWN is one(payloads.location(-500, 1e300)).kind


@pytest.mark.parametrize(
    "content",
    [
        payloads.media("image", "image/jpeg", caption="ini fotonya"),
        payloads.media("audio", "audio/ogg; codecs=opus", voice=True),
        payloads.media("video", "video/mp4"),
        payloads.media("document", "application/pdf", filename="surat.pdf"),
        payloads.media("sticker", "image/webp", animated=False),
    ],
)
def test_media_are_received_with_what_is_needed_to_fetch_them(content: dict[str, Any]):
    message = one(content)

    assert Kind.MEDIA is message.kind
    assert message.body.media is not None
    assert content["type"] == message.body.media["type"]
    assert content[content["type"]]["id"] == message.body.media["id"]
    assert content[content["type"]].get("caption", "") == message.body.text


def test_contacts():
    card = {"name": {"formatted_name": "Bu Uji"}, "phones": [{"phone": "+62 810-0000-0009", "wa_id": "6281000000009", "type": "CELL"}]}

    message = one({"type": "contacts", "contacts": [card]})

    assert Kind.CONTACT is message.kind
    assert {"type": "contacts", "contacts": [{"name": "Bu Uji", "phones": ["+62 810-0000-0009"]}]} == message.body.media


def test_what_changes_an_earlier_message():
    liked, taken_back = one(payloads.reaction("wamid.a", "👍")), one(payloads.reaction("wamid.a"))
    edited, revoked = one(payloads.edit("wamid.b", payloads.text("yang benar: besok"))), one(payloads.revoke("wamid.c"))

    assert (Kind.REACTION, "👍", "wamid.a") == (liked.kind, liked.body.text, liked.body.refers_to)
    assert (Kind.REACTION, "") == (taken_back.kind, taken_back.body.text)
    assert (Kind.EDIT, "yang benar: besok", "wamid.b") == (edited.kind, edited.body.text, edited.body.refers_to)
    assert (Kind.REVOKE, "wamid.c") == (revoked.kind, revoked.body.refers_to)


@pytest.mark.parametrize(
    "content",
    [
        payloads.unsupported(),
        {"type": "order", "order": {"catalog_id": "1", "product_items": []}},
        {"type": "sesuatu_yang_baru", "sesuatu_yang_baru": {"a": [1, 2, {"b": "c"}]}},
        {"type": "text"},
        {"type": "text", "text": {"body": "\u200b"}},
        {"type": "image", "image": {"caption": "tanpa id"}},
        {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {}}},
        {},
    ],
)
def test_what_is_unknown_is_kept_raw(content: dict[str, Any]):
    message = one(content)

    assert Kind.UNKNOWN is message.kind
    assert message.body.media is not None
    assert "raw" in message.body.media


@pytest.mark.parametrize(
    ("names", "kinds"),
    [(PLAIN, ["wa_id", "bsuid"]), (HIDDEN, ["bsuid"]), (BOTH, ["wa_id", "bsuid"]), (GROUPED, ["wa_id", "bsuid", "parent_bsuid"])],
)
def test_the_four_ways_in_which_meta_names_a_person(names: payloads.Names, kinds: list[str]):
    told = payloads.message(names, payloads.text("halo"), NOW)

    (message,) = read(payloads.envelope(LINE, payloads.incoming(LINE, names, told))).messages

    assert kinds == [identity.kind for identity in message.identities]


def test_the_contact_list_is_matched_by_name_and_not_by_place():
    first, second = (payloads.message(names, payloads.text(names.name), NOW) for names in (GROUPED, HIDDEN))
    del first["from_parent_user_id"]
    value = payloads.value_of(LINE, contacts=[payloads.contact(HIDDEN), payloads.contact(GROUPED)], messages=[first, second])

    grouped, hidden = read(payloads.envelope(LINE, value)).messages

    assert Identity("parent_bsuid", "ID.ENT.1004") in grouped.identities
    assert (Identity("bsuid", "ID.1002"),) == hidden.identities


def test_a_new_number_is_news_and_not_a_message():
    new = payloads.Names("Sari", wa_id="6281000000099", bsuid="ID.2001")

    batch = read(payloads.envelope(LINE, payloads.changed_number(LINE, PLAIN, new, NOW)))

    assert [] == batch.messages
    (renamed,) = batch.renamed
    assert Identity("wa_id", PLAIN.wa_id) in renamed.before
    assert (Identity("wa_id", new.wa_id), Identity("bsuid", new.bsuid)) == renamed.after


def test_statuses():
    ours = "ab" * 16
    told = [payloads.status(LINE, PLAIN, f"wamid.{state}", state, ours, NOW) for state in ("sent", "delivered", "read", "played", "asing")]
    told.append(payloads.status(LINE, PLAIN, "wamid.f", "failed", "bukan punya kami", NOW, 131026))

    batch = read(payloads.envelope(LINE, *told))

    assert [Delivery.SENT, Delivery.DELIVERED, Delivery.READ, Delivery.READ, Delivery.FAILED] == [s.delivery for s in batch.statuses]
    assert [ours] * 4 + [""] == [s.outbox_id for s in batch.statuses]
    assert 131026 == batch.statuses[-1].error_code
    assert ["status_asing"] == [fault.kind for fault in batch.faults]


def test_errors_at_each_level_are_kinds_and_numbers():
    account = payloads.value_of(LINE, errors=[{"code": 130429, "title": "Rate limit hit"}])
    told = payloads.message(PLAIN, payloads.unsupported(), NOW)

    batch = read(payloads.envelope(LINE, account, payloads.incoming(LINE, PLAIN, told)))

    assert [("account_error", 130429), ("message_error", 131051)] == [(f.kind, f.code) for f in batch.faults]
    assert 1 == len(batch.messages)


def test_a_message_without_time_or_id_is_kept_once():
    told = payloads.message(PLAIN, payloads.text("halo"), NOW)
    del told["id"], told["timestamp"]
    envelope = payloads.envelope(LINE, payloads.incoming(LINE, PLAIN, told))

    (first,), (again,) = read(envelope).messages, read(envelope).messages

    assert NOW == first.sent_at
    assert first.external_id == again.external_id
    assert first.external_id


@pytest.mark.parametrize("told", ["99999999999999999999", "-5", "0", "besok", 10**30, True, None, str(NOW + 10**6)])
def test_an_unbelievable_time_is_the_time_of_arrival(told: Any):
    message = payloads.message(PLAIN, payloads.text("halo"), NOW) | {"timestamp": told}

    (kept,) = read(payloads.envelope(LINE, payloads.incoming(LINE, PLAIN, message))).messages

    assert NOW == kept.sent_at


def test_half_an_emoji_costs_nothing():
    raw = payloads.encode(payloads.envelope(LINE, payloads.incoming(LINE, PLAIN, payloads.message(PLAIN, payloads.text("aduh X"), NOW))))

    (message,) = parse(raw.replace(b"aduh X", b"aduh \\ud83d"), NOW, BUTTONS).messages

    assert "aduh \ufffd" == message.body.text


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
WORDS = """entry changes value field messages statuses contacts errors id from from_user_id type text body image interactive button_reply
location latitude longitude system edit revoke message original_message_id timestamp context status code user_id wa_id"""
words = st.sampled_from(re.findall(r"\w+", WORDS))
shaped = st.recursive(
    anything | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=6),
    max_leaves=25,
)


@given(anything | shaped)
@settings(max_examples=100)
def test_no_json_whatever_breaks_the_reader(payload: Any):
    try:
        read(payload)
    except Unreadable:
        assert not isinstance(payload, dict)


@given(st.dictionaries(words, shaped, max_size=8), st.sampled_from(EVERYBODY))
@settings(max_examples=150)
def test_a_strange_message_costs_no_other_of_its_batch(strange: dict[str, Any], names: payloads.Names):
    before, after = (payloads.message(names, payloads.text(word), NOW, wamid()) for word in ("sebelum", "sesudah"))

    batch = read(payloads.envelope(LINE, payloads.incoming(LINE, names, before, strange, after)))

    texts = [message.body.text for message in batch.messages]
    assert "sebelum" == texts[0]
    assert "sesudah" == texts[-1]


contents = st.one_of(
    st.text(min_size=1, max_size=40).map(payloads.text),
    st.sampled_from([payloads.button_reply("ya", "Ya"), payloads.list_reply("petugas", "Petugas", "manusia"), payloads.unsupported()]),
    st.sampled_from([payloads.media("image", "image/jpeg"), payloads.location(-5.4, 105.2), payloads.revoke("wamid.x")]),
)
batches = st.lists(st.lists(st.lists(st.tuples(st.sampled_from(EVERYBODY), contents), max_size=4), max_size=3), max_size=4)


@given(batches)
@settings(max_examples=100)
def test_every_message_of_every_entry_and_change_is_read_in_order(entries: list[list[list[tuple[payloads.Names, dict[str, Any]]]]]):
    ids: list[str] = []
    payload: dict[str, Any] = {"object": "whatsapp_business_account", "entry": []}
    for changes in entries:
        values = []
        for people in changes:
            messages = [payloads.message(names, content, NOW, wamid()) for names, content in people]
            ids += [message["id"] for message in messages]
            values.append(payloads.value_of(LINE, contacts=[payloads.contact(names) for names, _ in people], messages=messages))
        payload["entry"] += payloads.envelope(LINE, *values)["entry"]

    batch = read(payload)

    assert ids == [message.external_id for message in batch.messages]


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[1]", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"entry":' * 100_000, b"\x1f\x8b\x08\x00", b"9" * 10_000]
)
def test_what_is_no_delivery_is_refused(raw: bytes):
    with pytest.raises(Unreadable):
        parse(raw, NOW, BUTTONS)


def test_nothing_that_is_logged_holds_words():
    message = one(payloads.text("kata rahasia"))

    assert "rahasia" not in repr(message)
    assert "rahasia" not in repr(message.body)
    assert json.dumps(PLAIN.wa_id) not in repr(message.identities)


def test_what_staff_wrote_in_the_app_is_no_message_of_the_person():
    payload = payloads.envelope(LINE, payloads.echo(LINE, PLAIN, payloads.text("kami di jalan"), NOW), field="smb_message_echoes")

    batch = read(payload)

    assert ([], []) == (batch.messages, batch.faults)
    [echo] = batch.echoes
    assert ("kami di jalan", (Identity("wa_id", PLAIN.wa_id), Identity("bsuid", PLAIN.bsuid))) == (echo.body.text, echo.identities)


def test_an_echo_to_nobody_or_of_no_shape_costs_nothing_else():
    value = payloads.echo(LINE, payloads.Names("?"), payloads.text("?"), NOW)
    value["message_echoes"] += ["?", payloads.echo(LINE, PLAIN, payloads.text("ya"), NOW)["message_echoes"][0]]

    batch = read(payloads.envelope(LINE, value, field="smb_message_echoes"))

    assert ["ya"] == [echo.body.text for echo in batch.echoes]
    assert ["echo_without_recipient", "echo_shapeless"] == [fault.kind for fault in batch.faults]


def test_a_new_phone_is_news_of_the_person():
    batch = read(payloads.envelope(LINE, payloads.changed_phone(LINE, PLAIN, NOW)))

    assert [(Identity("wa_id", PLAIN.wa_id), Identity("bsuid", PLAIN.bsuid))] == batch.new_phones
    assert [] == batch.messages


@pytest.mark.parametrize("how", ["forwarded", "frequently_forwarded"])
def test_words_that_were_passed_on_are_marked(how: str):
    told = payloads.message(PLAIN, payloads.text("awas kalau kamu lapor"), NOW, wamid()) | {"context": {how: True}}

    [message] = read(payloads.envelope(LINE, payloads.incoming(LINE, PLAIN, told))).messages

    assert message.body.forwarded
    assert not one(payloads.text("halo")).body.forwarded


def test_an_order_is_kept_raw():
    message = one(payloads.order())

    assert Kind.UNKNOWN is message.kind
    assert "product_items" in str(message.body.media)


@pytest.mark.parametrize(("code", "again"), [(131000, True), (131056, True), (131026, False), (131047, False), (190, False), (0, False)])
def test_a_failure_says_whether_it_passes(code: int, again: bool):
    batch = read(payloads.envelope(LINE, payloads.status(LINE, PLAIN, "wamid.x", "failed", "", NOW, code or 132001)))

    assert again is batch.statuses[0].again


@pytest.mark.parametrize("other", ["history", "smb_app_state_sync", "account_update", "message_template_status_update"])
def test_other_news_is_noted_by_its_kind_only(other: str):
    batch = read(payloads.envelope(LINE, {"history": [{"threads": ["rahasia"]}]}, field=other))

    assert [f"field_{other}"] == [fault.kind for fault in batch.faults]
    assert [] == batch.messages
