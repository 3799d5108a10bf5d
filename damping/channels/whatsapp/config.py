"""What the WhatsApp channel needs to know; `damping.wiring` fills it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class WhatsAppConfig:
    """One number of the office at Meta. Refuses empty secrets: an empty key would let anybody sign."""

    app_secret: str = field(repr=False)  # proves that deliveries are Meta's
    verify_token: str = field(repr=False)  # the word typed into Meta's webhook form
    access_token: str = field(repr=False)  # for sending
    phone_number_id: str  # Meta's id of the number
    list_label: str  # on the button that opens a list of choices; 20 signs at most
    api_version: str = "v25.0"
    base_url: str = "https://graph.facebook.com"
    webhook_path: str = "/webhook/whatsapp"
    languages: Mapping[str, str] = field(default_factory=dict)  # of each approved template, by its name

    def __post_init__(self) -> None:
        for name in ("app_secret", "verify_token", "access_token", "phone_number_id", "list_label"):
            if not getattr(self, name):
                raise ValueError(f"{name} is empty")

    @property
    def messages_url(self) -> str:
        """Where messages are sent."""
        return f"{self.base_url}/{self.api_version}/{self.phone_number_id}/messages"
