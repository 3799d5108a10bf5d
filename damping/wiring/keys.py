"""The master key on disk: a file of mode 0600, made at first run. Losing it loses every conversation; see `docs/operate.md`.

A process that is started with another key than the database's says so and refuses. `damping key rotate` puts a new key in
place while nothing runs; a break in the middle leaves both keys on disk and a sentence that says what to do.
"""

import base64
import os
import secrets
import stat
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from damping.store import key_ring
from damping.store.database import Database
from damping.store.key_ring import WrongMasterKey
from damping.store.sealing import KEY_BYTES, Unsealable, Vault
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


def vault(database: Database, path: Path) -> Vault:
    """What the master key opens of this database. Raises `WrongSetting` where it is another database's key."""
    master = master_key(path)
    try:
        return key_ring.open_vault(database, master)
    except WrongMasterKey:
        waiting = _beside(path, "new")
        if waiting.exists() and key_ring.fits(database, master_key(waiting)):
            raise WrongSetting(f"a change of the master key was interrupted: mv {waiting} {path}, then start again") from None
        raise WrongSetting(
            f"{path} is not the master key of this database. Nothing was started and nothing changed: "
            "put the right key back, or name the right database (DAMPING_DATABASE)"
        ) from None
    except SQLAlchemyError as trouble:
        raise WrongSetting(
            f"the database does not answer ({type(trouble).__name__}): is the server up, are name and password right (DAMPING_DATABASE)?"
        ) from None


def rotate(database: Database, path: Path) -> tuple[int, Path]:
    """A new master key in place of the old one: how many keys were wrapped anew, and where the old key lies now.

    Nothing else may run on the database meanwhile. Raises `WrongSetting`.
    """
    vault(database, path)
    fresh, old = _beside(path, "new"), _beside(path, "old")
    if old.exists():
        raise WrongSetting(f"{old} is still there from the last change: put it where the old backups are, or destroy it")
    fresh.unlink(missing_ok=True)  # an interrupted change that came to nothing: its key opens nothing
    make_master_key(fresh)
    try:
        changed = key_ring.rotate(database, master_key(path), master_key(fresh))
    except Unsealable:
        fresh.unlink()
        raise WrongSetting("a conversation's key is damaged and does not open: nothing was changed; restore a backup first") from None
    os.link(path, old)
    os.replace(fresh, path)
    return changed, old


def _beside(path: Path, name: str) -> Path:
    return path.with_name(f"{path.name}.{name}")


def make_master_key(path: Path) -> bool:
    """Make one where there is none; True where it was made. Never overwrites."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True
