"""How another app brings a person to the office: a small client of the partner API, and a look at a webhook's signature.

    damping partner add "Aplikasi Kota"                     # shows the key, once
    DAMPING_KEY=damping_… python examples/partner_client.py # plays one invented person against `make run`

Needs httpx. The app's own duties stand in docs/partner.md: no number or name as a reference, nothing kept on the phone.
"""

import hashlib
import hmac
import os
import secrets
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

OLD_S = 300  # a signed delivery that is older was caught and is played again


@dataclass
class Office:
    """One partner's way to the office. Every call may be repeated: nothing is stored or opened twice."""

    url: str
    key: str = field(repr=False)
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20))

    def open(self, reference: str) -> dict[str, Any]:
        """The conversation of this reference (a random id of the app's own), with the code for the person."""
        return self._ask("POST", "/conversations", {"reference": reference})

    def say(self, conversation: str, text: str) -> None:
        """Bring a message; comes back only when it is stored."""
        self._ask("POST", f"/conversations/{conversation}/messages", {"id": secrets.token_hex(16), "text": text})

    def choose(self, conversation: str, choice: str) -> None:
        """The person pressed a button."""
        self._ask("POST", f"/conversations/{conversation}/messages", {"id": secrets.token_hex(16), "choice": choice})

    def hand_over_place(self, conversation: str, latitude: float, longitude: float) -> None:
        """Only after the person said yes, this time."""
        place = {"id": secrets.token_hex(16), "latitude": latitude, "longitude": longitude, "consent": True}
        self._ask("POST", f"/conversations/{conversation}/location", place)

    def replies(self, conversation: str, after: int) -> tuple[list[dict[str, Any]], int]:
        """New replies and the cursor for the next time; what the cursor has passed is kept no longer."""
        answer = self._ask("GET", f"/conversations/{conversation}/replies?after={after}")
        return answer["replies"], answer["cursor"]

    def status(self, code: str) -> str:
        """diterima, ditangani or selesai."""
        return str(self._ask("POST", "/reports/status", {"code": code})["status"])

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The same request until it is answered: after a lost answer nobody knows whether it was stored."""
        for wait_s in (1, 2, 4, 8, 16, 30, None):
            try:
                answer = self.http.request(
                    method, f"{self.url}/partner/v1{path}", json=body, headers={"Authorization": f"Bearer {self.key}"}
                )
                if answer.status_code not in (429, 502, 503, 504):
                    answer.raise_for_status()
                    return dict(answer.json())
                wait_s = wait_s and max(wait_s, int(answer.headers.get("retry-after", 0)))
            except httpx.TransportError:
                pass
            if wait_s is not None:
                time.sleep(wait_s)
        raise ConnectionError("the office does not answer: show the emergency numbers")


def is_genuine(signing: str, header: str, raw: bytes, now: float) -> bool:
    """Whether a delivery to the app's webhook is the office's: `header` is Damping-Signature, `raw` the bytes as they came."""
    told = [part.partition("=") for part in header.split(",")]
    times = [value for name, _, value in told if name == "t" and value.isdigit()]
    if len(times) != 1 or abs(now - int(times[0])) > OLD_S:
        return False
    ours = hmac.digest(signing.encode(), f"{times[0]}.".encode() + raw, hashlib.sha256).hex()
    return any(hmac.compare_digest(ours, value) for name, _, value in told if name == "v1" and value.isascii())


def play(office: Office, lines: list[str], patience_s: float = 30) -> list[str]:
    """One invented person; every reply as it comes. Returns what was said to the person."""
    opened = office.open("contoh-" + secrets.token_hex(8))
    heard: list[str] = []
    cursor = 0
    for line in lines:
        sys.stdout.write(f"> {line}\n")
        office.say(opened["conversation"], line)
        end = time.monotonic() + patience_s
        replies: list[dict[str, Any]] = []
        while not replies and time.monotonic() < end:
            time.sleep(1)
            replies, cursor = office.replies(opened["conversation"], cursor)
        for reply in replies:
            heard.append(reply["text"])
            buttons = " ".join(f"[{choice['title']}]" for choice in reply["choices"])
            sys.stdout.write(f"  {reply['sender']}: {reply['text']} {buttons}\n")
    sys.stdout.write(f"laporan {opened['code']}: {office.status(opened['code'])}\n")
    return heard


if __name__ == "__main__":
    if "DAMPING_KEY" not in os.environ:
        sys.exit('DAMPING_KEY is missing: make one with  damping partner add "Aplikasi Kota"')
    play(
        Office(os.environ.get("DAMPING_URL", "http://127.0.0.1:8080"), os.environ["DAMPING_KEY"]),
        ["halo", "saya mau tanya, kantornya buka jam berapa?"],
    )
