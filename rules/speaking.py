"""Which words answer a report: thanks once, the legal limit once before details of sexual violence, and nothing after an alarm.

Names of responses only; the wording itself is in data/responses, where the office changes it.
"""

from collections.abc import Mapping

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
LEGAL_LIMIT = "utter_legal_limit"


def on_report(intent: str, facts: Facts, loud: bool) -> tuple[str, ...]:
    """
    the alarm was just said                          | nothing more
    sexual violence told for the first time, adult   | the legal limit (UU TPKS art. 41), with thanks
    a child writes                                   | thanks to a child
    the same kind of report again                    | a short 'noted'
    else                                             | thanks for this kind of report
    """
    said = facts.get("said")
    already = set(said) if isinstance(said, (list, tuple)) else set()
    if loud:
        return ()
    if _sexual(intent, facts) and facts.get("writer") not in {"anak", "pelaku"} and LEGAL_LIMIT not in already:
        return (LEGAL_LIMIT,)
    if facts.get("writer") == "anak" and intent != "krisis_bunuh_diri":
        words = "utter_received_child"
    else:
        words = _OWN_WORDS.get(intent, "utter_received")
    return ("utter_noted",) if words in already else (words,)


def _sexual(intent: str, facts: Facts) -> bool:
    kinds = facts.get("kind")
    return intent == "lapor_seksual" or (isinstance(kinds, (list, tuple)) and "seksual" in kinds)
