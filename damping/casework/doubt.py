"""Whether a turn left the assistant in doubt, and how much it would learn from it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from damping.casework.dialogue import Understood
from rules.levels import Level

CONSENT = "training_consent"  # a fact: 'ya' where the person agreed that masked sentences may teach the assistant
_FALLBACK = "nlu_fallback"
_CLOSE = 0.15  # between the likeliest meaning and the next
_TOLD_ANEW = ("relation", "when", "age", "weapon", "injury", "kecamatan", "kelurahan", "victim")


class Source(StrEnum):
    """Why a sentence is worth a trainer's look."""

    VOICES = "suara"  # word list and model disagree on danger
    FALLBACK = "fallback"  # no meaning dared
    CORRECTED = "ralat"  # the person put right what had been noted
    CLOSE = "tipis"  # two meanings nearly as likely
    OFFICER = "petugas"  # an officer rated it graver


WORTH = {Source.OFFICER: 100, Source.VOICES: 90, Source.FALLBACK: 70, Source.CORRECTED: 60, Source.CLOSE: 50}


@dataclass(frozen=True)
class Felt:
    """A doubt, and what the assistant made of the words."""

    source: Source
    intent: str
    danger: Level

    @property
    def worth(self) -> int:
        """Higher comes first; danger comes before the rest."""
        return WORTH[self.source] + 10 * self.danger.rank


def may_teach(facts: Mapping[str, Any]) -> bool:
    """Only an explicit yes counts; nobody asked means no."""
    return facts.get(CONSENT) == "ya"


def felt(understood: Understood, before: Mapping[str, Any], after: Mapping[str, Any]) -> Felt | None:
    """The weightiest doubt of a turn, or None."""
    reasons = {
        Source.VOICES: _voices_differ(understood),
        Source.FALLBACK: understood.intent == _FALLBACK,
        Source.CORRECTED: any(before.get(name) and after.get(name) and before[name] != after[name] for name in _TOLD_ANEW),
        Source.CLOSE: _close(understood),
    }
    found = [source for source, so in reasons.items() if so]
    return Felt(max(found, key=WORTH.__getitem__), understood.intent, understood.danger) if found else None


def _voices_differ(understood: Understood) -> bool:
    loudest = {
        voice: any(hint.voice == voice and hint.level is Level.MERAH for hint in understood.danger_by) for voice in ("kata", "model")
    }
    return understood.danger_doubt or len(set(loudest.values())) > 1


def _close(understood: Understood) -> bool:
    if understood.intent == _FALLBACK or len(understood.ranking) < 2:
        return False
    first, second = understood.ranking[:2]
    return first.confidence - second.confidence < _CLOSE
