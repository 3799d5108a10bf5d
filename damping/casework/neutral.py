"""What a hidden, silenced or unchecked chat is answered, and which lines of a turn the dialogue may hear. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import msgspec

from damping.casework.message import Body, Kind
from damping.casework.precautions import Guard, Precautions
from rules.disguise import Choice, Said, Words, choice, said
from rules.levels import Level

_TURNS = (Said.OWN, Said.OFFICE, Said.STOP)


class Neutral(StrEnum):
    """What may be said where the dialogue may not speak."""

    CITY = "city"  # harmless city information
    CHECK = "check"  # a question that tells nothing of the chat
    URGENT = "urgent"  # the emergency numbers
    NOTHING = "nothing"


def neutral(guard: Guard, danger: Level, precautions: Precautions, now: datetime) -> Neutral:
    """
    the chat is            | danger heard | answered with
    hidden                 | or not       | city information: nothing shows that officers are called
    silenced a moment ago  | or not       | nothing
    silenced longer ago    | merah        | the numbers
    silenced longer ago    | else         | the check
    unchecked after a gap  | merah        | the numbers
    unchecked after a gap  | else         | the check
    """
    if guard.disguised_at is not None:
        return Neutral.CITY
    if guard.stopped_at is not None and now - guard.stopped_at < precautions.quiet:
        return Neutral.NOTHING
    return Neutral.URGENT if danger is Level.MERAH else Neutral.CHECK


@dataclass(frozen=True)
class Sifted:
    """The lines for the dialogue; `opened`: a safe word stood among them; `choice`: a safe word was chosen or asked about."""

    lines: tuple[tuple[Kind, Body], ...]
    opened: bool = False
    choice: Choice | None = None


def sift(lines: Sequence[tuple[Kind, Body]], words: Words, *, after_gap: bool) -> Sifted:
    """
    a line                      | the dialogue
    a safe word, and all before | never hears it
    a choice of a safe word     | never hears it; the service answers
    'lanjut' that passed a gap  | hears it only where nothing else was written
    anything else               | hears it
    """
    kept: list[tuple[Kind, Body]] = []
    found = Sifted(())
    for kind, body in lines:
        if said(body.text, words) in _TURNS:
            kept, found = [], Sifted((), opened=True)
            continue
        rest, chosen = _without_choices(body, words)
        found = replace(found, choice=chosen or found.choice)
        if rest is not None:
            kept.append((kind, rest))
    if after_gap:
        kept = [line for line in kept if said(line[1].text, words) is not Said.GO_ON] or kept
    return replace(found, lines=tuple(kept))


def after_word(texts: Sequence[str], words: Words) -> list[str]:
    """What was written after the last safe word."""
    last = max((number for number, text in enumerate(texts) if said(text, words) in _TURNS), default=-1)
    return list(texts[last + 1 :])


def _without_choices(body: Body, words: Words) -> tuple[Body | None, Choice | None]:
    """A message without the lines that choose a safe word; nothing is left of one that only chose."""
    chosen = [found for line in body.text.splitlines() if (found := choice(line, words)) is not None]
    if not chosen:
        return body, None
    rest = "\n".join(line for line in body.text.splitlines() if choice(line, words) is None)
    return (msgspec.structs.replace(body, text=rest) if rest.strip() else None), chosen[-1]
