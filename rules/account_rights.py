"""Who may invite, change, lock and let back in whom at the officers' desk.

The office relies on it that nobody raises themselves, and that only an admin (or the server's command line) makes an admin.
"""

_MANAGED = {
    "admin": frozenset({"petugas", "supervisor", "pelatih", "admin"}),
    "supervisor": frozenset({"petugas", "supervisor", "pelatih"}),
}
MANAGERS = frozenset(_MANAGED)


def may_manage(actor: str, subject: str) -> bool:
    """
    actor      | petugas | supervisor | pelatih | admin
    admin      | yes     | yes        | yes     | yes
    supervisor | yes     | yes        | yes     | no
    others     | no      | no         | no      | no

    `subject` is the role of the account, or the role that is given. Nobody manages the own account this way.
    """
    return subject in _MANAGED.get(actor, frozenset())


def may_change_role(actor: str, before: str, after: str) -> bool:
    """Both the role that is left and the one that is given must be within the actor's reach."""
    return may_manage(actor, before) and may_manage(actor, after)
