"""The gateway process: everything that meets the outside world. Webhooks, web chat and, in development, the simulated phone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

from litestar import Litestar, Router

from damping.casework.message import Channel
from damping.channels.intake import Intake
from damping.channels.webchat import routes as webchat
from damping.channels.webchat.config import Hotline, WebchatConfig
from damping.channels.whatsapp import routes as whatsapp
from damping.channels.whatsapp.client import CloudApiSender
from damping.store.live import Live
from damping.wiring import build, office, simulation
from damping.wiring.settings import Settings
from rules.buttons import BUTTONS
from rules.danger import screen

_ALWAYS_SHOWN = 3  # hotlines one tap away on the web chat


def gateway_app(settings: Settings) -> Litestar:
    """Raises `WrongSetting`."""
    store = build.store(settings)
    facts = office.load(settings)
    intake = Intake(store, screen, BUTTONS)
    live = Live(store)
    chat = WebchatConfig(
        hotlines=tuple(Hotline(line.name, line.number) for line in facts.hotlines[:_ALWAYS_SHOWN]),
        greeting=(facts.greeting,),
        exit_url=settings.exit_url,
        city_greeting=facts.city.greetings[:1],
        idle=facts.precautions.gaps[Channel.WEBCHAT],
        development=not settings.production,
    )
    routers: list[Router] = [webchat.router(chat, intake, live)]
    meta = build.whatsapp(settings, facts, store.vault)
    if meta is not None:
        routers.append(whatsapp.router(meta, intake, _marked_read(CloudApiSender(meta))))
        if settings.whatsapp is None:
            routers += simulation.routers(settings, meta)

    @contextlib.asynccontextmanager
    async def watching(_app: Litestar) -> AsyncIterator[None]:
        poller = asyncio.create_task(live.run())
        yield
        poller.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await poller

    return Litestar(routers, lifespan=[watching], openapi_config=None, logging_config=None)


def _marked_read(sender: CloudApiSender) -> whatsapp.AfterStored:
    """The person sees that the message arrived and that an answer is being written."""

    async def mark(message_ids: Sequence[str]) -> None:
        for message_id in message_ids:
            await sender.mark_read(message_id)

    return mark
