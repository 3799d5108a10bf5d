"""What is said, remembered and ordered when a person steers: wants somebody, agrees, stops, hides, erases, withdraws, plays.

Each function is one of the office's decisions: facts in, a `Decision` out. An urgent case is never closed or silenced by any of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rules import assessment, speaking
from rules.hearing import Heard
from rules.levels import Level

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Decision:
    """Responses to say, slots to set, orders for the service, and whether the open question is put away."""

    says: tuple[str, ...] = ()
    changes: Mapping[str, object] = field(default_factory=dict)
    orders: tuple[Mapping[str, object], ...] = ()
    puts_away: bool = False


Decide = Callable[[Facts], Decision]
_ENOUGH_PUT = 2  # times
_ENOUGH_UNCLEAR = 2  # turns; then a person is offered, and one later called


def call_officer(facts: Facts) -> Decision:
    """
    first time                     | called, said so honestly, questions rest
    asked again                    | said that nobody has answered yet, with numbers; called again
    the alarm was said this moment | called, no more words: the alarm already says it
    """
    words = "utter_minta_petugas_again" if _said(facts, "utter_minta_petugas") else "utter_minta_petugas"
    says = () if _loud(facts) else (words,)
    changes = {"paused": "petugas", **_saying(facts, "utter_minta_petugas")}
    return Decision(says, changes, ({"order": "call_officer"},), puts_away=True)


def agree(facts: Facts) -> Decision:
    """Yes to what was offered last; without an offer it is only heard. Erasing takes a plain yes, not something like one."""
    offered = _turn(facts).get("offered")
    if offered == "hapus":
        return _erase(facts) if _turn(facts).get("yes") else ask_erase(facts)
    if offered == "petugas":
        return call_officer(facts)
    return Decision(("utter_setuju",))


def decline(facts: Facts) -> Decision:
    """
    an offer to erase was open   | nothing is erased
    no police                    | what that means (`answer_doubt`)
    nobody may call              | confirmed
    level merah                  | nobody is forced, and officers read on: 'fine' alone would be untrue
    else                         | fine
    """
    turn = _turn(facts)
    if turn.get("offered") == "hapus":
        return Decision(("utter_hapus_data_kept",))
    if "polisi" in _marks(facts):
        return answer_doubt(facts)
    if turn.get("told") and facts.get("contact_way") == "jangan":
        return confirm_contact(facts)
    return Decision(("utter_tolak_red" if facts.get("level") == Level.MERAH.value else "utter_tolak",))


def answer_doubt(facts: Facts) -> Decision:
    """Doubt about reporting; where the duty to pass it on was explained, it is not unsaid."""
    return Decision(("utter_ragu_lapor_seksual" if _said(facts, speaking.LEGAL_LIMIT) else "utter_ragu_lapor",))


def ask_erase(_facts: Facts) -> Decision:
    """Asked once back, because it cannot be undone; nothing is erased by a single message."""
    return Decision(("utter_hapus_data",), {"offered": "hapus", "paused": "hapus"}, puts_away=True)


def _erase(facts: Facts) -> Decision:
    urgent = facts.get("level") == Level.MERAH.value
    words = "utter_hapus_data_urgent" if urgent else "utter_hapus_data_done"
    return Decision((words,), {"paused": "hapus"}, ({"order": "erase"},), puts_away=True)


def withdraw(facts: Facts) -> Decision:
    """Accepted kindly, and an officer looks again; never a closing by itself. 'Ga jadi' after an offer takes back the offer."""
    if _turn(facts).get("offered") == "hapus":
        return decline(facts)
    if _said(facts, "utter_cabut_laporan"):
        return Decision(("utter_noted",), {"paused": "cabut"}, puts_away=True)
    changes = {"paused": "cabut", **_saying(facts, "utter_cabut_laporan")}
    return Decision(("utter_cabut_laporan",), changes, ({"order": "withdraw"},), puts_away=True)


def hush(_facts: Facts) -> Decision:
    """One word that means nothing, then silence; officers are told. The screen may be in other hands."""
    return Decision(("utter_tidak_aman_chat",), {"paused": "hush"}, ({"order": "hush"},), puts_away=True)


def reads_along(facts: Facts) -> Decision:
    """Somebody is near now: hush. Somebody often reads along: how to write safely, and on."""
    return hush(facts) if _turn(facts).get("hush") else Decision(("utter_reads_along",))


def pause(_facts: Facts) -> Decision:
    """Stops asking until the person goes on."""
    return Decision(("utter_berhenti_dulu",), {"paused": "berhenti"}, puts_away=True)


def goodbye(facts: Facts) -> Decision:
    """A goodbye with the numbers; the conversation can be taken up at any time. Nobody begins with one: 'permisi' is a greeting."""
    if _turn(facts).get("first"):
        return Decision(("utter_greeting",), {"greeted": True})
    return Decision(("utter_pamit",), {"paused": "pamit"}, puts_away=True)


def resume(_facts: Facts) -> Decision:
    """Takes the questions up again."""
    return Decision(("utter_lanjut",), {"paused": None})


def greet(facts: Facts) -> Decision:
    """On the first message the greeting has been said; later a greeting is greeted."""
    return Decision() if _turn(facts).get("first") else Decision(("utter_greet_back",))


def repeat(facts: Facts) -> Decision:
    """An open question is simply put again; otherwise what this place is for."""
    return Decision() if assessment.next_question(facts) else Decision(("utter_ulangi",))


def thanked(_facts: Facts) -> Decision:
    """Thanks are answered, and the questions wait until the person writes again."""
    return Decision(("utter_terima_kasih",), puts_away=True)


def play(facts: Facts) -> Decision:
    """Kind once, brief the second time, and no questions: they are for those who need them."""
    words = "utter_iseng_again" if _said(facts, "utter_iseng") else "utter_iseng"
    return Decision((words,), {"paused": "iseng", **_saying(facts, "utter_iseng")}, puts_away=True)


def unclear(facts: Facts) -> Decision:
    """
    nothing but tears  | heard
    a fact was in it   | noted, with thanks
    all asked, or rung | told that officers read it
    first unclear turn | gentle, with choices
    second             | a person is offered
    third              | a person is called, once
    later              | told that officers read it; never the same circle again
    """
    if "tangis" in _marks(facts):
        return Decision(("utter_ungkap_sedih_lelah",))
    if _turn(facts).get("told"):
        return Decision(("utter_noted",))
    if facts.get("finished") or facts.get("alarmed"):
        return Decision(("utter_still_read",))
    turns = int(str(facts.get("unclear") or 0)) + 1
    if turns < _ENOUGH_UNCLEAR:
        return Decision(("utter_nlu_fallback",), {"unclear": turns})
    if turns == _ENOUGH_UNCLEAR:
        return Decision(("utter_offer_person",), {"unclear": turns, "offered": "petugas"})
    if turns == _ENOUGH_UNCLEAR + 1:
        return Decision(("utter_person_called",), {"unclear": turns}, ({"order": "call_officer"},))
    return Decision(("utter_still_read",), {"unclear": turns})


def left_unread(facts: Facts) -> Decision:
    """
    something else was told                         | noted
    a question could not be read twice and was left | a person is offered
    that happened before                            | a person is called
    an officer was called for danger already        | told that officers read it
    """
    lost, heard = _turn(facts).get("lost"), _turn(facts).get("heard")
    if heard == Heard.TOLD.value and not _turn(facts).get("returning"):
        return Decision() if _loud(facts) else Decision(("utter_noted",))
    if not lost or _turn(facts).get("returning"):
        return Decision()
    if facts.get("alarmed"):
        return Decision(("utter_still_read",))
    if lost == 1:
        return Decision(("utter_offer_person",))
    return Decision(("utter_person_called",), {}, ({"order": "call_officer"},))


def ask_status(_facts: Facts) -> Decision:
    """Only an officer can look a report up."""
    return Decision(("utter_tanya_status",), {}, ({"order": "call_officer"},))


def answer_guilt(facts: Facts) -> Decision:
    """Relief is for those who suffer; the one who hits hears of responsibility."""
    return Decision(("utter_ungkap_malu_salah_abuser" if facts.get("writer") == "pelaku" else "utter_ungkap_malu_salah",))


def confirm_contact(facts: Facts) -> Decision:
    """The way of contact was taken from the message; what is missing is asked."""
    if not facts.get("contact_way") and not facts.get("contact_number") and not facts.get("contact_hours"):
        return Decision(("utter_noted",))
    return Decision(("utter_atur_kontak_none" if facts.get("contact_way") == "jangan" else "utter_atur_kontak",))


def receive_report(facts: Facts) -> Decision:
    """Thanks for a report, the legal limit before details, nothing after an alarm (`rules.speaking`)."""
    says = speaking.on_report(str(_turn(facts).get("trusted") or ""), facts, _loud(facts))
    return Decision(says, _saying(facts, *says))


def come_back(_facts: Facts) -> Decision:
    """An officer gave the word back: the questions rest until the person goes on."""
    return Decision(("utter_returned",), {"paused": "petugas"}, puts_away=True)


def close(facts: Facts) -> Decision:
    """When no question is left, once: what happens now. Later an answer is only noted; silent where the conversation rests."""
    if facts.get("finished") and not facts.get("paused") and _turn(facts).get("heard") == Heard.ANSWER.value:
        return Decision(("utter_noted",), puts_away=True)
    if facts.get("paused") or facts.get("finished"):
        return Decision(puts_away=True)
    called = ({"order": "call_officer"},) if facts.get("writer") == "anak" else ()
    return Decision((speaking.on_close(facts),), {"finished": True}, called, puts_away=True)


def rests(facts: Facts) -> bool:
    """Whether a question that was put twice already waits, because the person only asks: an answer must not cost a question each time."""
    question, intent = assessment.next_question(facts), str(_turn(facts).get("intent") or "")
    puts = facts.get("put")
    put = int(puts.get(question.slot, 0)) if question and isinstance(puts, Mapping) else 0
    return intent.startswith("tanya_") and put >= _ENOUGH_PUT


def careful(decide: Decide) -> Decide:
    """The decision, only where the intent is sure enough; else the person is asked what was meant. Where somebody is near: hush."""

    def decided(facts: Facts) -> Decision:
        if _turn(facts).get("hush"):
            return hush(facts)
        return unclear(facts) if _turn(facts).get("trusted") == "" else decide(facts)

    return decided


def unless_hushed(decide: Decide) -> Decide:
    """The decision, but one meaningless word where somebody is near."""

    def decided(facts: Facts) -> Decision:
        return hush(facts) if _turn(facts).get("hush") else decide(facts)

    return decided


def _turn(facts: Facts) -> Mapping[str, object]:
    turn = facts.get("turn")
    return turn if isinstance(turn, Mapping) else {}


def _marks(facts: Facts) -> tuple[str, ...]:
    marks = _turn(facts).get("marks")
    return tuple(marks) if isinstance(marks, (list, tuple)) else ()


def _loud(facts: Facts) -> bool:
    return bool(_turn(facts).get("loud"))


def _said(facts: Facts, response: str) -> bool:
    said = facts.get("said")
    return isinstance(said, (list, tuple)) and response in said


def _saying(facts: Facts, *responses: str) -> dict[str, object]:
    said = facts.get("said")
    held = list(said) if isinstance(said, (list, tuple)) else []
    return {"said": list(dict.fromkeys([*held, *responses]))[-12:]}
