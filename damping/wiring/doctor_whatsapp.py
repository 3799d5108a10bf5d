"""`damping doctor` on WhatsApp: is the token good, is the number ours and healthy, is the API version still served. Sends no message."""

import re
from collections.abc import Mapping
from typing import Any

import httpx

from damping.wiring.finding import Finding
from damping.wiring.settings import WhatsAppSettings

_VERSION = re.compile(r"v\d{2}\.\d")
_FIELDS = "id,display_phone_number,verified_name,quality_rating,code_verification_status"
_MEND = {
    190: "the access token is not valid: make a new system user's token (docs/whatsapp.md)",
    10: "the token lacks a right: give the system user whatsapp_business_messaging and whatsapp_business_management",
    200: "the token lacks a right: give the system user whatsapp_business_messaging and whatsapp_business_management",
    100: "DAMPING_WHATSAPP_PHONE_NUMBER_ID is no number of this account: copy the id, not the number, from WhatsApp Manager",
    33: "DAMPING_WHATSAPP_PHONE_NUMBER_ID is no number of this account: copy the id, not the number, from WhatsApp Manager",
    2500: "DAMPING_WHATSAPP_API_VERSION is no version that Meta serves",
}


async def examine(meta: WhatsAppSettings, transport: httpx.AsyncBaseTransport | None = None) -> list[Finding]:
    """`transport`: only for tests and the double."""
    if not _VERSION.fullmatch(meta.api_version):
        return [Finding(False, f"WhatsApp: API version {meta.api_version!r}", "DAMPING_WHATSAPP_API_VERSION is written like v25.0")]
    url = f"{meta.base_url}/{meta.api_version}/{meta.phone_number_id}"
    try:
        async with httpx.AsyncClient(timeout=10, trust_env=False, transport=transport) as http:
            answer = await http.get(url, headers={"Authorization": f"Bearer {meta.access_token}"}, params={"fields": _FIELDS})
    except httpx.HTTPError as trouble:
        return [Finding(False, f"WhatsApp: {type(trouble).__name__}", f"can this machine reach {meta.base_url}?")]
    told = _decoded(answer)
    if answer.status_code != httpx.codes.OK:
        error = told.get("error")
        code = error.get("code") if isinstance(error, dict) else None
        mend = _MEND.get(code if isinstance(code, int) else -1, "check token, phone number id and API version (docs/whatsapp.md)")
        return [Finding(False, f"WhatsApp answers {answer.status_code} (code {code or 'none'})", mend)]
    return [Finding(True, "WhatsApp: token and number are accepted"), _version(meta, answer.headers), *_number(told)]


def _version(meta: WhatsAppSettings, headers: Mapping[str, str]) -> Finding:
    """A version that has ended is answered by the next one, silently: only this header tells."""
    served = headers.get("facebook-api-version", meta.api_version)
    same = served == meta.api_version
    mend = "" if same else f"Meta serves it no longer and answers as {served}: set DAMPING_WHATSAPP_API_VERSION={served}"
    return Finding(same, f"WhatsApp: API version {meta.api_version}", mend)


def _number(told: Mapping[str, Any]) -> list[Finding]:
    found = []
    if told.get("quality_rating") in ("YELLOW", "RED"):
        mend = "people block or report the number: send fewer neutral texts, or Meta limits it"
        found.append(Finding(False, f"WhatsApp: quality of the number is {told['quality_rating']}", mend))
    if told.get("code_verification_status") in ("NOT_VERIFIED", "EXPIRED"):
        found.append(Finding(False, "WhatsApp: the number is not verified", "verify it in WhatsApp Manager, or nothing arrives"))
    return found


def _decoded(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
