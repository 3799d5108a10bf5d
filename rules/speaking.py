"""Which words answer a report: thanks once, the legal limit once before details of sexual violence, and nothing after an alarm.

Names of responses only; the wording itself is in data/responses, where the office changes it.
"""

from collections.abc import Mapping

from rules.levels import Level

Facts = Mapping[str, object]

_OWN_WORDS = {
    "lapor_kbgo": "utter_received_kbgo",
    "lapor_penelantaran": "utter_received_penelantaran",
    "lapor_tppo": "utter_received_tppo",
    "lapor_untuk_orang_lain": "utter_received_witness",
    "lapor_kekerasan_anak": "utter_received_witness",
    "lapor_psikis": "utter_received_psikis",
    "ancaman_nyawa": "utter_received",
    "krisis_bunuh_diri": "utter_received_crisis",
    "darurat_sekarang": "utter_received_danger",
    "pelaku_mengaku": "utter_received_abuser",
    "lapor_umum": "utter_received_general",
}
_FOR_ANOTHER = "lapor_untuk_orang_lain"
LEGAL_LIMIT = "utter_legal_limit"


def on_report(intent: str, facts: Facts, loud: bool) -> tuple[str, ...]:
    """
    the alarm was just said                          | nothing more
    no consent to a record, not merah                | thanks, and that nothing is recorded
    sexual violence told for the first time, adult   | the legal limit (UU TPKS art. 41), with thanks
    a child writes                                   | thanks to a child
    the writer hits                                  | honest thanks, once; then how change begins
    the same kind of report again                    | a short 'noted'
    else                                             | thanks for this kind of report
    """
    said = facts.get("said")
    already = set(said) if isinstance(said, (list, tuple)) else set()
    if loud:
        return ()
    if legal_limit_due(facts) or (intent == "lapor_seksual" and not already & {LEGAL_LIMIT} and facts.get("writer") != "anak"):
        return (LEGAL_LIMIT,)
    if facts.get("consent") == "tidak" and facts.get("level") != Level.MERAH.value:
        return ("utter_received_unrecorded",)
    if facts.get("writer") == "pelaku":
        words = "utter_abuser_counsel" if "utter_received_abuser" in already else "utter_received_abuser"
    elif facts.get("writer") == "anak" and intent != "krisis_bunuh_diri":
        words = "utter_received_child"
    elif (intent == "lapor_kekerasan_anak" and facts.get("victim") != "anak") or (intent == _FOR_ANOTHER and facts.get("victim") == "diri"):
        words = "utter_received"
    elif not intent:
        words = _where_unsure(facts)
    else:
        words = _OWN_WORDS.get(intent, "utter_received")
    return ("utter_noted",) if words in already and words != "utter_abuser_counsel" else (words,)


def _where_unsure(facts: Facts) -> str:
    if facts.get("victim") in {"anak", "dewasa_lain"}:
        return "utter_noted"
    return "utter_received" if facts.get("kind") else "utter_received_general"


def legal_limit_due(facts: Facts) -> bool:
    """Sexual violence was told by an adult and the duty to pass it on (UU TPKS art. 41) has not been explained yet."""
    said = facts.get("said")
    explained = isinstance(said, (list, tuple)) and LEGAL_LIMIT in said
    return _sexual("", facts) and facts.get("writer") not in {"anak", "pelaku"} and not explained


def _sexual(intent: str, facts: Facts) -> bool:
    kinds = facts.get("kind")
    return intent == "lapor_seksual" or (isinstance(kinds, (list, tuple)) and "seksual" in kinds)


def on_close(facts: Facts) -> str:
    """
    the writer hits                       | counsel, and everybody's safety
    thoughts of suicide of the writer     | stay with somebody, an officer is being called
    a child writes                        | an officer is being called, short
    level merah                           | an officer is being called, stay safe
    no consent to a record                | nothing was recorded, open door
    no contact wished                     | nobody writes first
    violence was told                     | noted, hours of the office
    nothing was told                      | open door
    """
    if facts.get("writer") == "pelaku":
        return "utter_closing_abuser"
    if facts.get("crisis") == "diri":
        return "utter_waiting_crisis"
    if facts.get("writer") == "anak":
        return "utter_waiting_child"
    if facts.get("level") == Level.MERAH.value:
        return "utter_waiting"
    if facts.get("consent") == "tidak":
        return "utter_closing_unrecorded"
    if facts.get("contact_way") == "jangan":
        return "utter_closing_no_contact"
    return "utter_closing" if facts.get("kind") or facts.get("case_opened") else "utter_closing_open"
