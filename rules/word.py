"""The word in a conversation, as the office decided: when a silent officer loses it, and what the assistant may say afterwards.

The office relies on it that nobody waits behind an officer who fell asleep, and that the figures stand in one place.
"""

from datetime import datetime, timedelta
from enum import Enum

from rules.levels import Level

GONE_SILENT = "petugas yang memegang tidak memberi tanda"  # why the bell rings, for the officers' eyes
READS_ALONG = timedelta(seconds=60)  # a holder who did something in the conversation this lately is reading it
TYPES_FOR = timedelta(seconds=8)  # after the last key an officer counts as typing this long
LOOKS_FOR = timedelta(seconds=150)  # after the last sign a page counts as open this long: open pages tell every minute
UNDO = timedelta(seconds=10)  # a reply can be taken back this long
NOTED_AGAIN = timedelta(minutes=15)  # a restricted assistant says no more often than this that somebody will read

_PATIENCE = {
    (Level.MERAH, True): timedelta(minutes=3),
    (Level.MERAH, False): timedelta(minutes=20),
    (Level.KUNING, True): timedelta(minutes=15),
    (Level.KUNING, False): timedelta(hours=1),
    (Level.HIJAU, True): timedelta(minutes=30),
    (Level.HIJAU, False): timedelta(hours=4),
}


class BotMay(str, Enum):
    """What the assistant may say while it has the word; the safe reply and emergency numbers are never held back."""

    ALL = "semua"  # goes on with the assessment
    ANSWERS = "jawab"  # answers, and asks nothing
    NOTES = "catat"  # says once in a while that an officer will read


def patience(level: Level, person_waits: bool) -> timedelta:
    """
    How long a holder may give no sign in a conversation before it returns to the queue.

    level  | the person waits for an answer | nobody waits
    merah  |                      3 minutes | 20 minutes
    kuning |                     15 minutes |     1 hour
    hijau  |                     30 minutes |    4 hours

    A sign: opening it, typing, sending, a note, the pointer or a key while it is on the screen.
    """
    return _PATIENCE[level, person_waits]


def is_silent(level: Level, waiting_since: datetime | None, active_at: datetime, now: datetime) -> bool:
    """Whether a holder has lost the word. What the person wrote a moment ago gives the holder its whole time."""
    last_sign = max(active_at, waiting_since) if waiting_since is not None else active_at
    return now - last_sign >= patience(level, waiting_since is not None)


def bell_rings(before: Level, level: Level, fresh_reasons: bool, officer_reads: bool) -> bool:
    """
    before | now   | an officer has it and reads | new reasons | bell
    other  | merah | either                      | any         | rings
    merah  | merah | no                          | any         | rings: nobody is reading
    merah  | merah | yes                         | yes         | rings: a new danger
    merah  | merah | yes                         | no          | silent: somebody reads already
    any    | other | either                      | any         | silent

    An officer reads who has given a sign in the conversation within `READS_ALONG`.
    """
    if level is not Level.MERAH:
        return False
    return before is not Level.MERAH or not officer_reads or fresh_reasons
