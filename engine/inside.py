"""Custom actions inside the engine's process, through rasa_sdk's own executor.

The same `actions` package runs unchanged under `rasa run actions`. An action that fails or dawdles is noted, because
Rasa itself would log it and tell the person that all went well.
"""
# ruff: noqa: ARG002  # the signatures are Rasa's

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from engine.failure import named, note

_WORKERS = 8


class InsideEndpoint(EndpointConfig):
    """Stands where Rasa expects the URL of an action server."""

    def __init__(self, package: str, limit: float) -> None:
        super().__init__(url="inside:")
        self._limit = limit
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="action")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        for name, run in list(self._executor.actions.items()):
            if not inspect.iscoroutinefunction(run):
                self._executor.actions[name] = self._in_thread(run)

    @property
    def names(self) -> set[str]:
        """The actions that the package offers."""
        return set(self._executor.actions)

    async def request(
        self, method: str = "post", subpath: str | None = None, content_type: str | None = None, compress: bool = False, **kwargs: Any
    ) -> Any:
        """Rasa's call to an action; a rejection travels as Rasa expects it, anything else is noted and raised."""
        call = kwargs["json"]
        name = str(call.get("next_action"))
        try:
            return await asyncio.wait_for(self._executor.run(call), self._limit)
        except ActionExecutionRejection as rejection:
            raise ClientResponseError(400, "rejected", json.dumps({"action_name": rejection.action_name, "error": ""})) from rejection
        except asyncio.TimeoutError:
            note("timeout", name)
            raise
        except Exception as error:
            note("action", named(name, error))
            raise

    def _in_thread(self, run: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
        """A plain function would stop the whole engine while it runs, and could not be timed out."""

        async def off_the_loop(dispatcher: Any, tracker: Any, domain: Any) -> Any:
            return await asyncio.get_running_loop().run_in_executor(self._pool, run, dispatcher, tracker, domain)

        return off_the_loop
