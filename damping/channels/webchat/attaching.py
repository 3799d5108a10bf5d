"""Pictures and voice notes from the page, where the office takes them (off unless it says so).

The office relies on it that a file is judged by its content, never touches the disk unsealed, and is stored in one transaction
with the message that brought it. Nobody but officers sees it again: the page only says that it was sent.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

import structlog
from litestar import Request, Response, get, post
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from damping.casework.files import Prepared, Refused
from damping.casework.message import Body, Kind
from damping.channels import pictures
from damping.channels.webchat import sending, uploads
from damping.channels.webchat.config import WebchatConfig
from damping.channels.webchat.guard import Guard, new_token
from damping.channels.webchat.page import Pages, accepts_zip, data, redirect
from damping.channels.webchat.sending import NUMBER
from damping.channels.webchat.uploads import Upload
from damping.store import inbox, websessions
from damping.store.context import Store
from damping.store.inbox import Arrival
from rules.levels import Level

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
SOUNDS = frozenset({"audio/ogg", "audio/mpeg", "audio/aac", "audio/amr", "audio/mp4"})
_READ_AT_MOST = 4  # times what is taken: so much is read and dropped, so that the browser hears why
_log = structlog.get_logger()
_Asked = Request[Any, Any, Any]
_Answer = Response[Any]


@dataclass(frozen=True)
class Attaching:
    """What stands behind `/berkas`."""

    config: WebchatConfig
    store: Store
    pages: Pages

    @property
    def _guard(self) -> Guard:
        return Guard(self.config, self.store)

    async def ask(self, request: _Asked) -> _Answer:
        """Where a file is chosen."""
        return self._page(request, self._guard.token(request))

    async def take(self, request: _Asked) -> _Answer:
        """Store one file with its message, and go back to the transcript."""
        guard = self._guard
        if not guard.is_ours(request):
            return data({"galat": "asal"}, status=403)
        token = guard.token(request)
        try:
            upload = await uploads.read(request.stream(), request.headers.get("content-type", ""), self.config.file_at_most)
        except HTTPException:  # far too large: the rest is not even read
            return self._page(request, token, "besar", 413)
        if not token:
            return self._page(request, "", "kuki", 400)
        if upload is None or not guard.is_sealed(token, upload.fields.get("segel", "")):
            return self._page(request, token, "segel", 400)
        try:
            trouble, token, fresh = await self._kept(token, upload)
        except Exception as error:  # noqa: BLE001  a locked or full database: the page says that nothing was sent
            _log.error("file_not_stored", where="webchat", error=type(error).__name__)
            trouble, fresh = "simpan", False
        if trouble:
            return self._page(request, token, trouble, 503 if trouble == "simpan" else 400, fresh=fresh)
        return redirect(self.config.path, cookies=[guard.cookie(token)] if fresh else [])

    async def _kept(self, token: str, upload: Upload) -> tuple[str, str, bool]:
        """What is wrong with the file, or ''; the cookie, and whether it is a new one."""
        number = upload.fields.get("nomor", "")
        if not NUMBER.fullmatch(number):
            return "segel", token, False
        if upload.large or not upload.content:
            return ("besar" if upload.large else "kosong"), token, False
        try:
            prepared = await asyncio.to_thread(pictures.prepare, upload.content, upload.told)
        except Refused:
            return "jenis", token, False
        if prepared.mime not in PICTURES | SOUNDS:
            return "jenis", token, False
        run, fresh = self.store.database.run, False
        if not await run(websessions.open_for_writing, self.store, token, self.config.idle):
            token, fresh = new_token(), True  # over: nothing earlier is shown, and this begins anew
            await run(websessions.open_for_writing, self.store, token, self.config.idle)
        if await run(websessions.files_held, self.store, token) + len(prepared.content) > self.config.files_of_one:
            return "penuh", token, fresh
        await run(inbox.receive, self.store, [self._arrival(token, number, prepared)])
        return "", token, fresh

    def _arrival(self, token: str, number: str, prepared: Prepared) -> Arrival:
        kind = "image" if prepared.mime in PICTURES else "audio"
        body = Body(media={"type": kind, "mime_type": prepared.mime})
        return Arrival(
            sending.inbound(self.store, websessions.name_of(self.store, token), number, Kind.MEDIA, body), Level.HIJAU, (), prepared
        )

    def _page(self, request: _Asked, token: str, trouble: str = "", status: int = 200, *, fresh: bool = False) -> _Answer:
        held = token or new_token()
        cookies = [self._guard.cookie(held)] if fresh or not token else []
        shown: dict[str, Any] = {"seal": self._guard.seal(held), "trouble": trouble, "number": new_token()[:16].replace("_", "-")}
        zipped = accepts_zip(request.headers.get("accept-encoding", ""))
        return self.pages.beside("berkas", zipped=zipped, status=status, cookies=cookies, **shown)


def handlers(attaching: Attaching) -> list[HTTPRouteHandler]:
    """The addresses; none where the office takes no files."""
    most = attaching.config.file_at_most

    @get("/berkas")
    async def ask(request: _Asked) -> _Answer:
        """Where a file is chosen."""
        return await attaching.ask(request)

    @post("/berkas", status_code=200, request_max_body_size=_READ_AT_MOST * most + 65_536)
    async def take(request: _Asked) -> _Answer:
        """A picture or a voice note."""
        return await attaching.take(request)

    return [ask, take] if most else []
