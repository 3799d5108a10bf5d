"""One conversation: read it, take the word, answer, note, hand back, lower the level.

Who may do what is decided in the store; here an act is carried out and the page told what came of it.
"""

from typing import Any

from litestar import Response

from damping.casework.ids import ConversationId
from damping.casework.message import Channel
from damping.console import summary
from damping.console.visit import Visit
from damping.store import desk, takeover
from damping.store.desk import NotFound
from damping.store.notices import NoticeKind
from damping.store.takeover import NotTheHolder
from rules.levels import Level

_REPLY_AT_MOST = 4000  # WhatsApp takes 4,096 signs
_REASON_AT_MOST = 1000
_CONFLICT = 409
_WRONG = 422


async def page(visit: Visit) -> Response[Any]:
    """Queue, conversation and sheet."""
    conversation, before = _which(visit), _before(visit)
    opened = await visit.run(desk.read, visit.desk.store, visit.viewer, conversation, before)
    queue = await visit.run(desk.queue, visit.desk.store, visit.viewer)
    query = visit.request.query_params
    lihat = "lembar" if query.get("lihat") == "lembar" else "percakapan"
    return await visit.page(
        "meja.html", queue=queue, opened=opened, lihat=lihat, lama=before is not None, kabar=query.get("kabar", ""), **_sheet(opened)
    )


async def piece(visit: Visit) -> Response[Any]:
    """What changes in an open conversation, for its live page."""
    return await _afresh(visit, None)


async def claim(visit: Visit) -> Response[Any]:
    """Take the word; also stops the bell where the officer has the word already."""
    conversation = await _reached(visit)
    store = visit.desk.store
    won = await visit.run(takeover.claim, store, conversation, visit.officer.officer, visit.desk.texts.officer_joined)
    return await _done(visit, "diambil" if won else "sudah_diambil", 200 if won else _CONFLICT)


async def hand_back(visit: Visit) -> Response[Any]:
    """Give the word back to the assistant."""
    conversation = await _reached(visit)
    try:
        await visit.run(takeover.hand_back, visit.desk.store, conversation, visit.officer.officer, visit.desk.texts.handed_back)
    except NotTheHolder:
        return await _done(visit, "bukan_pemegang", _CONFLICT)
    return await _done(visit, "diserahkan")


async def reply(visit: Visit) -> Response[Any]:
    """Say something to the person."""
    conversation, text = await _reached(visit), visit.form.get("teks", "").strip()
    if not text or len(text) > _REPLY_AT_MOST:
        return await _done(visit, "balasan_panjang" if text else "balasan_kosong", _WRONG)
    try:
        await visit.run(takeover.reply, visit.desk.store, conversation, visit.officer.officer, text)
    except NotTheHolder:
        return await _done(visit, "balasan_ditolak", _CONFLICT)
    return await _done(visit, "")


async def note(visit: Visit) -> Response[Any]:
    """Write something that only officers see."""
    conversation, text = await _reached(visit), visit.form.get("teks", "").strip()
    if not text or len(text) > _REPLY_AT_MOST:
        return await _done(visit, "catatan_panjang" if text else "catatan_kosong", _WRONG)
    await visit.run(takeover.note, visit.desk.store, conversation, visit.officer.officer, text)
    return await _done(visit, "catatan_disimpan")


async def lower_level(visit: Visit) -> Response[Any]:
    """Lower the level, with a reason that is kept."""
    conversation = _which(visit)
    now = await visit.run(desk.reach, visit.desk.store, visit.viewer, conversation)
    wanted, reason = visit.form.get("tingkat", ""), visit.form.get("alasan", "").strip()
    if wanted not in {level.value for level in Level if level.rank < now.rank}:
        return await _done(visit, "tingkat_salah", _WRONG)
    if not reason or len(reason) > _REASON_AT_MOST:
        return await _done(visit, "alasan_kosong", _WRONG)
    try:
        await visit.run(takeover.lower_level, visit.desk.store, conversation, visit.officer.officer, Level(wanted), reason)
    except NotTheHolder:
        return await _done(visit, "bukan_pemegang", _CONFLICT)
    return await _done(visit, "tingkat_turun")


async def settle_notice(visit: Visit) -> Response[Any]:
    """A notice has been seen to."""
    try:
        kind = NoticeKind(visit.request.path_params["kind"])
    except ValueError:
        raise NotFound from None
    await visit.run(desk.settle_notice, visit.desk.store, visit.viewer, _which(visit), kind)
    return await _done(visit, "pemberitahuan_selesai")


def _which(visit: Visit) -> ConversationId:
    return ConversationId(visit.request.path_params["conversation"])


async def _reached(visit: Visit) -> ConversationId:
    conversation = _which(visit)
    await visit.run(desk.reach, visit.desk.store, visit.viewer, conversation)
    return conversation


def _before(visit: Visit) -> int | None:
    told = visit.request.query_params.get("sebelum", "")
    return int(told) if told.isdecimal() and len(told) < 16 else None


def _sheet(opened: desk.Opened) -> dict[str, Any]:
    return {
        "ringkasan": summary.told(opened.facts),
        "belum": summary.missing(opened.facts),
        "whatsapp": opened.about.channel is Channel.WHATSAPP,
    }


async def _done(visit: Visit, kabar: str, status: int = 200) -> Response[Any]:
    """After an act: the live page gets its pieces afresh, a page without script is sent back to the conversation."""
    if visit.piecewise:
        return await _afresh(visit, kabar, status)
    if status == 200:
        return visit.go(f"/percakapan/{_which(visit)}" + (f"?kabar={kabar}" if kabar else ""))
    opened = await visit.run(desk.read, visit.desk.store, visit.viewer, _which(visit))
    queue = await visit.run(desk.queue, visit.desk.store, visit.viewer)
    told = {"kabar": kabar, "teks": visit.form.get("teks", ""), **_sheet(opened)}
    return await visit.page("meja.html", status, queue=queue, opened=opened, lihat="percakapan", lama=False, **told)


async def _afresh(visit: Visit, kabar: str | None, status: int = 200) -> Response[Any]:
    opened = await visit.run(desk.read, visit.desk.store, visit.viewer, _which(visit))
    return visit.piece("isi.html", status, opened=opened, kabar=kabar, **_sheet(opened))
