"""Pages of what was changed and of what waits for a second person."""

from collections.abc import Mapping
from typing import Any

from litestar import Response

from damping.store import data_changes
from damping.store.data_changes import SamePerson
from damping.workbench import changing
from damping.workbench.bench import Bench
from damping.workbench.data_files import Changed, Unreadable
from damping.workbench.example import Example
from damping.workbench.example_files import Doubled, Placed
from damping.workbench.guest import Guest


async def proposals(bench: Bench, guest: Guest) -> Response[Any]:
    """What waits for a second person."""
    found = await guest.run(data_changes.waiting, bench.store, guest.viewer)
    return await guest.page("pelatih_usulan.html", changes=found, as_example=_as_example, kabar=guest.query.get("kabar", ""))


async def agree(bench: Bench, guest: Guest) -> Response[Any]:
    """The second person agrees."""
    change = await guest.run(data_changes.one, bench.store, guest.viewer, guest.path["usulan"])
    try:
        await changing.agree(bench, guest, change)
    except SamePerson:
        return guest.go("/pelatih/usulan?kabar=orang_sama")
    except (Changed, Doubled, Unreadable):
        return guest.go("/pelatih/usulan?kabar=usulan_basi")
    return guest.go("/pelatih/usulan?kabar=disetujui")


async def refuse(bench: Bench, guest: Guest) -> Response[Any]:
    """Not done."""
    await guest.run(data_changes.refuse, bench.store, guest.viewer, guest.path["usulan"])
    return guest.go("/pelatih/usulan?kabar=ditolak")


async def journal(bench: Bench, guest: Guest) -> Response[Any]:
    """What was done, newest first."""
    found = await guest.run(data_changes.journal, bench.store, guest.viewer)
    return await guest.page("pelatih_riwayat.html", changes=found, as_example=_as_example, kabar=guest.query.get("kabar", ""))


async def undo(bench: Bench, guest: Guest) -> Response[Any]:
    """What was there before comes back."""
    change = await guest.run(data_changes.one, bench.store, guest.viewer, guest.path["perubahan"])
    try:
        await changing.undo(bench, guest, change)
    except (Changed, Doubled, Unreadable):
        return guest.go("/pelatih/riwayat?kabar=tak_bisa_urung")
    return guest.go("/pelatih/riwayat?kabar=diurungkan")


def _as_example(told: Mapping[str, Any]) -> Example:
    """One side of a change to the examples, for showing its marked words."""
    return Placed.from_told(told).example
