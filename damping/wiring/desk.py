"""The desk process: the console, and later the workbench, on a port and with a cookie of their own."""

from litestar import Litestar

from damping.casework.duty import Way
from damping.console.app import create_app
from damping.console.config import ConsoleConfig
from damping.store.live import Live
from damping.wiring import answers, build, calling, duty_rules, office
from damping.wiring.settings import Settings


def desk_app(settings: Settings) -> Litestar:
    """Raises `WrongSetting`."""
    store = build.store(settings)
    facts = office.load(settings)
    origins = (settings.public_url,) if settings.production else ()
    duty = duty_rules.load(settings)
    callers = calling.callers(settings, duty, store.vault)
    config = ConsoleConfig(
        development=not settings.production,
        origins=origins,
        office=facts.name,
        answers=answers.load(settings),
        duty=duty.rules,
        callers=callers,
        push_key=calling.public_push_key(store.vault) if Way.PUSH in callers else "",
    )
    return create_app(config, store, Live(store), facts.texts)
