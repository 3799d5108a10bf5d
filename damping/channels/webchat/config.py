"""What the web chat needs to know; `damping.wiring` fills it."""

from dataclasses import dataclass
from datetime import timedelta

from damping.casework.message import Body

_NONE = Body()


@dataclass(frozen=True)
class Hotline:
    """A number that is always one tap away: a short name and the number as it is dialled."""

    name: str
    number: str


@dataclass(frozen=True)
class WebchatConfig:
    """One page. `greeting` are the office's first words, shown before anybody wrote: neutral, they may be seen by others."""

    hotlines: tuple[Hotline, ...]
    greeting: tuple[str, ...]
    exit_url: str  # a harmless site
    city_greeting: tuple[str, ...] = ()  # instead, while the chat is disguised as city information
    development: bool = False  # plain cookies for http://
    public_origin: str = ""  # such as https://pesan.example; empty: whatever host was asked for
    path: str = "/"  # ends with '/'; a neutral word
    idle: timedelta = timedelta(minutes=10)
    codes_last: timedelta = timedelta(days=30)  # how long a code opens a conversation again; zero: no codes
    file_at_most: int = 0  # bytes of a picture or voice note; 0: none are taken
    files_of_one: int = 250_000_000  # bytes of one conversation
    check: Body = _NONE  # the neutral question to somebody who came back and has a word of his own

    def __post_init__(self) -> None:
        if not self.path.endswith("/"):
            raise ValueError("path must end with '/'")
        if not self.exit_url.startswith(("https://", "http://") if self.development else "https://"):
            raise ValueError("exit_url must be an https:// address")

    @property
    def cookie(self) -> str:
        """Its name: bound to this host over TLS wherever people really write."""
        return "sesi" if self.development else "__Host-sesi"
