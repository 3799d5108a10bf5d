"""What one message changes: facts, level, orders to the service, and whether an open question was answered.

The heart of a turn, as a pure function: everything the office decided about hearing a person is here or in the tables it calls. Nothing
is ever lowered, and an alarm never depends on which intent the message was taken for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rules import alarm, answers, assessment, contact, corrections, danger, duties, hearing, places, progress, readback, style, told, topics
from rules.buttons import CHOICE
from rules.hearing import Facts, Heard, Message, held
from rules.levels import Level
from rules.speaking import LEGAL_LIMIT
from rules.speech import heard as plain
from rules.yes_or_no import asks as says_a_question
from rules.yes_or_no import yes_or_no


@dataclass(frozen=True)
class Intake:
    """The outcome: slots to set, orders, and what to say first (a response name) if anything."""

    changes: dict[str, object]
    heard: Heard
    alarm: bool  # this message rings
    loud: bool  # and the person is told so now
    orders: tuple[dict[str, object], ...]
    preamble: tuple[str, ...]
    trusted: str  # the intent, where it may be acted on though acting wrongly would hurt; else ''
    told: bool  # a fact of the assessment was in it
    yes: bool  # a plain yes: the button, or nothing but the word
    hush: bool  # somebody is near or reads along
    marks: tuple[str, ...]  # what else is noticed: 'tangis', 'polisi'
    lost: int  # questions left unread so far, where this message made another; else 0
    gave: tuple[str, ...]  # the facts that an answer gave
    topic: str | None  # the response to a plain question in it
    asks: bool  # it asks something


_REPORTS = {"ancaman_nyawa", "darurat_sekarang", "krisis_bunuh_diri", "pelaku_mengaku"}
_RESUMES = {"lanjut", "beri_info", "setuju"}


def take_in(facts: Facts, message: Message, question: str | None) -> Intake:
    """Hears one message in the light of what is known and of the question that is open (its slot, or None)."""
    line = plain(message.text)
    noticed = hearing.marks(message, line)
    before, facts = facts, _begun_again(facts, noticed)
    screening = danger.screen_line(line)
    answer = _answer(message, question)
    trusted = hearing.trusted(message, line, screening, facts.get("writer"))
    if question in hearing.FREE and _given(answer) and screening.level is Level.HIJAU:
        trusted = ""  # 'bilang dari arisan' tells of nothing
    changes = _facts(facts, message, question, line, screening, answer, trusted)
    right = corrections.found(message.text, facts, message.entities, question == "readback")
    if right:
        changes = {**{slot: value for slot, value in changes.items() if slot not in corrections.SLOTS}, **right}
        noticed = (*noticed, "diubah")
    if right and question == "readback":
        changes["readback"] = "diubah"
        answer = answers.Answer(answers.Reading.CLEAR, {"readback": "diubah"})
    heard = hearing.what(message, question, answer, changes, line)
    if question and "dari_awal" in noticed:
        heard = Heard.ANSWER
    else:
        changes.update(hearing.settled(facts, message, question, answer, heard))
    changes.update(style.after(facts, message.text, message.intent))
    _steer(facts, message, changes)
    own = alarm.voices(message, screening)
    reasons = tuple(dict.fromkeys((*own, *alarm.by_answers({**facts, **changes}, answer))))
    hush = hearing.must_hush(message, line, question, facts)
    plain_answer = heard is Heard.ANSWER and question not in answers.YES_OR_NO and alarm.only_an_impression(own)
    rung = alarm.heard(facts, hush or plain_answer, reasons, own)
    changes.update(alarm.level_after(facts, reasons, rung.rings))
    changes.update(_safety_again(facts, message, changes, rung.loud))
    again = heard is Heard.UNCLEAR and not rung.rings and question not in held({**facts, **changes}, "asked")
    asks_which = _reading_back(facts, changes, question, heard, hush or rung.loud)
    again = asks_which or (again and question != "readback")
    changes["tone"] = assessment.tone({**facts, **changes}, again)
    topic, asks = topics.asked(line), says_a_question(line)
    begins = "tanya" if topic or "mau_tanya" in noticed else message.intent  # nobody begins with a goodbye
    orders, preamble = _duties(facts, changes, begins if message.intent == "pamit" else message.intent, rung, hush)
    if "dari_awal" in noticed and not hush and not preamble:
        preamble = ("utter_restart",)
    news = any(changes.get(slot) for slot in assessment.FACTS if slot not in {"level", "level_reasons"})
    changes.update(progress.after(facts, changes, message.intent, heard, news))
    if progress.brings_a_person(facts, changes) and not hush:
        orders = (*orders, {"order": "call_officer"})
        preamble = preamble or ("utter_person_called",)
    changes = {**{slot: facts.get(slot) for slot in before if before.get(slot) != facts.get(slot)}, **changes}
    yes = yes_or_no(line) is True or (message.intent == "setuju" and not message.text.strip())
    lost = int(str(changes.get("lost") or 0))
    return Intake(
        changes, heard, rung.rings, rung.loud, orders, preamble, trusted, news, yes, hush, noticed, lost, tuple(_given(answer)), topic, asks
    )


def _begun_again(facts: Facts, noticed: tuple[str, ...]) -> Facts:
    """After a gap safety and contact are open again; 'ulang dari awal' opens everything but what protects the person."""
    if "dari_awal" in noticed:
        return {slot: value for slot, value in facts.items() if slot not in _FORGOTTEN}
    if facts.get("gap"):
        asked = [slot for slot in held(facts, "asked") if slot not in _ASKED_AFTER_A_GAP]
        return {**{slot: value for slot, value in facts.items() if slot not in {*_ASKED_AFTER_A_GAP, "gap", "pending"}}, "asked": asked}
    return facts


_ASKED_AFTER_A_GAP = ("safe_now", "abuser_near", "contact_way", "contact_number", "contact_hours", "contact_name", "contact_cover")
_PROTECTS = {"writer", "crisis", "abuser_in_force", "level", "level_reasons", "style_changed"}
_FORGOTTEN = {*assessment.FACTS, "asked", "put", "pending", "readbacks", "finished", "paused", "unclear", "lost", "candidates"} - _PROTECTS


def _reading_back(facts: Facts, changes: dict[str, object], question: str | None, heard: Heard, drop: bool) -> bool:
    """Keeps what waits to be read back; whatever answers it closes it. True where a bare 'no' is asked about."""
    changes["pending"] = [] if drop else readback.gathered(facts, changes, question if heard is Heard.ANSWER else None)
    if question != "readback":
        return False
    if changes.get("readback") == "salah" and _times_put(facts, question) < _MOST_READ_BACK:
        changes.update(readback=None, asked=[slot for slot in held(changes, "asked") if slot != "readback"])
        return not drop
    if heard is not Heard.ASIDE or changes.get("readback"):
        asked = held(changes, "asked") or held(facts, "asked")
        done = int(str(facts.get("readbacks") or 0)) + 1
        changes.update(readback=None, pending=[], asked=[slot for slot in asked if slot != "readback"], readbacks=done)
        changes.update(unclear=0, lost=facts.get("lost"))
    return False


_MOST_READ_BACK = 2  # times it is put, the question which part is wrong included


def _times_put(facts: Facts, question: str) -> int:
    puts = facts.get("put")
    return int(puts.get(question, 0)) if isinstance(puts, Mapping) else 0


def _facts(
    facts: Facts,
    message: Message,
    question: str | None,
    line: str,
    screening: danger.Screening,
    answer: answers.Answer | None,
    trusted: str,
) -> dict[str, object]:
    where = _asks_where(facts, question, line)
    changes = _merged(facts, told.facts(message.text, line, screening, trusted, message.entities, where), _given(answer))
    if question == "kecamatan":
        changes.update(_choosing_place(facts, message, changes))
    if facts.get("contact_way") in {"chat", "telepon"} and not facts.get("contact_hours") and contact.only_hours(message.text):
        changes["contact_hours"] = contact.hours(message.text)
    if changes.get("consent") == "ya" and facts.get("consent") == "tidak":
        changes["finished"] = None
    if changes.get("writer") == "anak" and {**facts, **changes}.get("victim") in (None, "diri"):
        changes["victim"] = "anak"
    return changes


def _duties(
    facts: Facts, changes: dict[str, object], intent: str, rung: alarm.Alarm, hush: bool
) -> tuple[tuple[dict[str, object], ...], tuple[str, ...]]:
    """Orders and what is said first; notes in `changes` that they were given and said."""
    after = {**facts, **changes}
    orders = duties.orders(facts, after, intent, rung.red, rung.rings)
    preamble = () if hush else duties.preamble(facts, after, "" if intent == "tidak_aman_chat" else intent, rung.loud)
    if any(one["order"] == "open_case" for one in orders):
        changes["case_opened"] = True
    if LEGAL_LIMIT in preamble:
        changes["said"] = [*held(facts, "said"), LEGAL_LIMIT]
    changes["offered"] = None  # an offer holds for one message; the turn remembers it
    changes["greeted"] = bool(facts.get("greeted")) or bool(preamble)
    return orders, preamble


def _asks_where(facts: Facts, question: str | None, line: str) -> bool:
    """A bare name is a place when a place was asked for, or is still wanted and hardly anything else was said."""
    return question == "kecamatan" or (not facts.get("kecamatan") and len(line.split()) <= 2)


def _answer(message: Message, question: str | None) -> answers.Answer | None:
    """A pressed choice answers its own question, also when another is open by now."""
    chosen = dict(_choices(message))
    if chosen:
        return answers.Answer(answers.Reading.CLEAR, chosen)
    if question is None:
        return None
    if not message.text.strip():
        return answers.pressed(question, message.intent)
    return answers.read(question, message.text, message.intent if message.confidence >= hearing.SURE else "")


def _choices(message: Message) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for entity in message.entities:
        slot, _, value = str(entity.get("value", "")).partition("=")
        if entity.get("entity") == CHOICE and slot in assessment.QUESTIONS:
            found.append((slot, [value] if slot in answers.LISTS else value))
    return found


def _choosing_place(facts: Facts, message: Message, changes: Facts) -> dict[str, object]:
    """A name that several kecamatan share is asked back; the next message may say only which of them."""
    if changes.get("kecamatan"):
        return {"candidates": None}
    chosen = places.narrowed(held(facts, "candidates"), message.text)
    if chosen:
        return {"kecamatan": chosen, "candidates": None}
    place = places.find(message.text, asked=True)
    return {"candidates": list(place.candidates)} if place and place.candidates else {}


def _given(answer: answers.Answer | None) -> Facts:
    return answer.facts if answer and answer.reading is answers.Reading.CLEAR else {}


def _merged(facts: Facts, told_facts: Facts, given: Facts) -> dict[str, object]:
    """Told facts fill what is empty, answers also replace; lists grow."""
    changes: dict[str, object] = {}
    for source, may_replace in ((told_facts, False), (given, True)):
        for slot, value in source.items():
            known = changes.get(slot, facts.get(slot))
            if slot in answers.LISTS:
                held = list(known) if isinstance(known, (list, tuple)) else []
                fresh = value if isinstance(value, (list, tuple)) else [value]
                value = list(dict.fromkeys([*held, *fresh]))
            elif not may_replace and slot not in _LATEST_COUNTS and known not in (None, "", "tidak_tahu"):
                continue
            if value is not None and value != facts.get(slot):
                changes[slot] = value
    return changes


# Safety and contact change: what is said last holds, also where it was not asked for.
_LATEST_COUNTS = {"consent", "safe_now", "abuser_near", "contact_way", "contact_number", "contact_hours"}


def _steer(facts: Facts, message: Message, changes: dict[str, object]) -> None:
    """Lifts a pause when the person goes on telling; after 'somebody is near' safety is asked afresh."""
    reports = message.intent.startswith("lapor_") or message.intent in _REPORTS
    paused = facts.get("paused")
    if not paused or message.intent == "tidak_aman_chat":
        return
    if paused == "hush" and message.intent == "setuju" and not changes.get("safe_now"):
        return  # 'oke', perhaps not by the same hand
    if paused == "hush":
        changes["asked"] = [slot for slot in held(facts, "asked") if slot not in {"safe_now", "abuser_near"}]
        changes.update(safe_now=changes.get("safe_now"), abuser_near=None, paused=None)
    elif reports or message.intent in _RESUMES or (paused == "pamit" and any(changes.get(slot) for slot in assessment.QUESTIONS)):
        changes["paused"] = None


def _safety_again(facts: Facts, message: Message, changes: Facts, loud: bool) -> dict[str, object]:
    """'Safe' was true when it was said: present danger that is told later opens the question again."""
    if not loud or facts.get("safe_now") != "aman" or "safe_now" in changes or message.intent != "darurat_sekarang":
        return {}
    return {"safe_now": None, "asked": [slot for slot in held(facts, "asked") if slot != "safe_now"]}
