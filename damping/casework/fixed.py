"""The service's own fixed texts, as the office words them in `data/responses/service.yml`."""

from dataclasses import dataclass

from damping.casework.message import Body

_NONE = Body()


@dataclass(frozen=True)
class FixedTexts:
    """Said without the engine; hotlines are filled in already."""

    safe_reply: Body  # the engine is late or down
    officer_joined: Body
    handed_back: Body
    media_received: Body
    location_received: Body
    erase_asked: Body  # erasure waits for an officer
    unknown_kind: Body  # a kind of message this version does not know
    check: Body = _NONE  # after a gap, where the person has a word of his own: a neutral question that tells nothing of the chat
    check_again: Body = _NONE
    check_go_on: Body = _NONE  # the same without such a word: 'lanjut' passes it
    check_go_on_again: Body = _NONE
    urgent: Body = _NONE  # danger was heard where the dialogue may not speak
    safe_word_kept: Body = _NONE
    safe_word_asked: Body = _NONE  # how to choose one
    safe_word_refused: Body = _NONE  # too short, or a word of everyday
    officer_late: Body = _NONE  # said only inside a live exchange
    officer_late_minutes: Body = _NONE  # the same with a measured time: see casework.lateness
    officer_late_hours: Body = _NONE
    noted: Body = _NONE  # an officer will read; the assistant asks nothing meanwhile
