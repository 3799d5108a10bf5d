"""What the road by Twilio needs to know; `damping.wiring` fills it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TwilioConfig:
    """One WhatsApp sender of the office at Twilio. Refuses empty secrets: an empty token would let anybody sign."""

    account_sid: str
    auth_token: str = field(repr=False)  # signs deliveries, and is the password for sending
    number: str  # the office's WhatsApp number, +62…
    public_url: str  # where Twilio reaches the gateway, https://…: it signs this address
    list_label: str  # on the button that opens a list of choices; 20 signs at most
    base_url: str = "https://api.twilio.com"
    content_url: str = "https://content.twilio.com"
    webhook_path: str = "/webhook/twilio"

    def __post_init__(self) -> None:
        for name in ("account_sid", "auth_token", "number", "public_url", "list_label"):
            if not getattr(self, name):
                raise ValueError(f"{name} is empty")

    @property
    def account_url(self) -> str:
        """The account at Twilio's API."""
        return f"{self.base_url}/2010-04-01/Accounts/{self.account_sid}"

    @property
    def sender(self) -> str:
        """The office as Twilio names it."""
        return "whatsapp:+" + self.number.lstrip("+")

    @property
    def message_url(self) -> str:
        """Where Twilio brings messages."""
        return self.public_url.rstrip("/") + self.webhook_path

    @property
    def status_url(self) -> str:
        """Where Twilio tells how far a message of ours has come."""
        return f"{self.message_url}/status"
