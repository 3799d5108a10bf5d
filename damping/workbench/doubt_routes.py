"""The addresses of doubts and lessons. Part of the table in `routes.py`."""

from damping.workbench import doubts
from damping.workbench.address import Address, Who

_ONE = "/keraguan/{keraguan:str}"

DOUBT_ADDRESSES: tuple[Address, ...] = (
    Address("GET", "/keraguan", Who.BOTH, doubts.inbox),
    Address("GET", _ONE, Who.TRAINERS, doubts.doubt),
    Address("POST", _ONE, Who.TRAINERS, doubts.label),
    Address("POST", f"{_ONE}/tanya", Who.TRAINERS, doubts.unsure),
    Address("POST", f"{_ONE}/buang", Who.TRAINERS, doubts.drop),
    Address("GET", "/pelajaran/{pelajaran:str}", Who.TRAINERS, doubts.lesson),
    Address("POST", "/pelajaran/{pelajaran:str}", Who.TRAINERS, doubts.learn),
)
