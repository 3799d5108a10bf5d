"""What a person is told when an officer is late: how long people really waited lately, or no figure where too little is known. Pure."""

import msgspec

from damping.casework.fixed import FixedTexts
from damping.casework.message import Body

NUMBER = "{angka}"
_HOUR = 60


def late_words(texts: FixedTexts, minutes: int | None) -> Body | None:
    """
    measured           | said
    nothing, or a day  | that it takes longer
    less than two hours | so and so many minutes
    more               | so and so many hours, rounded up

    None where the office has no words for it.
    """
    if minutes is None or minutes >= 24 * _HOUR:
        chosen, number = texts.officer_late, 0
    elif minutes < 2 * _HOUR:
        chosen, number = texts.officer_late_minutes, minutes
    else:
        chosen, number = texts.officer_late_hours, -(-minutes // _HOUR)
    chosen = chosen if chosen.text else texts.officer_late
    if not chosen.text:
        return None
    return msgspec.structs.replace(chosen, text=chosen.text.replace(NUMBER, str(number)))
