"""What the office sets, read once at start; every name is documented in `docs/operate.md` (a test compares them).

Read from the environment, then from `var/settings.env` (lines `NAME=value`). A wrong value refuses to start
with a sentence that says what to do. Secrets live in files of mode 0600, never in the environment of the engine.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class WrongSetting(Exception):
    """A setting is missing or wrong; the message says which and how to mend it."""


@dataclass(frozen=True)
class WhatsAppSettings:
    """Access to Meta's Cloud API; all of it or none."""

    app_secret: str
    verify_token: str
    access_token: str
    phone_number_id: str
    api_version: str
    base_url: str


@dataclass(frozen=True)
class TwilioSettings:
    """Access to WhatsApp by way of Twilio; all of it or none, and never beside Meta's."""

    account_sid: str
    auth_token: str
    number: str
    base_url: str
    content_url: str


@dataclass(frozen=True)
class MailSettings:
    """The office's mail server, for calling officers."""

    host: str
    port: int
    sender: str
    user: str
    password: str
    tls: str  # starttls, implicit or none


@dataclass(frozen=True)
class Settings:
    """Everything that differs between offices and machines."""

    root: Path  # the checkout
    var: Path  # database, keys, sockets, logs of this machine
    production: bool
    database_url: str
    master_key_file: Path
    engine_socket: Path
    engine_url: str  # empty: the socket
    engine_key_file: Path | None  # the shared secret of engine replicas reached by TCP
    engine_replicas: tuple[str, ...]  # each of them by its own address, to be given another model; empty: engine_url is the only one
    train_at: str  # HH:MM, office time, of the nightly training; empty: none
    host: str
    gateway_port: int
    desk_host: str
    desk_port: int
    public_url: str
    exit_url: str
    return_days: int
    webchat_file_mb: int
    settle_s: float
    turn_limit_s: float
    unknown_wait_s: float
    workers: int
    whatsapp_per_second: float  # messages of one number; 0: no limit
    whatsapp_person_every_s: float  # between messages to one person, beyond a first burst; 0: no limit
    gateway_url: str  # where the outside world reaches the gateway; empty: nobody was told
    whatsapp: WhatsAppSettings | None
    twilio: TwilioSettings | None
    smtp: MailSettings | None
    telegram_token: str
    telegram_base_url: str

    @property
    def models(self) -> Path:
        """Trained models with their reports."""
        return self.root / "models"


