"""Train, follow, compare, switch on, roll back: the trainers' pages about models. What is allowed is decided in `rules.gate`."""

from typing import Any

from litestar import Response

from damping.casework.models import Origin, RunKind, SwitchAct, SwitchRefused
from damping.store import model_runs, model_switches, models
from damping.store.desk import NotFound
from damping.store.model_runs import Run
from damping.store.models import Model, NoModel
from damping.workbench.bench import Bench
from damping.workbench.guest import Guest
from damping.workbench.model_shown import shown

_REASON_AT_MOST = 300
_CONFLICT = 409
_PAGE = "/pelatih/latih"


async def overview(bench: Bench, guest: Guest) -> Response[Any]:
    """The training that goes on or went last, and the models that are kept."""
    return await _overview(bench, guest)


async def _overview(bench: Bench, guest: Guest, status: int = 200, **told: Any) -> Response[Any]:
    serving = await bench.models.room.serving()

    def read() -> dict[str, Any]:
        runs = model_runs.latest(bench.store)
        return {"runs": runs, "run": runs[0] if runs else None, "switches": model_switches.latest(bench.store), **_shelf(bench)}

    context = {"serving": serving, "pesan_model": guest.query.get("kabar", ""), "sebab": (), **await guest.run(read), **told}
    return await guest.page("model_latih.html", status, kabar="", **context)


def _shelf(bench: Bench) -> dict[str, Any]:
    """The list of models, each with what stands against it."""
    shelf = bench.models.shelf
    current = shelf.current()
    found = shelf.models()
    served = model_switches.served(bench.store)
    return {
        "models": [(model, models.against(model, current), model.name in served) for model in found],
        "current": current,
        "former": model_switches.before(bench.store, current),
    }


async def progress(bench: Bench, guest: Guest) -> Response[Any]:
    """The training that goes on, for the page that looks every two seconds."""
    runs = await guest.run(model_runs.latest, bench.store)
    return guest.piece("model_jalan.html", run=runs[0] if runs else None)


async def listed(bench: Bench, guest: Guest) -> Response[Any]:
    """The list alone, when a training has ended while its page was open."""
    serving = await bench.models.room.serving()
    return guest.piece("model_daftar.html", serving=serving, **await guest.run(_shelf, bench))


async def start(bench: Bench, guest: Guest) -> Response[Any]:
    """Ask for a training."""
    await guest.run(model_runs.ask, bench.store, guest.viewer.officer, Origin.TRAINER)
    return guest.go(_PAGE)


async def cancel(bench: Bench, guest: Guest) -> Response[Any]:
    """Stop it."""
    await guest.run(model_runs.cancel, bench.store, guest.viewer.officer, guest.path["run"])
    return guest.go(f"{_PAGE}?kabar=dibatalkan")


async def log(bench: Bench, guest: Guest) -> Response[Any]:
    """What one training said."""
    run: Run | None = await guest.run(model_runs.one, bench.store, guest.path["run"])
    if run is None:
        raise NotFound
    return await guest.page("model_proses.html", kabar="", run=run)


async def one(bench: Bench, guest: Guest) -> Response[Any]:
    """One model beside the one that serves."""
    return await _one(bench, guest)


async def _one(bench: Bench, guest: Guest, status: int = 200, **told: Any) -> Response[Any]:
    model = await _found(bench, guest)

    def read() -> dict[str, Any]:
        current = bench.models.shelf.current()
        return {
            "against": models.against(model, current),
            "current": current,
            "served": model.name in model_switches.served(bench.store),
            "latest": next((run for run in model_runs.latest(bench.store) if run.open), None),
        }

    context = {"pesan_model": guest.query.get("kabar", ""), "sebab": (), **await guest.run(read), **told}
    return await guest.page("model_satu.html", status, kabar="", model=model, hasil=shown(model), **context)


async def report(bench: Bench, guest: Guest) -> Response[Any]:
    """The whole report, as a file to keep: it carries its own style, which our pages are not allowed to."""
    model = await _found(bench, guest)

    def read() -> bytes:
        path = bench.models.shelf.path(model.name) / "report.html"
        return path.read_bytes() if path.is_file() else b""

    content = await guest.run(read)
    if not content:
        raise NotFound
    name = {"Content-Disposition": f'attachment; filename="laporan-{model.name}.html"'}
    return Response(content, media_type="text/html", headers=name)


async def compare(bench: Bench, guest: Guest) -> Response[Any]:
    """Ask for a comparison with the model that serves now."""
    model = await _found(bench, guest)
    await guest.run(model_runs.ask, bench.store, guest.viewer.officer, Origin.TRAINER, RunKind.COMPARE, model.name)
    return guest.go(_PAGE)


async def switch_on(bench: Bench, guest: Guest) -> Response[Any]:
    """Serve this model from now on, where the gate lets it through."""
    reason = guest.form.get("alasan", "").strip()[:_REASON_AT_MOST]
    if not reason:
        return await _one(bench, guest, _CONFLICT, pesan_model="tanpa_alasan")
    return await _switched(bench, guest, reason, SwitchAct.ON)


async def roll_back(bench: Bench, guest: Guest) -> Response[Any]:
    """Put a model that served before back: one click, at night too."""
    return await _switched(bench, guest, guest.form.get("alasan", "").strip()[:_REASON_AT_MOST], SwitchAct.BACK)


async def _switched(bench: Bench, guest: Guest, reason: str, act: SwitchAct) -> Response[Any]:
    model = await _found(bench, guest)
    try:
        await bench.models.room.switch(model.name, guest.viewer.officer, reason, act)
    except SwitchRefused as refused:
        return await _one(bench, guest, _CONFLICT, pesan_model=f"ditolak_{refused.code}", sebab=refused.sentences)
    return guest.go(f"{_PAGE}?kabar={'dinyalakan' if act is SwitchAct.ON else 'dikembalikan'}")


async def _found(bench: Bench, guest: Guest) -> Model:
    try:
        return await guest.run(bench.models.shelf.model, guest.path["model"])
    except NoModel:
        raise NotFound from None
