"""The summary on top of a conversation: what is known, in the office's own words, each sentence with the message it came from.

Built from facts only, never from the words of a person. A number is covered here as everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from damping.store.desk import Opened
from damping.store.numbers import masked
from rules import marking
from rules.levels import Level
from rules.summary import summarise

# What an officer needs to know, in the order in which the page lists what is missing.
NEEDED = ("safe_now", "kind", "victim", "relation", "children", "kecamatan", "help_wanted", "contact_way")

# The questions that a tired officer asks, and the facts that answer them; facts of one group make one sentence together.
_SECTIONS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("sekarang", (("safe_now",), ("abuser_near",), ("crisis",), ("injury",), ("weapon",), ("company",))),
    ("siapa", (("writer",), ("victim",), ("age",), ("relation",), ("abuser_in_force",), ("children",), ("trusted_adult",))),
    ("apa", (("kind",), ("when",), ("ended",))),
    ("di_mana", (("kecamatan", "kelurahan"),)),
    ("ingin", (("help_wanted",), ("consent",), ("contact_way", "contact_number", "contact_hours", "contact_name", "contact_cover"))),
)
_PLACED = frozenset(name for _, groups in _SECTIONS for group in groups for name in group)
_ELSEWHERE = frozenset({"level", "level_reasons"})  # stand on top of the sheet already


@dataclass(frozen=True)
class Sentence:
    """One thing that is known. `source`: the number of the message that said it."""

    text: str
    source: int | None


@dataclass(frozen=True)
class Section:
    """The answer to one question: `sekarang`, `siapa`, `apa`, `di_mana`, `ingin`, `lain`."""

    key: str
    sentences: tuple[Sentence, ...]


def told(opened: Opened) -> tuple[Section, ...]:
    """The sections about which something is known."""
    facts = _covered(opened.facts)
    sections = [Section(key, tuple(line for group in groups for line in _said(opened, facts, group))) for key, groups in _SECTIONS]
    rest = tuple(name for name in facts if name not in _PLACED | _ELSEWHERE)
    sections.append(Section("lain", tuple(line for name in rest for line in _said(opened, facts, (name,)))))
    return tuple(section for section in sections if section.sentences)


def missing(facts: Mapping[str, Any]) -> list[str]:
    """Names of the facts that nobody told yet."""
    return [name for name in NEEDED if facts.get(name) in (None, "", [])]


def sources(opened: Opened) -> dict[str, int]:
    """For each reason of the level, the message in which the word list found it."""
    found: dict[str, int] = {}
    for line in opened.lines:
        if line.level is not Level.HIJAU and line.body.text:
            for reason in marking.reasons(line.body.text):
                found.setdefault(reason, line.seq)
    return found


def _said(opened: Opened, facts: Mapping[str, Any], group: tuple[str, ...]) -> list[Sentence]:
    known = {name: facts[name] for name in group if name in facts}
    standing = opened.work.sheet.standing
    source = next((standing[name].source for name in group if name in standing and standing[name].source is not None), None)
    return [Sentence(text, source) for text in summarise(known)] if known else []


def _covered(facts: Mapping[str, Any]) -> dict[str, Any]:
    number = facts.get("contact_number")
    return {**facts, "contact_number": masked(str(number))} if number else dict(facts)
