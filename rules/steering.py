"""What is said, remembered and ordered when a person steers: wants somebody, agrees, stops, hides, erases, withdraws, plays.

Each function is one of the office's decisions: facts in, a `Decision` out. An urgent case is never closed or silenced by any of them.
"""

from dataclasses import replace

from rules import assessment, speaking
from rules.decision import Decide, Decision, Facts, loud, marks_of, saying, turn_of, was_said
from rules.hearing import Heard
from rules.levels import Level

_ENOUGH_UNCLEAR = 2  # turns; then a person is offered, and one later called


def call_officer(facts: Facts) -> Decision:
    """
    first time                     | called, said so honestly, questions rest
    asked again                    | said that nobody has answered yet, with numbers; called again
    the alarm was said this moment | called, no more words: the alarm already says it
    """
    words = "utter_minta_petugas_again" if was_said(facts, "utter_minta_petugas") else "utter_minta_petugas"
    says = () if loud(facts) else (words,)
    changes = {"paused": "petugas", **saying(facts, "utter_minta_petugas")}
    return Decision(says, changes, ({"order": "call_officer"},), puts_away=True)


def agree(facts: Facts) -> Decision:
    """Yes to what was offered last; without an offer it is only heard. Erasing takes a plain yes, not something like one."""
    offered = turn_of(facts).get("offered")
    if offered == "hapus":
        return _erase(facts) if turn_of(facts).get("yes") else ask_erase(facts)
    if offered == "petugas":
        return call_officer(facts)
    return Decision(("utter_setuju",))


def decline(facts: Facts) -> Decision:
    """
    an offer to erase was open   | nothing is erased
    no police                    | what that means (`answer_doubt`)
    nobody may call              | confirmed
    a long no, wish to die       | heard: 'ga ada yang peduli' is no refusal
    'ga pernah ngancem bunuh'    | noted: it is told, and refuses nothing
    level merah                  | nobody is forced, and officers read on: 'fine' alone would be untrue
    else                         | fine
    """
    turn = turn_of(facts)
    if turn.get("offered") == "hapus":
        return Decision(("utter_hapus_data_kept",))
    if "polisi" in marks_of(facts):
        return answer_doubt(facts)
    if turn.get("told") and facts.get("contact_way") == "jangan":
        return confirm_contact(facts)
    if facts.get("crisis") == "diri" and turn.get("heard") == Heard.ASIDE.value and "cerita" in marks_of(facts):
        return Decision(("utter_received_crisis",))
    if "menyangkal" in marks_of(facts):
        return Decision(("utter_noted",))
    return Decision(("utter_tolak_red" if facts.get("level") == Level.MERAH.value else "utter_tolak",))


def answer_doubt(facts: Facts) -> Decision:
    """Doubt about reporting; where the duty to pass it on was explained, it is not unsaid."""
    return Decision(("utter_ragu_lapor_seksual" if was_said(facts, speaking.LEGAL_LIMIT) else "utter_ragu_lapor",))


def ask_erase(_facts: Facts) -> Decision:
    """Asked once back, because it cannot be undone; nothing is erased by a single message."""
    return Decision(("utter_hapus_data",), {"offered": "hapus", "paused": "hapus"}, puts_away=True)


def _erase(facts: Facts) -> Decision:
    urgent = facts.get("level") == Level.MERAH.value
    words = "utter_hapus_data_urgent" if urgent else "utter_hapus_data_done"
    return Decision((words,), {"paused": "hapus"}, ({"order": "erase"},), puts_away=True)


def withdraw(facts: Facts) -> Decision:
    """Accepted kindly, and an officer looks again; never a closing by itself. 'Ga jadi' after an offer takes back the offer."""
    if turn_of(facts).get("offered") == "hapus":
        return decline(facts)
    if was_said(facts, "utter_cabut_laporan"):
        return Decision(("utter_noted",), {"paused": "cabut"}, puts_away=True)
    changes = {"paused": "cabut", **saying(facts, "utter_cabut_laporan")}
    return Decision(("utter_cabut_laporan",), changes, ({"order": "withdraw"},), puts_away=True)


def hush(_facts: Facts) -> Decision:
    """One word that means nothing, then silence; officers are told. The screen may be in other hands."""
    return Decision(("utter_tidak_aman_chat",), {"paused": "hush"}, ({"order": "hush"},), puts_away=True)


