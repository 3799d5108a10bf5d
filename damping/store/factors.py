"""Second factors of officers: codes of an authenticator app, passkeys, and recovery codes on paper.

The office relies on it that a code opens once: the same time step, signature count or recovery code never passes twice,
also when two browsers send it at the same moment. Secrets are sealed, recovery codes are kept as argon2 hashes.
"""

import base64
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pyotp
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from damping.casework.ids import OfficerId, new_id
from damping.store import audit, officers
from damping.store.context import Store
from damping.store.tables_accounts import Factor, RecoveryCode

_STEP_S = 30
_DRIFT_STEPS = 1  # a phone's clock may be half a minute off
CODES = 10
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is mistaken for another on paper
_CODE_SIGNS = 10


class Kind(StrEnum):
    """What a second factor is."""

    TOTP = "totp"  # six digits of an authenticator app
    PASSKEY = "passkey"  # a phone, a computer or a security key that signs


class FactorError(Exception):
    """A second factor could not be changed."""


class LastFactor(FactorError):
    """An account keeps at least one."""


class CredentialTaken(FactorError):
    """This passkey belongs to an account already."""


@dataclass(frozen=True)
class Kept:
    """A second factor as its owner sees it."""

    id: str
    kind: Kind
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, repr=False)
class Passkey:
    """What is needed to check a passkey's signature."""

    id: str
    credential: bytes
    public_key: bytes
    count: int


def kept(store: Store, officer: OfficerId) -> list[Kept]:
    """The factors that work, oldest first."""
    with store.database.read() as connection:
        rows = connection.execute(select(Factor.__table__).where(*_working(officer)).order_by(Factor.created_at)).all()
    office = store.vault.office
    return [Kept(row.id, Kind(row.kind), office.unseal_text("factor.name", row.id, row.name), row.created_at, row.used_at) for row in rows]


def begin_totp(store: Store, officer: OfficerId) -> str:
    """A fresh secret for an app, which counts only when `confirm_totp` has seen a code of it; earlier unconfirmed ones go."""
    secret, factor = pyotp.random_base32(), new_id()
    with store.database.write() as connection:
        connection.execute(delete(Factor).where(Factor.officer_id == officer, Factor.confirmed_at.is_(None)))
        _insert(connection, store, officer, factor, Kind.TOTP, "", secret)
    return secret


def pending_totp(store: Store, officer: OfficerId) -> str | None:
    """The secret that waits for its first code."""
    with store.database.read() as connection:
        row = connection.execute(select(Factor.id, Factor.secret).where(*_waiting(officer))).first()
    return None if row is None else store.vault.office.unseal_text("factor.secret", row.id, row.secret)


def confirm_totp(store: Store, officer: OfficerId, code: str, name: str) -> bool:
    """The owner typed a code of the new app: from now on it counts. That code is spent."""
    with store.database.write() as connection:
        row = connection.execute(select(Factor.__table__).where(*_waiting(officer))).first()
        if row is None:
            return False
        step = _step_of(store, store.vault.office.unseal_text("factor.secret", row.id, row.secret), code)
        if step is None:
            return False
        values = {
            "name": store.vault.office.seal_text("factor.name", row.id, name),
            "confirmed_at": store.now(),
            "last_count": step,
            "used_at": store.now(),
        }
        connection.execute(update(Factor).where(Factor.id == row.id).values(values))
        audit.record(connection, store, officer, "factor_added", row.id)
    return True


def spend_totp(store: Store, officer: OfficerId, code: str) -> bool:
    """Whether this is a code of one of the officer's apps that was not used before."""
    with store.database.write() as connection:
        rows = connection.execute(select(Factor.id, Factor.secret).where(*_working(officer), Factor.kind == Kind.TOTP)).all()
        for row in rows:
            step = _step_of(store, store.vault.office.unseal_text("factor.secret", row.id, row.secret), code)
            if step is None:
                continue
            fresh = update(Factor).where(Factor.id == row.id, Factor.last_count < step)
            return bool(connection.execute(fresh.values(last_count=step, used_at=store.now())).rowcount)
    return False


def passkeys(store: Store, officer: OfficerId) -> list[Passkey]:
    """The officer's passkeys, to ask for a signature and to check it."""
    with store.database.read() as connection:
        rows = connection.execute(select(Factor.__table__).where(*_working(officer), Factor.kind == Kind.PASSKEY)).all()
    return [_passkey(store, row.id, row.secret, row.last_count) for row in rows]


def add_passkey(store: Store, officer: OfficerId, credential: bytes, public_key: bytes, count: int, name: str) -> None:
    """Keep a passkey whose first signature was checked. Raises `CredentialTaken`."""
    told = json.dumps([base64.b64encode(credential).decode(), base64.b64encode(public_key).decode()])
    factor = new_id()
    try:
        with store.database.write() as connection:
            _insert(connection, store, officer, factor, Kind.PASSKEY, name, told)
            hashed = store.vault.lookup("passkey", credential.hex())
            now = store.now()
            values = {"credential_hash": hashed, "last_count": count, "confirmed_at": now, "used_at": now}
            connection.execute(update(Factor).where(Factor.id == factor).values(values))
            audit.record(connection, store, officer, "factor_added", factor)
    except IntegrityError:
        raise CredentialTaken from None


