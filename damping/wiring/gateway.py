"""The gateway process: everything that meets the outside world. Webhooks, web chat and, in development, the simulated phone."""

from litestar import Litestar, Router

from damping.channels.intake import Intake
from damping.channels.whatsapp import routes as whatsapp
from damping.wiring import build, office
from damping.wiring.settings import Settings
from rules.buttons import BUTTONS
from rules.danger import screen


def gateway_app(settings: Settings) -> Litestar:
    """Raises `WrongSetting`."""
    store = build.store(settings)
    facts = office.load(settings)
    intake = Intake(store, screen, BUTTONS)
    routers: list[Router] = []
    meta = build.whatsapp(settings, facts)
    if meta is not None:
        routers.append(whatsapp.router(meta, intake))
    return Litestar(routers, openapi_config=None, logging_config=None)
