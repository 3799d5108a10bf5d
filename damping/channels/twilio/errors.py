"""Twilio's error numbers, and what to do about each: decided by the number, never by its words. Pure."""

from typing import Any

from damping.casework.sending import Mishap, NotSent
from damping.channels.whatsapp.reading import as_dict, as_int

_DAILY_S = 900.0
_TABLE: dict[int, Mishap] = {
    63016: Mishap.WINDOW,
    # busy: a growing wait
    **dict.fromkeys((14107, 20429, 20500, 20503, 30001, 63018, 63017), Mishap.RETRY),
    # this person cannot be reached this way
    **dict.fromkeys((21211, 21610, 21614, 30003, 30005, 30006, 63003, 63024, 63032, 63033, 63049), Mishap.UNREACHABLE),
    # our account, number or access
    **dict.fromkeys((20003, 20005, 20008, 20403, 20404, 21212, 21606, 21608, 30002, 63002, 63007, 63020, 63025, 63038), Mishap.CHANNEL),
    # our message
    **dict.fromkeys((21602, 21605, 21617, 21619, 21620, 21654, 21655, 21656, 63005, 63013, 63019, 63021, 63027, 63028), Mishap.REFUSED),
}
_LONGER = {63038: _DAILY_S}  # the account's messages of this day are used up


def not_sent(status: int, answer: Any) -> NotSent:
    """
    answer                         | what to do
    an error number of the table   | as the table says
    another number, or none, 5xx   | try again
    429                            | try again
    401, 403, 404, 3xx             | our access is wrong: page an admin
    another number, 4xx            | try again: given up after the last try, and an officer is told
    none, another 4xx              | our message is wrong
    """
    code = as_int(as_dict(answer).get("code"))
    if code in _TABLE:
        return NotSent(_TABLE[code], code, _LONGER.get(code))
    if status >= 500 or status == 429:
        return NotSent(Mishap.RETRY, code or status)
    if status in (401, 403, 404) or 300 <= status < 400:
        return NotSent(Mishap.CHANNEL, code or status)
    return NotSent(Mishap.RETRY, code) if code else NotSent(Mishap.REFUSED, status)
