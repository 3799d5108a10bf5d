"""Messages that say nothing, the same every time: a pocket's typing, a child's fingers, signs alone. Right is only 'not understood'."""

import random

from engine.evaluate.gold import FALLBACK, Gold

SLICE = "nonsense"
_SIGNS = (
    ".",
    "?",
    "...",
    "🙂",
    "🙏🙏🙏",
    "😭",
    "/",
    "1",
    "12345",
    "0",
    "—",
    "👍🏽",
    "@@@",
    "ﷺ",
    "\u200b",
    "( )",
    "!!!",
    "7 7 7",
    "🐈‍⬛",
    "<>",
)
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def nonsense(count: int = 60) -> list[Gold]:
    """Signs first, then slips over the keyboard."""
    chance = random.Random(7)  # noqa: S311  # no secret: the same messages every time
    slips: list[str] = []
    while len(slips) < max(0, count - len(_SIGNS)):
        row = chance.choice(_KEYBOARD)
        words = ["".join(chance.choice(row) for _ in range(chance.randint(5, 11))) for _ in range(chance.randint(1, 3))]
        slips.append(" ".join(words))
    return [Gold(text, FALLBACK, slice=SLICE) for text in [*_SIGNS, *slips][:count]]
