"""A stolen file tells nothing; a moved cell does not open."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damping.store.sealing import Sealer, Unsealable, Vault


@pytest.fixture(scope="module")
def sealer() -> Sealer:
    return Sealer(secrets.token_bytes(32))


@given(text=st.text())
def test_any_text_comes_back_as_it_was(text: str) -> None:
    sealer = Sealer(b"k" * 32)
    assert text == sealer.unseal_text("message.body", "m1", sealer.seal_text("message.body", "m1", text))


def test_a_cell_moved_to_another_row_or_column_does_not_open(sealer: Sealer) -> None:
    cell = sealer.seal_text("message.body", "m1", "saya takut pulang")

    for place, row in (("message.body", "m2"), ("conversation.state", "m1")):
        with pytest.raises(Unsealable):
            sealer.unseal(place, row, cell)


@pytest.mark.parametrize("position", [0, 5, 20, -1])
def test_a_changed_byte_does_not_open(sealer: Sealer, position: int) -> None:
    cell = bytearray(sealer.seal_text("message.body", "m1", "saya takut pulang"))
    cell[position] ^= 1

    with pytest.raises(Unsealable):
        sealer.unseal("message.body", "m1", bytes(cell))


def test_short_texts_have_one_size(sealer: Sealer) -> None:
    sizes = {len(sealer.seal_text("message.body", "m", text)) for text in ("ya", "tidak", "di rumah ibu di kemiling, kak")}

    assert len(sizes) == 1


def test_another_master_key_opens_nothing() -> None:
    _, wrapped = Vault(b"a" * 32).new_data_key("c1")

    with pytest.raises(Unsealable):
        Vault(b"b" * 32).open_data_key("c1", wrapped)


def test_a_data_key_belongs_to_its_conversation() -> None:
    vault = Vault(b"a" * 32)
    _, wrapped = vault.new_data_key("c1")

    with pytest.raises(Unsealable):
        vault.open_data_key("c2", wrapped)


def test_lookups_differ_by_kind_and_key() -> None:
    vault, other = Vault(b"a" * 32), Vault(b"b" * 32)

    found = {vault.lookup("wa", "628"), vault.lookup("bsuid", "628"), other.lookup("wa", "628")}

    assert len(found) == 3
    assert vault.lookup("wa", "628") in found
