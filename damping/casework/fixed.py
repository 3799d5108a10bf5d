"""The service's own fixed texts, as the office words them in `data/responses/service.yml`."""

from dataclasses import dataclass

from damping.casework.message import Body


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
