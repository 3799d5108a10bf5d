"""What one message changes: facts, level, orders to the service, and whether an open question was answered.

The heart of a turn, as a pure function: everything the office decided about hearing a person is here or in the tables it calls. Nothing
is ever lowered, and an alarm never depends on which intent the message was taken for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from rules import answers, assessment, danger, duties, risk, told
from rules.buttons import CHOICE
from rules.danger import Reason
from rules.levels import Level
from rules.speech import heard as plain

Facts = Mapping[str, object]


class Heard(str, Enum):
    """What the message is to the question that is open."""

    ANSWER = "answer"  # answers it: go on
    TOLD = "told"  # says something else worth noting: thank, put it again
    SKIP = "skip"  # does not want to or cannot answer: leave it
    UNCLEAR = "unclear"  # cannot be read: put it more simply, then leave it
    ASIDE = "aside"  # a matter of its own: answer that first, then come back


@dataclass(frozen=True)
class Message:
    """One message as understood; `danger_by` are the engine's voices (voice, level, reason)."""

    text: str
    intent: str
    entities: Sequence[Mapping[str, object]] = ()
    danger: Level = Level.HIJAU
    danger_by: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True)
class Intake:
    """The outcome: slots to set, orders, and what to say first (a response name) if anything."""

    changes: dict[str, object]
    heard: Heard
    alarm: bool  # this message rings
    loud: bool  # and the person is told so now
    orders: tuple[dict[str, object], ...]
    preamble: tuple[str, ...]
    reasons: tuple[Reason, ...] = field(default_factory=tuple)


_ENDS_OR_PAUSES = {"minta_petugas", "darurat_sekarang", "krisis_bunuh_diri", "tidak_aman_chat", "berhenti_dulu", "hapus_data", "cabut_laporan", "pamit"}
_ANSWER_LIKE = {"setuju", "tolak", "tidak_tahu", "lewati", "beri_info", "nlu_fallback", "lanjut"}
_OWN_ANSWER = _ENDS_OR_PAUSES | {"ulangi", "iseng", "atur_kontak"}
_RESUMES = {"lanjut", "beri_info", "setuju"}
_SHORT = 5  # words; a short fitting answer is an answer, whatever it was taken for
_MOST_UNCLEAR = 2


def take_in(facts: Facts, message: Message, question: str | None) -> Intake:
    """Hears one message in the light of what is known and of the question that is open (its slot, or None)."""
    line = plain(message.text)
    screening = danger.screen_line(line)
    answer = _answer(message, question)
    changes = _merged(facts, told.facts(message.text, line, screening, message.intent, message.entities, question == "kecamatan"), _given(answer, message))
    heard = _heard(message, question, answer, changes, line)
    changes.update(_settled(facts, question, answer, heard))
    _steer(facts, message, changes)
    own = _voices(message, screening)
    reasons = tuple(dict.fromkeys((*own, *_by_answers({**facts, **changes}, answer))))
    alarm, loud, new = _alarm(facts, message, reasons, own)
    changes.update(_level(facts, reasons, alarm))
    changes["tone"] = assessment.tone({**facts, **changes}, heard is Heard.UNCLEAR)
    after = {**facts, **changes}
    orders = duties.orders(facts, after, message.intent, new if alarm else ())
    preamble = duties.preamble(facts, after, message.intent, loud)
    changes["greeted"] = bool(facts.get("greeted")) or bool(preamble)
    return Intake(changes, heard, alarm, loud, orders, preamble, reasons)


def _answer(message: Message, question: str | None) -> answers.Answer | None:
    """A pressed choice answers its own question, also when another is open by now."""
    chosen = dict(_choices(message))
    if chosen:
        return answers.Answer(answers.Reading.CLEAR, chosen)
    if question is None or not message.text.strip():
        return None
    return answers.read(question, message.text, message.intent)


def _choices(message: Message) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for entity in message.entities:
        slot, _, value = str(entity.get("value", "")).partition("=")
        if entity.get("entity") == CHOICE and slot in assessment.QUESTIONS:
            found.append((slot, [value] if slot in answers.LISTS else value))
    return found


def _given(answer: answers.Answer | None, message: Message) -> Facts:
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
            elif not may_replace and known not in (None, "", "tidak_tahu"):
                continue
            if value is not None and value != facts.get(slot):
                changes[slot] = value
    return changes


def _heard(message: Message, question: str | None, answer: answers.Answer | None, changes: Facts, line: str) -> Heard:
    """
    pressed choice, or short fitting answer        | answer
    wants to stop, a person, to leave, erase, ...  | aside, whatever else it says
    fitting answer inside a longer matter          | aside: that matter is answered, the fact is kept
    lewati, does not know                          | skip
    other facts, no matter of its own              | told
    nothing that can be read                       | unclear
    """
    if question is None or message.intent in _OWN_ANSWER:
        return Heard.ASIDE
    if answer is not None and answer.reading is answers.Reading.CLEAR:
        short = len([word for word in line.split() if word != "|"]) <= _SHORT
        return Heard.ANSWER if short or message.intent in _ANSWER_LIKE else Heard.ASIDE
    if message.intent not in _ANSWER_LIKE:
        return Heard.ASIDE
    if answer is not None and answer.reading in {answers.Reading.SKIP, answers.Reading.UNKNOWN}:
        return Heard.SKIP
    return Heard.TOLD if changes else Heard.UNCLEAR