NAMES = {
    "DAMPING_VAR": "folder for database, keys and sockets; default: var/ in the checkout",
    "DAMPING_MODE": "development (default: simulated phone, plain cookies) or production",
    "DAMPING_DATABASE": "SQLAlchemy address; default: SQLite in the var folder; PostgreSQL: postgresql+psycopg://user@host/name",
    "DAMPING_MASTER_KEY_FILE": "file with the master key, mode 0600; default: master.key in the var folder, made at first run",
    "DAMPING_ENGINE_URL": "address of engine replicas behind a load balancer; default: the Unix socket in the var folder",
    "DAMPING_ENGINE_KEY_FILE": "file with the engine replicas' shared secret; needed with DAMPING_ENGINE_URL",
    "DAMPING_ENGINE_REPLICAS": "each replica's own address, parted by commas, to switch models; default: DAMPING_ENGINE_URL alone",
    "DAMPING_TRAIN_AT": "office time, such as 02:30, of a nightly training where the data changed; default: none",
    "DAMPING_HOST": "address on which the public gateway listens; default 127.0.0.1 (put a TLS proxy in front)",
    "DAMPING_GATEWAY_PORT": "port of the public gateway; default 8080",
    "DAMPING_DESK_HOST": "address on which the officers' desk listens; default 127.0.0.1 (private network only)",
    "DAMPING_DESK_PORT": "port of the officers' desk; default 8081",
    "DAMPING_PUBLIC_URL": "address by which officers reach the desk; default http://127.0.0.1:<desk port>; production: https://…, required",
    "DAMPING_EXIT_URL": "harmless page to which the chat's exit leads; default https://www.bmkg.go.id/",
    "DAMPING_RETURN_DAYS": "days for which a code opens a web chat again; 0: no codes; default 30",
    "DAMPING_WEBCHAT_FILE_MB": "megabytes of a picture or voice note sent by the web chat; default 0: none are taken",
    "DAMPING_SETTLE_S": "seconds that a person's lines settle before they are answered together; default 1.0",
    "DAMPING_TURN_LIMIT_S": "seconds that the engine has for a turn before the safe reply is given; default 8",
    "DAMPING_UNKNOWN_WAIT_S": "seconds to wait for a channel's status after an ambiguous time-out; default 60",
    "DAMPING_WORKERS": "turns taken at the same time by one worker process; default 8",
    "DAMPING_WHATSAPP_APP_SECRET": "Meta app secret: proves that deliveries are Meta's",
    "DAMPING_WHATSAPP_VERIFY_TOKEN": "the word that you type into Meta's webhook form",
    "DAMPING_WHATSAPP_ACCESS_TOKEN": "system user's token for sending",
    "DAMPING_WHATSAPP_PHONE_NUMBER_ID": "Meta's id of the office's number (not the number itself)",
    "DAMPING_WHATSAPP_API_VERSION": "version of Meta's API; default v25.0",
    "DAMPING_WHATSAPP_BASE_URL": "default https://graph.facebook.com",
    "DAMPING_WHATSAPP_PER_SECOND": "messages a second from the office's number; default 60 (Meta: 80 with those that come in)",
    "DAMPING_WHATSAPP_PERSON_EVERY_S": "seconds between messages to one person after a burst of ten; default 6; 0: no limit, no order kept",
    "DAMPING_GATEWAY_URL": "address by which the outside world reaches the gateway, https://…; needed for Twilio, which signs it",
    "DAMPING_TWILIO_ACCOUNT_SID": "WhatsApp by way of Twilio instead of Meta's own API: the account",
    "DAMPING_TWILIO_AUTH_TOKEN": "that account's auth token: proves that deliveries are Twilio's, and sends",
    "DAMPING_TWILIO_NUMBER": "the office's WhatsApp number at Twilio, +62…",
    "DAMPING_TWILIO_BASE_URL": "default https://api.twilio.com",
    "DAMPING_TWILIO_CONTENT_URL": "default https://content.twilio.com",
    "DAMPING_SMTP_HOST": "mail server by which officers on call are called; default: none",
    "DAMPING_SMTP_PORT": "its port; default 587",
    "DAMPING_SMTP_SENDER": "address that the calls come from; needed with DAMPING_SMTP_HOST",
    "DAMPING_SMTP_USER": "its account, where it asks for one",
    "DAMPING_SMTP_PASSWORD": "that account's password",
    "DAMPING_SMTP_TLS": "starttls (default), implicit, or none for a server on the same machine",
    "DAMPING_TELEGRAM_TOKEN": "token of the office's Telegram bot that calls officers; default: none",
    "DAMPING_TELEGRAM_BASE_URL": "default https://api.telegram.org",
}

_WHATSAPP_NEEDED = (
    "DAMPING_WHATSAPP_APP_SECRET",
    "DAMPING_WHATSAPP_VERIFY_TOKEN",
    "DAMPING_WHATSAPP_ACCESS_TOKEN",
    "DAMPING_WHATSAPP_PHONE_NUMBER_ID",
)
_TWILIO_NEEDED = ("DAMPING_TWILIO_ACCOUNT_SID", "DAMPING_TWILIO_AUTH_TOKEN", "DAMPING_TWILIO_NUMBER", "DAMPING_GATEWAY_URL")
_TWILIO_URLS = (("BASE_URL", "https://api.twilio.com"), ("CONTENT_URL", "https://content.twilio.com"))


