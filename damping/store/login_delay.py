"""Wrong passwords are slowed down, never locked out: nobody can shut an officer out of the desk at night by guessing.

A guess counts before it is looked at, so that many at the same moment slow each other down too. A browser that has signed
in before carries a sign of it and is counted by itself: a stranger's guesses do not delay it.

failures in the last hour | wait before the next look
0 to 4                    | none
5, 6, 7, 8, 9             | 2, 4, 8, 16, 32 s
10 and more               | 42 s
"""

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import delete, func, insert, select

from damping.store.context import Store
from damping.store.tables import LoginFailure

_FREE = 5
_LONGEST_S = 42
_REMEMBERED = timedelta(hours=1)
_SIGN_LASTS = timedelta(days=30)


def delay_s(failures: int) -> int:
    """Seconds to wait; the table above."""
    return 0 if failures < _FREE else min(_LONGEST_S, 2 ** min(failures - _FREE + 1, 6))


def lane(store: Store, login: str, sign: str = "") -> bytes:
    """By what guesses are counted: the login, or login and browser where the browser shows a sign of that login."""
    name = login.strip().casefold()
    known = sign if _is_good(store, name, sign) else ""
    return store.vault.lookup("login lane", f"{name}\0{known}")


def second_lane(store: Store, officer: str) -> bytes:
    """By what tries at the second step, or at a locked desk, are counted: the account, whose password is known already there."""
    return store.vault.lookup("login lane", f"second step\0{officer}")


def count(store: Store, counted_by: bytes) -> int:
    """Count a guess that is about to be looked at; seconds to wait before that."""
    now = store.now()
    with store.database.write() as connection:
        connection.execute(delete(LoginFailure).where(LoginFailure.at < now - _REMEMBERED))
        before = connection.execute(
            select(func.count()).select_from(LoginFailure).where(LoginFailure.login_hash == counted_by)
        ).scalar_one()
        connection.execute(insert(LoginFailure).values(login_hash=counted_by, at=now))
    return delay_s(before)


def forget(store: Store, counted_by: bytes) -> None:
    """The right password came: the lane is clean again."""
    with store.database.write() as connection:
        connection.execute(delete(LoginFailure).where(LoginFailure.login_hash == counted_by))


def sign(store: Store, login: str) -> str:
    """A sign for the browser that signed in: says nothing to anybody but us."""
    told = f"{secrets.token_hex(8)}.{int(store.now().timestamp())}"
    return f"{told}.{_seal(store, login.strip().casefold(), told)}"


def _is_good(store: Store, name: str, sign: str) -> bool:
    told, _, seal = sign.rpartition(".")
    _, _, at = told.partition(".")
    if not told or not at.isdecimal() or not hmac.compare_digest(seal.encode(), _seal(store, name, told).encode()):
        return False
    return 0 <= store.now().timestamp() - int(at) <= _SIGN_LASTS.total_seconds()


def _seal(store: Store, name: str, told: str) -> str:
    return store.vault.lookup("login sign", f"{name}\0{told}").hex()
