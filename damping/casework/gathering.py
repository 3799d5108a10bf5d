"""The lines of one turn, gathered into one question to the engine, or into a fixed answer where no words were said. Pure."""

from collections.abc import Mapping, Sequence
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
    """`text`: the person's words, a line each; `button`: the id of a press that stood alone; or a wordless reply.

    `kind`: what the dialogue is told of lines without words: that a place or a file came, never what is in it.
    """

    text: str = ""
    button: str | None = None
    wordless: WordlessReply | None = None
    kind: str = "text"
    place: Mapping[str, float] | None = None  # the last one shared: latitude, longitude

    @property
    def place_or_file(self) -> bool:
        """Whether nothing came but these: the dialogue knows how to go on."""
        return self.kind in ("location", "media")


def gather(lines: Sequence[tuple[Kind, Body]]) -> Gathered:
    """
    lines                   | becomes
    one press, nothing else | that button
    presses and words       | the words; a press counts by its title
    places, pictures        | 'a place came', 'a file came'; the fixed answer where the dialogue cannot speak
    other kinds             | a fixed answer
    """
    place = next((body.place for kind, body in reversed(lines) if kind is Kind.LOCATION), None)
    pressed = [body for kind, body in lines if kind is Kind.BUTTON]
    if len(pressed) == len(lines) == 1:
        return Gathered(text=pressed[0].text, button=pressed[0].button, kind="button")
    words = [body.text.strip() for _, body in lines if body.text.strip()]
    if words:
        return Gathered(text="\n".join(words), place=place)
    kinds = {kind for kind, _ in lines}
    if Kind.LOCATION in kinds:
        return Gathered(wordless=WordlessReply.LOCATION, kind="location", place=place)
    if Kind.MEDIA in kinds:
        return Gathered(wordless=WordlessReply.MEDIA, kind="media")
    return Gathered(wordless=WordlessReply.UNKNOWN)
