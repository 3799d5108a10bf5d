"""The addresses of danger words, landmarks and wording. Part of the table in `routes.py`."""

from damping.workbench import wording, words
from damping.workbench.address import Address, Who

_RESPONSE = "/kalimat/{topik:str}/{tanggapan:str}"
_ONE = _RESPONSE + "/{nomor:str}"

WORD_ADDRESSES: tuple[Address, ...] = (
    Address("GET", "/kata", Who.BOTH, words.page),
    Address("POST", "/kata/coba-kalimat", Who.BOTH, words.sentence),
    Address("POST", "/kata/coba-kata", Who.BOTH, words.try_word),
    Address("POST", "/kata/tambah", Who.TRAINERS, words.add_word),
    Address("POST", "/kata/hapus", Who.TRAINERS, words.remove_word),
    Address("POST", "/kata/patokan", Who.TRAINERS, words.save_landmark),
    Address("POST", "/kata/patokan-hapus", Who.TRAINERS, words.remove_landmark),
    Address("GET", "/kalimat", Who.BOTH, wording.overview),
    Address("GET", _RESPONSE, Who.BOTH, wording.of_response),
    Address("GET", _ONE, Who.TRAINERS, wording.edit),
    Address("POST", _ONE, Who.TRAINERS, wording.save),
    Address("POST", f"{_ONE}/periksa", Who.TRAINERS, wording.check),
)
