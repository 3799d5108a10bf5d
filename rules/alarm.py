"""When the alarm rings, what it rings for, and where the level stands after a message.

Depends on no intent, rule or form. A level is never lowered here, and each reason is listed for the officer once.
"""

from dataclasses import dataclass

from rules import answers, danger, risk
from rules.danger import Reason
from rules.hearing import Facts, Message, held
from rules.levels import Level

MODEL_SAYS = "mirip pesan"  # how the engine's classifier words its impression


@dataclass(frozen=True)
class Alarm:
    """Whether a message rings, whether the person is told so now, and the red reasons to pass on."""

    rings: bool
    loud: bool
    red: tuple[Reason, ...]


def voices(message: Message, screening: danger.Screening) -> tuple[Reason, ...]:
    """The words and the model, as the engine passes it on."""
    found = list(screening.reasons)
    found += [Reason(Level(str(by["level"])), str(by["reason"])) for by in message.danger_by if by.get("voice") != "kata"]
    if message.danger.rank > max((reason.level.rank for reason in found), default=0):
        found.append(Reason(message.danger, "dinilai gawat oleh sistem"))
    if not any(reason.level is Level.MERAH for reason in found):
        found += [Reason(Level.MERAH, f"menyebut {named}") for named in _deadly(message)]
    return tuple(dict.fromkeys(found))


_DEADLY = {"racun", "air keras", "bensin"}
_BARE = 2  # words


def _deadly(message: Message) -> list[str]:
    """'Baygon' and nothing else: a bare means to kill is merah, as an answer and as a message."""
    if len(message.text.split()) > _BARE:
        return []
    return [str(one.get("value")) for one in message.entities if one.get("entity") == "senjata" and one.get("value") in _DEADLY]


def by_answers(after: Facts, answer: answers.Answer | None) -> tuple[Reason, ...]:
    """What the answers given so far amount to; a kind of violence that was chosen counts as told."""
    found = list(risk.by_answers(after))
    if answer is not None and answer.reading is answers.Reading.CLEAR and "kind" in answer.facts:
        found.append(Reason(Level.KUNING, "menjawab ada kekerasan"))
    return tuple(found)


def heard(facts: Facts, quiet: bool, reasons: tuple[Reason, ...], own: tuple[Reason, ...]) -> Alarm:
    """The alarm for one message. `own` are the voices on this very message, `reasons` those and what the answers amount to.

    A message that is red by itself always rings, also the tenth; it is said aloud the first time, and again only for a new reason in
    the person's own words: not for the model's impression, nor for an answer to our question. `quiet`: it rings without a word,
    because somebody may read along, or because the model alone takes a plain answer ('malam', 'chat') for danger.
    """
    told_before = set(held(facts, "alarmed"))
    red = tuple(reason for reason in reasons if reason.level is Level.MERAH)
    new = tuple(reason for reason in red if reason.words not in told_before)
    waiting = facts.get("level") == Level.MERAH.value and not told_before
    rings = bool(new) or waiting or any(reason.level is Level.MERAH for reason in own)
    aloud = not told_before or any(reason in own and not reason.words.startswith(MODEL_SAYS) for reason in new)
    return Alarm(rings, rings and aloud and not quiet, new or red)


def only_an_impression(own: tuple[Reason, ...]) -> bool:
    """Whether the model alone finds the message red."""
    red = [reason for reason in own if reason.level is Level.MERAH]
    return bool(red) and all(reason.words.startswith(MODEL_SAYS) for reason in red)


def level_after(facts: Facts, reasons: tuple[Reason, ...], alarm: bool) -> dict[str, object]:
    """Level and reasons for the officer, each reason once; `alarmed` keeps what was rung for."""
    now = Level(str(facts.get("level") or Level.HIJAU.value))
    told_of = [reason.words for reason in reasons if reason.level is not Level.HIJAU]
    listed = list(dict.fromkeys([*held(facts, "level_reasons"), *told_of]))[:20]
    changes: dict[str, object] = {}
    level = risk.raised(now, [reason.level for reason in reasons])
    if level is not now or not facts.get("level"):
        changes["level"] = level.value
    if listed != held(facts, "level_reasons"):
        changes["level_reasons"] = listed
    if alarm:
        rung = [reason.words for reason in reasons if reason.level is Level.MERAH] or listed or [level.value]
        changes["alarmed"] = list(dict.fromkeys([*held(facts, "alarmed"), *rung]))[-30:]
    return changes
