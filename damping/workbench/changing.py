"""From a change to the file: at once, or kept until a second person agrees; and back again from the journal."""

from functools import partial

from damping.store import data_changes
from damping.store.data_changes import Change, Told
from damping.workbench.bench import Bench
from damping.workbench.guest import Guest


async def submit(bench: Bench, guest: Guest, told: Told, *, two: bool) -> str:
    """Do it, or propose it where two persons must agree; the key of the message. Raises `Changed`, `Doubled`, `Unreadable`."""
    if two:
        await guest.run(data_changes.propose, bench.store, guest.viewer, told)
        return "diusulkan"
    write = partial(bench.keepers[told.kind].swap_told, told.change["before"], told.change["after"])
    await guest.run(data_changes.make, bench.store, guest.viewer, told, write)
    return "disimpan"


async def agree(bench: Bench, guest: Guest, change: Change) -> None:
    """The second person agrees. Raises as `submit`, and `SamePerson`."""
    write = partial(bench.keepers[change.told.kind].swap_told, change.told.change["before"], change.told.change["after"])
    await guest.run(data_changes.agree, bench.store, guest.viewer, change.id, write)


async def undo(bench: Bench, guest: Guest, change: Change) -> None:
    """What was there before comes back. Raises as `submit`."""
    write = partial(bench.keepers[change.told.kind].swap_told, change.told.change["after"], change.told.change["before"])
    await guest.run(data_changes.undo, bench.store, guest.viewer, change.id, write)
