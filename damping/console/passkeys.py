"""Passkeys: what a browser is asked to sign, and whether what comes back is good.

The signature is bound to the desk's own address, so that a look-alike page gets nothing it could use.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from damping.console.config import ConsoleConfig
from damping.console.guarding import AnyRequest
from damping.store.factors import Passkey


@dataclass(frozen=True)
class Site:
    """The desk as passkeys know it."""

    domain: str
    origin: str


@dataclass(frozen=True, repr=False)
class Made:
    """A new passkey whose first signature was good."""

    credential: bytes
    public_key: bytes
    count: int


def site(config: ConsoleConfig, request: AnyRequest) -> Site | None:
    """None where browsers make no passkeys: at a bare number as address, or without TLS outside this machine."""
    origin = config.origins[0].rstrip("/") if config.origins else f"{request.url.scheme}://{request.headers.get('host', '')}"
    parts = urlsplit(origin)
    domain = parts.hostname or ""
    if _is_number(domain) or (parts.scheme != "https" and domain != "localhost"):
        return None
    return Site(domain, origin)


def to_make(here: Site, challenge: bytes, officer: str, login: str, known: list[Passkey]) -> str:
    """What `navigator.credentials.create` needs, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=here.domain,
        rp_name="Damping",
        user_id=officer.encode(),
        user_name=login,
        challenge=challenge,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=passkey.credential) for passkey in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return options_to_json(options)


def to_sign(here: Site, challenge: bytes, known: list[Passkey]) -> str:
    """What `navigator.credentials.get` needs, as JSON."""
    options = webauthn.generate_authentication_options(
        rp_id=here.domain,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(id=passkey.credential) for passkey in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options)


def made(here: Site, challenge: bytes, answer: str) -> Made | None:
    """The new passkey in a browser's answer; None where it does not fit."""
    try:
        checked = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=here.domain, expected_origin=here.origin
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):  # it is whatever somebody posted
        return None
    return Made(checked.credential_id, checked.credential_public_key, checked.sign_count)


def signed(here: Site, challenge: bytes, answer: str, known: list[Passkey]) -> tuple[Passkey, int] | None:
    """Whose signature a browser's answer carries, and its count; None where it is nobody's of `known`."""
    try:
        told = webauthn.helpers.parse_authentication_credential_json(answer)
        passkey = next((one for one in known if one.credential == told.raw_id), None)
        if passkey is None:
            return None
        checked = webauthn.verify_authentication_response(
            credential=told,
            expected_challenge=challenge,
            expected_rp_id=here.domain,
            expected_origin=here.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,  # the store compares the count in the transaction that spends it
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return passkey, checked.new_sign_count


def _is_number(domain: str) -> bool:
    try:
        ipaddress.ip_address(domain)
    except ValueError:
        return False
    return True
