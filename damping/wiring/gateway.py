"""The gateway process: everything that meets the outside world. Webhooks, web chat and, in development, the simulated phone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from litestar import Litestar, Router

from damping.casework.message import Channel
from damping.channels.intake import Intake
from damping.channels.partner import routes as partner
from damping.channels.twilio import routes as twilio
from damping.channels.webchat import routes as webchat
from damping.channels.webchat.config import Hotline, WebchatConfig
from damping.channels.whatsapp import routes as whatsapp
from damping.channels.whatsapp.client import CloudApiSender
from damping.store.live import Live
from damping.wiring import build, media_rules, office, simulation
from damping.wiring.danger_words import FreshScreen
from damping.wiring.settings import Settings
from rules.buttons import BUTTONS

_ALWAYS_SHOWN = 3  # hotlines one tap away on the web chat


def gateway_app(settings: Settings) -> Litestar:
    """Raises `WrongSetting`."""
    store = build.store(settings)
    facts = office.load(settings)
    files = media_rules.load(settings)
    intake = Intake(store, FreshScreen(settings), BUTTONS)
    live = Live(store)
    chat = WebchatConfig(
        hotlines=tuple(Hotline(line.name, line.number) for line in facts.hotlines[:_ALWAYS_SHOWN]),
        greeting=(facts.greeting,),
        exit_url=settings.exit_url,
        city_greeting=facts.city.greetings[:1],
        idle=facts.precautions.gaps[Channel.WEBCHAT],
        codes_last=timedelta(days=settings.return_days),
        check=facts.texts.check,
        file_at_most=min(settings.webchat_file_mb * 1_000_000, files.at_most),
        files_of_one=files.of_one_person,
        development=not settings.production,
    )
    routers: list[Router] = [webchat.router(chat, intake, live), partner.router(intake)]
    meta = build.whatsapp(settings, facts, store.vault)
    if meta is not None:
        routers.append(whatsapp.router(meta, intake, _marked_read(CloudApiSender(meta))))
        if settings.whatsapp is None:
            routers += simulation.routers(settings, meta)
    account = build.twilio(settings, facts)
    if account is not None:
        routers.append(twilio.router(account, intake))

    @contextlib.asynccontextmanager
    async def watching(_app: Litestar) -> AsyncIterator[None]:
        poller = asyncio.create_task(live.run())
        yield
        poller.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await poller

    return Litestar(routers, lifespan=[watching], openapi_config=partner.OPENAPI, logging_config=None)


def _marked_read(sender: CloudApiSender) -> whatsapp.AfterStored:
    """The person sees that the message arrived and that an answer is being written."""

    async def mark(message_ids: Sequence[str]) -> None:
        for message_id in message_ids:
            await sender.mark_read(message_id)

    return mark
