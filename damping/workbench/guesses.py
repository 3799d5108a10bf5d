"""What the serving model makes of a sentence: its likeliest meanings, its level, the words that it would mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from damping.casework.dialogue import EngineUnavailable
from damping.workbench.bench import Bench
from rules.levels import Level

_MOST = 5
_FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Guess:
    """`ranking`: meaning and how sure, 0 to 100; `reasons`: why the level is what it is."""

    ranking: tuple[tuple[str, int], ...] = ()
    danger: Level = Level.HIJAU
    reasons: tuple[str, ...] = ()
    marks: str = ""


async def of(bench: Bench, sentence: str) -> Guess | None:
    """None while the engine does not answer: the trainer then chooses without its help."""
    try:
        (found,) = await bench.reader.parse([sentence])
    except (EngineUnavailable, ValueError):
        return None
    ranked = [
        (one["intent"], round(100 * one["confidence"])) for one in found.get("ranking") or () if one["intent"] not in (None, _FALLBACK)
    ]
    reasons = dict.fromkeys(str(hint["reason"]) for hint in found.get("danger_by") or ())
    return Guess(tuple(ranked[:_MOST]), Level(found.get("danger", Level.HIJAU)), tuple(reasons), _marks(found, sentence))


def _marks(found: Mapping[str, Any], sentence: str) -> str:
    """Placeholders are not marked: another word will stand there."""
    pieces = [(sentence[one["start"] : one["end"]], one["entity"]) for one in found.get("entities") or () if one.get("entity")]
    return "; ".join(f"{word} = {name}" for word, name in pieces if word and not set(word) & set("[]=;"))
