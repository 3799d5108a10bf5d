"""Calls by a Telegram bot of the office's own. The officer's address is the number of the chat with that bot."""

import httpx

from damping.casework.duty import Message, NotCalled
from damping.channels.calls.words import CallWords

_PATIENCE_S = 10.0
_GONE = frozenset({400, 403})  # unknown chat, or the officer has stopped the bot


class TelegramCaller:
    """One message a call."""

    def __init__(self, token: str, words: CallWords, base_url: str = "https://api.telegram.org") -> None:
        self._url = f"{base_url.rstrip('/')}/bot{token}"
        self._words = words

    async def call(self, address: str, message: Message) -> None:
        """Raises `NotCalled`."""
        told = {"chat_id": address, "text": self._words.of(message), "link_preview_options": {"is_disabled": True}}
        try:
            async with httpx.AsyncClient(timeout=_PATIENCE_S, trust_env=False) as http:
                answer = await http.post(f"{self._url}/sendMessage", json=told)
        except httpx.HTTPError as trouble:
            raise NotCalled from trouble
        if answer.status_code != 200:
            raise NotCalled(answer.status_code, gone=answer.status_code in _GONE)

    async def check(self) -> bool:
        """Whether the bot's token is good."""
        try:
            async with httpx.AsyncClient(timeout=_PATIENCE_S, trust_env=False) as http:
                return (await http.get(f"{self._url}/getMe")).status_code == 200
        except httpx.HTTPError:
            return False
