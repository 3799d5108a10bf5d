"""The middle band: the engine is not sure that no life is in danger, and one gentle question is better than a guess.

Asked once in a stretch of writing, before anything else; not where it was answered a moment ago, where nothing is hidden in the
message, or where officers are called already.
"""

from collections.abc import Mapping

from rules.hearing import Facts, Heard, Message, held
from rules.levels import Level
from rules.noticed import counted

_LATELY = 3  # messages; an answer about safety is that fresh
_BARE = 2  # words; 'kmiling' and 'malam' hide nothing


def after(facts: Facts, changes: Facts, message: Message, line: str, heard: Heard) -> dict[str, object]:
    """
    What the doubt changes: the safety question is open again, before all others.

    not safe, or merah                | nothing: officers know
    asked for doubt in this stretch   | nothing
    answered within three messages    | nothing
    a bare answer to another question | nothing
    else                              | `safe_now` is asked
    """
    now = {**facts, **changes}
    since = 0 if changes.get("safe_now") else _since(facts) + 1
    asked = _asked(facts)
    counts: dict[str, object] = {"doubt": {"since": since, "asked": asked}}
    settled = now.get("level") == Level.MERAH.value or now.get("safe_now") == "tidak" or now.get("paused") == "hush"
    bare = counted(line) <= _BARE or (heard is Heard.ANSWER and counted(line) <= _BARE + 1)
    fresh = bool(now.get("safe_now")) and since < _LATELY
    if not message.doubt or asked or settled or bare or fresh:
        return counts
    left = [slot for slot in held(now, "asked") if slot not in {"safe_now", "abuser_near"}]
    puts = facts.get("put")
    put = {slot: times for slot, times in puts.items() if slot != "safe_now"} if isinstance(puts, Mapping) else {}
    return {"doubt": {"since": 0, "asked": True}, "safe_now": None, "abuser_near": None, "asked": left, "put": put, "paused": None}


def asks(changes: Facts) -> bool:
    """Whether this message opened the question."""
    kept = changes.get("doubt")
    return isinstance(kept, Mapping) and kept.get("asked") is True and "paused" in changes and changes.get("safe_now", "") is None


def _since(facts: Facts) -> int:
    kept = facts.get("doubt")
    return int(kept.get("since", 0)) if isinstance(kept, Mapping) else 0


def _asked(facts: Facts) -> bool:
    kept = facts.get("doubt")
    return bool(kept.get("asked")) if isinstance(kept, Mapping) else False
