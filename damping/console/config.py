"""What the desk has to be told; only `damping.wiring` knows where it comes from."""

from dataclasses import dataclass, field

from damping.store.officer_sessions import Limits


@dataclass(frozen=True)
class ConsoleConfig:
    """Settings of the desk."""

    development: bool = False  # plain cookies over http; never in production
    origins: tuple[str, ...] = ()  # 'https://meja.example.go.id'; none: whatever host the browser asked for
    office: str = ""  # the office's name under the sign-in form
    limits: Limits = field(default_factory=Limits)

    @property
    def cookie_prefix(self) -> str:
        """`__Host-` binds a cookie to this host and to TLS; browsers refuse it over http."""
        return "" if self.development else "__Host-"
