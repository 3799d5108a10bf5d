"""`damping run`: everything on one machine under one supervisor. Light to import: the gateway must answer within seconds.

A database of this version needs no preparation, so the gateway starts first and the rest behind it; people get the safe
reply until the engine is up. A first start, or a new version, prepares key and tables before anything serves.
"""

import asyncio
import os
import sys
from pathlib import Path

from rich.console import Console

from damping.wiring import engine_process
from damping.wiring.settings import Settings, WrongSetting
from damping.wiring.supervisor import Child, Supervisor

_out = Console(highlight=False, soft_wrap=True)
_GATEWAY_PATIENCE_S = 15.0


def run(settings: Settings) -> int:
    """Until Ctrl-C; the exit status."""
    return asyncio.run(_run(settings))


def mark_prepared(settings: Settings) -> None:
    """Key and tables are there, as this version needs them."""
    _mark(settings).write_text(_version(settings), encoding="utf-8")


async def _run(settings: Settings) -> int:
    supervisor = Supervisor(settings.root, settings.var / "log")
    waiting = asyncio.create_task(supervisor.wait())
    environment = dict(os.environ)
    damping = [sys.executable, "-m", "damping"]
    if not _prepared(settings) and await supervisor.run_once([*damping, "prepare"], environment) != 0:
        return 1
    supervisor.start(Child("gateway", [*damping, "serve", "gateway"], environment))
    await _until_it_answers(settings)
    for name in ("worker", "desk"):
        supervisor.start(Child(name, [*damping, "serve", name], environment))
    await asyncio.gather(supervisor.run_once([*damping, "welcome"], environment), _engine(settings, supervisor))
    await waiting
    return 0


async def _engine(settings: Settings, supervisor: Supervisor) -> None:
    """Serve the model that is there and train beside it where data changed: a new one comes in through the gate.

    The very first model is trained before anything can be served; until then, and where it fails, people get the safe reply.
    """
    if settings.engine_url:
        return
    try:
        engine_process.python(settings)
    except WrongSetting as missing:
        _out.print(f"[red]{missing}[/]")
        return
    engine = Child("engine", engine_process.command(settings, settings.engine_socket), engine_process.environment())
    first = not engine_process.current_model(settings)
    if not first:
        supervisor.start(engine)
    trained = await supervisor.run_once([sys.executable, "-m", "damping", "train", "--at-start"], dict(os.environ))
    if first and trained == 0:
        supervisor.start(engine)
    elif first and trained > 0:
        _out.print("[red]Pelatihan gagal.[/] Balasan aman dan layar petugas tetap jalan; lihat pesan di atas, lalu `make train`.")


async def _until_it_answers(settings: Settings) -> None:
    end = asyncio.get_running_loop().time() + _GATEWAY_PATIENCE_S
    while asyncio.get_running_loop().time() < end:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", settings.gateway_port)
            writer.close()
            return
        except OSError:
            await asyncio.sleep(0.05)


def _prepared(settings: Settings) -> bool:
    mark = _mark(settings)
    return mark.exists() and mark.read_text(encoding="utf-8") == _version(settings)


def _mark(settings: Settings) -> Path:
    return settings.var / "prepared"


def _version(settings: Settings) -> str:
    """Which tables, in which database, with which key."""
    newest = max(path.name for path in (settings.root / "damping/store/migrations/versions").glob("*.py"))
    return f"{newest}\n{settings.database_url}\n{settings.master_key_file}\n"
