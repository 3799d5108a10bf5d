"""python -m engine --socket PATH [--models DIR], or --port N --key-file FILE: serves the current model until told to stop."""

import argparse
import asyncio
import logging
import os
import signal
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine import ROOT, VERSION, quiet

quiet.silence()  # before aiohttp, before Rasa, before anything that could log

from aiohttp import web  # noqa: E402

from engine.server import Engine  # noqa: E402

if TYPE_CHECKING:
    from engine.models import Shelf

ACTION_LIMIT = 5.0  # seconds for one custom action


def main() -> int:
    """Exit code 2 where the arguments or the key are unusable."""
    arguments = _arguments()
    try:
        key = _key(arguments.key_file) if arguments.port else None
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    os.umask(0o077)
    asyncio.run(_serve(arguments, Engine(key)))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m engine", description=__doc__)
    door = parser.add_mutually_exclusive_group(required=True)
    door.add_argument("--socket", type=Path, help="Unix socket to listen on, made with mode 0600")
    door.add_argument("--port", type=int, help="TCP port to listen on; needs --key-file")
    parser.add_argument("--host", default="127.0.0.1", help="address for --port (default: %(default)s)")
    parser.add_argument("--key-file", type=Path, help="file with the secret that callers send in X-Damping-Engine-Key")
    parser.add_argument("--models", "--model", type=Path, default=ROOT / "models", help="folder of the models (default: %(default)s)")
    parser.add_argument("--start-with", help="folder of --models to serve (default: the one that `current` names)")
    parser.add_argument("--actions", default="actions", help="package of the custom actions (default: %(default)s)")
    arguments = parser.parse_args()
    if arguments.port and not arguments.key_file:
        parser.error("--port needs --key-file")
    return arguments


def _key(path: Path) -> str:
    try:
        key = path.read_text(encoding="utf-8").strip()
    except OSError:
        raise ValueError("the key file cannot be read") from None
    if len(key) < 32:
        raise ValueError("the key must have at least 32 characters")
    return key


async def _serve(arguments: argparse.Namespace, engine: Engine) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    runner = web.AppRunner(engine.app(), access_log=None, shutdown_timeout=10, handle_signals=False)
    await runner.setup()
    await _open(runner, arguments)
    say_where = {"socket": str(arguments.socket)} if arguments.socket else {"port": arguments.port}
    quiet.say("listening", version=VERSION, pid=os.getpid(), **say_where)
    loading = asyncio.create_task(_load(engine, arguments))
    await stop.wait()
    loading.cancel()
    await runner.cleanup()
    quiet.say("stopped")
    sys.stderr.flush()
    os._exit(0)  # a thread that still loads a model, or an action that hangs, must not keep a stopped engine alive


async def _open(runner: web.AppRunner, arguments: argparse.Namespace) -> None:
    if not arguments.socket:
        await web.TCPSite(runner, arguments.host, arguments.port).start()
        return
    path: Path = arguments.socket
    if path.exists() and not stat.S_ISSOCK(path.stat().st_mode):
        raise SystemExit("the socket's path is taken by something else")
    path.unlink(missing_ok=True)
    await web.UnixSite(runner, str(path)).start()
    path.chmod(0o600)


async def _load(engine: Engine, arguments: argparse.Namespace) -> None:
    """Rasa, actions and the current model; what goes wrong stands in /health and the engine goes on listening."""
    try:
        shelf = engine.shelf = await asyncio.to_thread(_shelf, arguments)
        serving = await shelf.start(arguments.start_with)
        engine.trouble = "" if serving else "no model is trained yet"
        quiet.say("ready" if serving else "no model", model=serving.name if serving else None)
    except Exception as error:  # noqa: BLE001  # the outermost loop of starting
        engine.trouble = f"{type(error).__name__}: {error}" if type(error).__name__ == "ModelRefused" else type(error).__name__
        quiet.say("not ready", logging.CRITICAL, kind=type(error).__name__, reason=engine.trouble)


def _shelf(arguments: argparse.Namespace) -> "Shelf":
    from engine import absent

    absent.install()
    quiet.quiet_rasa()
    from engine import faster, inside, office
    from engine.models import Shelf

    faster.install()
    return Shelf(arguments.models, inside.InsideEndpoint(arguments.actions, ACTION_LIMIT), office.placeholders())


if __name__ == "__main__":
    sys.exit(main())
