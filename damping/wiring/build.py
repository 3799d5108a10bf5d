"""Real objects from settings: store, engine client, senders, the office's fixed texts."""

from collections.abc import Mapping
from datetime import timedelta

from damping.casework.message import Channel
from damping.casework.pacing import Patience
from damping.casework.sending import Sender
from damping.channels.whatsapp.client import CloudApiSender
from damping.channels.whatsapp.config import WhatsAppConfig
from damping.store.context import Pace, Store
from damping.store.database import Database
from damping.store.sealing import Vault
from damping.wiring import keys, office
from damping.wiring.engine_client import EngineClient
from damping.wiring.office import Office
from damping.wiring.settings import Settings, WrongSetting

SIMULATION_PATH = "/simulasi-meta"


def store(settings: Settings) -> Store:
    """The office's store. Raises `WrongSetting` without a master key that fits the database."""
    settle = timedelta(seconds=settings.settle_s)
    database = Database(settings.database_url)
    try:
        vault = keys.vault(database, settings.master_key_file)
    except WrongSetting:
        database.close()
        raise
    guarded = office.precautions(settings)
    return Store(database, vault, pace=Pace(settle, max(settle * 3, settle)), precautions=guarded)


def engine_client(settings: Settings) -> EngineClient:
    """The engine on its socket, or the replicas behind `engine_url`."""
    limit = timedelta(seconds=settings.turn_limit_s)
    if not settings.engine_url:
        return EngineClient(settings.engine_socket, limit=limit)
    key = settings.engine_key_file.read_text(encoding="ascii").strip() if settings.engine_key_file else ""
    return EngineClient(None, settings.engine_url, key, limit)


def patience(settings: Settings) -> Patience:
    """The worker's figures."""
    limit = timedelta(seconds=settings.turn_limit_s)
    return Patience(
        turn_lease=max(timedelta(seconds=30), limit * 3),  # a lease shorter than the turn would let workers steal it in circles
        turn_limit=timedelta(seconds=settings.turn_limit_s),
        unknown_wait=timedelta(seconds=settings.unknown_wait_s),
    )


def whatsapp(settings: Settings, facts: Office, vault: Vault) -> WhatsAppConfig | None:
    """The channel's own settings; in development without any, those of the simulated phone in the gateway."""
    meta = settings.whatsapp
    if meta is not None:
        return WhatsAppConfig(
            app_secret=meta.app_secret,
            verify_token=meta.verify_token,
            access_token=meta.access_token,
            phone_number_id=meta.phone_number_id,
            list_label=facts.list_label,
            api_version=meta.api_version,
            base_url=meta.base_url,
        )
    if settings.production:
        return None
    return WhatsAppConfig(
        app_secret=vault.lookup("simulation", "app secret").hex(),
        verify_token=vault.lookup("simulation", "verify token").hex(),
        access_token=vault.lookup("simulation", "access token").hex(),
        phone_number_id="100200300",
        list_label=facts.list_label,
        base_url=f"http://127.0.0.1:{settings.gateway_port}{SIMULATION_PATH}",
    )


def senders(settings: Settings, facts: Office, vault: Vault) -> Mapping[Channel, Sender]:
    """A sender for each channel that is set up; the web chat needs none."""
    meta = whatsapp(settings, facts, vault)
    return {Channel.WHATSAPP: CloudApiSender(meta)} if meta else {}
