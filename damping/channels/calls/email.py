"""Calls by e-mail, over the office's own mail server."""

import asyncio
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

from damping.casework.duty import Message, NotCalled
from damping.channels.calls.words import CallWords

_PATIENCE_S = 10.0


@dataclass(frozen=True, repr=False)
class MailServer:
    """Where mail is handed in. `tls`: 'implicit' from the first byte, 'starttls' asked for, 'none' on the same machine only."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls: str = "starttls"


class EmailCaller:
    """One message a call; nothing is kept of it."""

    def __init__(self, server: MailServer, words: CallWords) -> None:
        self._server = server
        self._words = words

    async def call(self, address: str, message: Message) -> None:
        """Raises `NotCalled`."""
        try:
            await asyncio.to_thread(self._send, address, message)
        except smtplib.SMTPResponseException as refused:
            raise NotCalled(refused.smtp_code) from refused
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise NotCalled(codes[0] if codes else 0) from refused
        except (smtplib.SMTPException, OSError) as trouble:
            raise NotCalled from trouble

    async def check(self) -> bool:
        """Whether the server lets us in."""
        try:
            return await asyncio.to_thread(self._knock)
        except (smtplib.SMTPException, OSError):
            return False

    def _send(self, address: str, message: Message) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._server.sender, address, self._words.subject
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(self._words.of(message))
        with self._opened() as smtp:
            smtp.send_message(mail)

    def _knock(self) -> bool:
        with self._opened() as smtp:
            return smtp.noop()[0] == 250

    @contextmanager
    def _opened(self) -> Iterator[smtplib.SMTP]:
        server = self._server
        if server.tls == "implicit":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_PATIENCE_S, context=ssl.create_default_context())
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=_PATIENCE_S)
        with smtp:
            if server.tls == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            if server.user:
                smtp.login(server.user, server.password)
            yield smtp