def hushed(facts: Facts) -> bool:
    """Whether this message said that somebody is near, and that was not answered yet."""
    return bool(turn_of(facts).get("hush")) and facts.get("paused") != "hush"


def instead(facts: Facts) -> Decision | None:
    """
    What is said whatever the message was taken for, or None.

    somebody is near                      | one word that means nothing
    the alarm was said                    | nothing else of this
    a safety question is due (`rules.doubt`), of banter or thanks | that question
    peace is told, and nothing else       | heard, and left to the person (`at_peace`)
    'dia', and no more                    | told to go on
    """
    if hushed(facts):
        return hush(facts)
    mark = set(marks_of(facts)) if turn_of(facts).get("heard") != Heard.ANSWER.value else set()
    if loud(facts) or not {"ragu", "damai", "sepotong"} & mark:
        return None
    if "ragu" in mark:
        return Decision(goes_on=True) if turn_of(facts).get("intent") in {"iseng", "terima_kasih", "di_luar_topik"} else None
    return at_peace(facts) if "damai" in mark else Decision(("utter_silakan_teruskan",))


def at_peace(facts: Facts) -> Decision:
    """Peace after violence is neither praised nor doubted: the questions rest, and go on only if the person wants."""
    if facts.get("paused") == "cabut":
        return Decision(("utter_setuju",), puts_away=True)
    return Decision(("utter_damai",), {"paused": "berhenti"}, puts_away=True)


def reads_along(facts: Facts) -> Decision:
    """Somebody is near now: hush. Somebody often reads along: how to write safely, and on."""
    if turn_of(facts).get("hush"):
        return hush(facts)
    reads = "membaca" in marks_of(facts) and facts.get("writer") != "anak"
    return Decision() if loud(facts) else Decision(("utter_reads_along" if reads else "utter_noted",))


def pause(_facts: Facts) -> Decision:
    """Stops asking until the person goes on."""
    return Decision(("utter_berhenti_dulu",), {"paused": "berhenti"}, puts_away=True)


def goodbye(facts: Facts) -> Decision:
    """A goodbye with the numbers; the conversation can be taken up at any time. Nobody begins with one: 'permisi' is a greeting.

    'Udah diem, kayaknya tidur' tells something, and is no goodbye; nor is 'kemarin pamit ke teman' of somebody who wants to die.
    """
    if turn_of(facts).get("first"):
        return Decision(("utter_greeting",), {"greeted": True})
    if facts.get("crisis") == "diri" and "cerita" in marks_of(facts):
        return Decision(("utter_received_crisis",))
    if turn_of(facts).get("told") or "tentang_dia" in marks_of(facts):
        return Decision(("utter_noted",), goes_on=True)
    return Decision(("utter_pamit",), {"paused": "pamit"}, puts_away=True)


def resume(facts: Facts) -> Decision:
    """Takes the questions up again; 'mulai dari awal' was answered already."""
    return Decision((), {"paused": None}) if "dari_awal" in marks_of(facts) else Decision(("utter_lanjut",), {"paused": None})


def greet(facts: Facts) -> Decision:
    """On the first message the greeting has been said; later a greeting is greeted, and 'siang' may be an hour."""
    if turn_of(facts).get("first"):
        return Decision()
    if turn_of(facts).get("told"):
        return Decision(("utter_noted",))
    return unclear(facts) if turn_of(facts).get("trusted") == "" else Decision(("utter_greet_back",))


def repeat(facts: Facts) -> Decision:
    """An open question is simply put again; otherwise what this place is for. 'Ga bakal ulangi' of the one who hits asks for neither."""
    if "menyangkal" in marks_of(facts):
        return Decision(("utter_abuser_counsel" if facts.get("writer") == "pelaku" else "utter_noted",))
    if "dari_awal" in marks_of(facts):
        return Decision()
    return Decision() if assessment.next_question(facts) else Decision(("utter_ulangi",))


def noted(facts: Facts) -> Decision:
    """Thanks for a fact; what holds none is not said to be noted, and never met with silence."""
    if "diubah" in marks_of(facts):
        return Decision(("utter_corrected",))
    if turn_of(facts).get("told"):
        return Decision(("utter_noted",))
    return Decision() if assessment.next_question(facts) else Decision(("utter_still_read",))


def skip(facts: Facts) -> Decision:
    """A question is left; on the first message there was none."""
    return Decision() if turn_of(facts).get("first") else Decision(("utter_lewati",))


