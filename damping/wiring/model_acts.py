"""What `damping train`, `compare`, `models`, `promote` and `rollback` do: the trainers' pages by command line, behind the same gate."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog
from rich.console import Console
from rich.table import Table

from damping.casework.models import Failure, Origin, RunKind, RunState, SwitchAct, SwitchRefused
from damping.store import model_runs, model_switches, models
from damping.store.context import Store
from damping.store.model_runs import Run
from damping.store.models import Model, NoModel, Shelf
from damping.wiring import build, engine_tools
from damping.wiring.model_room import Room, engines
from damping.wiring.settings import Settings, WrongSetting
from damping.wiring.training import Training

_out = Console(highlight=False, soft_wrap=True)
_PATIENCE_S = 1.0
_WHY = {
    "gone": "Model itu tidak ada.",
    "same": "Model itu sudah berjalan.",
    "busy": "Pergantian model lain sedang berjalan; coba lagi sebentar.",
    "engine": "Mesin bahasa tidak menjawab; model lama tetap berjalan. Coba lagi.",
    "rejected": "Mesin bahasa menolak model itu waktu dicoba; model lama tetap berjalan.",
    "never_served": "Model itu belum pernah berjalan: nyalakan dengan `damping promote`.",
}


def in_store(settings: Settings, act: Callable[[Store], Coroutine[Any, Any, int]]) -> int:
    """Run one of the acts below on the office's store."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))  # the terminal is told in words
    store = build.store(settings)
    try:
        return asyncio.run(act(store))
    finally:
        store.database.close()


async def train(store: Store, settings: Settings, switch: bool) -> int:
    """Train, compare, say what the gate says; `switch`: and switch on what it lets through. The exit status."""
    run = await _carried_out(store, settings, model_runs.ask(store, None, Origin.COMMAND))
    if run.state is not RunState.DONE:
        told = {Failure.NOTHING_NEW: "Tidak ada yang berubah sejak model terakhir."}.get(run.failure, "")  # type: ignore[call-overload]
        _out.print(told or f"[red]Pelatihan tidak selesai[/] ({run.state.value} {run.failure})")
        return 0 if run.failure == Failure.NOTHING_NEW else 1
    return await switch_to(store, settings, run.model, "damping train --promote", SwitchAct.ON) if switch else 0


async def compare(store: Store, settings: Settings, model: str) -> int:
    """Compare one with the one that serves. The exit status."""
    if model not in Shelf(settings.models, store.vault).names():
        raise WrongSetting(f"there is no model {model}: see `damping models`")
    run = await _carried_out(store, settings, model_runs.ask(store, None, Origin.COMMAND, RunKind.COMPARE, model))
    if run.state is RunState.DONE:
        _out.print(f"laporan: {settings.models / model / 'report.html'}")
    return 0 if run.state is RunState.DONE else 1


async def _carried_out(store: Store, settings: Settings, wanted: str) -> Run:
    """Run it here, or wait for the worker that has taken it."""
    training = Training(store, settings, tell=lambda line: _out.print(line, markup=False))
    step = ""
    while True:
        run = await store.database.run(model_runs.one, store, wanted)
        if run is None or not run.open:
            return run if run is not None else _lost()
        if run.state is RunState.RUNNING and run.step != step:
            step = run.step
            _out.print(f"{step} …", markup=False)
        if await training.next() is None:
            await asyncio.sleep(_PATIENCE_S)


def _lost() -> Run:
    raise WrongSetting("the run is gone from the database")


async def shown(store: Store, settings: Settings) -> int:
    """The table of models. The exit status."""
    shelf = Shelf(settings.models, store.vault)
    table = Table("model", "dilatih", "maksud", "merah", "keadaan")
    for model in shelf.models():
        table.add_row(model.name, f"{model.trained_at:%Y-%m-%d %H:%M} UTC", *_figures(model), _state(model, shelf.current()))
    _out.print(table)
    return 0


def _figures(model: Model) -> tuple[str, str]:
    intent, merah = model.learnt.get("intent") or {}, model.learnt.get("merah") or {}
    return (f"{intent['accuracy']:.1%}" if "accuracy" in intent else "–", f"{merah['recall']:.1%}" if merah.get("recall") else "–")


def _state(model: Model, serving: str) -> str:
    if model.current:
        return "[green]berjalan[/]"
    against = models.against(model, serving)
    return against[0].sentence if against else "boleh dinyalakan"


async def switch_to(store: Store, settings: Settings, model: str, reason: str, act: SwitchAct) -> int:
    """Put a model into service. The exit status."""
    async with _room(store, settings) as room:
        if model == room.shelf.current():
            _out.print(_WHY["same"])
            return 0
        try:
            await room.switch(model, None, reason, act)
        except SwitchRefused as refused:
            for sentence in refused.sentences or (_WHY[refused.code],):
                _out.print(f"[red]✗[/] {sentence}")
            return 1
    _out.print(f"[green]✓[/] model {model} berjalan")
    return 0


async def promote(store: Store, settings: Settings, model: str, reason: str) -> int:
    """Switch one on, where the gate lets it through. The exit status."""
    return await switch_to(store, settings, model, reason, SwitchAct.ON)


async def back(store: Store, settings: Settings, to: str | None, reason: str) -> int:
    """Put an earlier one back. The exit status."""
    shelf = Shelf(settings.models, store.vault)
    before = to or model_switches.before(store, shelf.current())
    if not before:
        raise WrongSetting("no earlier model is known: see `damping models`")
    return await switch_to(store, settings, before, reason, SwitchAct.BACK)


@asynccontextmanager
async def _room(store: Store, settings: Settings) -> AsyncIterator[Room]:
    running = engines(settings)
    try:
        yield Room(store, Shelf(settings.models, store.vault), running)
    finally:
        for engine in running:
            await engine.close()


def begin(settings: Settings) -> int:
    """Before the engine starts: the first model is trained and serves; a later one has to pass the gate, else the old one serves on."""
    store = build.store(settings)
    try:
        shelf = Shelf(settings.models, store.vault)
        if not _loadable(shelf):
            code = engine_tools.run(settings, "engine.train", ["--if-needed"])
            shelf.adopt()
            return code
        shelf.adopt()
        if engine_tools.run(settings, "engine.train", ["--check"]) == 0:
            return 0
        asyncio.run(train(store, settings, switch=True))
        return 0
    finally:
        store.database.close()


def _loadable(shelf: Shelf) -> bool:
    """Whether there is a current model at all; whether it still loads is seen when it is compared."""
    try:
        return bool(shelf.current()) and bool(shelf.model(shelf.current()).sha256)
    except NoModel:
        return False
