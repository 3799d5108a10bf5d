"""`damping doctor`: what is well, what is not, and how to mend it. Reads only; sends nothing to a person."""

from collections.abc import Callable
from datetime import timedelta

import httpx
from sqlalchemy.exc import SQLAlchemyError

from damping.casework.dialogue import EngineUnavailable
from damping.store import audit, drills, heartbeats, migrate, officers
from damping.store.context import Store
from damping.wiring import build, doctor_whatsapp, engine_process, media_rules, office, templates
from damping.wiring.finding import Finding
from damping.wiring.settings import Settings, WrongSetting

_STALE = timedelta(seconds=20)


async def examine(load: Callable[[], Settings]) -> list[Finding]:
    """All findings, the gravest first to be mended."""
    try:
        settings = load()
    except WrongSetting as wrong:
        return [Finding(False, "settings", str(wrong))]
    findings = [Finding(True, f"settings ({'production' if settings.production else 'development'})")]
    try:
        store = build.store(settings)
    except WrongSetting as wrong:
        return [*findings, Finding(False, "master key", str(wrong))]
    findings.append(Finding(True, f"master key {settings.master_key_file}"))
    findings += _database(store)
    findings += [_office(settings), _model(settings), await _engine(settings), *await _whatsapp(settings), *await _twilio(settings)]
    store.database.close()
    return findings


def _database(store: Store) -> list[Finding]:
    where = store.database.engine.url.render_as_string(hide_password=True)
    try:
        current, newest = migrate.revisions(store.database)
        if current != newest:
            return [Finding(False, f"database {where} is at revision {current or 'none'}, this version needs {newest}", "damping prepare")]
        broken = audit.first_broken(store)
        worker = heartbeats.last(store).get("worker")
        alive = worker is not None and store.now() - worker[0] < _STALE
        return [
            Finding(True, f"database {where}, revision {current}"),
            Finding(broken is None, "audit chain", "" if broken is None else f"row {broken} was changed: keep the file, call your auditor"),
            Finding(
                officers.anybody(store),
                "officer accounts",
                "" if officers.anybody(store) else "damping officer add --role supervisor",
            ),
            Finding(alive, "worker", "" if alive else "it has not been heard of for 20 s: `damping run`, or look at var/log/worker.log"),
            _ladder(store),
        ]
    except SQLAlchemyError as trouble:
        return [
            Finding(
                False, f"database {where}: {type(trouble).__name__}", "is the server up, are name and password right (DAMPING_DATABASE)?"
            )
        ]


def _ladder(store: Store) -> Finding:
    """The alarm ladder by its last hourly test; none yet is no fault."""
    with store.database.read() as connection:
        tested = drills.last(connection, store)
    if tested is None:
        return Finding(True, "alarm ladder, not tested yet (the worker tests it each hour)")
    if tested.stale:
        return Finding(False, f"alarm ladder, last tested {tested.at:%Y-%m-%d %H:%M} UTC", "the worker tests it each hour: is it running?")
    told = f"alarm ladder: {tested.pages} open desks heard it, {tested.reachable} of {tested.on_call} on call can be called"
    return Finding(bool(tested.well), told, "" if tested.well else "fill the roster, let officers give a way on 'Cara dipanggil'")


def _office(settings: Settings) -> Finding:
    try:
        office.load(settings)
        media_rules.load(settings)
        templates.load(settings)
    except WrongSetting as wrong:
        return Finding(False, "office facts", str(wrong))
    return Finding(True, "office facts config/office.yml, media.yml, templates.yml")


def _model(settings: Settings) -> Finding:
    name = engine_process.current_model(settings)
    return Finding(bool(name), f"model {name}" if name else "no model", "" if name else "make train")


async def _engine(settings: Settings) -> Finding:
    client = build.engine_client(settings)
    try:
        health = await client.health()
    except EngineUnavailable:
        return Finding(False, "engine does not answer", "`damping run` starts it; look at var/log/engine.log")
    finally:
        await client.close()
    return Finding(health.ready, f"engine, model {health.model}", "" if health.ready else "it is still loading; try again in 20 s")


async def _whatsapp(settings: Settings) -> list[Finding]:
    meta = settings.whatsapp
    if meta is None and settings.twilio is not None:
        return []
    if meta is None:
        return [Finding(True, "WhatsApp is not set up (web chat works without it; see README, 'Connect WhatsApp')")]
    return await doctor_whatsapp.examine(meta)


async def _twilio(settings: Settings) -> list[Finding]:
    account = settings.twilio
    if account is None:
        return []
    url = f"{account.base_url}/2010-04-01/Accounts/{account.account_sid}.json"
    try:
        async with httpx.AsyncClient(timeout=10, trust_env=False, auth=(account.account_sid, account.auth_token)) as http:
            answer = await http.get(url)
    except httpx.HTTPError as trouble:
        return [Finding(False, f"Twilio: {type(trouble).__name__}", f"can this machine reach {account.base_url}?")]
    if answer.status_code == httpx.codes.OK:
        return [Finding(True, f"Twilio: account and token are accepted; its webhook must be {settings.gateway_url}/webhook/twilio")]
    return [Finding(False, f"Twilio answers {answer.status_code}", "check DAMPING_TWILIO_ACCOUNT_SID and DAMPING_TWILIO_AUTH_TOKEN")]
