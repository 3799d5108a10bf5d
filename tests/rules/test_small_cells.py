"""Figures about a few people do not leave the office."""

import pytest

from rules.small_cells import hidden


@pytest.mark.parametrize(
    ("counts", "left_out"),
    [
        ((), ()),
        ((0, 0, 0), (False, False, False)),
        ((5, 9, 0), (False, False, False)),
        ((1, 4, 9), (True, True, False)),
        ((3, 9, 7), (True, False, True)),
        ((9, 7, 4, 7), (False, True, True, False)),
        ((4, 0), (True, False)),
        ((2,), (True,)),
    ],
)
def test_no_count_of_one_to_four_can_be_read_or_worked_out(counts: tuple[int, ...], left_out: tuple[bool, ...]) -> None:
    assert left_out == hidden(counts)
