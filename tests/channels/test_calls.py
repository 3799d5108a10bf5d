"""Calls to officers: content-free, honest about what left, and only to where they may go. Doubles on this machine only."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import respx

from damping.casework.duty import Message, NotCalled
from damping.channels.calls.email import EmailCaller, MailServer
from damping.channels.calls.push import PushCaller, carried_by_a_browsers_maker, signing_key
from damping.channels.calls.telegram import TelegramCaller
from damping.channels.calls.whatsapp import TemplateAccount, WhatsAppCaller
from damping.channels.calls.words import CallWords

WORDS = CallWords("Meja Damping", "Ada yang menunggu.", "Uji tidak lolos.", "Ini percobaan.", "https://meja.example.test")


class MailDouble:
    """A mail server that takes what it is told to take."""

    def __init__(self, refuse: bytes = b"") -> None:
        self.refuse = refuse
        self.mails: list[str] = []
        self.recipients: list[str] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 double\r\n")
        while line := (await reader.readline()).decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "RCPT":
                self.recipients.append(line)
                writer.write(self.refuse or b"250 ok\r\n")
            elif verb == "DATA":
                writer.write(b"354 go\r\n")
                self.mails.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                writer.write(b"250 ok\r\n")
            elif verb == "QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
        writer.close()


@asynccontextmanager
async def a_mail_server(double: MailDouble) -> AsyncIterator[MailServer]:
    server = await asyncio.start_server(double.talk, "127.0.0.1", 0)
    async with server:
        yield MailServer("127.0.0.1", server.sockets[0].getsockname()[1], "meja@kantor.example", tls="none")


async def test_a_mail_says_that_somebody_waits_and_nothing_else() -> None:
    double = MailDouble()

    async with a_mail_server(double) as server:
        caller = EmailCaller(server, WORDS)
        assert await caller.check()
        await caller.call("rina@kantor.example", Message.ALARM)

    (mail,) = double.mails
    assert "Ada yang menunggu. https://meja.example.test" in mail
    assert "Subject: Meja Damping" in mail
    assert "Auto-Submitted: auto-generated" in mail
    assert ["rcpt to:<rina@kantor.example>"] == [line.lower() for line in double.recipients]


async def test_a_refused_mail_is_not_called_sent() -> None:
    async with a_mail_server(MailDouble(refuse=b"550 no such person\r\n")) as server:
        with pytest.raises(NotCalled) as failed:
            await EmailCaller(server, WORDS).call("x@kantor.example", Message.ALARM)

    assert 550 == failed.value.code


async def test_a_mail_server_that_is_away_is_said_so() -> None:
    caller = EmailCaller(MailServer("127.0.0.1", 1, "meja@kantor.example", tls="none"), WORDS)

    assert not await caller.check()
    with pytest.raises(NotCalled):
        await caller.call("x@kantor.example", Message.ALARM)


@respx.mock
async def test_telegram_carries_the_same_sentence(respx_mock: respx.MockRouter) -> None:
    sent = respx_mock.post("https://telegram.test/botT/sendMessage").respond(200, json={"ok": True})
    respx_mock.get("https://telegram.test/botT/getMe").respond(200)
    caller = TelegramCaller("T", WORDS, "https://telegram.test/")

    await caller.call("12345", Message.LADDER)

    told = json.loads(sent.calls[0].request.content)
    assert ("12345", "Uji tidak lolos. https://meja.example.test") == (told["chat_id"], told["text"])
    assert await caller.check()


@pytest.mark.parametrize(("status", "gone"), [(403, True), (400, True), (500, False), (429, False)])
@respx.mock
async def test_a_chat_that_is_gone_is_told_from_trouble(status: int, gone: bool, respx_mock: respx.MockRouter) -> None:
    respx_mock.post("https://telegram.test/botT/sendMessage").respond(status)
    respx_mock.get("https://telegram.test/botT/getMe").respond(401)
    caller = TelegramCaller("T", WORDS, "https://telegram.test")

    with pytest.raises(NotCalled) as failed:
        await caller.call("12345", Message.ALARM)

    assert (status, gone) == (failed.value.code, failed.value.gone)
    assert not await caller.check()


@respx.mock
async def test_whatsapp_sends_a_template_that_has_no_place_for_words(respx_mock: respx.MockRouter) -> None:
    sent = respx_mock.post("https://meta.test/v25.0/100/messages").respond(200, json={})
    respx_mock.get("https://meta.test/v25.0/100").respond(200, json={"id": "100"})
    caller = WhatsAppCaller(TemplateAccount("rahasia", "100", "ada_yang_menunggu", "id", base_url="https://meta.test"))

    await caller.call("+6281200000000", Message.ALARM)

    assert {
        "messaging_product": "whatsapp",
        "to": "6281200000000",
        "type": "template",
        "template": {"name": "ada_yang_menunggu", "language": {"code": "id"}},
    } == json.loads(sent.calls[0].request.content)
    assert "Bearer rahasia" == sent.calls[0].request.headers["authorization"]
    assert await caller.check()


@respx.mock
async def test_a_template_that_meta_refuses_did_not_leave(respx_mock: respx.MockRouter) -> None:
    respx_mock.post("https://meta.test/v25.0/100/messages").respond(400, json={})
    respx_mock.get("https://meta.test/v25.0/100").mock(side_effect=httpx.ConnectError("away"))
    caller = WhatsAppCaller(TemplateAccount("rahasia", "100", "t", "id", base_url="https://meta.test"))

    with pytest.raises(NotCalled):
        await caller.call("62812", Message.ALARM)
    assert not await caller.check()


@respx.mock
async def test_a_push_is_empty_signed_and_urgent(respx_mock: respx.MockRouter) -> None:
    sent = respx_mock.post("https://fcm.googleapis.com/fcm/send/abc").respond(201)
    caller = PushCaller(signing_key(b"k" * 32), "https://meja.example.test")

    await caller.call("https://fcm.googleapis.com/fcm/send/abc", Message.ALARM)

    request = sent.calls[0].request
    assert b"" == request.content
    assert "high" == request.headers["urgency"]
    assert request.headers["authorization"].startswith("vapid t=")
    assert await caller.check()


@pytest.mark.parametrize(("status", "gone"), [(410, True), (404, True), (500, False)])
@respx.mock
async def test_a_browser_that_unsubscribed_is_gone(status: int, gone: bool, respx_mock: respx.MockRouter) -> None:
    respx_mock.post("https://updates.push.services.mozilla.com/x").respond(status)

    with pytest.raises(NotCalled) as failed:
        await PushCaller(signing_key(b"k" * 32), "mailto:a@b.example").call("https://updates.push.services.mozilla.com/x", Message.ALARM)

    assert gone == failed.value.gone


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://fcm.googleapis.com.jahat.test/x",
        "https://fcm.googleapis.com:8443/x",
        "https://jahat.test/fcm.googleapis.com",
        "https://user@169.254.169.254/x",
        "",
    ],
)
async def test_no_address_leads_us_anywhere_but_to_a_browsers_maker(endpoint: str) -> None:
    assert not carried_by_a_browsers_maker(endpoint)
    with pytest.raises(NotCalled) as failed:
        await PushCaller(signing_key(b"k" * 32), "mailto:a@b.example").call(endpoint, Message.ALARM)
    assert failed.value.gone


def test_secrets_are_not_shown() -> None:
    assert "rahasia" not in repr(TemplateAccount("rahasia", "100", "t", "id"))
    assert "rahasia" not in repr(MailServer("h", 25, "s", "u", "rahasia"))
    assert signing_key(b"a" * 32).private_numbers() == signing_key(b"a" * 32).private_numbers()
