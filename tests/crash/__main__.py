"""`make crash`: a long night in which everything fails, and its counts. Ends with 1 where anybody was lost, answered twice or out of order.

python -m tests.crash [--kills 200] [--locked 60] [--full 20] [--flood 1000] [--only PART] [--seed N]
"""

import argparse
import asyncio
import secrets
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.crash import fairness
from tests.crash.meta import Meta
from tests.crash.small_disk import NoSmallDisk, small_disk
from tests.crash.storm import Plan, Report, Storm

_ALARM_S = 5.0
_RATIO = 2.0


async def main(asked: argparse.Namespace) -> int:
    """0 where every promise held."""
    killed = Plan(200, asked.kills, troubles=asked.kills // 4, patience_s=400, seed=asked.seed)
    locked = Plan(60, 0, locked_s=asked.locked, troubles=0, calm_s=5, seed=asked.seed)
    full = Plan(60, 0, full_s=asked.full, troubles=0, calm_s=5, seed=asked.seed)
    parts: dict[str, Callable[[], Awaitable[bool]]] = {
        "killed": lambda: _night("killed at any moment, Meta failing", killed),
        "locked": lambda: _night("the database locked", locked),
        "full": lambda: _night("the disk full", full, small=True),
        "flood": lambda: _flood(asked.flood),
    }
    kept = [await act() for name, act in parts.items() if asked.only in (None, name)]
    _say("all promises held" if all(kept) else "A PROMISE WAS BROKEN")
    return 0 if all(kept) else 1


async def _night(title: str, plan: Plan, small: bool = False) -> bool:
    _say(f"· {title}")
    with tempfile.TemporaryDirectory(prefix="damping-crash-") as folder:
        if not small:
            return _told(await _stormed(Path(folder) / "var", plan))
        try:
            with small_disk(Path(folder) / "disk") as disk:
                return _told(await _stormed(disk / "var", plan))
        except NoSmallDisk as why:
            _say(f"  SKIPPED: no small disk can be made here ({why}); run as root to see it")
            return True


async def _stormed(var: Path, plan: Plan) -> Report:
    meta = Meta()
    try:
        return await Storm(var, meta, plan).run()
    finally:
        await meta.stop()


async def _flood(count: int) -> bool:
    _say("· one sender floods")
    meta = Meta()
    with tempfile.TemporaryDirectory(prefix="damping-crash-") as folder:
        try:
            found = await fairness.measure(Path(folder) / "var", meta, flood=count)
        finally:
            await meta.stop()
    _say(str(found))
    return found.ratio <= _RATIO and found.alarm_s <= _ALARM_S


def _told(report: Report) -> bool:
    _say(str(report))
    return report.well


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--locked", type=float, default=60)
    parser.add_argument("--full", type=float, default=20)
    parser.add_argument("--flood", type=int, default=1_000)
    parser.add_argument("--only", choices=["killed", "locked", "full", "flood"])
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    sys.exit(asyncio.run(main(parser.parse_args())))
