"""What the service must do after a message, and what has to be said before anything else.

Orders are facts for the transaction of the turn; an escalation is never left out, and never waits for an answer.
"""

from collections.abc import Mapping, Sequence

from rules.assessment import FACTS
from rules.danger import Reason
from rules.levels import Level
from rules.speaking import LEGAL_LIMIT, legal_limit_due
from rules.text import word_set

Facts = Mapping[str, object]
Order = dict[str, object]

_REPORTS = word_set(
    "lapor_umum lapor_fisik lapor_psikis lapor_seksual lapor_kbgo lapor_penelantaran lapor_kekerasan_anak lapor_tppo lapor_untuk_orang_lain"
    " ancaman_nyawa darurat_sekarang krisis_bunuh_diri pelaku_mengaku"
)
_CONTACT = ("contact_way", "contact_number", "contact_hours", "contact_name", "contact_cover")
# Said without a greeting: a screen that somebody else may be reading, or a goodbye.
_SILENT = frozenset({"tidak_aman_chat", "pamit", "hapus_data"})


def orders(before: Facts, after: Facts, intent: str, red: Sequence[Reason], alarm: bool) -> tuple[Order, ...]:
    """
    the alarm rings                             | escalate
    violence told, or level above hijau         | open_case, once
    a fact of the assessment is new             | record_assessment
    way of contact settled or changed           | arrange_contact
    consent to a record is refused              | record_assessment of the refusal, then neither case nor record, but for merah
    """
    found: list[Order] = []
    if alarm:
        found.append(
            {
                "order": "escalate",
                "level": Level.MERAH.value,
                "reasons": [reason.words for reason in red] or after.get("level_reasons") or [],
            }
        )
    if after.get("consent") == "tidak" and after.get("level") != Level.MERAH.value:
        return tuple(found) if before.get("consent") == "tidak" else (*found, _refused(after))
    recorded = {slot: after[slot] for slot in FACTS if after.get(slot) not in (None, "", [])}
    if case_needed(after, intent) and not before.get("case_opened"):
        found.append({"order": "open_case"})
    news = [slot for slot in FACTS if after.get(slot) != before.get(slot) and (slot, after.get(slot)) != ("level", Level.HIJAU.value)]
    if news:
        found.append({"order": "record_assessment", "facts": recorded})
    if after.get("contact_way") and any(after.get(slot) != before.get(slot) for slot in _CONTACT):
        named = zip(("way", "number", "hours", "name", "cover"), _CONTACT, strict=True)
        found.append({"order": "arrange_contact", **{name: str(after.get(slot) or "") for name, slot in named}})
    return tuple(found)


def _refused(after: Facts) -> Order:
    return {"order": "record_assessment", "facts": {"consent": "tidak", "level": after.get("level") or Level.HIJAU.value}}


def case_needed(after: Facts, intent: str) -> bool:
    """A case is opened for violence that is told, by intent or by level; a question alone opens none."""
    return intent in _REPORTS or after.get("level") in {Level.KUNING.value, Level.MERAH.value}


def preamble(before: Facts, after: Facts, intent: str, loud: bool) -> tuple[str, ...]:
    """What comes first: the alarm, or who is answering, or the legal limit that is still due.

    Nothing where somebody may read along; no law in answer to a feeling, it waits for the next message.
    """
    if loud:
        return (alarm_words(before, after),)
    if before.get("paused") == after.get("paused") == "hush":
        return ()
    if before.get("greeted"):
        due = legal_limit_due(after) and intent not in (_REPORTS | _SILENT) and not intent.startswith("ungkap_")
        return (LEGAL_LIMIT,) if due else ()
    if intent in _SILENT or before.get("offered"):
        return ()
    if after.get("writer") == "anak":
        return ("utter_greeting_child",)
    return ("utter_greeting_in_force",) if after.get("abuser_in_force") else ("utter_greeting",)


def alarm_words(before: Facts, after: Facts) -> str:
    """
    rang before                    | short: noted and passed on; own words for a suicidal writer, a child, one who hits
    suicidal writer                | own warm words
    somebody else wants to die     | how to stay with them
    a child writes                 | short words, nobody is blamed
    the writer hits                | step away, everybody's safety first
    the abuser is police, military | 110 is not offered first
    sexual violence, of the writer | believed first
    somebody else is the victim    | for a witness
    else                           | danger now
    """
    if before.get("alarmed"):
        return _again(after)
    if after.get("crisis"):
        return "utter_alarm_crisis" if after["crisis"] == "diri" else "utter_alarm_crisis_other"
    if after.get("writer") == "anak":
        return "utter_alarm_child"
    if after.get("writer") == "pelaku":
        return "utter_alarm_abuser"
    if after.get("abuser_in_force"):
        return "utter_alarm_in_force"
    if _own_sexual(after):
        return "utter_alarm_sexual"
    return "utter_alarm_witness" if after.get("victim") in {"anak", "dewasa_lain"} else "utter_alarm"


def _again(after: Facts) -> str:
    if after.get("crisis") == "diri":
        return "utter_alarm_again_crisis"
    return {"anak": "utter_alarm_again_child", "pelaku": "utter_alarm_again_abuser"}.get(str(after.get("writer")), "utter_alarm_again")


def _own_sexual(after: Facts) -> bool:
    kinds = after.get("kind")
    return isinstance(kinds, (list, tuple)) and "seksual" in kinds and after.get("victim") in {None, "diri"}
