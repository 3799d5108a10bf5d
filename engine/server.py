"""The engine's four doors over HTTP, on a Unix socket or a TCP port with a shared secret: /turn /parse /model /health.

Listens at once and says `ready: false` until Rasa and a model are loaded. A caller that hangs up harms nothing: there is
nothing here to lose. Log lines hold ids, kinds and milliseconds.
"""
# ruff: noqa: ARG002  # the signatures are aiohttp's

import asyncio
import hmac
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from engine import VERSION, asked
from engine.quiet import say

if TYPE_CHECKING:
    from engine.models import Shelf

KEY_HEADER = "X-Damping-Engine-Key"
LARGEST_BODY = 256 * 1024
_AT_ONCE = 16  # texts of a /parse between two breaths, so that a turn never waits long for a batch

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Engine:
    """The doors, and the shelf of models once Rasa is there."""

    def __init__(self, key: str | None) -> None:
        self._key = key
        self.shelf: Shelf | None = None
        self.trouble = "starting"

    def app(self) -> web.Application:
        """The web application."""
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[self._careful, self._keyed])
        app.add_routes(
            [web.post("/turn", self.turn), web.post("/parse", self.parse), web.post("/model", self.model), web.get("/health", self.health)]
        )
        return app

    async def turn(self, request: web.Request) -> web.Response:
        """One turn; 200 also where it failed, which the answer then says."""
        assistant = self._assistant()
        question = asked.turn(await _body(request))
        began = time.perf_counter()
        answer = await assistant.turn(question)
        spent = round((time.perf_counter() - began) * 1000, 1)
        failed = answer["failed"] or {}
        level = logging.ERROR if failed else logging.INFO
        say(
            "turn",
            level,
            conversation=question.conversation,
            kind=failed.get("kind") or question.kind,
            reason=failed.get("reason"),
            ms=spent,
        )
        return _answer(answer)

    async def parse(self, request: web.Request) -> web.Response:
        """Understanding only, many texts at once."""
        assistant = self._assistant()
        texts = asked.texts(await _body(request))
        results: list[dict[str, Any]] = []
        for start in range(0, len(texts), _AT_ONCE):
            results += assistant.parse(texts[start : start + _AT_ONCE])
            await asyncio.sleep(0)
        return _answer({"results": results})

    async def model(self, request: web.Request) -> web.Response:
        """Another model; 400 with the reason where it is refused, and the old one stays."""
        from engine.models import ModelRefused

        path, sha256 = asked.model(await _body(request))
        if self.shelf is None:
            raise web.HTTPServiceUnavailable(text=json.dumps({"error": self.trouble}))
        try:
            serving = await self.shelf.swap(path, sha256)
        except ModelRefused as refusal:
            say("model refused", logging.WARNING, reason=str(refusal))
            return _answer({"error": str(refusal)}, status=400)
        self.trouble = ""
        say("model", model=serving.name)
        return _answer({"model": serving.name})

    async def health(self, request: web.Request) -> web.Response:
        """Which model serves, or why none does yet."""
        serving = self.shelf.serving if self.shelf else None
        about = {"model": serving.name, "trained_at": serving.trained_at} if serving else {"model": "", "trained_at": ""}
        return _answer({"ready": serving is not None, **about, "version": VERSION, "trouble": "" if serving else self.trouble})

    def _assistant(self) -> Any:
        if self.shelf is None or self.shelf.serving is None:
            raise web.HTTPServiceUnavailable(text=json.dumps({"error": self.trouble}), content_type="application/json")
        return self.shelf.serving.assistant

    @web.middleware
    async def _keyed(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self._key is not None and not hmac.compare_digest(request.headers.get(KEY_HEADER, "").encode(), self._key.encode()):
            return _answer({"error": "key"}, status=401)
        return await handler(request)

    @web.middleware
    async def _careful(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except asked.BadRequest as wrong:
            return _answer({"error": str(wrong)}, status=400)
        except web.HTTPException as known:
            return _answer({"error": known.reason if known.status != 503 else self.trouble}, status=known.status)
        except Exception as error:  # noqa: BLE001  # the outermost loop: aiohttp would log the traceback, and with it values
            kind, reason = getattr(error, "kind", type(error).__name__), getattr(error, "reason", "")
            say("error", logging.ERROR, kind=kind, reason=reason, path=request.path)
            return _answer({"error": "failed", "kind": kind, "reason": reason}, status=500)


async def _body(request: web.Request) -> object:
    try:
        return json.loads(await request.read())
    except ValueError:  # also bytes that are no UTF-8
        raise asked.BadRequest("body: JSON in UTF-8") from None


def _answer(content: object, status: int = 200) -> web.Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return web.Response(body=body, status=status, content_type="application/json")