def load(environment: Mapping[str, str] | None = None, root: Path | None = None) -> Settings:
    """Raises `WrongSetting`. `environment` and `root` default to the process's own."""
    root = (root or Path(__file__).resolve().parents[2]).resolve()
    given = dict(os.environ if environment is None else environment)
    var = Path(given.get("DAMPING_VAR", root / "var")).resolve()
    known = _from_file(var / "settings.env") | {name: value for name, value in given.items() if name.startswith("DAMPING_")}
    strangers = sorted(name for name in known if name not in NAMES and not name.startswith("DAMPING_TEST_"))
    if strangers:
        raise WrongSetting(f"unknown setting {strangers[0]}: see docs/operate.md for the names")
    return _build(known, root, var)


def _build(known: Mapping[str, str], root: Path, var: Path) -> Settings:
    desk_port = _number(known, "DAMPING_DESK_PORT", 8081)
    key_file = known.get("DAMPING_ENGINE_KEY_FILE")
    if _mode(known) and not known.get("DAMPING_PUBLIC_URL", "").startswith("https://"):
        raise WrongSetting("production needs DAMPING_PUBLIC_URL, the desk's https:// address behind its TLS proxy")
    if known.get("DAMPING_ENGINE_URL") and not key_file:
        raise WrongSetting("DAMPING_ENGINE_URL needs DAMPING_ENGINE_KEY_FILE: an engine over TCP must ask for a secret")
    return Settings(
        root=root,
        var=var,
        production=_mode(known),
        database_url=known.get("DAMPING_DATABASE", f"sqlite:///{var / 'damping.db'}"),
        master_key_file=Path(known.get("DAMPING_MASTER_KEY_FILE", var / "master.key")),
        engine_socket=var / "engine.sock",
        engine_url=known.get("DAMPING_ENGINE_URL", ""),
        engine_key_file=Path(key_file) if key_file else None,
        engine_replicas=tuple(one.strip().rstrip("/") for one in known.get("DAMPING_ENGINE_REPLICAS", "").split(",") if one.strip()),
        train_at=_clock(known, "DAMPING_TRAIN_AT"),
        host=known.get("DAMPING_HOST", "127.0.0.1"),
        gateway_port=_number(known, "DAMPING_GATEWAY_PORT", 8080),
        desk_host=known.get("DAMPING_DESK_HOST", "127.0.0.1"),
        desk_port=desk_port,
        public_url=known.get("DAMPING_PUBLIC_URL", f"http://127.0.0.1:{desk_port}"),
        exit_url=known.get("DAMPING_EXIT_URL", "https://www.bmkg.go.id/"),
        return_days=_number(known, "DAMPING_RETURN_DAYS", 30),
        webchat_file_mb=_number(known, "DAMPING_WEBCHAT_FILE_MB", 0),
        settle_s=_seconds(known, "DAMPING_SETTLE_S", 1.0),
        turn_limit_s=_seconds(known, "DAMPING_TURN_LIMIT_S", 8.0),
        unknown_wait_s=_seconds(known, "DAMPING_UNKNOWN_WAIT_S", 60.0),
        workers=_number(known, "DAMPING_WORKERS", 8),
        whatsapp_per_second=_seconds(known, "DAMPING_WHATSAPP_PER_SECOND", 60.0),
        whatsapp_person_every_s=_seconds(known, "DAMPING_WHATSAPP_PERSON_EVERY_S", 6.0),
        gateway_url=known.get("DAMPING_GATEWAY_URL", "").rstrip("/"),
        whatsapp=_whatsapp(known),
        twilio=_twilio(known),
        smtp=_smtp(known),
        telegram_token=known.get("DAMPING_TELEGRAM_TOKEN", ""),
        telegram_base_url=known.get("DAMPING_TELEGRAM_BASE_URL", "https://api.telegram.org").rstrip("/"),
    )


