"""Whether a conversation moves: three turns in a row that bring nothing bring a person, once.

Something moved where a fact was told, a question was answered or left, or another matter came up than the turn before. Pranks,
greetings and thanks wait for nobody; what cannot be read has counters of its own (`rules.steering.unclear`).
"""

from collections.abc import Mapping

from rules.hearing import Heard

Facts = Mapping[str, object]

MOST_STUCK = 3
_WAIT_FOR_NOBODY = {
    "iseng",
    "sapa",
    "terima_kasih",
    "pamit",
    "di_luar_topik",
    "tidak_aman_chat",
    "berhenti_dulu",
    "hapus_data",
    "cabut_laporan",
    "minta_petugas",
    "nlu_fallback",
    "lanjut_percakapan",
}


def after(facts: Facts, changes: Facts, intent: str, heard: Heard, news: bool) -> dict[str, object]:
    """The count after this message, and the matter of it."""
    moved = news or "asked" in changes or heard in {Heard.ANSWER, Heard.SKIP, Heard.UNCLEAR} or intent != facts.get("last_intent")
    if intent in _WAIT_FOR_NOBODY or moved:
        return {"stuck": 0, "last_intent": intent}
    return {"stuck": int(str(facts.get("stuck") or 0)) + 1, "last_intent": intent}


def brings_a_person(facts: Facts, changes: Facts) -> bool:
    """Whether this is the turn in which a person is called: not where one was called already, and not where somebody rests."""
    return changes.get("stuck") == MOST_STUCK - 1 and not facts.get("alarmed") and facts.get("paused") not in {"petugas", "hush"}
