"""The gateway process: everything that meets the outside world. Webhooks, web chat and, in development, the simulated phone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from litestar import Litestar, Router

from damping.channels.intake import Intake
from damping.channels.webchat import routes as webchat
from damping.channels.webchat.config import Hotline, WebchatConfig
from damping.channels.whatsapp import routes as whatsapp
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
        development=not settings.production,
    )
    routers: list[Router] = [webchat.router(chat, intake, live)]
    meta = build.whatsapp(settings, facts, store.vault)
    if meta is not None:
        routers.append(whatsapp.router(meta, intake))
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
