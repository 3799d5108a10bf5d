"""The ways to call officers that this office has set up."""

import base64
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from damping.casework.duty import Caller, Way
from damping.channels.calls.email import EmailCaller, MailServer
from damping.channels.calls.push import PushCaller, signing_key
from damping.channels.calls.telegram import TelegramCaller
from damping.channels.calls.whatsapp import TemplateAccount, WhatsAppCaller
from damping.store.sealing import Vault
from damping.wiring.duty_rules import Duty
from damping.wiring.settings import Settings


def push_key(vault: Vault) -> ec.EllipticCurvePrivateKey:
    """Derived from the master key, so that every process has the same."""
    return signing_key(vault.lookup("web push", "signing key"))


def public_push_key(vault: Vault) -> str:
    """As browsers want it: the point on the curve, base64url."""
    point = push_key(vault).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def callers(settings: Settings, duty: Duty, vault: Vault) -> Mapping[Way, Caller]:
    """One for each way that is set up; Web Push needs no setting but a desk that is reached by https."""
    found: dict[Way, Caller] = {}
    if settings.smtp is not None:
        smtp = settings.smtp
        server = MailServer(smtp.host, smtp.port, smtp.sender, smtp.user, smtp.password, smtp.tls)
        found[Way.EMAIL] = EmailCaller(server, duty.words)
    if settings.telegram_token:
        found[Way.TELEGRAM] = TelegramCaller(settings.telegram_token, duty.words, settings.telegram_base_url)
    if settings.whatsapp is not None:
        meta = settings.whatsapp
        account = TemplateAccount(meta.access_token, meta.phone_number_id, duty.template, duty.language, meta.api_version, meta.base_url)
        found[Way.WHATSAPP] = WhatsAppCaller(account)
    if settings.public_url.startswith("https://"):
        found[Way.PUSH] = PushCaller(push_key(vault), settings.public_url)
    return found