def _mode(known: Mapping[str, str]) -> bool:
    mode = known.get("DAMPING_MODE", "development")
    if mode not in ("development", "production"):
        raise WrongSetting(f"DAMPING_MODE is {mode!r}; it must be development or production")
    return mode == "production"


def _whatsapp(known: Mapping[str, str]) -> WhatsAppSettings | None:
    missing = [name for name in _WHATSAPP_NEEDED if not known.get(name)]
    if len(missing) == len(_WHATSAPP_NEEDED):
        return None
    if missing:
        raise WrongSetting(f"{missing[0]} is missing: WhatsApp needs all of {', '.join(_WHATSAPP_NEEDED)}")
    secret, verify, access, phone = (known[name] for name in _WHATSAPP_NEEDED)
    return WhatsAppSettings(
        app_secret=secret,
        verify_token=verify,
        access_token=access,
        phone_number_id=phone,
        api_version=known.get("DAMPING_WHATSAPP_API_VERSION", "v25.0"),
        base_url=known.get("DAMPING_WHATSAPP_BASE_URL", "https://graph.facebook.com").rstrip("/"),
    )


def _twilio(known: Mapping[str, str]) -> TwilioSettings | None:
    missing = [name for name in _TWILIO_NEEDED if not known.get(name)]
    if not any(name.startswith("DAMPING_TWILIO_") for name in known):
        return None
    if missing:
        raise WrongSetting(f"{missing[0]} is missing: Twilio needs all of {', '.join(_TWILIO_NEEDED)}")
    if any(known.get(name) for name in _WHATSAPP_NEEDED):
        raise WrongSetting("DAMPING_TWILIO_* and DAMPING_WHATSAPP_* are both set: one number speaks by one of them, take out the other")
    if not re.fullmatch(r"\+[0-9]{8,15}", known["DAMPING_TWILIO_NUMBER"]):
        raise WrongSetting("DAMPING_TWILIO_NUMBER must be written as +62… without blanks")
    if _mode(known) and not known["DAMPING_GATEWAY_URL"].startswith("https://"):
        raise WrongSetting("DAMPING_GATEWAY_URL must begin with https:// in production")
    sid, token, number, _ = (known[name] for name in _TWILIO_NEEDED)
    base, content = (known.get(f"DAMPING_TWILIO_{name}", url) for name, url in _TWILIO_URLS)
    return TwilioSettings(sid, token, number, base.rstrip("/"), content.rstrip("/"))


def _smtp(known: Mapping[str, str]) -> MailSettings | None:
    host, sender, tls = (
        known.get(f"DAMPING_SMTP_{name}", default) for name, default in (("HOST", ""), ("SENDER", ""), ("TLS", "starttls"))
    )
    if not host:
        return None
    if not sender:
        raise WrongSetting("DAMPING_SMTP_SENDER is missing: the mail server needs an address that the calls come from")
    if tls not in ("starttls", "implicit", "none"):
        raise WrongSetting(f"DAMPING_SMTP_TLS is {tls!r}; it must be starttls, implicit or none")
    user, password = known.get("DAMPING_SMTP_USER", ""), known.get("DAMPING_SMTP_PASSWORD", "")
    return MailSettings(host, _number(known, "DAMPING_SMTP_PORT", 587), sender, user, password, tls)


def _number(known: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(known.get(name, default))
    except ValueError:
        raise WrongSetting(f"{name} is {known[name]!r}; it must be a whole number") from None


def _clock(known: Mapping[str, str], name: str) -> str:
    told = known.get(name, "")
    if told and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", told):
        raise WrongSetting(f"{name} is {told!r}; it must be a time such as 02:30")
    return told


def _seconds(known: Mapping[str, str], name: str, default: float) -> float:
    try:
        return float(known.get(name, default))
    except ValueError:
        raise WrongSetting(f"{name} is {known[name]!r}; it must be seconds, such as 1.5") from None


def _from_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs}
