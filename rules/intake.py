"""What one message changes: facts, level, orders to the service, and whether an open question was answered.

The heart of a turn, as a pure function: everything the office decided about hearing a person is here or in the tables it calls. Nothing
is ever lowered, and an alarm never depends on which intent the message was taken for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rules import (
    alarm,
    answers,
    assessment,
    corrections,
    danger,
    doubt,
    duties,
    filling,
    hearing,
    progress,
    readback,
    risk_items,
    style,
    topics,
)
from rules.filling import Listened, count
from rules.hearing import Facts, Heard, Message, held
from rules.levels import Level
from rules.noticed import FEW, counted, marks
from rules.speaking import LEGAL_LIMIT
from rules.speech import heard as plain
from rules.to_question import Said, what
from rules.yes_or_no import asks as says_a_question
from rules.yes_or_no import yes_or_no

Orders = tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Intake:
    """The outcome: slots to set, orders, and what to say first (a response name) if anything."""

    changes: dict[str, object]
    heard: Heard
    alarm: bool  # this message rings
    loud: bool  # and the person is told so now
    orders: Orders
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
    said = _listen(facts, message, question)
    said, changes = _corrected(said, filling.facts(said))
    heard = _settled(said, changes)
    hush, rung = _rung(said, changes, heard)
    changes.update(doubt.after(said.facts, changes, message, said.line, heard) if not hush and not rung.rings else {})
    said = replace(said, noticed=(*said.noticed, "ragu")) if doubt.asks(changes) else said
    _voiced(said, changes, heard, rung, hush)
    orders, preamble = _duties(said, changes, rung, hush)
    news = any(changes.get(slot) for slot in assessment.FACTS if slot not in {"level", "level_reasons"})
    changes.update(progress.after(said.facts, changes, message.intent, heard, news))
    if progress.brings_a_person(said.facts, changes) and not hush:
        orders = (*orders, {"order": "call_officer"})
        preamble = preamble or ("utter_person_called",)
    forgotten = {slot: said.facts.get(slot) for slot in facts if facts.get(slot) != said.facts.get(slot)}
    return Intake(
        changes={**forgotten, **changes},
        heard=heard,
        alarm=rung.rings,
        loud=rung.loud,
        orders=orders,
        preamble=preamble,
        trusted=said.trusted,
        told=news,
        yes=yes_or_no(said.line) is True or (message.intent == "setuju" and not message.text.strip()),
        hush=hush,
        marks=said.noticed,
        lost=int(str(changes.get("lost") or 0)),
        gave=tuple(said.given),
        topic=topics.asked(said.line),
        asks=says_a_question(said.line),
    )


def _listen(facts: Facts, message: Message, question: str | None) -> Listened:
    """The message read: words, danger, answer, intent. Peace that is told is no report, whatever it was taken for."""
    line = plain(message.text)
    screening = danger.screen_line(line)
    noticed = marks(message.text, line)
    if {screening.level, message.danger} != {Level.HIJAU}:
        noticed = tuple(mark for mark in noticed if mark != "damai")
    facts = _begun_again(facts, noticed)
    answer = filling.answer(message, question)
    trusted = "" if "damai" in noticed else hearing.trusted(message, line, screening, facts.get("writer"))
    said = Listened(facts, message, question, line, noticed, screening, answer, trusted)
    if question in hearing.FREE and said.given and screening.level is Level.HIJAU:
        return replace(said, trusted="")  # 'bilang dari arisan' tells of nothing
    return said


def _corrected(said: Listened, changes: dict[str, object]) -> tuple[Listened, dict[str, object]]:
    """What is put right replaces what the same message would have told."""
    reading_back = said.question == "readback"
    right = corrections.found(said.message.text, said.facts, said.message.entities, reading_back)
    if not right:
        return said, changes
    changes = {**{slot: value for slot, value in changes.items() if slot not in corrections.SLOTS}, **right}
    said = replace(said, noticed=(*said.noticed, "diubah"))
    if reading_back:
        changes["readback"] = "diubah"
        said = replace(said, answer=answers.Answer(answers.Reading.CLEAR, {"readback": "diubah"}))
    return said, changes


def _settled(said: Listened, changes: dict[str, object]) -> Heard:
    """What the message is to the open question; closes it where it is done with."""
    gentle = said.facts.get("writer") == "anak" or said.facts.get("crisis") == "diri"
    heard = what(Said(said.message, said.question, said.answer, changes, said.line, gentle))
    if said.question and "dari_awal" in said.noticed:
        heard = Heard.ANSWER
    else:
        changes.update(hearing.settled(said.facts, said.message, said.question, said.answer, heard))
    if changes.get("candidates") and said.question != "kecamatan":
        changes["asked"] = [slot for slot in (held(changes, "asked") or held(said.facts, "asked")) if slot != "kecamatan"]
    changes.update(style.after(said.facts, said.message.text, said.message.intent))
    if "damai" not in said.noticed:
        _steer(said.facts, said.message, changes)
    return heard


def _rung(said: Listened, changes: dict[str, object], heard: Heard) -> tuple[bool, alarm.Alarm]:
    """Whether somebody is near, and whether it rings; the level and what present danger opens again go to `changes`."""
    own = alarm.voices(said.message, said.screening)
    reasons = tuple(dict.fromkeys((*own, *alarm.by_answers({**said.facts, **changes}, said.answer))))
    hush = hearing.must_hush(said.message, said.line, said.question, said.facts)
    bare = heard is Heard.TOLD and counted(said.line) <= FEW
    denied = said.question in risk_items.SLOTS and said.given.get(said.question) == "tidak"  # 'ga pernah bawa senjata'
    answered = heard is Heard.ANSWER and (denied or said.question not in answers.YES_OR_NO)
    plain_answer = (bare or answered) and alarm.only_an_impression(own)
    rung = alarm.heard(said.facts, hush or plain_answer, reasons, own)
    changes.update(alarm.level_after(said.facts, reasons, rung.rings))
    changes.update(_safety_again(said.facts, said.message, changes, rung.loud))
    changes.update(_safe_from_oneself(said.facts, changes))
    return hush, rung


def _voiced(said: Listened, changes: dict[str, object], heard: Heard, rung: alarm.Alarm, hush: bool) -> None:
    """The tone of the next question, which is put more simply where the answer could not be read."""
    after = {**said.facts, **changes}
    again = heard is Heard.UNCLEAR and not rung.rings and said.question not in held(after, "asked") and "ragu" not in said.noticed
    asks_which = _reading_back(said.facts, changes, said.question, heard, hush or rung.loud)
    again = asks_which or (again and said.question != "readback")
    tone = assessment.tone({**said.facts, **changes}, again)
    changes["tone"] = "ragu" if tone == "biasa" and "ragu" in said.noticed else tone


def _begun_again(facts: Facts, noticed: tuple[str, ...]) -> Facts:
    """After a gap safety and contact are open again; 'ulang dari awal' opens everything but what protects the person."""
    if "dari_awal" in noticed:
        return {slot: value for slot, value in facts.items() if slot not in _FORGOTTEN}
    if facts.get("gap"):
        asked = [slot for slot in held(facts, "asked") if slot not in _ASKED_AFTER_A_GAP]
        puts = facts.get("put")
        put = {slot: times for slot, times in puts.items() if slot not in _ASKED_AFTER_A_GAP} if isinstance(puts, Mapping) else {}
        kept = {slot: value for slot, value in facts.items() if slot not in {*_ASKED_AFTER_A_GAP, "gap", "pending", "doubt"}}
        return {**kept, "asked": asked, "put": put}
    return facts


_ASKED_AFTER_A_GAP = ("safe_now", "abuser_near", "contact_way", "contact_number", "contact_hours", "contact_name", "contact_cover")
_PROTECTS = {"writer", "crisis", "abuser_in_force", "level", "level_reasons", "style_changed"}
_FORGOTTEN = {
    *(*assessment.FACTS, "asked", "put", "pending", "readbacks", "finished", "paused", "unclear", "lost", "candidates", "doubt"),
} - _PROTECTS


def _reading_back(facts: Facts, changes: dict[str, object], question: str | None, heard: Heard, drop: bool) -> bool:
    """Keeps what waits to be read back; whatever answers it closes it. True where a bare 'no' is asked about."""
    changes["pending"] = [] if drop else readback.gathered(facts, changes, question if heard is Heard.ANSWER else None)
    if question != "readback":
        return False
    if changes.get("readback") == "salah" and count(facts, "put", question) < _MOST_READ_BACK:
        changes.update(readback=None, asked=[slot for slot in held(changes, "asked") if slot != "readback"])
        return not drop
    if heard is not Heard.ASIDE or changes.get("readback"):
        asked = held(changes, "asked") or held(facts, "asked")
        done = int(str(facts.get("readbacks") or 0)) + 1
        changes.update(readback=None, pending=[], asked=[slot for slot in asked if slot != "readback"], readbacks=done)
        changes.update(unclear=0, lost=facts.get("lost"))
    return False


_MOST_READ_BACK = 2  # times it is put, the question which part is wrong included


def _duties(said: Listened, changes: dict[str, object], rung: alarm.Alarm, hush: bool) -> tuple[Orders, tuple[str, ...]]:
    """Orders and what is said first; notes in `changes` that they were given and said."""
    facts, after = said.facts, {**said.facts, **changes}
    intent = _begins_with(said)
    orders = duties.orders(facts, after, intent, rung.red, rung.rings)
    preamble = () if hush else duties.preamble(facts, after, "" if intent == "tidak_aman_chat" else intent, rung.loud)
    if any(one["order"] == "open_case" for one in orders):
        changes["case_opened"] = True
    if LEGAL_LIMIT in preamble:
        changes["said"] = [*held(facts, "said"), LEGAL_LIMIT]
    changes["offered"] = None  # an offer holds for one message; the turn remembers it
    changes["greeted"] = bool(facts.get("greeted")) or bool(preamble)
    if "dari_awal" in said.noticed and not hush and not preamble:
        preamble = ("utter_restart",)
    return orders, preamble


def _begins_with(said: Listened) -> str:
    """The intent for orders and greeting: nobody begins with a goodbye that is a question, and peace is no report."""
    intent = said.message.intent
    if "damai" in said.noticed and intent.startswith("lapor_"):
        return "beri_info"
    asks = topics.asked(said.line) or "mau_tanya" in said.noticed
    return "tanya" if intent == "pamit" and asks else intent


def _steer(facts: Facts, message: Message, changes: dict[str, object]) -> None:
    """Lifts a pause when the person goes on telling; after 'somebody is near' safety is asked afresh."""
    reports = message.intent.startswith("lapor_") or message.intent in _REPORTS
    paused = facts.get("paused")
    if not paused or message.intent == "tidak_aman_chat":
        return
    if paused == "cabut" and message.intent in {"setuju", "beri_info"}:
        return  # 'iya' to a withdrawal begins no questions
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


def _safe_from_oneself(facts: Facts, changes: Facts) -> dict[str, object]:
    """'Safe to write' says nothing of the wish to die: once that is told, safety is asked anew, in the words for it."""
    if changes.get("crisis") != "diri" or facts.get("crisis") == "diri" or changes.get("safe_now"):
        return {}
    puts = facts.get("put")
    put = {slot: times for slot, times in puts.items() if slot != "safe_now"} if isinstance(puts, Mapping) else {}
    asked = held(changes, "asked") or held(facts, "asked")
    return {"safe_now": None, "put": put, "asked": [slot for slot in asked if slot != "safe_now"]}
