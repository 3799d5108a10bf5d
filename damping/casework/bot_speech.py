"""What the assistant may say after an officer gave it the word. Pure.

The office relies on it that a person who writes is never met with silence, and that words about danger are never held back.
"""

from collections.abc import Sequence

from damping.casework.message import Body
from rules.levels import Level
from rules.word import BotMay

_QUESTIONS = "utter_ask_"  # the names of all questions of the assessment begin so
_FIXED = "utter_service_"  # the service's own texts: the safe reply, thanks for a picture


def allowed(may: BotMay, replies: Sequence[Body], level: Level, noted: Body | None) -> tuple[Body, ...]:
    """
    the assistant may | danger in this turn | said
    semua             | any                 | everything
    any               | merah               | everything: emergency numbers are never held back
    jawab             | other               | everything but the assessment's questions; nothing left: `noted`
    catat             | other               | the service's own fixed texts; nothing left: `noted`

    `noted`: that an officer will read; None where that was said a while ago.
    """
    if may is BotMay.ALL or level is Level.MERAH:
        return tuple(replies)
    if may is BotMay.ANSWERS:
        kept = tuple(reply for reply in replies if not reply.response.startswith(_QUESTIONS))
    else:
        kept = tuple(reply for reply in replies if reply.response.startswith(_FIXED))
    return kept or (() if noted is None else (noted,))
