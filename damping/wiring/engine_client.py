"""The engine over its Unix socket or TCP: implements the `Dialogue` port."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec

from damping.casework.dialogue import EngineUnavailable, TurnAnswered, TurnAsked, Understood

_KEY_HEADER = "X-Damping-Engine-Key"
_TRANSPORT_TROUBLE = (httpx.HTTPError, OSError, msgspec.MsgspecError)


class _Parsed(msgspec.Struct, frozen=True):
    results: list[Understood]


class Health(msgspec.Struct, frozen=True):
    """How the engine is: `model` is the name of the model that serves."""

    ready: bool
    model: str = ""
    trained_at: str = ""
    version: str = ""
    trouble: str = ""  # why none does; empty or 'starting' while it loads


class ModelRejected(Exception):
    """The engine tried the model out and goes on with its own; the message is the engine's reason."""


class EngineClient:
    """One engine, or the load balancer in front of several."""

    def __init__(self, socket: Path | None, url: str = "", key: str = "", limit: timedelta = timedelta(seconds=8)) -> None:
        """`socket` or `url`; `limit` is the time for one turn."""
        transport = httpx.AsyncHTTPTransport(uds=str(socket)) if not url else httpx.AsyncHTTPTransport()
        self._http = httpx.AsyncClient(
            transport=transport,
            base_url=url or "http://engine",
            timeout=limit.total_seconds(),
            headers={_KEY_HEADER: key} if key else {},
            trust_env=False,
        )

    async def turn(self, asked: TurnAsked) -> TurnAnswered:
        """Raises `EngineUnavailable`."""
        return await self._post("/turn", asked, TurnAnswered)

    async def understand(self, texts: list[str]) -> list[Understood]:
        """Raises `EngineUnavailable`."""
        return (await self._post("/parse", {"texts": texts}, _Parsed)).results

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        """The engine's own account of each text, as it gives it. Raises `EngineUnavailable`."""
        results: list[dict[str, Any]] = (await self._post("/parse", {"texts": texts}, dict[str, Any]))["results"]
        return results

    async def health(self) -> Health:
        """Raises `EngineUnavailable`."""
        try:
            answer = await self._http.get("/health", timeout=2)
            return msgspec.json.decode(answer.content, type=Health)
        except _TRANSPORT_TROUBLE as trouble:
            raise EngineUnavailable(type(trouble).__name__) from trouble

    async def serve(self, model: str, sha256: str, limit: timedelta = timedelta(seconds=90)) -> None:
        """Serve another model from now on. Raises `EngineUnavailable`, `ModelRejected`."""
        try:
            answer = await self._http.post("/model", json={"path": model, "sha256": sha256}, timeout=limit.total_seconds())
        except httpx.ConnectError as down:
            raise EngineUnavailable("down") from down
        except _TRANSPORT_TROUBLE as trouble:
            raise EngineUnavailable(type(trouble).__name__) from trouble
        if answer.status_code == httpx.codes.BAD_REQUEST:
            raise ModelRejected(str(answer.json().get("error", "")))
        if answer.status_code != httpx.codes.OK:
            raise EngineUnavailable(f"HTTP {answer.status_code}")

    async def close(self) -> None:
        """Let the connections go."""
        await self._http.aclose()

    async def _post[T](self, path: str, asked: Any, kind: type[T]) -> T:
        try:
            answer = await self._http.post(path, content=msgspec.json.encode(asked), headers={"Content-Type": "application/json"})
            if answer.status_code != httpx.codes.OK:
                raise EngineUnavailable(f"HTTP {answer.status_code}")
            return msgspec.json.decode(answer.content, type=kind)
        except _TRANSPORT_TROUBLE as trouble:
            raise EngineUnavailable(type(trouble).__name__) from trouble