def _settled(facts: Facts, question: str | None, answer: answers.Answer | None, heard: Heard) -> dict[str, object]:
    """Closes the question when it is answered, skipped, or could not be read twice; doubt about safety is kept as doubt."""
    unclear = int(str(facts.get("unclear") or 0))
    if question is None:
        return {}
    if heard is Heard.UNCLEAR and unclear + 1 < _MOST_UNCLEAR:
        return {"unclear": unclear + 1}
    changes: dict[str, object] = {"unclear": unclear + 1 if heard is Heard.UNCLEAR else 0}
    given = answer is not None and question in answer.facts
    if heard in {Heard.SKIP, Heard.UNCLEAR} or given:
        settled = facts.get("asked")
        changes["asked"] = [*(settled if isinstance(settled, (list, tuple)) else []), question]
        if not given and question in {"safe_now", "abuser_near"}:
            changes[question] = "tidak_tahu"
    return changes


def _steer(facts: Facts, message: Message, changes: dict[str, object]) -> None:
    """Lifts a pause when the person goes on telling; after 'somebody is near' safety is asked afresh."""
    reports = message.intent.startswith("lapor_") or message.intent in {"ancaman_nyawa", "darurat_sekarang", "krisis_bunuh_diri", "pelaku_mengaku"}
    paused = facts.get("paused")
    if not paused or message.intent == "tidak_aman_chat":
        return
    if paused == "hush":
        settled = facts.get("asked")
        changes["asked"] = [slot for slot in (settled if isinstance(settled, (list, tuple)) else []) if slot not in {"safe_now", "abuser_near"}]
        changes.update(safe_now=changes.get("safe_now"), abuser_near=None, paused=None)
    elif reports or message.intent in _RESUMES:
        changes["paused"] = None


def _voices(message: Message, screening: danger.Screening) -> tuple[Reason, ...]:
    """The words and the model, as the engine passes it on."""
    found = list(screening.reasons)
    found += [Reason(Level(str(by["level"])), str(by["reason"])) for by in message.danger_by if by.get("voice") != "kata"]
    if message.danger.rank > max((reason.level.rank for reason in found), default=0):
        found.append(Reason(message.danger, "dinilai gawat oleh sistem"))
    return tuple(dict.fromkeys(found))


def _by_answers(after: Facts, answer: answers.Answer | None) -> tuple[Reason, ...]:
    found = list(risk.by_answers(after))
    if answer is not None and answer.reading is answers.Reading.CLEAR and "kind" in answer.facts:
        found.append(Reason(Level.KUNING, "menjawab ada kekerasan"))
    return tuple(found)


def _alarm(facts: Facts, message: Message, reasons: tuple[Reason, ...], own: tuple[Reason, ...]) -> tuple[bool, bool, tuple[Reason, ...]]:
    """Rings, is said aloud, and the red reasons to pass on. `own` are the voices on this very message.

    A message that is red by itself always rings, also the tenth; it is said aloud the first time, and again only for a new reason.
    """
    known = facts.get("level_reasons")
    held = {_kindred(str(words)) for words in known} if isinstance(known, (list, tuple)) else set()
    red = tuple(reason for reason in reasons if reason.level is Level.MERAH)
    new = tuple(reason for reason in red if _kindred(reason.words) not in held)
    waiting = facts.get("level") == Level.MERAH.value and not facts.get("alarmed")
    rings = bool(new) or waiting or any(reason.level is Level.MERAH for reason in own)
    loud = rings and (bool(new) or not facts.get("alarmed")) and message.intent != "tidak_aman_chat"
    return rings, loud, new or red


def _kindred(words: str) -> str:
    """The model's reasons differ in a percentage only."""
    return words.split(" (")[0]


def _level(facts: Facts, reasons: tuple[Reason, ...], alarm: bool) -> dict[str, object]:
    now = Level(str(facts.get("level") or Level.HIJAU.value))
    known = facts.get("level_reasons")
    held = [str(words) for words in known] if isinstance(known, (list, tuple)) else []
    kindred = {_kindred(words) for words in held}
    fresh = [reason.words for reason in reasons if reason.level is not Level.HIJAU and _kindred(reason.words) not in kindred]
    changes: dict[str, object] = {}
    level = risk.raised(now, [reason.level for reason in reasons])
    if level is not now or not facts.get("level"):
        changes["level"] = level.value
    if fresh:
        changes["level_reasons"] = [*held, *fresh][:20]
    if alarm:
        changes["alarmed"] = True
    return changes
