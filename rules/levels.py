"""How near the danger is: three levels, ordered, shared by every room.

The names are the office's own (taxonomy of messages); a level is compared by `rank`, never by its name.
"""

from collections.abc import Iterable
from enum import Enum


class Level(str, Enum):
    """The danger of one message, or the highest a conversation ever had."""

    HIJAU = "hijau"  # greetings, questions, old violence that is over
    KUNING = "kuning"  # real violence, not at once life-threatening
    MERAH = "merah"  # a life may be at stake, or a child is in the abuser's hands

    @property
    def rank(self) -> int:
        """0 for HIJAU, 1 for KUNING, 2 for MERAH."""
        return _RANKS[self]


_RANKS = {Level.HIJAU: 0, Level.KUNING: 1, Level.MERAH: 2}


def highest(levels: Iterable[Level]) -> Level:
    """The gravest of the levels; HIJAU where there is none."""
    return max(levels, key=lambda level: level.rank, default=Level.HIJAU)
