"""Fills the facts of the assessment from one message: what is told, what answers the open question, what is pressed.

Told facts fill what is empty, answers replace; a place that several kecamatan share is kept to be asked back.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rules import answers, assessment, contact, danger, hearing, people, places, told
from rules.buttons import CHOICE
from rules.hearing import Facts, Message, held
from rules.signs import compiled

# Safety and contact change: what is said last holds, also where it was not asked for.
_LATEST_COUNTS = {"consent", "safe_now", "abuser_near", "contact_way", "contact_number", "contact_hours"}


_THIS_NUMBER = compiled(r"(?:ke |di |pakai |lewat )?(?:nomor|no|nomer|wa|hp) (?:saya |yang )?(?:ini|sini)(?: (?:aja|saja|ya|kakak|bu))*")
_SELF = compiled(r"saya|kami")


@dataclass(frozen=True)
class Listened:
    """One message, listened to: what was known, what is open, its plain line, how danger, answer and intent were read."""

    facts: Facts
    message: Message
    question: str | None
    line: str
    noticed: tuple[str, ...]
    screening: danger.Screening
    answer: answers.Answer | None
    trusted: str

    @property
    def given(self) -> Facts:
        """The facts that the answer gives."""
        answer = self.answer
        return answer.facts if answer and answer.reading is answers.Reading.CLEAR else {}


def facts(said: Listened) -> dict[str, object]:
    """The facts that the message changes."""
    known, message, question = said.facts, said.message, said.question
    where = _asks_where(known, question, said.line)
    told_facts = told.facts(message.text, said.line, said.screening, said.trusted, message.entities, where)
    changes = _merged(known, told_facts, said.given)
    if question == "kecamatan":
        changes.update(_choosing_place(known, message, changes))
    else:
        changes.update(_place_in_doubt(known, message, changes))
    if known.get("contact_way") in {"chat", "telepon"} and not known.get("contact_hours") and contact.only_hours(message.text):
        changes["contact_hours"] = contact.hours(message.text)
    if (
        {**known, **changes}.get("contact_way") == "telepon"
        and not known.get("contact_number")
        and _THIS_NUMBER.fullmatch(said.line.rstrip(" |"))
    ):
        changes["contact_number"] = "nomor ini"
    if known.get("victim") == "dewasa_lain" and people.at_school(said.line):
        changes["victim"] = "anak"  # 'dia smp kelas 2', of a friend
    if changes.get("writer") == "anak" and known.get("victim") in {"anak", "dewasa_lain"} and not _SELF.search(said.line):
        changes.pop("writer")
    if changes.get("consent") == "ya" and known.get("consent") == "tidak":
        changes["finished"] = None
    if changes.get("writer") == "anak" and {**known, **changes}.get("victim") in (None, "diri"):
        changes["victim"] = "anak"
    return changes


def answer(message: Message, question: str | None) -> answers.Answer | None:
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


def _asks_where(known: Facts, question: str | None, line: str) -> bool:
    """A bare name is a place when a place was asked for, or is still wanted and hardly anything else was said."""
    return question == "kecamatan" or (not known.get("kecamatan") and len(line.split()) <= 2)


def _choosing_place(known: Facts, message: Message, changes: Facts) -> dict[str, object]:
    """A name that several kecamatan share is asked back; the next message may say only which of them."""
    if changes.get("kecamatan"):
        return {"candidates": None}
    chosen = places.narrowed(held(known, "candidates"), message.text)
    if chosen:
        return {"kecamatan": chosen, "candidates": None}
    place = places.find(message.text, asked=True)
    return {"candidates": list(place.candidates)} if place and place.candidates else {}


def _place_in_doubt(known: Facts, message: Message, changes: Facts) -> dict[str, object]:
    """'Deket pasar tugu', told when a place was not asked for, or was left: kept, so that it is asked which of them."""
    if {**known, **changes}.get("kecamatan"):
        return {}
    place = places.find(message.text)
    return (
        {"candidates": list(place.candidates)} if place and place.candidates and list(place.candidates) != held(known, "candidates") else {}
    )


def _merged(known: Facts, told_facts: Facts, given: Facts) -> dict[str, object]:
    """Told facts fill what is empty, answers also replace; lists grow."""
    changes: dict[str, object] = {}
    for source, may_replace in ((told_facts, False), (given, True)):
        for slot, value in source.items():
            new = _grown(changes.get(slot, known.get(slot)), value) if slot in answers.LISTS else value
            before = changes.get(slot, known.get(slot))
            kept = slot not in answers.LISTS and not may_replace and slot not in _LATEST_COUNTS and before not in (None, "", "tidak_tahu")
            if not kept and new is not None and new != known.get(slot):
                changes[slot] = new
    return changes


def _grown(before: object, value: object) -> list[object]:
    first = list(before) if isinstance(before, (list, tuple)) else []
    fresh = value if isinstance(value, (list, tuple)) else [value]
    return list(dict.fromkeys([*first, *fresh]))


def count(known: Facts, slot: str, name: str) -> int:
    """A number kept under a name in a fact: 'put', 'safe_now' -> how often it was put."""
    numbers = known.get(slot)
    return int(numbers.get(name, 0)) if isinstance(numbers, Mapping) else 0
