"""Whether the way of writing changes in the middle: perhaps another hand on the same phone. A note for the officer, never a verdict.

Keeps counts of what the writer calls himself and of full sentences, no word of what was said. A wish to erase or withdraw in another
style counts at once; otherwise two messages must agree.
"""

import re
from collections.abc import Mapping

from rules.text import clean, folded

Facts = Mapping[str, object]

_SELF = (
    ("aku", re.compile(r"\b(?:aku|ak|aq|akuu?|ku)\b")),
    ("saya", re.compile(r"\b(?:saya|sy|sya|saia)\b")),
    ("gue", re.compile(r"\b(?:gue|gua|gw|gwe|w)\b")),
    ("nyak", re.compile(r"\b(?:nyak|ikam|kulo|awak)\b")),
)
_EARLIER = 3  # messages that agree before another way is noticed
_LATER = 2  # messages in another way
_ENDS_IT = {"hapus_data", "cabut_laporan"}


def after(facts: Facts, text: str, intent: str) -> dict[str, object]:
    """The profile after one message; with `style_changed` where it is noticed."""
    seen = facts.get("style")
    counts = {str(name): int(number) for name, number in seen.items()} if isinstance(seen, Mapping) else {}
    now = _way(text)
    if not now:
        return {}
    usual = max(counts, key=lambda name: counts[name], default=now)
    counts[now] = min(counts.get(now, 0) + 1, 99)
    changes: dict[str, object] = {"style": counts}
    settled = usual != now and counts[usual] >= _EARLIER and len([name for name in counts if counts[name] > 0]) == 2
    if settled and (counts[now] >= _LATER or intent in _ENDS_IT) and not facts.get("style_changed"):
        changes["style_changed"] = "ya"
    return changes


def _way(text: str) -> str:
    """'saya formal', 'aku santai': who speaks, and whether in full written sentences; '' where nothing tells."""
    plain = clean(text)
    said = [name for name, pattern in _SELF if pattern.search(folded(plain))]
    if len(said) != 1:
        return ""
    formal = len(plain.split()) >= 4 and plain[:1].isupper() and plain.endswith(".")
    return f"{said[0]} {'resmi' if formal else 'santai'}"