def spend_passkey(store: Store, officer: OfficerId, passkey: Passkey, count: int) -> bool:
    """Whether the signature's count is newer than the last one; passkeys that are kept in several places always say nought."""
    with store.database.write() as connection:
        newer = Factor.last_count < count if count else Factor.last_count == 0
        same = update(Factor).where(*_working(officer), Factor.id == passkey.id, newer)
        return bool(connection.execute(same.values(last_count=count, used_at=store.now())).rowcount)


def end(store: Store, officer: OfficerId, factor: str) -> bool:
    """Take a factor off the officer's own account; False where it is not theirs. Raises `LastFactor`."""
    with store.database.write() as connection:
        working = connection.execute(select(Factor.id).where(*_working(officer)).with_for_update()).scalars().all()
        if factor not in working:
            return False
        if len(working) == 1:
            raise LastFactor
        _end(connection, store, officer, factor)
        audit.record(connection, store, officer, "factor_removed", factor)
    return True


def end_all_in(connection: Connection, store: Store, officer: OfficerId) -> None:
    """Every factor and recovery code of an account, in a transaction at hand: the phone is in other hands."""
    for factor in connection.execute(select(Factor.id).where(Factor.officer_id == officer, Factor.ended_at.is_(None))).scalars():
        _end(connection, store, officer, factor)
    connection.execute(delete(RecoveryCode).where(RecoveryCode.officer_id == officer))


def make_codes(store: Store, officer: OfficerId) -> list[str]:
    """Ten fresh recovery codes, shown once; the earlier ones are void."""
    fresh = ["".join(secrets.choice(_SIGNS) for _ in range(_CODE_SIGNS)) for _ in range(CODES)]
    hashes = [officers.HASHER.hash(code) for code in fresh]
    now = store.now()
    with store.database.write() as connection:
        connection.execute(delete(RecoveryCode).where(RecoveryCode.officer_id == officer))
        rows = [{"officer_id": officer, "slot": slot, "code_hash": hashed, "made_at": now} for slot, hashed in enumerate(hashes)]
        connection.execute(insert(RecoveryCode), rows)
        audit.record(connection, store, officer, "recovery_codes_made", officer)
    return [f"{slot}-{code[:5]}-{code[5:]}" for slot, code in enumerate(fresh)]


def codes_left(store: Store, officer: OfficerId) -> int:
    """How many recovery codes still work."""
    with store.database.read() as connection:
        left = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.officer_id == officer, RecoveryCode.used_at.is_(None))
        return int(connection.execute(left).scalar_one())


def spend_code(store: Store, officer: OfficerId, typed: str) -> bool:
    """Whether this is one of the officer's unused recovery codes; takes as long for any other text. It is spent."""
    signs = "".join(typed.upper().split()).replace("-", "")
    slot = int(signs[0]) if signs[:1].isdecimal() and signs[0].isascii() else -1
    unused = (RecoveryCode.officer_id == officer, RecoveryCode.slot == slot, RecoveryCode.used_at.is_(None))
    with store.database.read() as connection:
        hashed = connection.execute(select(RecoveryCode.code_hash).where(*unused)).scalar()
    if not officers.fits(hashed, signs[1:]):
        return False
    with store.database.write() as connection:
        spent = update(RecoveryCode).where(*unused, RecoveryCode.code_hash == hashed).values(used_at=store.now())
        if not connection.execute(spent).rowcount:
            return False
        audit.record(connection, store, officer, "recovery_code_spent", officer)
    return True


def _working(officer: OfficerId) -> tuple[ColumnElement[bool], ...]:
    return (Factor.officer_id == officer, Factor.confirmed_at.is_not(None), Factor.ended_at.is_(None))


def _waiting(officer: OfficerId) -> tuple[ColumnElement[bool], ...]:
    return (Factor.officer_id == officer, Factor.confirmed_at.is_(None), Factor.ended_at.is_(None), Factor.kind == Kind.TOTP)


def _end(connection: Connection, store: Store, officer: OfficerId, factor: str) -> None:
    """The row stays for the record; what it could open is gone, and a passkey may be used for an account again."""
    empty = store.vault.office.seal_text("factor.secret", factor, "")
    gone = update(Factor).where(Factor.id == factor, Factor.officer_id == officer)
    connection.execute(gone.values(ended_at=store.now(), secret=empty, credential_hash=None))


def _insert(connection: Connection, store: Store, officer: OfficerId, factor: str, kind: Kind, name: str, secret: str) -> None:
    office = store.vault.office
    connection.execute(
        insert(Factor).values(
            id=factor,
            officer_id=officer,
            kind=kind,
            name=office.seal_text("factor.name", factor, name),
            secret=office.seal_text("factor.secret", factor, secret),
            created_at=store.now(),
        )
    )


def _passkey(store: Store, factor: str, sealed_secret: bytes, count: int) -> Passkey:
    credential, public_key = json.loads(store.vault.office.unseal_text("factor.secret", factor, sealed_secret))
    return Passkey(factor, base64.b64decode(credential), base64.b64decode(public_key), count)


def _step_of(store: Store, secret: str, code: str) -> int | None:
    """The time step whose code this is, or None."""
    app, now = pyotp.TOTP(secret, interval=_STEP_S), int(store.now().timestamp()) // _STEP_S
    typed = "".join(code.split()).encode()
    for step in range(now - _DRIFT_STEPS, now + _DRIFT_STEPS + 1):
        if hmac.compare_digest(app.generate_otp(step).encode(), typed):
            return step
    return None
