"""The sheet beside a conversation: what the dialogue learnt, by the office's own rules, and what nobody told yet."""

from collections.abc import Mapping
from typing import Any

from rules.summary import summarise

# What an officer needs to know, in the order in which the page lists what is missing.
NEEDED = ("safe_now", "kind", "victim", "relation", "children", "kecamatan", "help_wanted", "contact_way")


def told(facts: Mapping[str, Any]) -> list[str]:
    """Sentences, gravest first. Why the level was raised stands on the sheet already."""
    return summarise({name: value for name, value in facts.items() if name != "level_reasons"})


def missing(facts: Mapping[str, Any]) -> list[str]:
    """Names of the facts that nobody told yet."""
    return [name for name in NEEDED if facts.get(name) in (None, "", [])]
