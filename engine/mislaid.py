"""Examples of danger that stand under a word of courtesy: a slip of the hand, or sabotage, that no measuring set may notice.

The word list judges, because the model that learns from the examples cannot. Reads only what it needs, in a second or two.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from rules.danger import screen
from rules.gate import COURTESIES
from rules.levels import Level

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK = re.compile(r"\[([^\]]*)\][({][^)}]*[)}]")  # a marked entity: its words stay


def mislaid(data: Path) -> dict[str, int]:
    """{intent of courtesy: its examples that the word list hears as merah}; intents without any are left out.

    `data`: the folder that holds `nlu/`."""
    found: Counter[str] = Counter()
    for path in sorted((data / "nlu").rglob("*.yml")):
        for intent, text, danger in _examples(path):
            if danger != Level.MERAH.value and screen(_MARK.sub(r"\1", text)).level is Level.MERAH:
                found[intent] += 1
    return dict(sorted(found.items()))


def _examples(path: Path) -> Iterator[tuple[str, str, str]]:
    """Intent, text and danger of every example of a courtesy. What is no NLU file has none; training judges whether it is sound."""
    try:
        content: Any = yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506  # the safe one, in C where there is one
        blocks = [block for block in content["nlu"] if block.get("intent") in COURTESIES]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        return
    for block in blocks:
        examples = block.get("examples") or ()
        lines = examples.splitlines() if isinstance(examples, str) else examples
        for one in lines:
            noted = one.get("metadata") if isinstance(one, dict) else None
            text = one.get("text") if isinstance(one, dict) else one
            yield str(block["intent"]), str(text).lstrip("- "), str((noted or {}).get("danger", ""))
