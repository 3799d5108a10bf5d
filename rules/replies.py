"""What stands between a person's message and the next question: answers, next steps, remarks, and the words that close.

Never more than three bubbles in a turn, one of them the question; what was said once is not said again.
"""

from collections.abc import Mapping

from rules import advice, assessment, speaking, steering, topics
from rules.decision import Decision, Facts, loud, marks_of, room, saying, turn_of, was_said
from rules.hearing import Heard

_SECRECY = "utter_tanya_kerahasiaan"
_ENOUGH_PUT = 2  # times a question is put before it waits for a person who only asks
_NEED_OF_INTENT = {
    "minta_psikolog": "psikolog",
    "minta_bantuan_hukum": "hukum",
    "minta_medis_visum": "medis",
    "minta_rumah_aman": "rumah_aman",
    "minta_bantuan_sosial": "sosial",
}


def answer(facts: Facts) -> Decision:
    """
    a plain answer taken for a question, 'aman'  | noted
    a plain question taken for another matter,
    or one that no intent knows                  | that question answered
    the model is hardly sure, or few words that
    seem to lie outside, in the middle of a case | not understood, said kindly
    else                                         | the words for this intent
    """
    turn = turn_of(facts)
    intent = str(turn.get("intent") or "")
    short = "aman" in marks_of(facts) or (turn.get("told") and not turn.get("asks") and "cerita" not in marks_of(facts))
    if short and intent.startswith("tanya_"):
        return Decision(("utter_noted",))
    topic = turn.get("topic")
    if topic and (topic in topics.OF_THEIR_OWN or intent == "tidak_tahu" or not turn.get("trusted")):
        return Decision((str(topic),))
    aside = intent == "di_luar_topik" and facts.get("case_opened") and "cerita" not in marks_of(facts)
    return steering.unclear(facts) if aside or turn.get("trusted") == "" else Decision((f"utter_{intent}",))


def next_step(facts: Facts) -> Decision:
    """What can be done about a need that was named, and where, as far as the directory knows a place."""
    return _step(facts, _NEED_OF_INTENT.get(str(turn_of(facts).get("intent")), ""))


def before_question(facts: Facts) -> Decision:
    """
    what was heard but did not answer            | noted, answered, or a person offered (`left_unread`)
    a correction                                 | put right
    help was chosen                              | the next step and a place
    a piece of advice is due                     | that, once
    """
    turn = turn_of(facts)
    if turn.get("returning") or room(facts) < 1:
        return Decision()
    if loud(facts):  # a plea not to tell is answered also where the alarm was just said
        return Decision((_SECRECY,)) if turn.get("topic") == _SECRECY else Decision()
    if turn.get("heard") == Heard.ASIDE.value:
        return Decision()  # answered already by the action for it
    unread = _left_unread(facts)
    if unread.says or unread.orders:
        return unread
    gave = turn.get("gave")
    if turn.get("heard") == Heard.ANSWER.value and isinstance(gave, (list, tuple)) and "help_wanted" in gave:
        wanted = facts.get("help_wanted")
        return _step(facts, str(wanted[-1]) if isinstance(wanted, (list, tuple)) else "")
    if turn.get("heard") in {Heard.ANSWER.value, Heard.SKIP.value}:
        told = advice.due(facts)
        return Decision((told,), saying(facts, told)) if told else Decision()
    return Decision()


def _step(facts: Facts, need: str) -> Decision:
    words, place = advice.STEPS.get(need, ("utter_noted", ""))
    says: tuple[str, ...] = (words,)
    if place and room(facts) >= 2 and not was_said(facts, advice.PLACES[place]):
        says = (words, advice.PLACES[place])
    return Decision(says, saying(facts, *says), fills={"tempat": f"<{advice.place_key(place, facts.get('kecamatan'))}>"} if place else {})


def _left_unread(facts: Facts) -> Decision:
    """
    something was put right                         | said so
    a plain question                                | answered
    something else was told                         | noted
    a question could not be read twice and was left | a person is offered
    that happened before                            | a person is called
    an officer was called for danger already        | told that officers read it
    """
    lost, heard = turn_of(facts).get("lost"), turn_of(facts).get("heard")
    if "diubah" in marks_of(facts):
        return Decision(("utter_corrected",))
    if "mau_ubah" in marks_of(facts):
        return Decision(("utter_change_how",))
    if "sepotong" in marks_of(facts) and heard == Heard.TOLD.value:
        return Decision(("utter_silakan_teruskan",))
    if heard == Heard.TOLD.value:
        topic = turn_of(facts).get("topic")
        answered = facts.get("candidates") or facts.get(str(turn_of(facts).get("question")))
        return Decision((str(topic),)) if topic else Decision() if answered else Decision(("utter_noted",))
    if not lost:
        return Decision()
    if facts.get("alarmed"):
        return Decision(("utter_still_read",))
    if lost == 1:
        return Decision(("utter_offer_person",))
    return Decision(("utter_person_called",), {}, ({"order": "call_officer"},))


def close(facts: Facts) -> Decision:
    """When no question is left, once: what happens now. Later an answer is only noted; silent where the conversation rests."""
    if facts.get("finished") and not facts.get("paused") and turn_of(facts).get("heard") == Heard.ANSWER.value:
        return Decision(("utter_noted",), puts_away=True)
    if facts.get("paused") or facts.get("finished"):
        return Decision(puts_away=True)
    called = ({"order": "call_officer"},) if facts.get("writer") == "anak" else ()
    return Decision((speaking.on_close(facts),), {"finished": True}, called, puts_away=True)


def rest(facts: Facts) -> Decision:
    """The question waits, and the ways on and out are shown; a bubble that shows them already is enough."""
    before = turn_of(facts).get("preamble")
    called = isinstance(before, (list, tuple)) and "utter_person_called" in before
    return Decision(() if called or room(facts) < 1 else ("utter_bila_siap",), puts_away=True)


def rests(facts: Facts) -> bool:
    """Whether a question that was put twice already waits, because the person only asks: an answer must not cost a question each time."""
    question, intent = assessment.next_question(facts), str(turn_of(facts).get("intent") or "")
    puts = facts.get("put")
    put = int(puts.get(question.slot, 0)) if question and isinstance(puts, Mapping) else 0
    return intent.startswith("tanya_") and put >= _ENOUGH_PUT and "aman" not in marks_of(facts)
