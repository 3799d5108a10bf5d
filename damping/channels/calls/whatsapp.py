"""Calls by a WhatsApp template from the office's number: outside a conversation Meta takes nothing but an approved template."""

from dataclasses import dataclass

import httpx

from damping.casework.duty import Message, NotCalled

_PATIENCE_S = 10.0


@dataclass(frozen=True, repr=False)
class TemplateAccount:
    """The office's account at Meta, and the template that says that somebody waits."""

    access_token: str
    phone_number_id: str
    template: str
    language: str
    api_version: str = "v25.0"
    base_url: str = "https://graph.facebook.com"


class WhatsAppCaller:
    """One template a call; every kind of call is the same template, which has no place for words."""

    def __init__(self, account: TemplateAccount) -> None:
        self._account = account
        self._url = f"{account.base_url.rstrip('/')}/{account.api_version}/{account.phone_number_id}"

    async def call(self, address: str, _message: Message) -> None:
        """Raises `NotCalled`."""
        account = self._account
        told = {
            "messaging_product": "whatsapp",
            "to": address.lstrip("+"),
            "type": "template",
            "template": {"name": account.template, "language": {"code": account.language}},
        }
        try:
            async with self._http() as http:
                answer = await http.post(f"{self._url}/messages", json=told)
        except httpx.HTTPError as trouble:
            raise NotCalled from trouble
        if answer.status_code != 200:
            raise NotCalled(answer.status_code)

    async def check(self) -> bool:
        """Whether Meta takes our token for this number."""
        try:
            async with self._http() as http:
                return (await http.get(self._url, params={"fields": "id"})).status_code == 200
        except httpx.HTTPError:
            return False

    def _http(self) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self._account.access_token}"}
        return httpx.AsyncClient(timeout=_PATIENCE_S, trust_env=False, headers=headers)
