"""Meta's error numbers, and what to do about each: decided by the number, never by title or HTTP status. Pure."""

from dataclasses import dataclass
from typing import Any

from damping.casework.sending import Mishap, NotSent
from damping.channels.whatsapp.reading import as_dict, as_int

_HOURLY_S = 300.0


@dataclass(frozen=True)
class _Act:
    mishap: Mishap
    retry_after_s: float | None = None


_TABLE: dict[int, _Act] = {
    # 130429 (our number is busy) and 131056 (this person gets too many) ask for a growing wait: the despatch's own, 4^X
    **dict.fromkeys((1, 2, 130429, 131000, 131016, 131056, 131057, 133016), _Act(Mishap.RETRY)),
    **dict.fromkeys((4, 80007), _Act(Mishap.RETRY, _HOURLY_S)),  # our account's quota of this hour
    131047: _Act(Mishap.WINDOW),
    **dict.fromkeys((131026, 130403, 131021, 131030, 131050, 131049, 130472), _Act(Mishap.UNREACHABLE)),
    **dict.fromkeys((0, 3, 10, 190, 131005, 131031, 131042, 131045, 368, 130497, 131048, 131064), _Act(Mishap.CHANNEL)),
    **dict.fromkeys(range(200, 300), _Act(Mishap.CHANNEL)),
    **dict.fromkeys((33, 100, 131008, 131009, 131051, 131053, 131062), _Act(Mishap.REFUSED)),
    **dict.fromkeys((132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069), _Act(Mishap.REFUSED)),
}


def passes(code: int) -> bool:
    """Whether a message that failed with this number may be sent once more."""
    act = _TABLE.get(code)
    return act is not None and act.mishap is Mishap.RETRY


def not_sent(status: int, answer: Any) -> NotSent:
    """
    answer                          | what to do
    an error number of the table    | as the table says
    another number, or none, 5xx    | try again
    none, 429                       | try again
    none, 401, 403, 404, 3xx        | our access is wrong: page an admin
    another number, 4xx             | try again: given up after the last try, and an officer is told
    none, another 4xx               | our message is wrong
    """
    error = as_dict(as_dict(answer).get("error"))
    if "code" in error:
        code = as_int(error["code"])
        act = _TABLE.get(code, _Act(Mishap.RETRY))
        return NotSent(act.mishap, code, act.retry_after_s)
    if status >= 500 or status == 429:
        return NotSent(Mishap.RETRY, status)
    if status in (401, 403, 404) or 300 <= status < 400:
        return NotSent(Mishap.CHANNEL, status)
    return NotSent(Mishap.REFUSED, status)
