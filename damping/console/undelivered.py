"""Messages that did not leave: what happened to each, and what to do."""

from typing import Any

from litestar import Response

from damping.casework.ids import ConversationId
from damping.console.visit import Visit
from damping.store import desk, desk_state
from damping.store.notices import NoticeKind


async def page(visit: Visit) -> Response[Any]:
    """All that nobody has seen to yet."""
    letters = await visit.run(desk_state.undelivered, visit.desk.store, visit.viewer)
    return await visit.page("pesan_gagal.html", letters=letters, kabar=visit.request.query_params.get("kabar", ""))


async def settle(visit: Visit) -> Response[Any]:
    """An officer has seen to a conversation's undelivered messages."""
    conversation = ConversationId(visit.request.path_params["conversation"])
    for kind in (NoticeKind.SEND_FAILED, NoticeKind.SEND_UNKNOWN):
        await visit.run(desk.settle_notice, visit.desk.store, visit.viewer, conversation, kind)
    return visit.go("/pesan-gagal?kabar=pemberitahuan_selesai")
