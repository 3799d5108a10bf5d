"""Tools that live in the engine's environment, started as processes of their own: the service never imports Rasa."""

import subprocess

from damping.wiring import engine_process
from damping.wiring.settings import Settings


def run(settings: Settings, module: str, arguments: list[str]) -> int:
    """Runs `python -m module` and gives its exit code; what it prints goes to this terminal. Raises `WrongSetting`."""
    command = [str(engine_process.python(settings)), "-m", module, *arguments]
    environment = engine_process.environment()
    return subprocess.run(command, cwd=settings.root, env=environment, check=False).returncode  # noqa: S603  # our own tools
