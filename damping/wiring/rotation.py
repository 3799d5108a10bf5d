"""Whether anything of Damping still runs: a change of the master key must have the database to itself."""

import socket
from datetime import timedelta

from damping.store import heartbeats
from damping.wiring import build
from damping.wiring.settings import Settings, WrongSetting

_ALIVE = timedelta(seconds=20)


def nothing_runs(settings: Settings) -> None:
    """Raises `WrongSetting` where a process of this machine answers, or a worker anywhere was heard of just now."""
    for name, host, port in (("gateway", settings.host, settings.gateway_port), ("desk", settings.desk_host, settings.desk_port)):
        if _answers(host, port):
            raise WrongSetting(f"the {name} still runs (port {port}): stop Damping first, on every machine")
    store = build.store(settings)
    try:
        if any(store.now() - at < _ALIVE for at, _ in heartbeats.last(store).values()):
            raise WrongSetting("a worker was heard of in the last 20 seconds: stop Damping first, on every machine, and try again")
    finally:
        store.database.close()


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1" if host in ("0.0.0.0", "::") else host, port), 1).close()  # noqa: S104  asked, not bound
    except OSError:
        return False
    return True
