"""Which counts of a table may leave the office: a group of a few people can point at one of them.

The office relies on it that no figure about fewer than five people stands in a file, and that none can be worked out from the rest.
"""

from collections.abc import Sequence

PEOPLE_AT_LEAST = 5


def hidden(counts: Sequence[int]) -> tuple[bool, ...]:
    """
    For each count of one table, whether it is left out.

    count                              | left out
    0                                  | no: it is about nobody
    1 to 4                             | yes
    5 or more                          | no
    the smallest of those, where only one other is left out: the sum would give that one away | yes
    """
    small = [0 < count < PEOPLE_AT_LEAST for count in counts]
    if sum(small) == 1:
        others = [(count, place) for place, count in enumerate(counts) if count >= PEOPLE_AT_LEAST]
        if others:
            small[min(others)[1]] = True
    return tuple(small)
