"""One command keeps everything alive, and ends it all."""

import asyncio
import sys
import time
from pathlib import Path

from damping.wiring.supervisor import Child, Supervisor

SCRIPT = "import sys, time; open(sys.argv[1], 'a').write('x'); time.sleep(float(sys.argv[2]))"


def starts(path: Path) -> int:
    return len(path.read_text()) if path.exists() else 0


async def until(path: Path, number: int) -> None:
    async with asyncio.timeout(20):
        while starts(path) < number:
            await asyncio.sleep(0.02)


async def test_a_process_that_dies_is_started_again(tmp_path: Path) -> None:
    supervisor, mark = Supervisor(tmp_path, tmp_path / "log", first_wait_s=0.01), tmp_path / "mark"
    waiting = asyncio.create_task(supervisor.wait())

    supervisor.start(Child("worker", [sys.executable, "-c", SCRIPT, str(mark), "0"], {}))
    await until(mark, 3)
    supervisor.stop()
    await waiting

    ended = starts(mark)
    await asyncio.sleep(0.3)
    assert ended == starts(mark)


async def test_stopping_ends_every_process_and_what_runs_in_front(tmp_path: Path) -> None:
    supervisor, mark = Supervisor(tmp_path, tmp_path / "log"), tmp_path / "mark"
    waiting = asyncio.create_task(supervisor.wait())
    supervisor.start(Child("desk", [sys.executable, "-c", SCRIPT, str(mark), "600"], {}))
    training = asyncio.create_task(supervisor.run_once([sys.executable, "-c", SCRIPT, str(mark), "600"], {}))
    await until(mark, 2)

    began = time.monotonic()
    supervisor.stop()
    await waiting

    assert -1 == await training
    assert time.monotonic() - began < 8
