"""The lines of one turn, gathered into one question to the engine, or into a fixed answer where no words were said. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from damping.casework.message import Body, Kind


class WordlessReply(StrEnum):
    """What is answered without the engine."""

    MEDIA = "media_received"
    LOCATION = "location_received"
    UNKNOWN = "unknown_kind"


@dataclass(frozen=True)
class Gathered:
    """`text`: the person's words, a line each; `button`: the id of a press that stood alone; or a wordless reply."""

    text: str = ""
    button: str | None = None
    wordless: WordlessReply | None = None


def gather(lines: Sequence[tuple[Kind, Body]]) -> Gathered:
    """
    lines                         | becomes
    one press, nothing else       | that button
    presses and words             | the words; a press counts by its title
    pictures, places, other kinds | a fixed answer, where no words stand beside them
    """
    pressed = [body for kind, body in lines if kind is Kind.BUTTON]
    if len(pressed) == len(lines) == 1:
        return Gathered(text=pressed[0].text, button=pressed[0].button)
    words = [body.text.strip() for _, body in lines if body.text.strip()]
    if words:
        return Gathered(text="\n".join(words))
    kinds = {kind for kind, _ in lines}
    if Kind.MEDIA in kinds:
        return Gathered(wordless=WordlessReply.MEDIA)
    if Kind.LOCATION in kinds:
        return Gathered(wordless=WordlessReply.LOCATION)
    return Gathered(wordless=WordlessReply.UNKNOWN)
