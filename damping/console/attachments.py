"""Files of a conversation at the desk: look, listen, save, keep as evidence.

The office relies on it that what a stranger sent can run nothing in an officer's browser: the type is what the content says,
every answer is a sandbox of its own, and what the page cannot draw is only handed over to be saved.
"""

import re
from typing import Any

from litestar import Response

from damping.casework.ids import ConversationId
from damping.console.conversation import done, which
from damping.console.visit import Visit
from damping.store import media_view
from damping.store.desk import NotFound
from damping.store.media_view import Content

ALONE = "default-src 'none'; sandbox"
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
_SHOWN = ("image/jpeg", "image/png", "audio/", "video/")
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "video/quicktime": "mov",
    "application/pdf": "pdf",
    "text/plain": "txt",
}


async def look(visit: Visit) -> Response[Any]:
    """A picture without its metadata, a voice note, a film: for the page that is open."""
    found = await visit.run(media_view.look, visit.desk.store, visit.viewer, *_named(visit))
    if not found.mime.startswith(_SHOWN):
        raise NotFound
    return _ranged(found, visit.request.headers.get("range", ""))


async def save(visit: Visit) -> Response[Any]:
    """The file as it came, to be saved."""
    conversation, name = _named(visit)
    found = await visit.run(media_view.save, visit.desk.store, visit.viewer, conversation, name)
    told = f'attachment; filename="berkas-{name[:8]}.{_ENDINGS.get(found.mime, "bin")}"'
    return Response(found.content, media_type="application/octet-stream", headers=_headers() | {"Content-Disposition": told})


async def keep(visit: Visit) -> Response[Any]:
    """This is evidence: it stays."""
    await visit.run(media_view.keep_as_evidence, visit.desk.store, visit.viewer, *_named(visit))
    return await done(visit, "bukti_disimpan")


async def let_go(visit: Visit) -> Response[Any]:
    """It is none after all."""
    await visit.run(media_view.let_go, visit.desk.store, visit.viewer, *_named(visit))
    return await done(visit, "bukti_dilepas")


def _named(visit: Visit) -> tuple[ConversationId, str]:
    return which(visit), visit.path["media"]


def _ranged(found: Content, asked: str) -> Response[Any]:
    """All of it, or the stretch that a player asks for: some play nothing from a server that cannot give one."""
    size = len(found.content)
    headers = _headers() | {"Content-Disposition": "inline", "Accept-Ranges": "bytes"}
    match = _RANGE.fullmatch(asked)
    if match is None:
        return Response(found.content, media_type=found.mime, headers=headers)
    first, last = int(match[1]), min(int(match[2]) if match[2] else size - 1, size - 1)
    if first > last:
        return Response(b"", status_code=416, media_type=found.mime, headers=headers | {"Content-Range": f"bytes */{size}"})
    told = headers | {"Content-Range": f"bytes {first}-{last}/{size}"}
    return Response(found.content[first : last + 1], status_code=206, media_type=found.mime, headers=told)


def _headers() -> dict[str, str]:
    return {"Content-Security-Policy": ALONE}
