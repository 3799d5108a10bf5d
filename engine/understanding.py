"""What a text means, without any dialogue: the model's NLU graph run on many texts at once.

The text that enters Rasa is never a command: leading slashes become spaces, so that offsets stay those of the raw text.
Control characters become spaces for the same reason; what is longer than the cap is understood from its beginning, but
the word list has heard all of it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.exceptions import GraphComponentException
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from engine.failure import TurnFailed
from engine.processor import TurnProcessor
from rules.danger import screen
from rules.levels import Level, highest

LONGEST = 2_000  # characters that the model reads of one text
FRAGMENT = 8  # words; a longer message stands by itself
_BEFORE = 600  # characters of what was written before that a fragment is read with
_RANKED = 6  # the likeliest intents told, an uncertain first place among them
_COMMAND = re.compile(r"^[\s/]*/")
_NODE = re.compile(r"for node [\w.]*?(\w+?)\d*\.?$")


@dataclass
class Line:
    """What Rasa's converter needs of a message; Rasa's own UserMessage would strip the text and shift all offsets."""

    text: str
    message_id: str | None = None
    metadata: dict[str, Any] | None = None


def harmless(text: str) -> str:
    """The text as Rasa may see it: the same length and offsets, no control characters, never a leading slash."""
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text[:LONGEST])
    found = _COMMAND.match(plain)
    return " " * found.end() + plain[found.end() :] if found else plain


def parse(processor: TurnProcessor, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Rasa's parse data for each text; raises TurnFailed with the component that failed."""
    lines = [Line(harmless(text)) for text in texts]
    target = processor.model_metadata.nlu_target
    tracker = DialogueStateTracker.from_events("", [])
    try:
        messages = processor.graph_runner.run({PLACEHOLDER_MESSAGE: lines, PLACEHOLDER_TRACKER: tracker}, [target])[target]
    except (GraphComponentException, RasaException) as error:
        raise TurnFailed("component", _reason(error)) from None
    return [_data(text, message.as_dict(only_output_properties=True)) for text, message in zip(texts, messages, strict=True)]


def in_context(processor: TurnProcessor, text: str, recent: Sequence[str]) -> dict[str, Any]:
    """A fragment, its danger judged with the lines before it as well: 'dia bawa', then 'pisau'.

    Only what neither part says alone counts as new, so that one red line does not make all later ones red. Joined lines are no
    sentence that the classifier learnt from: where only it is alarmed by them, that is a doubt, for the bot to ask about.
    """
    before = " ".join(recent)[-_BEFORE:]
    alone, earlier, together = parse(processor, [text, before, f"{before} {text}"])
    graver = Level(together["danger"]).rank > max(Level(part["danger"]).rank for part in (alone, earlier))
    loudest = [voice for voice in together["danger_by"] if voice["level"] == together["danger"]]
    heard = graver and any(voice["voice"] == "kata" for voice in loudest)
    if heard:
        alone["danger_by"] = alone["danger_by"] + [
            {"voice": "bersama", "level": voice["level"], "reason": f"{voice['reason']} (dibaca bersama pesan sebelumnya)"}
            for voice in loudest
        ]
        alone["danger"] = together["danger"]
    guessed = graver and not heard and together["danger"] == Level.MERAH.value
    fresh_doubt = guessed or (together["danger_doubt"] and not earlier["danger_doubt"])
    alone["danger_doubt"] = alone["danger"] != Level.MERAH.value and (alone["danger_doubt"] or fresh_doubt)
    return alone


def _data(text: str, found: dict[str, Any]) -> dict[str, Any]:
    found.pop("text_tokens", None)
    data = {
        "intent": {"name": None, "confidence": 0.0},
        "entities": [],
        "danger": Level.HIJAU.value,
        "danger_by": [],
        "danger_doubt": False,
        **found,
        "text": text,
    }
    if len(text) > LONGEST:
        _hear_all(data, text)
    return data


def _hear_all(data: dict[str, Any], text: str) -> None:
    """The rest of an overlong text, by the word list alone, a piece at a time."""
    known = {(voice["level"], voice["reason"]) for voice in data["danger_by"]}
    for start in range(LONGEST - 100, len(text), LONGEST - 100):
        for reason in screen(text[start : start + LONGEST]).reasons:
            if (reason.level.value, reason.words) not in known:
                known.add((reason.level.value, reason.words))
                data["danger_by"].append({"voice": "kata", "level": reason.level.value, "reason": reason.words})
    data["danger"] = highest(Level(voice["level"]) for voice in data["danger_by"]).value
    data["danger_doubt"] = data["danger_doubt"] and data["danger"] != Level.MERAH.value


def shown(data: dict[str, Any]) -> dict[str, Any]:
    """What the service is told: intent, confidence, danger and entities; never the text itself."""
    return {
        "intent": data["intent"].get("name"),
        "confidence": round(float(data["intent"].get("confidence") or 0.0), 4),
        "ranking": [_ranked(one) for one in (data.get("intent_ranking") or [])[:_RANKED]],
        "danger": data.get("danger", Level.HIJAU.value),
        "danger_by": data.get("danger_by", []),
        "danger_doubt": bool(data.get("danger_doubt")),
        "entities": [{key: e.get(key) for key in ("entity", "value", "start", "end")} for e in data["entities"]],
    }


def _ranked(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"intent": one.get("name"), "confidence": round(float(one.get("confidence") or 0.0), 4)}


def _reason(error: Exception) -> str:
    node = _NODE.search(str(error))
    cause = error.__cause__ or error
    return f"{node[1] if node else 'graph'}: {type(cause).__name__}"
