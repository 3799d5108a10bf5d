"""The addresses of examples, proposals and the journal. Part of the table in `routes.py`."""

from damping.workbench import examples, journal
from damping.workbench.address import Address, Who

_ONE = "/contoh/{arti:str}/{kunci:str}"

EXAMPLE_ADDRESSES: tuple[Address, ...] = (
    Address("GET", "/contoh", Who.BOTH, examples.overview),
    Address("POST", "/contoh-periksa", Who.TRAINERS, examples.check),
    Address("GET", "/contoh/{arti:str}", Who.BOTH, examples.of_intent),
    Address("POST", "/contoh/{arti:str}", Who.TRAINERS, examples.add),
    Address("GET", _ONE, Who.TRAINERS, examples.edit),
    Address("POST", _ONE, Who.TRAINERS, examples.change),
    Address("POST", f"{_ONE}/hapus", Who.TRAINERS, examples.remove),
    Address("GET", "/usulan", Who.BOTH, journal.proposals),
    Address("POST", "/usulan/{usulan:str}/setuju", Who.BOTH, journal.agree),
    Address("POST", "/usulan/{usulan:str}/tolak", Who.BOTH, journal.refuse),
    Address("GET", "/riwayat", Who.BOTH, journal.journal),
    Address("POST", "/riwayat/{perubahan:str}/urung", Who.TRAINERS, journal.undo),
)
