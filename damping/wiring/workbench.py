"""The trainers' pages behind the desk's doors."""

from functools import partial

from damping.console.annex import Annex
from damping.console.doors import Door, Route
from damping.workbench.address import Who
from damping.workbench.bench import Bench
from damping.workbench.routes import ADDRESSES

_PREFIX = "/pelatih"
_DOORS = {Who.TRAINERS: Door.TRAINER, Who.BOTH: Door.LESSONS}


def annex(bench: Bench) -> Annex:
    """Each address of the workbench with its door."""
    routes = (
        Route(address.method, _PREFIX + address.path, _DOORS[address.who], partial(address.handler, bench), address.by_itself)
        for address in ADDRESSES
    )
    return Annex("damping.workbench", tuple(routes))
