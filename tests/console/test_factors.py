"""Second factors in the store itself: each proof opens once, also when it comes twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from sqlalchemy import select

from damping.store import factors, officers
from damping.store.context import Store
from damping.store.factors import CredentialTaken, Kind, LastFactor, Passkey
from damping.store.officers import NewAccount, Role
from damping.store.tables_accounts import Factor, RecoveryCode
from tests.console.people import PASSWORD, Office, next_code, secret_of
from tests.support import HeldClock


def code_at(store: Store, login: str, steps: int = 0) -> str:
    return str(pyotp.TOTP(secret_of(login)).generate_otp(int(store.now().timestamp()) // 30 + steps))


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_in_its_own_half_minute_and_the_one_beside_it(store: Store, office: Office, steps: int, opens: bool) -> None:
    rina = office.officer("rina")

    assert opens is factors.spend_totp(store, rina, code_at(store, "rina", steps))


def test_a_code_opens_once_and_so_does_every_earlier_one(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    earlier, now = code_at(store, "rina", -1), code_at(store, "rina")

    assert factors.spend_totp(store, rina, f" {now[:3]} {now[3:]} ")

    assert not factors.spend_totp(store, rina, now)
    assert not factors.spend_totp(store, rina, earlier)


def test_of_ten_browsers_with_the_same_code_one_gets_in(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    code = code_at(store, "rina")

    with ThreadPoolExecutor(10) as browsers:
        assert 1 == sum(browsers.map(lambda _: factors.spend_totp(store, rina, code), range(10)))


def test_a_code_of_a_colleague_opens_nothing(store: Store, office: Office) -> None:
    rina, _ = office.officer("rina"), office.officer("budi")

    assert not factors.spend_totp(store, rina, code_at(store, "budi"))


def test_a_new_app_counts_only_after_its_first_code(store: Store) -> None:
    rina = officers.add(store, NewAccount("rina", "Rina", PASSWORD), Role.PETUGAS)
    secret = factors.begin_totp(store, rina)
    code = pyotp.TOTP(secret).at(store.now())

    assert [] == factors.kept(store, rina)
    assert not factors.spend_totp(store, rina, code)
    assert not factors.confirm_totp(store, rina, "000000" if code != "000000" else "111111", "HP")
    assert factors.confirm_totp(store, rina, code, "HP saya")

    assert ["HP saya"] == [factor.name for factor in factors.kept(store, rina)]
    assert not factors.spend_totp(store, rina, code), "the first code is spent"


def test_beginning_again_voids_the_earlier_secret(store: Store) -> None:
    rina = officers.add(store, NewAccount("rina", "Rina", PASSWORD), Role.PETUGAS)
    first = factors.begin_totp(store, rina)
    second = factors.begin_totp(store, rina)

    assert second == factors.pending_totp(store, rina) != first
    assert not factors.confirm_totp(store, rina, pyotp.TOTP(first).at(store.now()), "HP")


def test_a_recovery_code_opens_once_however_it_is_typed(store: Store, office: Office) -> None:
    rina, budi = office.officer("rina"), office.officer("budi")
    codes = factors.make_codes(store, rina)
    assert 10 == len(set(codes)) == factors.codes_left(store, rina)

    assert not factors.spend_code(store, budi, codes[3])
    assert factors.spend_code(store, rina, codes[3].lower().replace("-", " "))

    assert not factors.spend_code(store, rina, codes[3])
    assert not factors.spend_code(store, rina, "3-AAAAA-AAAAA")
    assert not factors.spend_code(store, rina, "²")
    assert 9 == factors.codes_left(store, rina)


def test_of_ten_browsers_with_the_same_recovery_code_one_gets_in(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    code = factors.make_codes(store, rina)[0]

    with ThreadPoolExecutor(10) as browsers:
        assert 1 == sum(browsers.map(lambda _: factors.spend_code(store, rina, code), range(10)))


def test_fresh_recovery_codes_void_the_old_ones(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    old = factors.make_codes(store, rina)
    factors.make_codes(store, rina)

    assert not any(factors.spend_code(store, rina, code) for code in old)


def test_a_passkeys_count_must_grow_unless_it_never_counts(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    factors.add_passkey(store, rina, b"counting", b"key", 1, "kunci USB")
    factors.add_passkey(store, rina, b"silent", b"key", 0, "HP")
    counting, silent = sorted(factors.passkeys(store, rina), key=lambda one: -one.count)

    assert factors.spend_passkey(store, rina, counting, 2)
    assert not factors.spend_passkey(store, rina, counting, 2)
    assert not factors.spend_passkey(store, rina, counting, 0)
    assert factors.spend_passkey(store, rina, silent, 0)
    assert factors.spend_passkey(store, rina, silent, 0)


def test_a_passkey_belongs_to_one_account(store: Store, office: Office) -> None:
    rina, budi = office.officer("rina"), office.officer("budi")
    factors.add_passkey(store, rina, b"one", b"key", 0, "HP")

    with pytest.raises(CredentialTaken):
        factors.add_passkey(store, budi, b"one", b"key", 0, "HP")

    assert [] == factors.passkeys(store, budi)
    assert not factors.spend_passkey(store, budi, factors.passkeys(store, rina)[0], 0)


def test_the_last_factor_stays_and_a_colleagues_is_out_of_reach(store: Store, office: Office) -> None:
    rina, budi = office.officer("rina"), office.officer("budi")
    factors.add_passkey(store, rina, b"one", b"key", 0, "HP")
    app, passkey = factors.kept(store, rina)
    assert [Kind.TOTP, Kind.PASSKEY] == [app.kind, passkey.kind]

    assert not factors.end(store, budi, app.id)
    assert factors.end(store, rina, app.id)
    with pytest.raises(LastFactor):
        factors.end(store, rina, passkey.id)

    assert not factors.spend_totp(store, rina, next_code(store, "rina"))
    assert 1 == len(factors.kept(store, rina))


def test_a_passkey_that_was_taken_off_can_be_kept_again(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    factors.add_passkey(store, rina, b"one", b"key", 0, "HP")
    factors.end(store, rina, factors.kept(store, rina)[1].id)

    factors.add_passkey(store, rina, b"one", b"key", 0, "HP")

    assert 2 == len(factors.kept(store, rina))


def test_no_secret_is_kept_in_clear(store: Store, clock: HeldClock) -> None:
    rina = officers.add(store, NewAccount("rina", "Rina", PASSWORD), Role.PETUGAS)
    secret = factors.begin_totp(store, rina)
    codes = factors.make_codes(store, rina)
    factors.add_passkey(store, rina, b"credential-id", b"public-key", 0, "HP Rina")

    with store.database.read() as connection:
        kept = "".join(repr(connection.execute(select(table.__table__)).all()) for table in (Factor, RecoveryCode))

    for told in (secret, "credential-id", "public-key", "HP Rina", *codes, *(code[2:].replace("-", "") for code in codes)):
        assert told not in kept
    assert "secret" not in repr(Passkey("id", b"secret", b"secret", 0))
