"""How an officer shows who they are: a guess is slowed down, looked at once, and counted before it is looked at."""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from damping.console import passkeys
from damping.console.visit import Desk, Visit
from damping.store import factors, login_delay, officer_sessions, officers
from damping.store.officer_sessions import SignedIn

_GUESSES_AT_ONCE = 5  # waiting at the same moment for one lane; more are sent away unread
_CHALLENGE_BYTES = 32
_TYPED_AT_MOST = 200


class TooMany(Exception):
    """Other guesses for this account are still waiting."""


async def guess[R](visit: Visit, lane: bytes, look: Callable[[], R | None]) -> tuple[R | None, bool]:
    """What `look` finds, after the wait that earlier guesses earned; and whether there was a wait. Raises `TooMany`.

    A good guess clears the lane.
    """
    store = visit.desk.store
    with _waiting(visit.desk, lane):
        wait = await visit.run(login_delay.count, store, lane)
        if wait:
            await visit.desk.pause(wait)
        found = await asyncio.to_thread(look)
    if found:
        await visit.run(login_delay.forget, store, lane)
    return found, bool(wait)


async def second_factor(visit: Visit, officer: SignedIn) -> tuple[str | None, bool]:
    """Which second factor the form proves (`passkey`, `totp`, `recovery`), or None; and whether there was a wait. Raises `TooMany`."""
    return await _proof(visit, officer, with_password=False)


async def password_or_factor(visit: Visit, officer: SignedIn) -> tuple[str | None, bool]:
    """As `second_factor`, where the password will do too: the browser has an open session of this officer already."""
    return await _proof(visit, officer, with_password=True)


async def challenge(visit: Visit) -> bytes:
    """A fresh challenge, kept for this session."""
    fresh = secrets.token_bytes(_CHALLENGE_BYTES)
    await visit.run(officer_sessions.set_challenge, visit.desk.store, visit.token, fresh)
    return fresh


async def _proof(visit: Visit, officer: SignedIn, *, with_password: bool) -> tuple[str | None, bool]:
    store, typed = visit.desk.store, visit.form.get("kode", "")[: officers.PASSWORD_AT_MOST + 1]
    answer = visit.form.get("jawaban", "")
    asked = await visit.run(officer_sessions.take_challenge, store, visit.token) if answer else None
    here = passkeys.site(visit.desk.config, visit.request)

    def look() -> str | None:
        if answer:
            if asked is None or here is None:
                return None
            found = passkeys.signed(here, asked, answer, factors.passkeys(store, officer.officer))
            return "passkey" if found and factors.spend_passkey(store, officer.officer, *found) else None
        if with_password and not _is_code(typed):
            return "password" if officers.verify_own(store, officer.officer, typed) else None
        if _is_code(typed):
            return "totp" if factors.spend_totp(store, officer.officer, typed) else None
        return "recovery" if factors.spend_code(store, officer.officer, typed[:_TYPED_AT_MOST]) else None

    return await guess(visit, login_delay.second_lane(store, officer.officer), look)


def _is_code(typed: str) -> bool:
    """Six digits of an app, however they are grouped; no password is that short."""
    digits = "".join(typed.split())
    return len(digits) == 6 and digits.isascii() and digits.isdecimal()


@contextmanager
def _waiting(desk: Desk, lane: bytes) -> Iterator[None]:
    if desk.guessing.get(lane, 0) >= _GUESSES_AT_ONCE:
        raise TooMany
    desk.guessing[lane] = desk.guessing.get(lane, 0) + 1
    try:
        yield
    finally:
        desk.guessing[lane] -= 1
        if not desk.guessing[lane]:
            del desk.guessing[lane]
