"""How high the danger of a whole conversation stands: the highest of three voices, never lowered by itself.

The voices are the word list, the classifier and the answers. Only a named officer may lower a level, and that happens elsewhere.
"""

from collections.abc import Mapping, Sequence

from rules import risk_items
from rules.danger import Reason
from rules.levels import Level, highest

Facts = Mapping[str, object]

_GRAVE_KINDS = {"fisik", "seksual", "anak", "tppo"}


def raised(now: Level, voices: Sequence[Level]) -> Level:
    """The new level: the highest of what stood and what the voices say."""
    return highest((now, *voices))


def by_answers(facts: Facts) -> tuple[Reason, ...]:
    """
    What the answers say by themselves, gravest first; empty where they raise nothing.

    safe now   | abuser near          | what was told          | level
    tidak      | ya                   | anything               | merah
    tidak      | tidak_tahu, skipped  | grave                  | merah
    tidak      | not asked            | grave                  | merah
    tidak      | not asked, skipped   | nothing grave          | kuning
    tidak      | tidak                | anything               | kuning
    tidak_tahu | ya                   | anything               | merah
    aman, none | ya                   | anything               | kuning
    anything   | anything             | child, sexual          | merah
    anything   | anything             | traded or held for work| merah

    The danger questions for violence by a partner or relative add their own (`rules.risk_items`).
    Grave: blows, sexual violence, a child, trafficking, a weapon or an injury.
    """
    found = []
    if _holds(facts, "kind", "seksual") and facts.get("victim") == "anak":
        found.append(Reason(Level.MERAH, "kekerasan seksual terhadap anak"))
    if _holds(facts, "kind", "tppo"):
        found.append(Reason(Level.MERAH, "perdagangan orang"))
    safety = _safety(facts)
    return tuple(sorted([*found, *([safety] if safety else []), *risk_items.reasons(facts)], key=lambda reason: -reason.level.rank))


def _safety(facts: Facts) -> Reason | None:
    safe, near = facts.get("safe_now"), facts.get("abuser_near")
    if near == "ya":
        unsafe = safe in {"tidak", "tidak_tahu"}
        return Reason(Level.MERAH if unsafe else Level.KUNING, "menjawab pelaku sedang di dekatnya")
    if safe != "tidak":
        return None
    if near != "tidak" and _grave(facts):
        return Reason(Level.MERAH, "menjawab tidak aman saat ini")
    return Reason(Level.KUNING, "menjawab tidak aman saat ini")


def _grave(facts: Facts) -> bool:
    told = facts.get("kind")
    kinds = set(told) if isinstance(told, (list, tuple)) else set()
    return bool(kinds & _GRAVE_KINDS) or any(facts.get(name) for name in ("weapon", "injury")) or facts.get("victim") == "anak"


def _holds(facts: Facts, name: str, value: str) -> bool:
    held = facts.get(name)
    return isinstance(held, (list, tuple)) and value in held
