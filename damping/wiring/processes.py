"""The long-lived processes gateway, desk and worker, and what `damping run` asks for before and beside them."""

import asyncio
import os
from collections.abc import Coroutine
from typing import Any

import structlog
import uvicorn
from rich.console import Console
from sqlalchemy import inspect, select

from damping.casework.dialogue import EngineUnavailable
from damping.channels.intake import Intake
from damping.channels.twilio.catching_up import CatchUp
from damping.store import key_ring, migrate, officers
from damping.store.context import Store
from damping.store.database import Database
from damping.store.tables import Conversation
from damping.wiring import build, calling, desk_timers, duty_rules, keys, launch, log, masking, media_rules, office, training_timers
from damping.wiring.danger_words import FreshScreen
from damping.wiring.duty_timers import DutyTimers
from damping.wiring.fetching import Fetching
from damping.wiring.settings import Settings, WrongSetting
from damping.wiring.usage import Counted
from damping.wiring.worker import Worker
from rules.buttons import BUTTONS

_out = Console(highlight=False, soft_wrap=True)


def serve(process: str, settings: Settings) -> None:
    """Run one of the long-lived processes until it is told to stop."""
    log.configure(process)
    structlog.get_logger().info("process_started", pid=os.getpid())
    if process == "worker":
        asyncio.run(_work(settings))
        return
    if process == "gateway":
        from damping.wiring.gateway import gateway_app as app_of

        host, port = settings.host, settings.gateway_port
    else:
        from damping.wiring.desk import desk_app as app_of

        host, port = settings.desk_host, settings.desk_port
    # no access log: addresses and paths of people who seek help are nobody's business
    uvicorn.run(app_of(settings), host=host, port=port, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=2)


async def _work(settings: Settings) -> None:
    store = build.store(settings)
    store.masker = masking.load(settings)
    engine = build.engine_client(settings)

    async def health() -> str:
        try:
            return "ready" if (await engine.health()).ready else "starting"
        except EngineUnavailable:
            return "down"

    facts = office.load(settings)
    senders = build.senders(settings, facts, store)
    counted = Counted(engine)
    worker = Worker(store, counted, senders, facts.texts, build.patience(settings), settings.workers, health, facts.city)
    duty = duty_rules.load(settings)
    timers = DutyTimers(store, duty.rules, calling.callers(settings, duty, store.vault))
    files = Fetching(store, build.fetchers(settings, facts, store.vault), media_rules.load(settings))
    always = [worker.run(), desk_timers.run(store), timers.run(), files.run()]
    about_models = [training_timers.run(store, settings), counted.write_down(store)]
    await asyncio.gather(*always, *about_models, *_catching_up(settings, facts, store))


def _catching_up(settings: Settings, facts: office.Office, store: Store) -> list[Coroutine[Any, Any, None]]:
    account = build.twilio(settings, facts)
    return [CatchUp(account, Intake(store, FreshScreen(settings), BUTTONS)).run()] if account is not None else []


def prepare(settings: Settings) -> None:
    """Make what is missing: master key and tables."""
    settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.master_key_file.exists() and _has_conversations(settings):
        raise WrongSetting(f"the database holds conversations, but {settings.master_key_file} is missing: put the old key back")
    if keys.make_master_key(settings.master_key_file):
        _out.print(f"Kunci induk dibuat: [bold]{settings.master_key_file}[/] (simpan salinannya di tempat aman)")
    store = build.store(settings)
    migrate.upgrade(store.database)
    key_ring.begin(store.database, keys.master_key(settings.master_key_file))
    store.database.close()
    launch.mark_prepared(settings)


def _has_conversations(settings: Settings) -> bool:
    """A new key beside an old database would make every known person a stranger."""
    database = Database(settings.database_url)
    try:
        if not inspect(database.engine).has_table(Conversation.__tablename__):
            return False
        with database.read() as connection:
            return connection.execute(select(Conversation.id).limit(1)).first() is not None
    finally:
        database.close()


def welcome(settings: Settings) -> None:
    """Say where everything is, with a one-time link while there is no account."""
    store = build.store(settings)
    invitation = None if officers.anybody(store) else officers.invite(store, officers.Role.SUPERVISOR)
    store.database.close()
    gateway = f"http://{_shown(settings.host)}:{settings.gateway_port}"
    _out.print("\n[bold]Damping jalan.[/] Ctrl-C untuk berhenti. Catatan proses ada di " + str(settings.var / "log"))
    _out.print(f"  Chat warga        {gateway}/")
    if not settings.production and settings.whatsapp is None and settings.twilio is None:
        _out.print(f"  Telepon simulasi  {gateway}/telepon")
    _out.print(f"  Layar petugas     {settings.public_url}/")
    if invitation:
        _out.print(f"  Akun pertama      {settings.public_url}/undangan/{invitation}  (sekali pakai, 24 jam)")
    _out.print("")


def _shown(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  shown, not bound
