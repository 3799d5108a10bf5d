"""Accounts, invitations and sessions, in the store itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from damping.store import officer_sessions, officers
from damping.store.context import Store
from damping.store.officer_sessions import Limits
from damping.store.officers import EmptyName, InvitationClosed, LoginTaken, NewAccount, Role, WeakPassword
from damping.store.tables import Invitation, Officer, OfficerSession
from tests.console.people import PASSWORD, Office
from tests.support import HeldClock

LIMITS = Limits()


def test_an_invitation_makes_one_account_with_its_role(store: Store) -> None:
    token = officers.invite(store, Role.SUPERVISOR)
    assert Role.SUPERVISOR == officers.invited_as(store, token)

    officer = officers.accept(store, token, NewAccount("rina", "Rina", PASSWORD))

    assert officer == officers.verify(store, "rina", PASSWORD)
    with pytest.raises(InvitationClosed):
        officers.invited_as(store, token)
    with pytest.raises(InvitationClosed):
        officers.accept(store, token, NewAccount("budi", "Budi", PASSWORD))


def test_an_invitation_ends_by_itself(store: Store, clock: HeldClock) -> None:
    token = officers.invite(store, Role.PETUGAS, timedelta(hours=1))

    clock.forward(hours=1)

    with pytest.raises(InvitationClosed):
        officers.accept(store, token, NewAccount("rina", "Rina", PASSWORD))


def test_of_ten_who_use_one_invitation_at_once_one_gets_an_account(store: Store) -> None:
    token = officers.invite(store, Role.PETUGAS)

    def use(number: int) -> bool:
        try:
            officers.accept(store, token, NewAccount(f"orang{number}", "Orang", PASSWORD))
        except InvitationClosed:
            return False
        return True

    with ThreadPoolExecutor(10) as people:
        assert 1 == sum(people.map(use, range(10)))


def test_a_refused_account_leaves_the_invitation_open(store: Store, office: Office) -> None:
    office.officer("rina")
    token = officers.invite(store, Role.PETUGAS)

    with pytest.raises(LoginTaken):
        officers.accept(store, token, NewAccount("  RINA ", "Rina Lain", PASSWORD))

    assert Role.PETUGAS == officers.invited_as(store, token)


@pytest.mark.parametrize(
    ("account", "refused"),
    [
        (NewAccount("rina", "Rina", "pendek"), WeakPassword),
        (NewAccount("rina", "Rina", "x" * 257), WeakPassword),
        (NewAccount("rina.wulandari", "Rina", "Rina.Wulandari"), WeakPassword),
        (NewAccount(" ", "Rina", PASSWORD), EmptyName),
        (NewAccount("rina", "", PASSWORD), EmptyName),
    ],
)
def test_an_account_needs_names_and_a_password_worth_the_name(store: Store, account: NewAccount, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        officers.add(store, account, Role.PETUGAS)
    assert not officers.anybody(store)


def test_a_login_is_found_whatever_its_capitals(store: Store, office: Office) -> None:
    rina = office.officer("Rina")

    assert rina == officers.verify(store, " rina ", PASSWORD)
    assert officers.verify(store, "rina", PASSWORD + "x") is None
    assert officers.verify(store, "tidak.ada", PASSWORD) is None


def test_a_disabled_account_opens_nothing(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    token = officer_sessions.begin(store, rina)

    with store.database.write() as connection:
        connection.execute(update(Officer).values(disabled_at=store.now()))

    assert officers.verify(store, "rina", PASSWORD) is None
    assert officer_sessions.look(store, token, LIMITS, touch=True) is None


def test_neither_password_nor_token_nor_name_is_kept_in_clear(store: Store, office: Office) -> None:
    rina = office.officer("rina.wulandari")
    session = officer_sessions.begin(store, rina)
    invitation = officers.invite(store, Role.PETUGAS)

    with store.database.read() as connection:
        kept = [repr(connection.execute(select(table.__table__)).all()) for table in (Officer, OfficerSession, Invitation)]

    for secret in (PASSWORD, session, invitation, "rina.wulandari", "Rina.Wulandari"):
        assert all(secret not in row for row in kept)


def test_a_session_sleeps_when_idle_and_ends_after_a_shift(store: Store, office: Office, clock: HeldClock) -> None:
    token = officer_sessions.begin(store, office.officer("rina"))

    def look(*, touch: bool = False) -> officer_sessions.SignedIn | None:
        return officer_sessions.look(store, token, LIMITS, touch=touch)

    clock.forward(minutes=4)
    assert not look(touch=True).asleep  # type: ignore[union-attr]
    clock.forward(minutes=4)
    assert not look().asleep  # type: ignore[union-attr]
    clock.forward(minutes=1)
    assert look(touch=True).asleep  # type: ignore[union-attr]
    assert look().asleep, "a touch must not wake it"  # type: ignore[union-attr]
    clock.forward(hours=7, minutes=51)
    assert look() is None


def test_looking_without_touching_does_not_keep_a_session_awake(store: Store, office: Office, clock: HeldClock) -> None:
    token = officer_sessions.begin(store, office.officer("rina"))

    for _ in range(5):
        clock.forward(minutes=1)
        signed = officer_sessions.look(store, token, LIMITS, touch=False)

    assert signed is not None
    assert signed.asleep


def test_ending_ends_one_session_or_all(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    first, second, third = (officer_sessions.begin(store, rina) for _ in range(3))

    officer_sessions.end(store, first, rina)
    assert officer_sessions.look(store, first, LIMITS, touch=False) is None
    assert officer_sessions.look(store, second, LIMITS, touch=False) is not None

    assert 2 == officer_sessions.end_all(store, rina, "supervisor")
    assert officer_sessions.look(store, third, LIMITS, touch=False) is None


def test_a_new_session_ends_the_one_that_the_browser_had(store: Store, office: Office) -> None:
    rina = office.officer("rina")
    old = officer_sessions.begin(store, rina)

    new = officer_sessions.begin(store, rina, old)

    assert new != old
    assert officer_sessions.look(store, old, LIMITS, touch=False) is None
    assert officer_sessions.look(store, new, LIMITS, touch=False) is not None
