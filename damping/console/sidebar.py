"""What duty adds beside a conversation: labels, 'this is urgent', a supervisor's quiet word, the steps of its alarm."""

from typing import Any

from litestar import Response

from damping.casework.ids import ConversationId, OfficerId
from damping.console.visit import Visit
from damping.store import coaching, desk, labels, ladder, review, roster
from damping.store.coaching import NoWords
from damping.store.labels import NoName
from damping.store.officers import Role
from damping.store.review import NoFinding

_WRONG = 422


async def piece(visit: Visit) -> Response[Any]:
    """The whole of it, for the sheet."""
    return await _shown(visit, "")


async def put_label(visit: Visit) -> Response[Any]:
    """On or off."""
    on = visit.form.get("pasang") == "1"
    await visit.run(labels.put, visit.desk.store, visit.viewer, _which(visit), visit.request.path_params["label"], on=on)
    return await _done(visit, "")


async def rate_urgent(visit: Visit) -> Response[Any]:
    """A person sees what the assistant did not."""
    try:
        rose = await visit.run(review.rate_urgent, visit.desk.store, visit.viewer, _which(visit), visit.form.get("alasan", ""))
    except NoFinding:
        return await _done(visit, "alasan_kosong", _WRONG)
    return await _done(visit, "ditandai_gawat" if rose else "sudah_gawat")


async def coach(visit: Visit) -> Response[Any]:
    """A supervisor's word to one officer."""
    to = OfficerId(visit.form.get("kepada", ""))
    try:
        await visit.run(coaching.coach, visit.desk.store, visit.viewer, _which(visit), to, visit.form.get("teks", ""))
    except NoWords:
        return await _done(visit, "arahan_kosong", _WRONG)
    return await _done(visit, "arahan_disimpan")


async def seen(visit: Visit) -> Response[Any]:
    """The officer has read it."""
    await visit.run(coaching.seen, visit.desk.store, visit.viewer, visit.request.path_params["note"])
    return await _done(visit, "")


async def make_label(visit: Visit) -> Response[Any]:
    """A new one for everybody."""
    try:
        await visit.run(labels.add, visit.desk.store, visit.viewer, visit.form.get("nama", ""))
    except NoName:
        return visit.go("/?kabar=label_salah")
    return visit.go("/?kabar=label_dibuat")


async def retire_label(visit: Visit) -> Response[Any]:
    """Not offered any more."""
    await visit.run(labels.retire, visit.desk.store, visit.viewer, visit.request.path_params["label"])
    return visit.go("/?kabar=label_dihapus")


def _which(visit: Visit) -> ConversationId:
    return ConversationId(visit.request.path_params["conversation"])


async def _done(visit: Visit, kabar: str, status: int = 200) -> Response[Any]:
    if visit.piecewise:
        return await _shown(visit, kabar, status)
    return visit.go(f"/percakapan/{_which(visit)}?lihat=lembar" + (f"&kabar={kabar}" if kabar else ""))


async def _shown(visit: Visit, kabar: str, status: int = 200) -> Response[Any]:
    store, which, viewer = visit.desk.store, _which(visit), visit.viewer
    level = await visit.run(desk.reach, store, viewer, which)
    leads = viewer.role is Role.SUPERVISOR
    on = {label.id for label in (await visit.run(labels.of, store, viewer, [which])).get(which, ())}
    return visit.piece(
        "jaga.html",
        status,
        conversation=which,
        level=level,
        labels=await visit.run(labels.every, store, viewer),
        on=on,
        steps=await visit.run(ladder.steps, store, viewer, which),
        coached=await visit.run(coaching.said, store, viewer, which),
        colleagues=await visit.run(roster.colleagues, store, viewer) if leads else (),
        leads=leads,
        kabar=kabar,
    )
