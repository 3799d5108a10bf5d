"""The word at the desk: take it, give it to a colleague, the queue or the assistant; a supervisor may take or assign it.

Who may do what is decided in the store; here an act is carried out and the page told what came of it.
"""

from typing import Any

from litestar import Response

from damping.casework.ids import ConversationId, OfficerId
from damping.console import conversation
from damping.console.visit import Visit
from damping.store import desk, takeover
from damping.store.holders import NotTheHolder
from damping.store.takeover import Handing, NotAtDesk
from rules.word import BotMay

_NOTE_AT_MOST = 1000
_CONFLICT = 409
_WRONG = 422


async def claim(visit: Visit) -> Response[Any]:
    """Take the word; also stops the bell where the officer has the word already."""
    which = await conversation.reached(visit)
    won = await visit.run(takeover.claim, visit.desk.store, which, visit.officer.officer, visit.desk.texts.officer_joined)
    return await conversation.done(visit, "diambil" if won else "sudah_diambil", 200 if won else _CONFLICT)


async def hand_back(visit: Visit) -> Response[Any]:
    """Give the word to the assistant, which may say what the officer leaves it."""
    which = await conversation.reached(visit)
    told = visit.form.get("asisten", BotMay.ALL.value)
    if told not in {may.value for may in BotMay}:
        return await conversation.done(visit, "salah", _WRONG)
    texts = visit.desk.texts
    try:
        await visit.run(takeover.hand_back, visit.desk.store, which, visit.officer.officer, texts.handed_back, BotMay(told))
    except NotTheHolder:
        return await conversation.done(visit, "bukan_pemegang", _CONFLICT)
    return await conversation.done(visit, "diserahkan" if told == BotMay.ALL else f"diserahkan_{told}")


async def release(visit: Visit) -> Response[Any]:
    """Put it back into the queue for another officer."""
    which = await conversation.reached(visit)
    note = _note(visit)
    if note is None:
        return await conversation.done(visit, "catatan_serah_panjang", _WRONG)
    try:
        await visit.run(takeover.release, visit.desk.store, which, visit.officer.officer, note)
    except NotTheHolder:
        return await conversation.done(visit, "bukan_pemegang", _CONFLICT)
    return await conversation.done(visit, "dilepas")


async def transfer(visit: Visit) -> Response[Any]:
    """Give it to a colleague, with a note."""
    which = await conversation.reached(visit)
    return await _hand(visit, which, OfficerId(visit.form.get("kepada", "")), supervising=False)


async def assign(visit: Visit) -> Response[Any]:
    """A supervisor takes it from its holder, or gives it to somebody; the reason is kept."""
    which = await conversation.reached(visit)
    return await _hand(visit, which, OfficerId(visit.form.get("kepada") or visit.officer.officer), supervising=True)


async def _hand(visit: Visit, which: ConversationId, to: OfficerId, *, supervising: bool) -> Response[Any]:
    note = _note(visit)
    if not note:
        return await conversation.done(visit, "catatan_serah_kosong", _WRONG)
    act = takeover.assign if supervising else takeover.transfer
    try:
        await visit.run(act, visit.desk.store, which, Handing(visit.officer.officer, to, note))
    except NotTheHolder:
        return await conversation.done(visit, "bukan_pemegang", _CONFLICT)
    except NotAtDesk:
        return await conversation.done(visit, "rekan_tidak_ada", _CONFLICT)
    return await conversation.done(visit, "diambil_alih" if to == visit.officer.officer else "dialihkan")


def _note(visit: Visit) -> str | None:
    """What was written for the next one; None where it is too long."""
    told = visit.form.get("pesan", "").strip()
    return told if len(told) <= _NOTE_AT_MOST else None


async def here(visit: Visit) -> Response[Any]:
    """The officer has this conversation on the screen and moves."""
    which = await conversation.reached(visit)
    await visit.run(desk.look, visit.desk.store, visit.viewer, which)
    return Response("", status_code=204)


async def readers(visit: Visit) -> Response[Any]:
    """Who else has it on the screen, for the live page; nothing of what was said."""
    found = await visit.run(desk.readers, visit.desk.store, visit.viewer, conversation.which(visit))
    return visit.piece("hadir.html", readers=found, milik=conversation.which(visit))
