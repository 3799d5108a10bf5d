"""The master key on disk: a file of mode 0600, made at first run. Losing it loses every conversation; see `docs/operate.md`."""

import base64
import os
import secrets
import stat
from pathlib import Path

from damping.store.sealing import KEY_BYTES
from damping.wiring.settings import WrongSetting


def master_key(path: Path) -> bytes:
    """Read it. Raises `WrongSetting` where it is missing, readable by others, or not a key."""
    if not path.exists():
        raise WrongSetting(f"no master key at {path}: run `damping prepare`, or put the old key back")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise WrongSetting(f"{path} can be read by others: chmod 600 {path}")
    try:
        key = base64.b64decode(path.read_text(encoding="ascii").strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise WrongSetting(f"{path} holds no master key (32 bytes in base64)")
    return key


def make_master_key(path: Path) -> bool:
    """Make one where there is none; True where it was made. Never overwrites."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
    return True
