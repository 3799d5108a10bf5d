"""`damping understand`: what the assistant makes of single messages, through the components that serve."""

import asyncio
import contextlib
import json
import queue
import sys
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any, TextIO

from damping.wiring.engine_process import own_engine
from damping.wiring.settings import Settings

_AT_ONCE = 64


async def understand(settings: Settings, source: TextIO, tell: Callable[[dict[str, Any]], None]) -> None:
    """A message a line from `source`; what was understood to `tell`, in order. Empty lines are messages too."""
    async with own_engine(settings) as engine:
        async for texts in batches(source):
            for understood in await engine.parse(texts):
                tell(understood)


async def batches(source: TextIO) -> AsyncIterator[list[str]]:
    """The lines that are there by now, 64 at most: fast from a file, at once from somebody who types."""
    lines: queue.Queue[str | None] = queue.Queue(_AT_ONCE * 4)
    threading.Thread(target=_read, args=(source, lines), daemon=True).start()
    ended = False
    while not ended:
        batch = [await asyncio.to_thread(lines.get)]
        with contextlib.suppress(queue.Empty):
            while len(batch) < _AT_ONCE:
                batch.append(lines.get_nowait())
        ended = None in batch
        texts = [line for line in batch if line is not None]
        if texts:
            yield texts


def _read(source: TextIO, lines: queue.Queue[str | None]) -> None:
    for line in source:
        lines.put(line.rstrip("\r\n"))
    lines.put(None)


def as_json(understood: dict[str, Any]) -> None:
    """One line of JSON on standard output."""
    sys.stdout.write(json.dumps(understood, ensure_ascii=False) + "\n")
    sys.stdout.flush()