def thanked(_facts: Facts) -> Decision:
    """Thanks are answered, and the questions wait until the person writes again."""
    return Decision(("utter_terima_kasih",), puts_away=True)


def play(facts: Facts) -> Decision:
    """Kind once, brief the second time, and no questions: they are for those who need them."""
    words = "utter_iseng_again" if was_said(facts, "utter_iseng") else "utter_iseng"
    return Decision((words,), {"paused": "iseng", **saying(facts, "utter_iseng")}, puts_away=True)


def unclear(facts: Facts) -> Decision:
    """
    nothing but tears  | heard
    the first message tells of violence | received as a report
    a fact was in it   | noted, with thanks
    all asked, or rung | told that officers read it
    first unclear turn | gentle, with choices
    second             | a person is offered
    third              | a person is called, once
    later              | told that officers read it; never the same circle again
    """
    if "mau_ubah" in marks_of(facts):
        return Decision(("utter_change_how",))
    if "tangis" in marks_of(facts):
        return Decision(("utter_ungkap_sedih_lelah",))
    if turn_of(facts).get("first") and turn_of(facts).get("told") and facts.get("kind"):
        return replace(receive_report(facts), goes_on=True)
    if turn_of(facts).get("told") or turn_of(facts).get("intent") == "hapus_data":
        return Decision(("utter_noted",), goes_on=True)
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


def ask_status(_facts: Facts) -> Decision:
    """Only an officer can look a report up."""
    return Decision(("utter_tanya_status",), {}, ({"order": "call_officer"},))


def answer_guilt(facts: Facts) -> Decision:
    """Relief is for those who suffer; the one who hits hears of responsibility."""
    return Decision(("utter_ungkap_malu_salah_abuser" if facts.get("writer") == "pelaku" else "utter_ungkap_malu_salah",))


def confirm_contact(facts: Facts) -> Decision:
    """The way of contact was taken from the message; what is missing is asked."""
    if "polisi" in marks_of(facts):
        return answer_doubt(facts)
    if not facts.get("contact_way") and not facts.get("contact_number") and not facts.get("contact_hours"):
        return Decision(("utter_noted",))
    return Decision(("utter_atur_kontak_none" if facts.get("contact_way") == "jangan" else "utter_atur_kontak",))


def receive_report(facts: Facts) -> Decision:
    """Thanks for a report, the legal limit before details, nothing after an alarm (`rules.speaking`).

    'Ga kuat lagi' without a voice of danger is heard as what it surely is: exhaustion.
    """
    if turn_of(facts).get("intent") == "krisis_bunuh_diri" and not turn_of(facts).get("trusted") and not loud(facts):
        return Decision(("utter_received_crisis" if facts.get("crisis") == "diri" else "utter_ungkap_sedih_lelah",))
    says = speaking.on_report(str(turn_of(facts).get("trusted") or ""), facts, loud(facts))
    return Decision(says, saying(facts, *says))


def come_back(_facts: Facts) -> Decision:
    """An officer gave the word back: the questions rest until the person goes on."""
    return Decision(("utter_returned",), {"paused": "petugas"}, puts_away=True)


def careful(decide: Decide) -> Decide:
    """The decision, only where the intent is sure enough; else the person is asked what was meant. Where somebody is near: hush."""

    def decided(facts: Facts) -> Decision:
        if turn_of(facts).get("hush"):
            return hush(facts)
        return unclear(facts) if turn_of(facts).get("trusted") == "" else decide(facts)

    return decided


def unless_asked(decide: Decide) -> Decide:
    """The decision, but for a message that plainly asks something, or announces a question, whatever it was taken for."""

    def decided(facts: Facts) -> Decision:
        topic, mark = turn_of(facts).get("topic"), marks_of(facts)
        if turn_of(facts).get("hush"):
            return hush(facts)
        if topic:
            return Decision((str(topic),))
        if "diubah" in mark:
            return Decision(("utter_corrected",))
        return Decision(("utter_silakan_tanya",)) if "mau_tanya" in mark else decide(facts)

    return decided


def unless_hushed(decide: Decide) -> Decide:
    """The decision, but one meaningless word where somebody is near."""

    def decided(facts: Facts) -> Decision:
        return hush(facts) if turn_of(facts).get("hush") else decide(facts)

    return decided
