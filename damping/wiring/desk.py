"""The desk process: the console and the workbench, on a port and with a cookie of their own."""

from litestar import Litestar

from damping.casework.duty import Way
from damping.console.app import create_app
from damping.console.config import ConsoleConfig
from damping.store.live import Live
from damping.store.models import Shelf
from damping.wiring import answers, build, calling, danger_words, duty_rules, masking, office, templates, workbench
from damping.wiring.model_room import Room, engines
from damping.wiring.settings import Settings
from damping.wiring.trial import Trial
from damping.workbench.bench import Bench
from damping.workbench.model_bench import ModelBench


def desk_app(settings: Settings) -> Litestar:
    """Raises `WrongSetting`."""
    store = build.store(settings)
    store.masker = masking.load(settings)
    danger_words.learn(settings)
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
        templates=templates.load(settings),
        push_key=calling.public_push_key(store.vault) if Way.PUSH in callers else "",
    )
    shelf = Shelf(settings.models, store.vault)
    models = ModelBench(
        shelf,
        Room(store, shelf, engines(settings)),
        Trial(settings, shelf, build.engine_client(settings)),
        settings.root / "tests" / "conversations" / "dari_pelatih.yml",
    )
    bench = Bench(store, settings.root, build.engine_client(settings), models)
    return create_app(config, store, Live(store), facts.texts, annexes=(workbench.annex(bench),))
