"""Every address of the workbench, under `/pelatih`. The desk's doors stand before each of them; there is no other list."""

from damping.workbench import start
from damping.workbench.address import Address, Who
from damping.workbench.doubt_routes import DOUBT_ADDRESSES
from damping.workbench.example_routes import EXAMPLE_ADDRESSES
from damping.workbench.model_routes import MODEL_ADDRESSES
from damping.workbench.word_routes import WORD_ADDRESSES

ADDRESSES: tuple[Address, ...] = (
    Address("GET", "", Who.BOTH, start.page),
    *DOUBT_ADDRESSES,
    *EXAMPLE_ADDRESSES,
    *MODEL_ADDRESSES,
    *WORD_ADDRESSES,
)
