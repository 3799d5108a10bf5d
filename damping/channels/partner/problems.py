"""Errors as `application/problem+json` (RFC 9457): what was wrong, never what was sent."""

from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec

MEDIA_TYPE = "application/problem+json"
_log = structlog.get_logger()


class Problem(HTTPException):
    """Something that a partner can mend. `kind` is a fixed word."""

    def __init__(self, status_code: int, kind: str, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail=detail, status_code=status_code, headers=headers)
        self.kind = kind


def on_problem(_request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    """A refusal of ours."""
    return answer(problem.status_code, problem.kind, problem.detail, dict(problem.headers or {}))


def on_invalid(_request: Request[Any, Any, Any], invalid: ValidationException) -> Response[Any]:
    """A body or parameter of another shape. Names the field, never its content."""
    extra = invalid.extra if isinstance(invalid.extra, list) else []
    fields = sorted({str(one.get("key", "")) for one in extra if isinstance(one, dict)} - {""})
    detail = "the request does not fit openapi.json" + (f": {', '.join(fields)}" if fields else "")
    return answer(400, "invalid", detail)


def on_too_deep(_request: Request[Any, Any, Any], _error: RecursionError) -> Response[Any]:
    """A body nested deeper than any real one."""
    return answer(400, "invalid", "the request does not fit openapi.json")


def on_http(_request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Whatever the framework refuses: too large, wrong method, unknown path."""
    return answer(error.status_code, "refused", _PLAIN.get(error.status_code, "refused"), dict(error.headers or {}))


def on_any(_request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The database is away, or a fault of ours: nothing is called stored that is not."""
    _log.error("partner_request_failed", where="partner", error=type(error).__name__)
    return answer(503, "try_again", "nothing was stored; send the same request again", {"Retry-After": "2"})


def answer(status: int, kind: str, detail: str, headers: dict[str, str] | None = None) -> Response[Any]:
    """One problem."""
    told = {"type": f"about:blank#{kind}", "title": kind, "status": status, "detail": detail}
    return Response(told, status_code=status, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store", **(headers or {})})


class ProblemTold(msgspec.Struct, frozen=True):
    """A refusal. `title` is a fixed word, `detail` says what to do."""

    type: str
    title: str
    status: int
    detail: str


REFUSALS = {
    status: ResponseSpec(ProblemTold, generate_examples=False, description=told, media_type=MEDIA_TYPE)
    for status, told in {
        400: "The request does not fit this description.",
        401: "The key is missing, unknown or no longer valid.",
        403: "The key lacks the scope.",
        404: "Unknown, or another partner's.",
        409: "The choice was not shown to the person lately.",
        413: "The body is too large.",
        422: "Without words, or without consent.",
        429: "Too many requests: see Retry-After.",
        503: "Nothing was stored: send the same request again.",
    }.items()
}
_PLAIN = {404: "not found", 405: "method not allowed", 413: "the body is too large", 415: "send application/json"}
