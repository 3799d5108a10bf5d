"""A message of ours in the shape that partners read."""

from damping.casework.message import Author, Body
from damping.channels.partner.shapes import ChoiceShown, Reply
from damping.store.partner_threads import Letter

_SENDERS = {Author.BOT: "assistant", Author.OFFICER: "officer"}


def reply(letter: Letter) -> Reply:
    """Words and choices; never who the officer is, nor anything else of the case."""
    return Reply(
        number=letter.number,
        id=letter.id,
        sender=_SENDERS.get(letter.author, "service"),  # type: ignore[arg-type]  # the three literals
        at=letter.at,
        text=letter.body.text,
        choices=choices(letter.body),
    )


def choices(body: Body) -> list[ChoiceShown]:
    """The buttons under it."""
    return [ChoiceShown(choice.id, choice.title) for choice in body.choices]
