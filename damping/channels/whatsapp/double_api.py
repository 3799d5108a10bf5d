"""The double's face to the service: `POST /{version}/{phone_id}/messages` with Meta's answers. Development and tests only."""

import asyncio
import json
import re
import secrets
from typing import Any, cast

import httpx
from litestar import Litestar, Request, Response, Router, get, post
from litestar.params import FromPath

from damping.channels.whatsapp.checks import first_problem
from damping.channels.whatsapp.double import Double, Trouble
from damping.channels.whatsapp.payloads import Json
from damping.channels.whatsapp.reading import as_dict, as_text

_SLOW_S = 3.0
_BROKEN = "X-Simulasi-Putus"  # the line breaks after this answer; only a client of the same process sees it break


def api_router(double: Double, path: str = "/") -> Router:
    """The Cloud API under `path`; give `base_url` of the sender the same path."""

    @post("/{version:str}/{phone_id:str}/messages", status_code=200)
    async def messages(request: Request[Any, Any, Any], version: FromPath[str], phone_id: FromPath[str]) -> Response[Json]:
        trouble = double.troubles.popleft() if double.troubles else None
        answer = _refused(double, request, version, phone_id, trouble)
        if answer is None:
            answer = _answered(double, _decoded(await request.body()))
        if trouble is Trouble.SLOW:
            await asyncio.sleep(_SLOW_S)
        if trouble in (Trouble.LOST, Trouble.RESET):
            await asyncio.sleep(double.config.hang_s if trouble is Trouble.LOST else 0)
            answer.headers[_BROKEN] = "ya"
        return answer

    @get("/{version:str}/{node:str}")
    async def look(request: Request[Any, Any, Any], version: FromPath[str], node: FromPath[str]) -> Response[Json]:
        trouble = double.troubles.popleft() if double.troubles else None
        refused = _refused(double, request, version, double.config.phone_number_id, trouble)
        return refused or _looked(double, request, node)

    @get("/unduh/{key:str}")
    async def download(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[Any]:
        stored = double.shelf.bytes_at(key)
        if stored is None or not double.is_token(request.headers.get("authorization", "")):
            return Response(b"", status_code=404, media_type="text/plain")
        return Response(stored.content, media_type=stored.mime)

    return Router(path, route_handlers=[messages, look, download], include_in_schema=False)


def transport(double: Double, patience_s: float = 1.0) -> httpx.AsyncBaseTransport:
    """The double for a client of the same process; an answer that takes longer than `patience_s` counts as lost."""
    return _Impatient(httpx.ASGITransport(cast(Any, Litestar([api_router(double)], openapi_config=None))), patience_s)


class _Impatient(httpx.AsyncBaseTransport):
    def __init__(self, inner: httpx.ASGITransport, patience_s: float) -> None:
        self._inner = inner
        self._patience_s = patience_s

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises `httpx.ReadTimeout` after the patience ends; what was taken stays taken."""
        try:
            async with asyncio.timeout(self._patience_s):
                answer = await self._inner.handle_async_request(request)
        except TimeoutError as late:
            raise httpx.ReadTimeout("no answer", request=request) from late
        if _BROKEN in answer.headers:
            raise httpx.ReadError("connection reset", request=request)
        return answer


def _refused(
    double: Double, request: Request[Any, Any, Any], version: str, phone_id: str, trouble: Trouble | None
) -> Response[Json] | None:
    if not re.fullmatch(r"v[0-9]+\.[0-9]", version):
        return _error(400, 2500, "Unknown path components")
    if trouble is Trouble.ERROR:
        return _error(500, 131000, "Something went wrong")
    if trouble is Trouble.MAINTENANCE:
        return _error(500, 131057, "Account in maintenance mode")
    if trouble is Trouble.BUSY:
        return _error(400, 130429, "Rate limit hit")
    if trouble is Trouble.PAYMENT:
        return _error(400, 131042, "Business eligibility payment issue")
    if trouble is Trouble.TOKEN or not double.is_token(request.headers.get("authorization", "")):
        return _error(401, 190, "Invalid OAuth access token - Cannot parse access token", "OAuthException")
    if phone_id != double.config.phone_number_id:
        return _error(400, 33, "Unsupported post request. Object does not exist")
    return None


def _looked(double: Double, request: Request[Any, Any, Any], node: str) -> Response[Json]:
    """The number itself, or a file that somebody sent."""
    if node == double.config.phone_number_id:
        number = {"id": node, "display_phone_number": double.line.display_phone_number, "verified_name": "Simulasi"}
        return Response(number | {"quality_rating": "GREEN", "code_verification_status": "VERIFIED"})
    version = request.url.path.rsplit("/", 2)[0]
    told = double.shelf.address(node, f"{request.url.scheme}://{request.url.netloc}{version}")
    return Response(told) if told else _error(400, 100, "Unsupported get request. Object with this id does not exist")


def _answered(double: Double, asked: Json) -> Response[Json]:
    double.requests.append(asked)
    if asked.get("status") == "read":
        known = double.mark_read(as_text(asked.get("message_id")), bool(as_dict(asked.get("typing_indicator"))))
        return Response({"success": True}) if known else _error(400, 131009, "message_id is not a received message")
    problem = first_problem(asked)
    if problem is not None:
        return _error(400, problem.code, problem.details)
    person = double.find(asked)
    if not double.within_number():
        return _error(400, 130429, "Cloud API message throughput has been reached")
    if person is not None and asked.get("type") != "template" and not double.within_window(person):
        return _error(400, 131047, "Message failed to send because more than 24 hours have passed since the customer last replied.")
    if person is not None and not double.within_pace(person):
        return _error(400, 131056, "(Business Account, Consumer Account) pair rate limit hit")
    bubble = double.accept(person, asked)
    number = {"wa_id": as_text(asked["to"]).lstrip("+")} if asked.get("to") else {"user_id": asked["recipient"]}
    contacts = [{"input": asked.get("to") or asked["recipient"], **number}]
    return Response({"messaging_product": "whatsapp", "contacts": contacts, "messages": [{"id": bubble.id}]})


def _decoded(raw: bytes) -> Json:
    try:
        return as_dict(json.loads(raw))
    except ValueError:
        return {}


def _error(status: int, code: int, details: str, kind: str = "OAuthException") -> Response[Json]:
    data = {"messaging_product": "whatsapp", "details": details}
    error = {"message": f"(#{code}) {details}", "type": kind, "code": code, "error_data": data, "fbtrace_id": secrets.token_urlsafe(8)}
    return Response({"error": error}, status_code=status)
