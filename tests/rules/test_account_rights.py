"""Who manages whom at the desk."""

import pytest

from rules.account_rights import MANAGERS, may_change_role, may_manage

ROLES = ("petugas", "supervisor", "pelatih", "admin")


@pytest.mark.parametrize(
    ("actor", "whom"),
    [
        ("admin", ("petugas", "supervisor", "pelatih", "admin")),
        ("supervisor", ("petugas", "supervisor", "pelatih")),
        ("petugas", ()),
        ("pelatih", ()),
        ("", ()),
    ],
)
def test_who_may_be_managed(actor: str, whom: tuple[str, ...]) -> None:
    assert whom == tuple(role for role in ROLES if may_manage(actor, role))
    assert bool(whom) is (actor in MANAGERS)


@pytest.mark.parametrize(
    ("before", "after", "allowed"), [("petugas", "supervisor", True), ("petugas", "admin", False), ("admin", "petugas", False)]
)
def test_a_supervisor_changes_roles_within_reach_only(before: str, after: str, allowed: bool) -> None:
    assert allowed is may_change_role("supervisor", before, after)
    assert may_change_role("admin", before, after)
