"""Real objects from settings: store, engine client, senders, the office's fixed texts."""

from collections.abc import Mapping
from datetime import timedelta

from damping.casework.files import Fetcher
from damping.casework.message import Channel
from damping.casework.pacing import Patience, Rates
from damping.casework.sending import Sender
from damping.channels.partner.sending import PartnerSender
from damping.channels.twilio.client import TwilioSender
from damping.channels.twilio.config import TwilioConfig
from damping.channels.twilio.media import TwilioFetcher
from damping.channels.whatsapp.client import CloudApiSender
from damping.channels.whatsapp.config import WhatsAppConfig
from damping.channels.whatsapp.media import CloudApiFetcher
from damping.store.context import Pace, Store
from damping.store.database import Database
from damping.store.sealing import Vault
from damping.wiring import keys, office, templates
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
    pace = Pace(settle, max(settle * 3, settle))
    return Store(database, vault, pace=pace, precautions=guarded, rates={Channel.WHATSAPP: rates(settings)})


def rates(settings: Settings) -> Rates:
    """How fast WhatsApp takes messages."""
    person, number = timedelta(seconds=settings.whatsapp_person_every_s), settings.whatsapp_per_second
    return Rates(
        person_every=person,
        number_every=timedelta(seconds=1 / number) if number > 0 else timedelta(0),
        number_burst=max(1, int(number / 6)),  # a burst and the second's own share stay within what Meta takes
        order_wait=Rates.order_wait if person else timedelta(0),
    )


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
            languages=_languages(settings),
        )
    if settings.production or settings.twilio is not None:
        return None
    return WhatsAppConfig(
        app_secret=vault.lookup("simulation", "app secret").hex(),
        verify_token=vault.lookup("simulation", "verify token").hex(),
        access_token=vault.lookup("simulation", "access token").hex(),
        phone_number_id="100200300",
        list_label=facts.list_label,
        base_url=f"http://127.0.0.1:{settings.gateway_port}{SIMULATION_PATH}",
        languages=_languages(settings),
    )


def _languages(settings: Settings) -> Mapping[str, str]:
    return {one.name: one.language for one in templates.load(settings)}


def twilio(settings: Settings, facts: Office) -> TwilioConfig | None:
    """WhatsApp by way of Twilio, where the office chose it."""
    account = settings.twilio
    if account is None:
        return None
    return TwilioConfig(
        account_sid=account.account_sid,
        auth_token=account.auth_token,
        number=account.number,
        public_url=settings.gateway_url,
        list_label=facts.list_label,
        base_url=account.base_url,
        content_url=account.content_url,
    )


def senders(settings: Settings, facts: Office, store: Store) -> Mapping[Channel, Sender]:
    """A sender for each channel that is set up; the web chat needs none."""
    meta, account = whatsapp(settings, facts, store.vault), twilio(settings, facts)
    found: dict[Channel, Sender] = {Channel.PARTNER: PartnerSender(store)}
    if account is not None:
        found[Channel.WHATSAPP] = TwilioSender(account)
    elif meta is not None:
        found[Channel.WHATSAPP] = CloudApiSender(meta)
    return found


def fetchers(settings: Settings, facts: Office, vault: Vault) -> Mapping[Channel, Fetcher]:
    """Ways to the files that people send; a web page brings its own along."""
    meta, account = whatsapp(settings, facts, vault), twilio(settings, facts)
    if account is not None:
        return {Channel.WHATSAPP: TwilioFetcher(account)}
    return {Channel.WHATSAPP: CloudApiFetcher(meta)} if meta else {}
