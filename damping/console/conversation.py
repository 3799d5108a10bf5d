"""One conversation: read it, answer, undo, note, keep a draft, lower the level.

Who may do what is decided in the store; here an act is carried out and the page told what came of it.
"""

from typing import Any

from litestar import Response

from damping.casework.ids import ConversationId
from damping.casework.message import Channel
from damping.console import answers, queue, sheet_fields, summary
from damping.console.visit import Visit
from damping.store import desk, drafts, takeover, waiting_replies
from damping.store.desk import NotFound
from damping.store.drafts import Box
from damping.store.holders import NotTheHolder
from damping.store.notices import NoticeKind
from damping.store.window import WindowClosed
from rules.levels import Level

_REPLY_AT_MOST = 4000  # WhatsApp takes 4,096 signs
_REASON_AT_MOST = 1000
_CONFLICT = 409
_WRONG = 422


async def page(visit: Visit) -> Response[Any]:
    """Queue, conversation and sheet."""
    conversation, before = which(visit), _before(visit)
    opened = await visit.run(desk.read, visit.desk.store, visit.viewer, conversation, before)
    await visit.run(desk.look, visit.desk.store, visit.viewer, conversation)
    query = visit.request.query_params
    lihat = "lembar" if query.get("lihat") == "lembar" else "percakapan"
    return await visit.page(
        "meja.html",
        opened=opened,
        lihat=lihat,
        lama=before is not None,
        kabar=query.get("kabar", ""),
        **await queue.column(visit),
        **_beside(visit, opened),
    )


async def piece(visit: Visit) -> Response[Any]:
    """What changes in an open conversation, for its live page."""
    return await _afresh(visit, None)


async def reply(visit: Visit) -> Response[Any]:
    """Say something to the person; it can be taken back for some seconds."""
    conversation, text = await reached(visit), visit.form.get("teks", "").strip()
    if not text or len(text) > _REPLY_AT_MOST:
        return await done(visit, "balasan_panjang" if text else "balasan_kosong", _WRONG)
    if answers.gaps(text):
        return await done(visit, "balasan_berlubang", _WRONG)
    try:
        await visit.run(waiting_replies.hold, visit.desk.store, conversation, visit.officer.officer, text, visit.desk.config.undo)
    except NotTheHolder:
        return await done(visit, "balasan_ditolak", _CONFLICT)
    except WindowClosed:
        return await done(visit, "jendela_tertutup", _CONFLICT)
    return await done(visit, "")


async def undo(visit: Visit) -> Response[Any]:
    """Take a reply back before it leaves; its words return to the box."""
    conversation = await reached(visit)
    waiting = visit.request.path_params["waiting"]
    back = await visit.run(waiting_replies.take_back, visit.desk.store, conversation, visit.officer.officer, waiting)
    return await done(visit, "diurungkan" if back else "terlanjur", 200 if back else _CONFLICT)


async def draft(visit: Visit) -> Response[Any]:
    """Keep what is being typed; also tells the colleagues that somebody types."""
    conversation = await reached(visit)
    try:
        box = Box(visit.form.get("kotak", ""))
    except ValueError:
        raise NotFound from None
    text = visit.form.get("teks", "")[:_REPLY_AT_MOST]
    await visit.run(drafts.keep, visit.desk.store, conversation, visit.officer.officer, box, text)
    return Response("", status_code=204)


async def note(visit: Visit) -> Response[Any]:
    """Write something that only officers see."""
    conversation, text = await reached(visit), visit.form.get("teks", "").strip()
    if not text or len(text) > _REPLY_AT_MOST:
        return await done(visit, "catatan_panjang" if text else "catatan_kosong", _WRONG)
    await visit.run(takeover.note, visit.desk.store, conversation, visit.officer.officer, text)
    await visit.run(drafts.keep, visit.desk.store, conversation, visit.officer.officer, Box.NOTE, "")
    return await done(visit, "catatan_disimpan")


async def lower_level(visit: Visit) -> Response[Any]:
    """Lower the level, with a reason that is kept."""
    conversation = which(visit)
    now = await visit.run(desk.reach, visit.desk.store, visit.viewer, conversation)
    wanted, reason = visit.form.get("tingkat", ""), visit.form.get("alasan", "").strip()
    if wanted not in {level.value for level in Level if level.rank < now.rank}:
        return await done(visit, "tingkat_salah", _WRONG)
    if not reason or len(reason) > _REASON_AT_MOST:
        return await done(visit, "alasan_kosong", _WRONG)
    try:
        await visit.run(takeover.lower_level, visit.desk.store, conversation, visit.officer.officer, Level(wanted), reason)
    except NotTheHolder:
        return await done(visit, "bukan_pemegang", _CONFLICT)
    return await done(visit, "tingkat_turun")


async def settle_notice(visit: Visit) -> Response[Any]:
    """A notice has been seen to."""
    try:
        kind = NoticeKind(visit.request.path_params["kind"])
    except ValueError:
        raise NotFound from None
    await visit.run(desk.settle_notice, visit.desk.store, visit.viewer, which(visit), kind)
    return await done(visit, "pemberitahuan_selesai")


def which(visit: Visit) -> ConversationId:
    """The conversation in the address."""
    return ConversationId(visit.request.path_params["conversation"])


async def reached(visit: Visit) -> ConversationId:
    """The conversation in the address, where this officer may act in it. Raises `NotFound`."""
    conversation = which(visit)
    await visit.run(desk.reach, visit.desk.store, visit.viewer, conversation)
    return conversation


async def done(visit: Visit, kabar: str, status: int = 200) -> Response[Any]:
    """After an act: the live page gets its pieces afresh, a page without script is sent back to the conversation."""
    if visit.piecewise:
        return await _afresh(visit, kabar, status)
    if status == 200:
        return visit.go(f"/percakapan/{which(visit)}" + (f"?kabar={kabar}" if kabar else ""))
    opened = await visit.run(desk.read, visit.desk.store, visit.viewer, which(visit))
    told = {"kabar": kabar, "teks": visit.form.get("teks", ""), **await queue.column(visit), **_beside(visit, opened)}
    return await visit.page("meja.html", status, opened=opened, lihat="percakapan", lama=False, **told)


def _before(visit: Visit) -> int | None:
    told = visit.request.query_params.get("sebelum", "")
    return int(told) if told.isdecimal() and len(told) < 16 else None


def _beside(visit: Visit, opened: desk.Opened) -> dict[str, Any]:
    return {
        "ringkasan": summary.told(opened),
        "belum": summary.missing(opened.facts),
        "asal_alasan": summary.sources(opened),
        "isian": sheet_fields.rows(opened),
        "whatsapp": opened.about.channel is Channel.WHATSAPP,
        "siap": answers.filled(visit.desk.config.answers, visit.desk.store.now(), opened.about.kecamatan),
    }


async def _afresh(visit: Visit, kabar: str | None, status: int = 200) -> Response[Any]:
    opened = await visit.run(desk.read, visit.desk.store, visit.viewer, which(visit))
    return visit.piece("isi.html", status, opened=opened, kabar=kabar, **_beside(visit, opened))
